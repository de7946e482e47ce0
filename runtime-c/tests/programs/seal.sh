# seal.sh - what the kernel refuses to a sealed program; part of run.sh.

# Where nobody, too, can read.
sealed=$(mktemp -d)
trap 'rm -rf "$sealed"' EXIT
chmod 755 "$sealed"
cp hello attack attack-paths attack-all echo host "$sealed"
ulimit -c 0

# A directory that is granted, and one beside it that must stay as it is.
mkdir "$sealed/granted" "$sealed/outside"
echo inside > "$sealed/granted/inside"
echo canary > "$sealed/outside/canary"
chmod 777 "$sealed/granted" "$sealed/outside"
chmod 666 "$sealed/granted/inside" "$sealed/outside/canary"

outside() {
    (cd "$sealed/outside" && find . -exec stat -c '%n %i %s %Y %Z %a %u' {} + && cat canary)
}
before=$(outside)

# attack PROGRAM EXPORT STATUS: what a guest gets that has broken out of its code. $seal, $user, $mode and $lacking say
# where; descriptor 9 is a file that the starter left open.
attack() {
    { # whose errors are what the shell says about a signal
        (cd "$sealed" && exec env -i WASMC_GRANTS="--seal $seal --invoke $2 --dir granted$mode $more" \
            ./host -u "$user" $lacking -- "./$1" $argument) > actual.out 2> actual.err 9< "$sealed/outside/canary"
        status=$?
    } 2> /dev/null
    expect "$1 $2 (--seal $seal, user $user, dir$mode, $lacking)" "$3" '' ''
}

# start STATUS OUT ERR PROGRAM GRANTS: a program on a host that lacks something.
start() {
    (cd "$sealed" && $files && exec env -i WASMC_GRANTS="$5" ./host $lacking -- "./$4") > actual.out 2> actual.err
    status=$?
    expect "$4 $5 ($lacking)" "$1" "$2" "$3"
}

KILLED=159 # SIGSYS
EPERM=1
EACCES=13
EBADF=9
ENOSYS=38
no_close_range='436'
no_landlock='444 445 446'
no_openat2='437'
no_seccomp='317'

# Every attack, and what it comes to.
check_attacks() {
    attack attack nothing 0
    for export_name in open_file openat_file openat2_file openat2_inside openat2_create execute fork_ trace prctl_ \
        socket_ kill_ x32 ia32 map_code map_fixed map_writable_code protect_code protect_text remap protect_key \
        read_implies_exec; do
        attack attack $export_name $KILLED
    done
    attack attack inherited $EBADF
    for export_name in open_file openat_file execute fork_ trace prctl_ socket_ kill_ x32 ia32 map_code map_fixed \
        protect_code protect_text map_writable_code remap; do
        attack attack-paths $export_name $KILLED
    done
    # The resolver's rules are broken here; Landlock's hold.
    attack attack-paths openat2_file $EACCES
    attack attack-paths openat2_up $EACCES
    attack attack-paths openat2_inside 0
    if [ -n "$mode" ]; then
        attack attack-paths openat2_write $EACCES
        attack attack-paths openat2_create $EACCES
    else
        attack attack-paths openat2_write 0
        attack attack-paths openat2_create 0
    fi
    attack attack-paths inherited $EBADF
}

# The numbers of the system calls that a program may make that imports everything, where there is openat2. One more is
# a decision.
ALLOWED=' 1 3 5 7 8 9 10 11 14 15 16 19 20 24 44 45 48 51 52 60 72 74 75 77 131 138 202 217 219 221 228 229 231 233 258 262 263 264 265 266 267 271 280 281 285 288 291 295 296 318 437 '

# What the runtime's own calls are never told, and every other call.
check_calls() {
    more='--tcplisten 127.0.0.1:0'
    attack attack-all send_nothing 32    # EPIPE
    attack attack-all receive_nothing 107 # ENOTCONN
    for export_name in $(sed -n 's/^CALL(\([a-z0-9_]*\),.*/\1/p' "$sources/attack_calls.def"); do
        attack attack-all $export_name $KILLED
    done
    more=
}

check_numbers() {
    argument=0
    while [ $argument -lt 480 ]; do
        # 335 and 336 are the kernel's own, for its probes, and pass every filter; elsewhere they do nothing.
        case "$ALLOWED 335 336 " in *" $argument "*) ;; *) attack attack-all call_number $KILLED ;; esac
        argument=$((argument + 1))
    done
    argument=
}

# Unsealed, these attacks work: they are real.
check_unsealed() {
    seal=off
    for export_name in open_file openat2_file openat2_up openat2_write inherited socket_ map_code map_writable_code \
        protect_code protect_text remap; do
        attack attack $export_name 0
    done
}

check_traces() {
    # No path, no call that opens: fewer calls than with one.
    run "--trace-wasi" ./hello
    calls=$(sed -n 's/.* system calls: //p' actual.err)
    sed -i 's/Landlock [0-9]* /Landlock N /; s/calls: [0-9]*$/calls: N/; s/ no writable memory executable,//' actual.err
    expect 'sealed' 0 'Hello, world!\n' "wasmc: sealed: inherited descriptors closed, no_new_privs, Landlock N \
(directories: 0), system calls: N\nfd_write(fd=1, iovecs=0x8, count=1, bytes=0x4) = success, bytes=14\n"
    run "--seal log" ./hello
    sed -i 's/Landlock [0-9]* /Landlock N /; s/calls: [0-9]*$/calls: N/; s/ no writable memory executable,//' actual.err
    expect 'log' 0 'Hello, world!\n' "wasmc: would seal: inherited descriptors closed, no_new_privs, Landlock N \
(directories: 0), system calls: N\n"
    run "--trace-wasi --invoke nothing --dir ." ./attack-paths
    if [ "$(sed -n 's/.* system calls: //p' actual.err)" -gt "$calls" ]; then
        passed=$((passed + 1))
    else
        fail "paths add no system calls: $calls and $(cat actual.err)"
    fi
}

# A kernel that is old, or a container that forbids.
check_lacking() {
    for errno in $ENOSYS $EPERM; do
        lacking="-e $errno $no_landlock"
        start 125 '' 'wasmc: --seal require: this kernel refuses to restrict files (Landlock)\n' hello '--seal require'
        start 0 'Hello, world!\n' '' hello ''
        attack attack-paths openat_file $KILLED
        attack attack-paths openat2_inside 0
        lacking="-e $errno $no_seccomp"
        start 125 '' 'wasmc: --seal require: this kernel refuses to restrict system calls (seccomp)\n' hello '--seal require'
        start 0 'Hello, world!\n' '' hello ''
        attack attack-paths openat2_file $EACCES
        attack attack inherited $EBADF
        if [ -n "$write_execute" ]; then # MDWE holds without the filter
            for export_name in protect_code protect_text map_writable_code; do
                attack attack $export_name $EACCES
            done
        fi
        lacking="-e $errno $no_close_range" # closed one by one
        attack attack-paths inherited $EBADF
        if (ulimit -n 200000) 2> /dev/null; then # too many for that
            files='ulimit -n 200000'
            start 125 '' 'wasmc: --seal require: this kernel refuses to close inherited descriptors (close_range)\n' \
                hello '--seal require'
            files=:
        fi
        lacking="-e $errno $no_openat2" # the walk needs openat, and may use it
        start 0 '' '' attack-paths '--seal require --dir granted --invoke nothing'
        attack attack-paths openat_file $EACCES
        lacking="-e $errno $no_landlock $no_seccomp $no_close_range $no_openat2"
        start 0 'Hello, world!\n' '' hello ''
        start 0 './echo\0BAKED=1\0BOTH=old\0/here' '' echo '--dir granted::/here'
    done
    lacking=
}

lacking=
more=
argument=
files=:
# Whether the kernel has PR_SET_MDWE (6.3).
run "--trace-wasi" ./hello
write_execute=$(sed -n '/no writable memory executable/p' actual.err)
mode=
user=$(id -u)
users=$user
[ "$user" = 0 ] && users='0 65534'
if env -i WASMC_GRANTS='--seal require' ./hello > actual.out 2> actual.err; then
    for user in $users; do
        for mode in '' ::ro; do
            for seal in require auto; do
                rm -f "$sealed/granted/made"
                check_attacks
            done
        done
        mode=
        seal=require
        check_calls
        check_unsealed
        seal=auto
        check_lacking
    done
    seal=require
    user=$(id -u)
    check_numbers
    check_traces
    seal_of_client=require
else
    echo "this kernel cannot seal completely, so only what it can is tested: $(cat actual.err)"
    seal_of_client=auto
fi

if [ "$before" = "$(outside)" ]; then
    passed=$((passed + 1))
else
    fail "the directory outside has changed: $(outside)"
fi

# Granted sockets.
if python3 "$sources/client.py" $seal_of_client > actual.out 2>&1; then
    passed=$((passed + 1))
else
    fail "sockets: $(cat actual.out)"
fi
run "--tcplisten localhost:1" ./server
expect 'not an address' 125 '' "wasmc: --tcplisten 'localhost:1': expected an address and a port, such as 127.0.0.1:8080 \
or [::1]:8080 for this host, 0.0.0.0:8080 or [::]:8080 for others too; names are not looked up\n"
run "--tcplisten 192.0.2.1:1" ./server
expect 'somebody elses address' 125 '' \
    "wasmc: cannot listen on the address of --tcplisten '192.0.2.1:1': not an address of this host\n"
