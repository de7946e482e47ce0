#!/bin/sh
# test_deb.sh DEB - installs the package on a clean Debian, and uses it there as somebody else's account would.
#
# The clean system is made by debootstrap, of this machine's release and from this machine's package sources, in a
# temporary folder; it takes some minutes and root. Nothing is there but what the package's control file names: first
# these are installed, then the package by `dpkg -i`, which must not miss anything.
set -u

deb=$1
. "$(dirname "$0")/checks.sh"

skip() {
    echo "installing the package on a clean system is left out: $1"
    echo "0 passed, 0 failed"
    exit 0
}

[ "$(id -u)" = 0 ] || skip "it takes root"
for tool in debootstrap unshare chroot dpkg-deb apt-get; do
    command -v $tool > /dev/null || skip "there is no $tool"
done
unshare --mount --pid --fork true 2> /dev/null || skip "namespaces cannot be made here"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
root=$scratch/root
log=$scratch/log

# check_output TITLE EXPECTED COMMAND... - the command succeeds and prints this.
check_output() {
    title=$1
    printf '%s\n' "$2" > "$scratch/expected"
    shift 2
    "$@" > "$scratch/output" 2> "$log" || echo "status $?" >> "$scratch/output"
    check "$title" diff "$scratch/expected" "$scratch/output"
}

# inside SCRIPT - as root in the clean system, with a /proc of its own.
inside() {
    unshare --mount --pid --fork --mount-proc="$root/proc" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        chroot "$root" sh -ec "$1"
}

# as_user SCRIPT - as an account without any privilege.
as_user() { inside "cd /tmp/work && exec setpriv --reuid nobody --regid nogroup --clear-groups sh -ec '$1'"; }

# sources - this machine's package sources, a line each; those of other parties are left out unless they have a
# dependency of the package's.
sources() {
    wanted=$(for package in base-files $dependencies; do
        apt-cache policy "$package" | sed -n 's/^ *[0-9]* \([a-z]*:[^ ]*\) [^ ]* .*Packages$/\1/p'
    done | sort -u)
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(SIGNED_BY)' 'Created-By: Packages' |
        sort -u | while read -r uri release component key; do
            echo "$wanted" | grep -q -F -x "${uri%/}" || continue
            case $key in
                /*) echo "deb [signed-by=$key] $uri $release $component" ;;
                *) echo "deb $uri $release $component" ;;
            esac
        done
}

# make_system - a minimal system that knows this machine's package sources.
make_system() {
    sources > "$scratch/sources"
    mirror=$(sed -n "s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) $codename main$/\2/p" "$scratch/sources" | head -n 1)
    debootstrap --variant=minbase "$codename" "$root" "$mirror" > "$log" 2>&1 || return 1
    mkdir -p "$root/tmp/work"
    chmod 777 "$root/tmp/work"
    rm -f "$root/etc/apt/sources.list"
    cp "$scratch/sources" "$root/etc/apt/sources.list.d/here.list"
    for path in /etc/apt/trusted.gpg.d /etc/apt/keyrings /usr/share/keyrings /etc/ssl/certs /etc/resolv.conf /etc/hosts; do
        [ ! -e $path ] || { mkdir -p "$root$(dirname $path)" && cp -a $path "$root$(dirname $path)/"; }
    done
    cp "$deb" "$root/tmp/work/wasmc.deb"
}

# Names without versions; of alternatives the first.
dependencies=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/^ *//; s/[ |(].*//')
# shellcheck disable=SC1091
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
make_system || { cat "$log"; skip "debootstrap fails"; }
inside "apt-get update -q" > "$log" 2>&1 || { cat "$log"; skip "the package sources cannot be read"; }

check "the dependencies can be installed" \
    inside "apt-get install -y -q --no-install-recommends $(echo $dependencies)"
check "no compiler and no C library's headers come with them" \
    inside '! command -v cc && ! command -v gcc && ! command -v clang && ! test -e /usr/include/stdio.h'
find "$root/usr" "$root/etc" -not -name '*.cache' 2> /dev/null | sort > "$scratch/before"
check "dpkg -i installs the package" inside "dpkg -i /tmp/work/wasmc.deb"
check "nothing is half installed" inside 'test -z "$(dpkg --audit)"'
check "the files are those of md5sums" inside 'test -z "$(dpkg --verify wasmc | grep -v /usr/share/doc/)"'

check_output "an example is compiled and runs" "      1 point
      1 the
      1 to
      3 words, 3 different" \
    as_user "wasmc build /usr/share/doc/wasmc/Examples/wordfreq.wat && echo to the point >words &&
        WASMC_GRANTS=\"--dir .::/::ro\" ./wordfreq words"
check_output "a program of several modules is compiled and runs" "6 lines" \
    as_user "cp -r /usr/share/doc/wasmc/Examples/modules . && cd modules && wasmc build --config wasmc.toml && ./app"
check "a program is compiled and run in one step" \
    as_user "wasmc run --dir .::/::ro /usr/share/doc/wasmc/Examples/wordfreq.wat words"
check "the licence is where settings says" \
    as_user "test -s \"\$(wasmc settings | sed -n \"s/^licenseText: //p\")\""
check "the manual is there" inside "test -s /usr/share/man/man1/wasmc.1.gz || ls /etc/dpkg/dpkg.cfg.d"

check "the package can be removed" inside "dpkg --purge wasmc"
find "$root/usr" "$root/etc" -not -name '*.cache' 2> /dev/null | sort > "$scratch/after"
check "nothing of it is left" diff "$scratch/before" "$scratch/after"

finish
