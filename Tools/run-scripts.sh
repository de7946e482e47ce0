#!/bin/sh
# run-scripts.sh WASMC - test scripts on both engines, as shipped: the project's own and, when they are there,
# the specification's. Each run ends with `N passed, N failed, N skipped`; commands of modules with features that
# the native back end refuses by name are skipped and counted. The interpreter skips none.
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

own="Tests/Regressions/*.wast Tests/Scripts/*.wast"
# shellcheck disable=SC2086
run_interpreter "own scripts" $own
for options in "-O0" "-O2" "-O0 --bounds explicit" "-O2 --bounds explicit"; do
    # shellcheck disable=SC2086
    run "own scripts, $options" $options $own
done

if [ ! -d "$spec" ]; then
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
# What explicit bounds change: accesses to memory.
# shellcheck disable=SC2046
run "memory, -O2, explicit bounds" -O2 --bounds explicit $(grep -lE 'memory|load|store' $spec/*.wast)
exit $status
