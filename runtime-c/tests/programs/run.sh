#!/bin/sh
# Runs the programs of this directory, linked by ../Makefile into the directory $1, and compares exit
# status, output and errors. The sources are in the directory $2.
sources=$2
SEAL=${SEAL:-}
cd "$1" || exit 1
passed=0
failed=0

fail() {
    failed=$((failed + 1))
    echo "failed: $*"
}

# expect NAME STATUS OUT ERR: what the last `run` must have done. OUT and ERR are printf formats.
expect() {
    printf -- "$3" > expected.out
    printf -- "$4" > expected.err
    if [ "$status" != "$2" ]; then
        fail "$1: exit status $status, expected $2: $(cat actual.err)"
    elif ! cmp -s expected.out actual.out; then
        fail "$1: output $(cat actual.out)"
    elif ! cmp -s expected.err actual.err; then
        fail "$1: errors $(cat actual.err)"
    else
        passed=$((passed + 1))
    fi
}

# run GRANTS PROGRAM [ARGUMENT...]
run() {
    grants=$1
    shift
    env -i WASMC_GRANTS="$SEAL $grants" HOST=yes "$@" > actual.out 2> actual.err
    status=$?
    sed -i '/^Segmentation fault/d' actual.err # the shell's own words
}

invoke() {
    export_name=$1
    shift
    run "--invoke $export_name $more" ./reactor "$@"
}
more=

# A command.
run "" ./hello
expect hello 0 'Hello, world!\n' ''
run "--trace-wasi --seal off" ./hello
expect trace 0 'Hello, world!\n' 'fd_write(fd=1, iovecs=0x8, count=1, bytes=0x4) = success, bytes=14\n'
env -i ./hello >&- 2> actual.err
status=$?
: > actual.out
expect 'closed output is BADF' 8 '' ''
# A full disk, and a limit on files, are errnos of the write.
env -i ./hello > /dev/full 2> actual.err
status=$?
: > actual.out
expect 'a full disk is NOSPC' 51 '' ''
(ulimit -f 0; exec env -i ./hello) > actual.out 2> actual.err
status=$?
expect 'a file that may not grow is FBIG' 22 '' ''
# Exceptions find their way through every kind of frame, to a handler or to the end.
run "" ./throw
expect 'an exception' 0 '' ''
run "" ./throw-uncaught
expect 'an exception that nothing catches' 134 '' 'wasmc: trap: unhandled exception: boom(7)\n'
run "--dir /proc" ./hello
expect 'procfs' 125 '' "wasmc: procfs cannot be granted, as it holds this program's own memory: --dir '/proc'\n"
run "--invoke f" ./hello
expect 'no exports' 125 '' "wasmc: --invoke 'f': this program was built without its exports\n"
run "" ./old-abi
expect 'another abi' 125 '' 'wasmc: this program was compiled for another version of its runtime\n'
run "" ./taken
expect 'base taken' 125 '' \
    'wasmc: cannot set up memory 0 at 0x10000: something else is mapped there (an emulator, a debugging tool?)\n'
(ulimit -v 1000000; exec env -i ./hello) > actual.out 2> actual.err
status=$?
expect 'no address space' 125 '' \
    'wasmc: cannot set up memory 0 at 0x10000: the host refuses the address space (a limit on virtual memory, ulimit -v?)\n'

# Grants that are refused.
run "--dir a:b" ./hello
expect 'one colon' 125 '' "wasmc: WASMC_GRANTS: --dir 'a:b': a single ':' could mean either order; write HOST::GUEST, \
the host's directory first (GUEST:HOST of other runtimes becomes HOST::GUEST)\n"
run "--dir ./no-such-directory" ./hello
expect 'no directory' 125 '' "wasmc: cannot open the directory of --dir './no-such-directory': no such directory\n"
run "--dir ./hello" ./hello
expect 'a file' 125 '' "wasmc: cannot open the directory of --dir './hello': not a directory\n"
run "--what" ./hello
expect 'unknown option' 125 '' "wasmc: WASMC_GRANTS: unknown option '--what'\n"
run "--seal on" ./hello
expect 'seal mode' 125 '' "wasmc: WASMC_GRANTS: --seal 'on': expected auto, require, log or off\n"
run "--fuel 3" ./hello
expect 'not built' 125 '' "wasmc: WASMC_GRANTS: option '--fuel' is not supported by this version\n"
run "'--env" ./hello
expect 'open quote' 125 '' 'wasmc: WASMC_GRANTS: a quote or a backslash at the end is not complete\n'
run "" ./bad-grants
expect 'baked in' 125 '' "wasmc: built-in grants: unknown option '--bogus'\n"
env -i WASMC_CONFIG=x ./hello > actual.out 2> actual.err
status=$?
expect 'configuration file' 125 '' 'wasmc: WASMC_CONFIG is not supported by this version; use WASMC_GRANTS\n'

# What the guest is given.
run "" ./echo a 'b c' ''
expect 'arguments' 0 './echo\0a\0b c\0\0BAKED=1\0BOTH=old\0' ''
run "--argv0 me --env HOST --env BOTH=new --env MISSING --dir .::/here" ./echo
expect 'grants' 0 'me\0BAKED=1\0BOTH=new\0HOST=yes\0/here' ''
run "--inherit-env --dir .::/a --dir /::/a" ./echo
expect 'inherited' 0 './echo\0HOST=yes\0BAKED=1\0BOTH=old\0/a' ''

# Instantiation.
run "" ./instantiate
expect 'two memories' 3 '' ''
run "" ./bad-segment
expect 'segment' 134 '' 'wasmc: trap: out of bounds memory access\n'
run "" ./bad-start
expect 'start function' 134 '' 'wasmc: trap: unreachable\n    at (module offset 0x30)\n'
run "" ./bad-elements
expect 'elements' 134 '' 'wasmc: trap: out of bounds table access\n'
run "" ./bad-segment-of-table
expect 'element segment' 134 '' 'wasmc: trap: out of bounds table access\n'
run "" ./small-import
expect 'small import' 125 '' 'wasmc: incompatible import type: "a" "table" is smaller than the import wants\n'
run "" ./below-second
expect 'guard below a memory' 134 '' 'wasmc: trap: out of bounds memory access\n'
run "--max-memory 100KiB" ./reactor
expect 'first pages over the limit' 125 '' \
    'wasmc: cannot set up memory 0 at 0x10000: more is needed at start than --max-memory allows\n'

# Exports.
run "" ./reactor
expect 'reactor' 0 '' ''
invoke initialized
expect 'initialized first' 0 '42\n' ''
invoke identity -- 2>/dev/null
expect 'arguments missing' 125 '' "wasmc: --invoke: wrong number of arguments for 'identity': expected 4, found 1\n"
invoke identity -1 0xffffffffffffffff 1e10 nan
expect 'identity' 0 '-1\n-1\n10000000000\nNaN\n' ''
invoke constants
expect 'results of every kind' 0 '-1\n-1\n0.1\n-2.5\n18446744073709551621\n<null funcref>\n<externref>\n' ''
invoke identity 1x 0 0 0
expect 'not an i32' 125 '' "wasmc: --invoke: argument '1x' is not an i32\n"
invoke vector 1
expect 'vector' 125 '' "wasmc: --invoke: argument '1': a v128 cannot be given on the command line\n"
invoke reference 1
expect 'reference' 125 '' "wasmc: --invoke: argument '1': a reference cannot be given on the command line\n"
invoke nothing
expect 'no such export' 125 '' "wasmc: --invoke: no exported function is called 'nothing'\n"

# Traps and where they happened.
invoke trap 1 0x45
expect 'named function' 134 '' 'wasmc: trap: unreachable\n    at load (module offset 0x45)\n'
invoke trap 2 0x21
expect 'function without a name' 134 '' 'wasmc: trap: integer divide by zero\n    at func[0] (module offset 0x21)\n'
invoke trap 3 0x60
expect 'a name cannot write to the terminal' 134 '' \
    'wasmc: trap: integer overflow\n    at \\x1b[31mred (module offset 0x60)\n'
invoke trap 3 0x9000
expect 'the last function' 134 '' 'wasmc: trap: integer overflow\n    at func[7] (module offset 0x9000)\n'
invoke trap 3 0x1f
expect 'before every function' 134 '' 'wasmc: trap: integer overflow\n    at (module offset 0x1f)\n'
invoke trap 3 0xffffffff
expect 'unknown place' 134 '' 'wasmc: trap: integer overflow\n'

invoke trap-element 7 0x40 12
expect 'a trap that names the element' 134 '' 'wasmc: trap: undefined element 12\n    at load (module offset 0x40)\n'

out_of_bounds='wasmc: trap: out of bounds memory access\n    at load (module offset 0x47)\n'
invoke load 131068 0
expect 'the last word' 0 '1818845556\n' ''
invoke load 131069 0
expect 'one byte over' 134 '' "$out_of_bounds"
invoke load 131072 0
expect 'behind the memory' 134 '' "$out_of_bounds"
invoke load 0xffffffff 0xffffffff
expect 'the largest address' 134 '' "$out_of_bounds"
invoke fill 131070 2
expect 'fill to the end' 0 '' ''
invoke fill 131070 100000
expect 'fill over the end' 134 '' 'wasmc: trap: out of bounds memory access\n'
invoke bad-pointer
expect 'guest pointer' 134 '' 'wasmc: trap: out of bounds memory access by a host call\n    in fd_write\n'
invoke crash
sed -i 's/, pc 0x[0-9a-f]*$/, pc PLACE/' actual.err
expect 'our own fault' 139 '' 'wasmc: internal error: signal 11, fault at 0x7000000000, pc PLACE\n'
invoke overwrite
sed -i 's/fault at 0x[0-9a-f]*, pc 0x[0-9a-f]*$/fault at PLACE, pc PLACE/' actual.err
expect 'a constant with a relocation' 139 '' 'wasmc: internal error: signal 11, fault at PLACE, pc PLACE\n'

# Limits.
invoke recurse 100
expect 'some recursion' 0 '0\n' ''
invoke recurse 10000000
expect 'too much recursion' 134 '' 'wasmc: trap: call stack exhausted\n'
# The signal stack is part of the kernel's stack, where that may be large enough.
kernel_stack=$(ulimit -S -s)
for kilobytes in 200 1100 unlimited; do
    ulimit -S -s $kilobytes 2> /dev/null || continue
    invoke recurse 10000000
    expect "too much recursion, kernel's stack $kilobytes" 134 '' 'wasmc: trap: call stack exhausted\n'
done
ulimit -S -s "$kernel_stack"
more='--max-stack 64MiB'
invoke recurse 100000
expect 'a larger stack' 0 '0\n' ''
more='--max-stack 8KiB'
invoke recurse 1000
expect 'a small stack' 134 '' 'wasmc: trap: call stack exhausted\n'
more='--dir .'
invoke exhaust
expect 'exhausted in a host call' 134 '' 'wasmc: trap: call stack exhausted\n'
more='--timeout 50ms'
invoke spin
expect 'timeout' 124 '' 'wasmc: trap: timeout\n'
more=
invoke grow 8
expect 'grow to the maximum' 0 '2\n' ''
invoke grow 9
expect 'grow over the maximum' 0 '-1\n' ''
more='--max-memory 200KiB'
invoke grow 1
expect 'grow to the grant' 0 '2\n' ''
invoke grow 2
expect 'grow over the grant' 0 '-1\n' ''
more=

run "" ./harness
expect 'script harness' 0 '' ''

run "" ./strings
expect 'memcpy, memmove, memset' 0 '' ''

# Small, and without what is not imported.
bytes=$(wc -c < hello-stripped)
if [ "$bytes" -lt 49000 ]; then
    passed=$((passed + 1))
else
    fail "hello has $bytes bytes"
fi
if $NM --defined-only hello |
    grep -E 'wasmc_(path|poll|invoke|script|resolver|dns|wasi_(path|fd_read|sock|clock|random|environ))|getaddrinfo' > actual.out; then
    fail "hello holds what it does not import: $(cat actual.out)"
else
    passed=$((passed + 1))
fi
# What takes the place of something for sockets is in no program without them, and in each that has them.
if $NM --defined-only hello echo strings | grep -E 'wasmc_(net|socket|twins|watch|channel|fd_forget)' |
    grep -vE 'wasmc_net_(begin|await|seal|check_sealed)' > actual.out; then
    fail "a program without sockets knows them: $(cat actual.out)"
elif ! $NM --defined-only network | grep -q wasmc_fd_forget; then
    fail "a program with sockets does not know them"
else
    passed=$((passed + 1))
fi
if grep -aq openat hello-stripped || ! grep -aq openat2 attack-paths; then
    fail "the system calls do not follow from the imports"
else
    passed=$((passed + 1))
fi
# The archive defines nothing but our own names, what LLVM calls for copying and for unwinding, what the linker puts
# between host calls that are recorded, and what takes the place of musl's own
# in its resolver.
if $NM --defined-only --extern-only ../../libwasmc.a 2> /dev/null | awk 'NF == 3 && $3 !~ /^wasmc_/ { print $3 }' |
    grep -vxE 'main|memcpy|memmove|memset|memcmp|_Unwind_Resume|__wrap_wasmc_\w+|__get_resolv_conf|__res_msend_rc|__dns_parse' > actual.out; then
    fail "foreign names in the archive: $(cat actual.out)"
else
    passed=$((passed + 1))
fi

# All of the above again, unsealed; then what sealing is for.
if [ -z "$SEAL" ]; then
    echo "sealed: $passed passed, $failed failed"
    SEAL='--seal off' sh "$sources/run.sh" . "$sources" || fail "unsealed"
    . "$sources/seal.sh"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
