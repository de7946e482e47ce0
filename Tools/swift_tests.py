#!/usr/bin/env python3
"""Runs the Swift tests and ends with the line `N passed, N failed`.

    swift_tests.py [--jobs N] [--configuration release|debug] [ARGUMENT OF swift test...]

The configuration is by default the compiler's: its objects are there already, and are what users get. What failed is
printed as swift test prints it. N is by default the number of cores, as the compiler is built: with another number it
would be compiled once more. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
# Apart from running: `swift test` compiles everything once more, with flags of its own. By name: `--build-tests` also compiles
# the plugins of packages that are used, and links the tools of each. The fuzzer is one that nothing else here builds.
PRODUCTS = ["wasmc-fuzz", "wasmcPackageTests"]


def counts(report):
    """Tests and failures of an xUnit report."""
    suites = xml.etree.ElementTree.parse(report).getroot().iter("testsuite")
    tests = failures = 0
    for suite in suites:
        tests += int(suite.get("tests", 0))
        failures += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return tests, failures


def run(*command):
    return subprocess.run(command, cwd=PACKAGE_ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main():
    parser = argparse.ArgumentParser(description="run the Swift tests")
    parser.add_argument("--jobs", default=str(os.cpu_count()), metavar="N")
    parser.add_argument("--configuration", choices=["release", "debug"], default="release")
    options, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as directory:
        reports = Path(directory)
        for product in PRODUCTS:
            result = run("swift", "build", "-c", options.configuration, "-j", options.jobs, "--product", product)
            if result.returncode != 0:
                break
        else:
            result = run("swift", "test", "-c", options.configuration, "--skip-build",
                         "--xunit-output", str(reports / "tests.xml"), *rest)
        found = [counts(report) for report in reports.glob("*.xml")]
    tests = sum(count for count, _ in found)
    failed = sum(count for _, count in found)
    if result.returncode != 0:
        print(interesting(result.stdout))
        # A build error or a crash leaves no report, or one without the failure.
        failed = max(failed, 1)
    print(f"{max(tests - failed, 0)} passed, {failed} failed")
    return 1 if failed else 0


def interesting(output):
    """The output without the lines that passing tests and the build write."""
    noise = ("◇", "✔", "[", "Test Suite", "Test Case")
    lines = [line for line in output.splitlines() if not line.startswith(noise)]
    return "\n".join(lines[-400:])


if __name__ == "__main__":
    sys.exit(main())
