"""The parts of the test suite, one line for each. run_tests.py starts them in this order: what takes longest is first.

`{wasmc}` is the compiler, `{jobs}` the processes that the part may start at a time; a part without `{jobs}` is taken
for one process. `{all_jobs}` is what building has: it is among the arguments of Swift's compiler, and with another number
everything would be compiled again. Nothing runs beside a part that is `alone`.

SETS has what `make test`, `make check` and `make test-all` run. A configuration is tested with what can come out
differently there: RATIONALE.md says what is left to `make test-all`, and why.
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


MAKE = "make --no-print-directory"
CASES = "python3 Tests/Programs/run_cases.py --wasmc {wasmc} --jobs {jobs}"
SCRIPTS = "python3 Tools/run_scripts.py --wasmc {wasmc}"
FAULTS = "python3 Tests/Faults/faults.py --wasmc {wasmc}"
MUTANTS = "python3 Tests/BadInput/bad_input.py --wasmc {wasmc} --jobs {jobs}"
DETERMINISM = "python3 Tests/Determinism/determinism.py --wasmc {wasmc}"
WASI = "python3 Tests/WASITests/wasi_testsuite.py --wasmc {wasmc} --jobs {jobs}"

# Without Go, whose modules take as long as ten others: at -O2 it has a server in Tests/Servers, at -O0 a module here.
# One of each program of the corpus.
# TinyGo's module of two megabytes is left to -O0, too. CoreMark runs until ten seconds have passed: one of the two, here
# only.
# What repeats a library or a program (brotli, bzip2, pcre2) in another form is left out, too.
COMMON_CASES = ("--filter ^(?!go/|shared/w2c2/gowasi|shared/wasm3/(coremark|brotli)|shared/sightglass/bz2|"
                "corpus/(sqlite3/speedtest1|pcre2grep|[^/]*-(mvp|O0g|simd|tail-call)/))")
# What the form of the code cannot change is left out of configurations that are not the default.
MEMORY_CASES = "--filter ^(c|swift|zig|shared/wavm)/(?!coremark)"
FAST_CASES = "--filter ^(c|cpp|swift|zig|go/loganalyzer|shared/(?!sightglass|wasm3)[^/]*)/(?!coremark)"
# Of wasm3's programs those that are no benchmarks. Of the others all but two, which repeat the same few functions for
# most of a minute, as long as the rest together.
INTERPRETED_CASES = ("--engine interp --timeout 600 "
                     "--filter ^(?!corpus/|shared/wavm/coremark|shared/wasm3/(?!simple|brotli|wasm3)"
                     "|shared/sightglass/shootout-(ed25519|seqhash))")
# CoreMark runs until ten seconds have passed, and with a counter of 32 bits, sometimes a minute.
ALL_INTERPRETED_CASES = "--engine interp --timeout 600 --filter ^(?!corpus/|shared/wasm3/coremark)"

SOURCE_PARTS = [
    Part("format", "swift format lint --strict --recursive Package.swift Sources Tests", counts=False),
    Part("unused declarations", "python3 Tools/unused_declarations.py", counts=False),
    Part("generated files", ".build/release/wasmc-generate . --check", counts=False),
]

TEST_PARTS = [
    Part("Swift", "python3 Tools/swift_tests.py --jobs {all_jobs}"),
    Part("programs, -O2", f"{CASES} -O 2 --bounds guard {COMMON_CASES}"),
    # That one compiles all of Go's HTTP, which takes as long as everything else; Tests/Servers has a server in Go.
    Part("faults", f"{FAULTS} --filter ^(?!go_http_server)"),
    Part("programs, interpreter", f"{CASES} {INTERPRETED_CASES}"),
    Part("programs, -O0", f"{CASES} -O 0 --bounds guard {FAST_CASES}"),
    Part("programs, -O2, explicit bounds", f"{CASES} -O 2 --bounds explicit {MEMORY_CASES}"),
    Part("runtime", f"{MAKE} test-runtime"),
    Part("damaged modules", f"{MUTANTS} --scale 0.25"),
    Part("determinism", f"{DETERMINISM} --filter ^(?!sqlite|gowasi)"),
    Part("data segments", "python3 Tests/DataSegments/data_segments.py --wasmc {wasmc}"),
    Part("linking", "python3 Tests/Linking/linking.py --wasmc {wasmc} --jobs {jobs}"),
    Part("cost of compiling", "python3 Tests/Cost/cost.py --wasmc {wasmc} --jobs {jobs}"),
    Part("hostile guests", "python3 Tests/Hostile/hostile.py --wasmc {wasmc} --jobs {jobs}"),
    Part("specification, -O2", f"{SCRIPTS} suite -O2"),
    Part("specification, -O2, strict traps", f"{SCRIPTS} suite -O2 --traps strict"),
    Part("specification, -O0", f"{SCRIPTS} suite -O0"),
    Part("specification's memories, explicit bounds", f"{SCRIPTS} memory -O2 --bounds explicit"),
    Part("specification, interpreter", f"{SCRIPTS} suite --engine interpreter"),
    Part("objects, a collection at each allocation", f"{SCRIPTS} objects -O2 --gc-stress"),
    Part("scripts about threads", f"{SCRIPTS} threads --engine interpreter"),
    Part("scripts about threads, -O2", f"{SCRIPTS} threads -O2"),
    Part("own scripts, interpreter", f"{SCRIPTS} own --engine interpreter"),
    Part("own scripts, -O0", f"{SCRIPTS} own -O0"),
    Part("own scripts, -O2", f"{SCRIPTS} own -O2"),
    Part("own scripts, -O2, explicit bounds", f"{SCRIPTS} own -O2 --bounds explicit"),
    Part("own scripts, -O2, strict traps", f"{SCRIPTS} executable -O2 --traps strict"),
    Part("own scripts, -O2, strict traps, explicit bounds",
         f"{SCRIPTS} executable -O2 --traps strict --bounds explicit"),
    Part("numbers, x86-64", f"{SCRIPTS} numbers -O2 --target-cpu x86-64"),
    Part("numbers, x86-64-v3", f"{SCRIPTS} numbers -O2 --target-cpu x86-64-v3"),
    Part("numbers, x86-64-v4", f"{SCRIPTS} numbers -O2 --target-cpu x86-64-v4"),
    Part("vectors, several CPUs", f"{SCRIPTS} vectors -O2 --target-cpu x86-64-v2,v3,v4"),
    # Without what one feature brings, and with what it does not need.
    Part("vectors without SSE3", f"{SCRIPTS} vectors --target-feature -sse3"),
    Part("vectors without SSE4.1", f"{SCRIPTS} vectors --target-feature -sse4.1"),
    Part("vectors without POPCNT", f"{SCRIPTS} vectors --target-feature -popcnt"),
    Part("processor levels", "python3 Tests/ProcessorLevels/processor_levels.py --wasmc {wasmc}"),
    Part("state after traps", "python3 Tests/TrapState/trap_state.py --wasmc {wasmc} --jobs {jobs}"),
    Part("traps of unused loads", "python3 Tests/LoadTraps/load_traps.py --wasmc {wasmc} --jobs {jobs}"),
    Part("loops at their edges", "python3 Tests/Loops/loops.py --wasmc {wasmc} --jobs {jobs}"),
    Part("frames at their edges", "python3 Tests/Loops/loops.py --frames --wasmc {wasmc} --jobs {jobs}"),
    Part("contract with the runtime", "python3 Tests/Contract/contract.py"),
    Part("debuggers", "python3 Tests/Debugging/debugging.py --wasmc {wasmc}"),
    Part("golden IR", "python3 Tests/Golden/golden.py --wasmc {wasmc} --jobs {jobs}"),
    Part("WASI preview1", WASI),
    Part("WASI preview1, interpreter", f"{WASI} --engine interp"),
    Part("compared engines", "python3 Tests/Diff/diff.py --wasmc {wasmc} --jobs {jobs}"),
    Part("threads", "python3 Tests/Threads/threads.py --wasmc {wasmc}"),
    Part("resources", "python3 Tests/Resources/resources.py --wasmc {wasmc}"),
    Part("messages", "python3 Tests/Messages/messages.py --wasmc {wasmc}"),
    Part("messages of traps", "python3 Tests/Traps/traps.py --wasmc {wasmc}"),
    Part("core dumps", "python3 Tests/Traps/coredumps.py --wasmc {wasmc}"),
    Part("newcomer's commands", "python3 Tests/Newcomer/newcomer.py --wasmc {wasmc}"),
    Part("builds in steps", "python3 Tests/Units/units.py --wasmc {wasmc}"),
    Part("profiles", "python3 Tests/Profile/profile.py --wasmc {wasmc}"),
    Part("initialization in advance", "python3 Tests/Initialization/initialization.py --wasmc {wasmc}"),
    Part("cache", "python3 Tests/Cache/cache.py --wasmc {wasmc}"),
    Part("linked modules", "python3 Tests/Modules/modules.py --wasmc {wasmc}"),
    Part("recipes", "python3 Tests/Recipes/recipes.py --wasmc {wasmc}"),
    Part("installation", "Tests/Package/test_install.sh {wasmc}"),
    Part("completion", "python3 Tests/CommandLine/completion.py --wasmc {wasmc}"),
    Part("full disk", "python3 Tests/CommandLine/full_disk.py --wasmc {wasmc}"),
    Part("checkouts of the specification", "python3 Tests/Suite/suite.py --wasmc {wasmc}"),
    Part("parts side by side", "python3 Tests/Scheduling/scheduling.py"),
    Part("terminal", "python3 Tests/CommandLine/terminal.py --wasmc {wasmc}"),
    Part("starts and ends", "python3 Tests/Process/process.py --wasmc {wasmc}"),
    Part("grants of the network", "python3 Tests/Network/grants.py --wasmc {wasmc}"),
    Part("datagrams", "python3 Tests/Network/datagrams.py --wasmc {wasmc}"),
    Part("socket ABIs", "python3 Tests/Network/abis.py --wasmc {wasmc} --jobs {jobs}"),
    Part("rules of the network", "python3 Tests/Network/policy.py --wasmc {wasmc}"),
    Part("isolated networks", "python3 Tests/Network/isolation.py --wasmc {wasmc}"),
    # They listen on ports that were free a moment ago.
    Part("servers under load", "python3 Tests/Network/load.py --wasmc {wasmc}", alone=True),
    Part("servers", "python3 Tests/Servers/servers.py --wasmc {wasmc}", alone=True),
]

# On a clean system that debootstrap makes: takes root, and waits for the network more than for this machine.
PACKAGE_PARTS = [Part("package", f"{MAKE} test-deb")]

# Whole, what TEST_PARTS have in part; and crosses of configurations that are tested one by one.
CROSSED_PARTS = [
    Part("Swift, debug", "python3 Tools/swift_tests.py --jobs {all_jobs} --configuration debug"),
    Part("programs, -O2, all", f"{CASES} -O 2 --bounds guard"),
    Part("programs, interpreter, all", f"{CASES} {ALL_INTERPRETED_CASES}"),
    Part("programs, -O0, all", f"{CASES} -O 0 --bounds guard"),
    Part("programs, -O2, explicit bounds, all", f"{CASES} -O 2 --bounds explicit"),
    Part("programs, -O0, explicit bounds, all", f"{CASES} -O 0 --bounds explicit"),
    Part("faults, all", FAULTS),
    # What runs for a time of its own, or minutes, is left out as above.
    Part("compared engines, all programs",
         "python3 Tests/Diff/diff.py --wasmc {wasmc} --jobs {jobs} --programs ^(?!.*/coremark)"),
    Part("threads, 10^7 operations each",
         "python3 Tests/Threads/threads.py --wasmc {wasmc} --operations 10000000 --filter counting"),
    Part("damaged modules, all", MUTANTS),
    Part("servers under load, ten minutes", "python3 Tests/Network/load.py --wasmc {wasmc} --seconds 600", alone=True),
    Part("determinism, all", DETERMINISM),
    Part("own scripts, -O0, explicit bounds", f"{SCRIPTS} own -O0 --bounds explicit"),
    Part("own scripts, -O0, strict traps", f"{SCRIPTS} executable -O0 --traps strict"),
    Part("objects, a collection at each allocation, -O0", f"{SCRIPTS} objects -O0 --gc-stress"),
    Part("specification, -O0, explicit bounds", f"{SCRIPTS} suite -O0 --bounds explicit"),
    Part("specification, -O2, explicit bounds", f"{SCRIPTS} suite -O2 --bounds explicit"),
    Part("specification, -O2, strict traps, explicit bounds", f"{SCRIPTS} suite -O2 --traps strict --bounds explicit"),
    Part("numbers, x86-64, -O0", f"{SCRIPTS} numbers -O0 --target-cpu x86-64"),
    Part("specification, several CPUs", f"{SCRIPTS} suite -O2 --target-cpu x86-64-v2,v3,v4"),
    Part("own scripts, several CPUs", f"{SCRIPTS} own -O2 --target-cpu x86-64,v2,v3,v4"),
    *(Part(f"specification, {level}, {bounds}", f"{SCRIPTS} suite -O2 --target-cpu {level} --bounds {bounds}")
      for level in ("x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4") for bounds in ("guard", "explicit")),
]

SETS = {
    "test": TEST_PARTS,
    "check": SOURCE_PARTS + TEST_PARTS,
    "ci": PACKAGE_PARTS + SOURCE_PARTS + TEST_PARTS,
    "all": CROSSED_PARTS + PACKAGE_PARTS + SOURCE_PARTS + TEST_PARTS,
}
