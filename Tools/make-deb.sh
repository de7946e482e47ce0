#!/bin/sh
# make-deb.sh WASMC RUNTIME DIRECTORY - makes a Debian package of what `make install` installs, in DIRECTORY.
#
# What the package depends on is read from the executable (dpkg-shlibdeps), but for the linker, which is run. The
# maintainer is $DEBFULLNAME <$DEBEMAIL>. With the same SOURCE_DATE_EPOCH and the same tools come the same bytes.
set -eu

wasmc=$1
runtime=$2
directory=$3
: "${SOURCE_DATE_EPOCH:?is the date of everything in the package, which \`make deb\` sets}"

package=wasmc
revision=1
maintainer="${DEBFULLNAME:-The wasmc authors} <${DEBEMAIL:-authors@wasmc.example}>"

for tool in dpkg-deb dpkg-shlibdeps python3 gzip md5sum; do
    command -v $tool > /dev/null || { echo "make-deb: no $tool; apt-get install dpkg-dev python3" >&2; exit 1; }
done

version=$("$wasmc" --version | sed -n '1s/^wasmc \([0-9A-Za-z.+~-]*\).*/\1/p')-$revision
architecture=$(dpkg --print-architecture)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
root=$scratch/root
documentation=$root/usr/share/doc/$package

# Whatever the caller's umask is, everybody may read what is installed.
umask 022

# libraries - the packages of the shared libraries that the executable names.
libraries() {
    mkdir -p "$scratch/source/debian"
    printf 'Source: %s\n\nPackage: %s\nArchitecture: any\n' $package $package > "$scratch/source/debian/control"
    (cd "$scratch/source" && dpkg-shlibdeps -O -e"$root/usr/bin/wasmc" | sed -n 's/^shlibs:Depends=//p')
}

# The archive of musl is part of the package, so that its version is a fact about it.
musl() { dpkg-query -W -f 'Static-Built-Using: musl (= ${source:Version})\n' musl-dev 2> /dev/null || true; }

copyright() {
    cat << 'END'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: wasmc

Files: *
Copyright: the wasmc authors
License: Apache-2.0 with LLVM-exception
 On Debian systems the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0; LICENSE beside this file has it with
 the LLVM exceptions to it.

Files: usr/lib/wasmc/*/libc.a usr/lib/wasmc/*/*crt*.o
Copyright: 2005-2020 Rich Felker and the contributors of musl
License: Expat
 NOTICE beside this file has this licence of musl and those of some of its
 parts, and says what the compiler is linked with.
END
}

changelog() {
    cat << END
$package ($version) unstable; urgency=medium

  * What has changed is in changelog.gz.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
}

control() {
    cat << END
Package: $package
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$root" | cut -f 1)
Depends: $(libraries), lld-22
$(musl)
Section: devel
Priority: optional
Description: compiler from WebAssembly to small native executables
 wasmc compiles a WebAssembly module (WASI preview1) to one small, static
 executable that needs no runtime. The program runs in a sandbox: it reaches
 the directories, variables, sockets and limits that it was granted, and
 nothing more.
END
}

Tools/install.sh install "$root/usr" "$wasmc" "$runtime"

# As Debian wants documentation to be.
mv "$documentation/CHANGELOG.md" "$documentation/changelog"
changelog > "$documentation/changelog.Debian"
copyright > "$documentation/copyright"
gzip -9 -n "$documentation/changelog" "$documentation/changelog.Debian" "$root"/usr/share/man/man1/*
mkdir -p "$root/usr/share/zsh/vendor-completions" "$root/usr/share/lintian/overrides"
mv "$root/usr/share/zsh/site-functions/_wasmc" "$root/usr/share/zsh/vendor-completions/_wasmc"
rmdir "$root/usr/share/zsh/site-functions"
# It is read by a shell, not run.
sed -i '1{/^#!/d}' "$root/usr/share/bash-completion/completions/wasmc"
cat > "$root/usr/share/lintian/overrides/$package" << 'END'
# `wasmc settings` names the licence with its exceptions, which is in no file of common-licenses.
wasmc: extra-license-file [usr/share/doc/wasmc/LICENSE]
# Of dpkg since 1.21.3.
wasmc: unknown-field Static-Built-Using
# This package is nobody's upload.
wasmc: initial-upload-closes-no-bugs [usr/share/doc/wasmc/changelog.Debian.gz:1]
END

mkdir "$root/DEBIAN"
control | sed '/^$/d' > "$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) > "$root/DEBIAN/md5sums"
mkdir -p "$directory"
rm -f "$directory/${package}_"*"_$architecture.deb"
output=$directory/${package}_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$output" > /dev/null
echo "$output"
