#!/bin/sh
# run-tests.sh WASMC JOBS - every test, part by part. Each part ends with its `N passed, N failed`.
#
# A part that fails does not keep the others from running. Exit status: 0 when nothing failed, 1 otherwise.
set -u

wasmc=$1
jobs=$2
status=0

# part TITLE COMMAND...
part() {
    echo "== $1"
    shift
    "$@" || status=1
}

part "runtime" make --no-print-directory test-runtime
part "Swift" python3 Tools/swift_tests.py --jobs "$jobs"
part "scripts" Tools/run-scripts.sh "$wasmc"
part "golden IR" python3 Tests/Golden/golden.py --wasmc "$wasmc"
part "faults" python3 Tests/Faults/faults.py --wasmc "$wasmc"
part "processor levels" python3 Tests/ProcessorLevels/processor_levels.py --wasmc "$wasmc"
part "state after traps" python3 Tests/TrapState/trap_state.py --wasmc "$wasmc" --jobs "$jobs"
part "WASI preview1" python3 Tests/WASITests/wasi_testsuite.py --wasmc "$wasmc" --jobs "$jobs"
part "WASI preview1, interpreter" python3 Tests/WASITests/wasi_testsuite.py \
    --wasmc "$wasmc" --jobs "$jobs" --engine interp
for level in 2 0; do
    for bounds in guard explicit; do
        part "programs, -O$level, $bounds" python3 Tests/Programs/run_cases.py \
            --wasmc "$wasmc" --jobs "$jobs" -O "$level" --bounds "$bounds"
    done
done
# CoreMark runs until ten seconds have passed, and with a counter of 32 bits, sometimes a minute.
part "programs, interpreter" python3 Tests/Programs/run_cases.py --wasmc "$wasmc" --jobs "$jobs" \
    --engine interp --timeout 600 --filter '^(?!corpus/|shared/wasm3/coremark)'
part "hostile guests" python3 Tests/Hostile/hostile.py --wasmc "$wasmc" --jobs "$jobs"
part "resources" python3 Tests/Resources/resources.py --wasmc "$wasmc"
part "messages" python3 Tests/Messages/messages.py --wasmc "$wasmc"
part "newcomer's commands" python3 Tests/Newcomer/newcomer.py --wasmc "$wasmc"
part "terminal" python3 Tests/CommandLine/terminal.py --wasmc "$wasmc"
part "completion" python3 Tests/CommandLine/completion.py --wasmc "$wasmc"
part "full disk" python3 Tests/CommandLine/full_disk.py --wasmc "$wasmc"
part "linked modules" python3 Tests/Modules/modules.py --wasmc "$wasmc"
part "linking" python3 Tests/Linking/linking.py --wasmc "$wasmc" --jobs "$jobs"
part "starts and ends" python3 Tests/Process/process.py --wasmc "$wasmc"
part "servers" python3 Tests/Servers/servers.py --wasmc "$wasmc"
part "damaged modules" python3 Tests/BadInput/bad_input.py --wasmc "$wasmc" --jobs "$jobs"
part "recipes" python3 Tests/Recipes/recipes.py --wasmc "$wasmc"
part "installation" Tests/Package/test_install.sh "$wasmc"
part "cost of compiling" python3 Tests/Cost/cost.py --wasmc "$wasmc" --jobs "$jobs"
part "determinism" python3 Tests/Determinism/determinism.py --wasmc "$wasmc"

if [ $status = 0 ]; then echo "== all tests passed"; else echo "== there are failures"; fi
exit $status
