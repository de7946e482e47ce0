"""The parts of the test suite, one line for each. run_tests.py starts them in this order: what takes longest is first.

`{wasmc}` is the compiler, `{jobs}` the processes that the part may start at a time; a part without `{jobs}` is taken for
one process. A part that is `alone` measures what others would disturb.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    title: str
    # Words are separated by blanks; no shell reads them.
    command: str
    alone: bool = False
    # Whether it ends with `N passed, N failed`. What does not is one test, that succeeds or fails.
    counts: bool = True


CASES = "python3 Tests/Programs/run_cases.py --wasmc {wasmc} --jobs {jobs}"
WASI = "python3 Tests/WASITests/wasi_testsuite.py --wasmc {wasmc} --jobs {jobs}"

CHECK_PARTS = [
    Part("Swift", "python3 Tools/swift_tests.py --jobs {jobs}"),
    Part("scripts", "Tools/run-scripts.sh {wasmc}"),
    Part("programs, -O2, guard", f"{CASES} -O 2 --bounds guard"),
    Part("programs, -O2, explicit", f"{CASES} -O 2 --bounds explicit"),
    Part("programs, -O0, guard", f"{CASES} -O 0 --bounds guard"),
    Part("programs, -O0, explicit", f"{CASES} -O 0 --bounds explicit"),
    # CoreMark runs until ten seconds have passed, and with a counter of 32 bits, sometimes a minute.
    Part("programs, interpreter",
         CASES + " --engine interp --timeout 600 --filter ^(?!corpus/|shared/wasm3/coremark)"),
    Part("runtime", "make --no-print-directory test-runtime"),
    Part("golden IR", "python3 Tests/Golden/golden.py --wasmc {wasmc} --jobs {jobs}"),
    Part("faults", "python3 Tests/Faults/faults.py --wasmc {wasmc}"),
    Part("processor levels", "python3 Tests/ProcessorLevels/processor_levels.py --wasmc {wasmc}"),
    Part("state after traps", "python3 Tests/TrapState/trap_state.py --wasmc {wasmc} --jobs {jobs}"),
    Part("WASI preview1", WASI),
    Part("WASI preview1, interpreter", f"{WASI} --engine interp"),
    Part("hostile guests", "python3 Tests/Hostile/hostile.py --wasmc {wasmc} --jobs {jobs}"),
    Part("resources", "python3 Tests/Resources/resources.py --wasmc {wasmc}"),
    Part("messages", "python3 Tests/Messages/messages.py --wasmc {wasmc}"),
    Part("newcomer's commands", "python3 Tests/Newcomer/newcomer.py --wasmc {wasmc}"),
    Part("linked modules", "python3 Tests/Modules/modules.py --wasmc {wasmc}"),
    Part("linking", "python3 Tests/Linking/linking.py --wasmc {wasmc} --jobs {jobs}"),
    Part("damaged modules", "python3 Tests/BadInput/bad_input.py --wasmc {wasmc} --jobs {jobs}"),
    Part("recipes", "python3 Tests/Recipes/recipes.py --wasmc {wasmc}"),
    Part("installation", "Tests/Package/test_install.sh {wasmc}"),
    Part("cost of compiling", "python3 Tests/Cost/cost.py --wasmc {wasmc} --jobs {jobs}"),
    Part("determinism", "python3 Tests/Determinism/determinism.py --wasmc {wasmc}"),
    Part("completion", "python3 Tests/CommandLine/completion.py --wasmc {wasmc}"),
    Part("full disk", "python3 Tests/CommandLine/full_disk.py --wasmc {wasmc}"),
    Part("parts side by side", "python3 Tests/Scheduling/scheduling.py"),
    Part("terminal", "python3 Tests/CommandLine/terminal.py --wasmc {wasmc}", alone=True),
    Part("starts and ends", "python3 Tests/Process/process.py --wasmc {wasmc}", alone=True),
    Part("servers", "python3 Tests/Servers/servers.py --wasmc {wasmc}", alone=True),
]

ALL_PARTS = CHECK_PARTS
