#!/bin/sh
# install-packages.sh PACKAGE... - installs those Debian packages that are missing, as root or with sudo.
set -eu

missing=
for package in "$@"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get > /dev/null; then
    echo "install-packages: this is no Debian system; install what these packages hold:$missing" >&2
    exit 1
fi
root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null; then
        echo "install-packages: as root: apt-get install$missing" >&2
        exit 1
    fi
    root=sudo
fi

export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q
for package in $missing; do
    if ! apt-cache show "$package" > /dev/null 2>&1; then
        echo "install-packages: no apt source has $package; https://apt.llvm.org has LLVM's for every release" >&2
        exit 1
    fi
done
# shellcheck disable=SC2086
$root apt-get install -y -q --no-install-recommends $missing
