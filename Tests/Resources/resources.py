#!/usr/bin/env python3
"""What bounds a program whatever it does: the bytes that it may take, the time, the privileges of its file, and grants
that contradict each other. Compiled and interpreted where both can be asked.

    resources.py --wasmc WASMC [--only PART]

Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import sys

import directories
import interpreter_seal
import memory
import privileges
import time_limit
from suite import Suite

PARTS = {"memory": memory.check, "time": time_limit.check, "privileges": privileges.check,
         "directories": directories.check, "seal": interpreter_seal.check}


def main():
    parser = argparse.ArgumentParser(description="what bounds a program")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.run_parts(check for name, check in PARTS.items() if options.only in (None, name))
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
