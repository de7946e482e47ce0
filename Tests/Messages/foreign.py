"""Files that are given to a compiler of WebAssembly by mistake, each with words that its message has to hold."""

import bz2
import gzip
import io
import lzma
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from wasm_encoding import named as encoded_name, section, u, vector  # noqa: E402

WASM = b"\0asm\1\0\0\0"


def named(text):
    return encoded_name(text.encode() if isinstance(text, str) else text)


def custom(name, contents=b""):
    return section(0, named(name) + contents)


def module(*sections):
    return WASM + b"".join(sections)


def import_section(*entries):
    """Entries (module, name, description bytes)."""
    return section(2, vector(named(a) + named(b) + kind for a, b, kind in entries))


TYPE_NOTHING = section(1, b"\1\x60\0\0")
FUNCTION = b"\0\0"
GLOBAL_I32 = b"\3\x7f\0"
MEMORY_1 = b"\2\0\1"


def elf(kind, machine=62, headers=(), tail=b""):
    """A 64-bit ELF file with these program headers, each (type, offset, size)."""
    head = bytearray(64)
    head[:7] = b"\x7fELF\2\1\1"
    struct.pack_into("<HH", head, 16, kind, machine)
    struct.pack_into("<Q", head, 32, 64)
    struct.pack_into("<HHH", head, 54, 56, len(headers), 64)
    return bytes(head) + b"".join(struct.pack("<IIQQQQQQ", kind, 4, offset, 0, 0, size, size, 4)
                                  for kind, offset, size in headers) + tail


def zip_archive():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("app.wasm", WASM)
    return stream.getvalue()


def tar_archive():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("app.wasm")
        entry.size = len(WASM)
        archive.addfile(entry, io.BytesIO(WASM))
    return stream.getvalue()


TEXT = '(module (func (export "_start")))\n'
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"

# File name -> (contents, words of the message). Each is refused by every command that reads a module.
FILES = {
    "gzip": (gzip.compress(WASM), ["gzip", "decompress"]),
    "zip": (zip_archive(), ["zip archive", "unpack"]),
    "zip-start": (b"PK\3\4", ["zip archive", "unpack"]),
    "zip-empty": (b"PK\5\6" + bytes(18), ["zip archive"]),
    "xz": (lzma.compress(WASM), ["xz file", "decompress"]),
    "bzip2": (bz2.compress(WASM), ["bzip2", "decompress"]),
    "zstd": (b"\x28\xb5\x2f\xfd\x04\0", ["zstd", "decompress"]),
    "tar": (tar_archive(), ["tar archive", "unpack"]),
    "deb": (b"!<arch>\ndebian-binary   1410122664", ["Debian package"]),
    "library.a": (b"!<arch>\n/               0", ["static library", "link it"]),
    "thin.a": (b"!<thin>\n", ["static library", "link it"]),
    "bitcode": (b"BC\xc0\xde\x35\x14\0\0", ["LLVM bitcode", "link it"]),
    "bitcode-wrapper": (b"\xde\xc0\x17\x0b\0\0\0\0\x14\0\0\0", ["LLVM bitcode", "link it"]),
    "ir.ll": (b"; ModuleID = 'a.c'\nsource_filename = \"a.c\"\n", ["LLVM assembly"]),
    "macho32": (b"\xce\xfa\xed\xfe\7\0\0\0", ["Mach-O", "WebAssembly instead"]),
    "macho64": (b"\xcf\xfa\xed\xfe\7\0\0\1", ["Mach-O"]),
    "macho32-big": (b"\xfe\xed\xfa\xce\0\0\0\7", ["Mach-O"]),
    "macho64-big": (b"\xfe\xed\xfa\xcf\1\0\0\7", ["Mach-O"]),
    "fat": (b"\xca\xfe\xba\xbe\0\0\0\2", ["Mach-O"]),
    "fat64": (b"\xca\xfe\xba\xbf\0\0\0\2", ["Mach-O"]),
    "Main.class": (b"\xca\xfe\xba\xbe\0\0\0\x41", ["Java class"]),
    "pe": (b"MZ\x90\0\3\0\0\0", ["Windows executable"]),
    "object.o": (elf(1), ["object file", "ELF", "WebAssembly instead"]),
    "executable": (elf(2), ["an executable of native code", "ELF"]),
    "pie": (elf(3, headers=[(3, 120, 8)], tail=b"/ld.so\0\0"), ["an executable of native code"]),
    "library.so": (elf(3), ["shared library", "ELF"]),
    "core": (elf(4), ["core dump"]),
    "elf-cut": (b"\x7fELF", ["ELF"]),
    "lfs": (LFS, ["Git LFS", "git lfs pull"]),
    "component": (b"\0asm\x0d\0\1\0", ["component", "wasm32-wasip1"]),
    "component-old": (b"\0asm\x0a\0\1\0", ["component"]),
    "component.wat": (b"(component (core module))", ["component", "wasm32-wasip1"]),
    "component-comments.wat": (b";; a component\n(; (module ;)\n ( component $c)", ["component"]),
    "version-13": (b"\0asm\x0d\0\0\0", ["unknown binary version", "13"]),
    "version-2": (b"\0asm\2\0\0\0", ["unknown binary version", "2"]),
    "cut-magic": (b"\0as", ["unexpected end"]),
    "empty": (b"", ["empty"]),
    "utf16-le": (b"\xff\xfe" + TEXT.encode("utf-16-le"), ["UTF-16", "UTF-8"]),
    "utf16-be": (b"\xfe\xff" + TEXT.encode("utf-16-be"), ["UTF-16"]),
    "utf16-unmarked": (TEXT.encode("utf-16-le"), ["UTF-16"]),
    "utf32": (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), ["UTF-32"]),
    "utf8-mark": (b"\xef\xbb\xbf" + TEXT.encode(), ["byte order mark"]),
    "page.html": (b"<!DOCTYPE html>\n<html><body>404", ["HTML", "download"]),
    "page2.html": (b"\n  <HTML>", ["HTML"]),
    "feed.xml": (b"<?xml version='1.0'?>", ["XML"]),
    "response": (b"HTTP/1.1 404 Not Found\r\n", ["HTTP"]),
    "package.json": (b'{\n  "name": "app"\n}\n', ["JSON"]),
    "list.json": (b"[1, 2]\n", ["JSON"]),
    "glue.js": (b"var Module = typeof Module != 'undefined' ? Module : {};\n", ["JavaScript"]),
    "glue.mjs": (b"import * as wasm from './app_bg.wasm';\n", ["JavaScript"]),
    "script.sh": (b"#!/bin/sh\nexec wasmtime app.wasm\n", ["script"]),
    "main.c": (b"#include <stdio.h>\nint main(void) {}\n", ["source code", "compile"]),
    "main.go": (b"package main\n", ["source code"]),
    "base64": (b"AGFzbQEAAAA=\n", ["Base64"]),
    "hexadecimal": (b"0061736d01000000\n", ["hexadecimal"]),
    "notes.txt": (b"hello, world\n", ["text", "(module"]),
    "pdf": (b"%PDF-1.7\n", ["PDF"]),
    "picture.png": (b"\x89PNG\r\n\x1a\n", ["PNG"]),
    "sqlite": (b"SQLite format 3\0\x10\0", ["SQLite"]),
    "random": (b"\1\2\3\0\4", ["magic header not detected", "01 02 03 00 04"]),
    "zeros": (bytes(5000), ["magic header not detected"]),
}

# Modules that only a linker or a loader makes programs of: build and run refuse them.
UNLINKED = {
    "object.wasm": (module(TYPE_NOTHING, import_section(("env", "f", FUNCTION)), custom("linking", b"\2")),
                    ["object file", "link it first"]),
    "object-alone.wasm": (module(TYPE_NOTHING, section(3, b"\1\0"), section(10, b"\1\2\0\x0b"), custom("linking", b"\2")),
                          ["object file"]),
    "side.wasm": (module(custom("dylink.0", b"\1\4\0\0\0\0"), import_section(("env", "memory", MEMORY_1))),
                  ["dynamic library", "statically"]),
    "side-old.wasm": (module(custom("dylink", b"\0\0\0\0\0"), import_section(("env", "__memory_base", GLOBAL_I32))),
                      ["dynamic library"]),
}

# Modules with such a section that are programs all the same: a linker was asked to keep it.
LINKED = {
    "relocations.wasm": module(TYPE_NOTHING, section(3, b"\1\0"), section(7, b"\1" + named("_start") + b"\0\0"),
                               section(10, b"\1\2\0\x0b"), custom("linking", b"\2")),
}
