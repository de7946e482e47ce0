#!/bin/sh
# run-scripts.sh WASMC - test scripts on both engines, as shipped: the project's own and, when they are there,
# the specification's. Each run ends with `N passed, N failed, N skipped`; commands of modules with features that
# the native back end refuses by name are skipped and counted. The interpreter skips none. With `--traps strict`, code
# is what executables get; without, what scripts get, which look at memories after a trap.
set -u

wasmc=$1
status=0
spec=../shared/spec/core

# run TITLE OPTIONS... -- FILES...
run() {
    echo "-- $1"
    shift
    "$wasmc" wast "$@" || status=1
}

# run_interpreter TITLE FILES...
run_interpreter() {
    echo "-- $1, interpreter"
    shift
    output=$("$wasmc" wast --engine interpreter "$@") || status=1
    echo "$output"
    case $output in *", 0 skipped") ;; *) status=1 ;; esac
}

# Whether this machine has what programs for a CPU ask for at their start.
can_run() {
    case $1 in
    x86-64) features="" ;;
    x86-64-v3) features="avx2 bmi2 fma f16c abm movbe" ;;
    x86-64-v4) features="avx2 bmi2 fma f16c abm movbe avx512f avx512bw avx512cd avx512dq avx512vl" ;;
    esac
    for feature in $features; do
        grep -q "^flags.* $feature" /proc/cpuinfo || return 1
    done
}

# run_levels FILES... - numbers on the CPUs that are not the default.
run_levels() {
    for options in "x86-64 -O0" "x86-64 -O2" "x86-64-v3 -O2" "x86-64-v4 -O2"; do
        if can_run "${options% *}"; then
            # shellcheck disable=SC2086
            run "numbers, --target-cpu $options" --target-cpu $options "$@"
        else
            echo "this machine is no ${options% *}: scripts are not run for it"
        fi
    done
    # Without what one feature brings, and with what it does not need.
    for features in -sse3 -sse4.1 -popcnt; do
        run "vectors, --target-feature $features" --target-feature $features Tests/Scripts/*simd*.wast
    done
}

own="Tests/Regressions/*.wast Tests/Scripts/*.wast"
# shellcheck disable=SC2086
run_interpreter "own scripts" $own
for options in "-O0" "-O2" "-O0 --bounds explicit" "-O2 --bounds explicit"; do
    # shellcheck disable=SC2086
    run "own scripts, $options" $options $own
done
# All but those that look at what was stored before a trap.
unobserved=$(find Tests/Regressions Tests/Scripts -name '*.wast' ! -name 'state-after-traps.wast' | sort)
for options in "-O0" "-O2" "-O2 --bounds explicit"; do
    # shellcheck disable=SC2086
    run "own scripts, --traps strict $options" --traps strict $options $unobserved
done
own_numbers="Tests/Scripts/simd*.wast Tests/Scripts/numeric*.wast Tests/Scripts/conversions.wast"

if [ ! -d "$spec" ]; then
    # shellcheck disable=SC2086
    run_levels $own_numbers
    echo "../shared/spec is absent: the specification's scripts are left out"
    exit $status
fi
# The custom descriptors are a proposal that wasmc does not know.
# shellcheck disable=SC2046
run_interpreter "core, proposals, legacy exceptions" $(
    find $spec -name '*.wast' ! -path '*/custom-descriptors/*' | sort)
proposals="$spec/proposals/custom-page-sizes/*.wast $spec/proposals/wide-arithmetic/*.wast"
# shellcheck disable=SC2086
run "core, -O0" -O0 $spec/*.wast $proposals
# shellcheck disable=SC2086
run "core, -O2" -O2 $spec/*.wast $proposals
# shellcheck disable=SC2086
run "core, --traps strict -O2" --traps strict -O2 $spec/*.wast $proposals
# What explicit bounds change: accesses to memory.
# shellcheck disable=SC2046
run "memory, -O2, explicit bounds" -O2 --bounds explicit $(grep -lE 'memory|load|store' $spec/*.wast)
# shellcheck disable=SC2046,SC2086
run_levels $own_numbers $(find $spec -maxdepth 1 \( -name 'simd_*.wast' -o -name 'f[36]*.wast' \
    -o -name 'i[1368]*x*.wast' -o -name 'i[36][24].wast' -o -name 'relaxed_*.wast' -o -name 'float_*.wast' \
    -o -name 'conversions.wast' \) | sort)
exit $status
