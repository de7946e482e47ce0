#!/usr/bin/env python3
"""Programs that start threads (wasi-threads), on both engines. Ends with `N passed, N failed`.

    threads.py --wasmc FILE [--operations N] [--filter TEXT]

--operations: atomic operations of each of 16 threads.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ENGINES = {
    "-O0": ["-O0"],
    "-O2": ["-O2"],
    "-O2, explicit bounds": ["-O2", "--bounds", "explicit"],
    # Only of programs with objects.
    "-O2, a collection at each allocation": ["-O2", "--gc-stress"],
    "interpreter": None,
}
COLLECTING = "-O2, a collection at each allocation"
OBJECTS = re.compile(r"struct\.new|array\.new|exnref")
LIMIT_SECONDS = 120

# What every program here has: imports, a memory that it imports and nobody provides, and `$wait`, which returns when the
# word at 0 says how many threads are done.
HEAD = """
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 2 100 shared))
  (export "memory" (memory 0))
  (func $done
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
  (func $wait (param $count i32) (local $seen i32)
    (loop $again
      (if (i32.lt_u (local.tee $seen (i32.atomic.load (i32.const 0))) (local.get $count))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $seen) (i64.const -1)))
          (br $again)))))
  (func $start (param $count i32)
    (loop $again
      (if (local.get $count)
        (then
          (if (i32.le_s (call $spawn (local.get $count)) (i32.const 0)) (then (call $exit (i32.const 90))))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $again)))))
  (func $check (param i32 i32)
    (if (i32.ne (local.get 0) (local.get 1)) (then (call $exit (i32.const 91)))))
"""

# name: (text behind HEAD, exit status, options of the program, substrings of standard error)
PROGRAMS = {
    "counting": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (drop (i64.atomic.rmw8.add_u (i32.const 72) (i64.const 1)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const OPERATIONS))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 16))
    (call $wait (i32.const 16))
    (call $check (i32.load (i32.const 64)) (i32.mul (i32.const 16) (i32.const OPERATIONS)))
    (call $check (i32.load8_u (i32.const 72))
      (i32.and (i32.mul (i32.const 16) (i32.const OPERATIONS)) (i32.const 255)))
    (call $exit (i32.const 7))))""", 7, [], []),

    # Globals, tables and dropped segments are each thread's; what the main thread did to its own is not seen.
    "instances": ("""
  (type $f (func (result i32)))
  (global $g (mut i32) (i32.const 1000))
  (table $t 4 20 funcref)
  (elem (table $t) (i32.const 0) func $one $two)
  (elem $passive func $two)
  (data $bytes "abc")
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func $look
    (call $check (global.get $g) (i32.const 1000))
    (call $check (table.size $t) (i32.const 4))
    (call $check (call_indirect $t (type $f) (i32.const 0)) (i32.const 1))
    (memory.init $bytes (i32.const 128) (i32.const 0) (i32.const 3))
    (table.init $t $passive (i32.const 3) (i32.const 0) (i32.const 1))
    (call $check (call_indirect $t (type $f) (i32.const 3)) (i32.const 2))
    (global.set $g (i32.add (global.get $g) (i32.const 1)))
    (table.set $t (i32.const 0) (ref.null func))
    (call $check (table.grow $t (ref.null func) (i32.const 5)) (i32.const 4))
    (data.drop $bytes)
    (elem.drop $passive)
    (call $check (global.get $g) (i32.const 1001))
    (call $check (table.size $t) (i32.const 9)))
  (func (export "wasi_thread_start") (param i32 i32) (call $look) (call $done))
  (func (export "_start")
    (call $look)
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (global.get $g) (i32.const 1001))
    (call $check (table.size $t) (i32.const 9))))""", 0, [], []),

    # A start function runs in each thread, active data is written once.
    "start functions": ("""
  (global $g (mut i32) (i32.const 0))
  (data (i32.const 200) "\\05")
  (func $begin (global.set $g (i32.atomic.rmw.add (i32.const 200) (i32.const 1))))
  (start $begin)
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i32.atomic.rmw.or (i32.const 204) (i32.shl (i32.const 1) (global.get $g))))
    (call $done))
  (func (export "_start")
    (call $check (global.get $g) (i32.const 5))
    (call $start (i32.const 4))
    (call $wait (i32.const 4))
    (call $check (i32.load (i32.const 200)) (i32.const 10))
    (call $check (i32.load (i32.const 204)) (i32.const 0x3c0))))""", 0, [], []),

    "growing": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32) (local $old i32)
    (loop $again
      (if (i32.ne (local.tee $old (memory.grow (i32.const 1))) (i32.const -1))
        (then
          ;; Each page is one thread's.
          (call $check (i32.atomic.rmw.add (i32.shl (local.get $old) (i32.const 16)) (i32.const 1)) (i32.const 0))
          (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (memory.size) (i32.const 100))
    (call $check (i32.load (i32.const 64)) (i32.const 98))))""", 0, [], []),

    "growing within a limit": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
        (then (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (i32.load (i32.const 64)) (i32.const 8))))""", 0, ["--max-memory", "640KiB"], []),

    "most threads": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (call $start (i32.const 3))
    (call $check (call $spawn (i32.const 0)) (i32.const -6))
    (call $check (call $spawn (i32.const 0)) (i32.const -6))
    (call $exit (i32.const 5))))""", 5, ["--max-threads", "3"], []),

    "no threads": ("""
  (func (export "wasi_thread_start") (param i32 i32))
  (func (export "_start") (call $check (call $spawn (i32.const 0)) (i32.const -6))))""", 0, ["--max-threads", "0"], []),

    # One after the other, more than may run at a time; numbers are new and positive.
    "many threads": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (i32.store (i32.const 64) (local.get 0))
    (i32.store (i32.const 68) (local.get 1))
    (call $done))
  (func (export "_start") (local $i i32) (local $id i32)
    (loop $again
      (loop $retry
        (br_if $retry (i32.eq (local.tee $id (call $spawn (local.get $i))) (i32.const -6))))
      (call $wait (local.tee $i (i32.add (local.get $i) (i32.const 1))))
      (call $check (i32.load (i32.const 64)) (local.get $id))
      (call $check (i32.load (i32.const 68)) (i32.sub (local.get $i) (i32.const 1)))
      (if (i32.le_s (local.get $id) (i32.const 0)) (then (call $exit (i32.const 92))))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 200))))))""", 0, ["--max-threads", "2"], []),

    "exit of a thread": ("""
  (func (export "wasi_thread_start") (param i32 i32) (call $exit (i32.const 33)))
  (func (export "_start")
    (call $start (i32.const 1))
    (loop $for_ever (br $for_ever))))""", 33, [], []),

    "end of the first": ("""
  (func (export "wasi_thread_start") (param i32 i32) (call $done) (loop $for_ever (br $for_ever)))
  (func (export "_start") (call $start (i32.const 4)) (call $wait (i32.const 4))))""", 0, [], []),

    "trap of a thread": ("""
  (func $culprit (export "wasi_thread_start") (param i32 i32)
    (drop (i32.load (i32.const 0x7fff0000))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                         134, [], ["trap: out of bounds memory access", "culprit"]),

    "many traps": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (call $done)
    (call $wait (i32.const 16))
    unreachable)
  (func (export "_start")
    (call $start (i32.const 16))
    (call $wait (i32.const 16))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""", 134, [], ["trap: unreachable"]),

    "recursion of a thread": ("""
  (func $deeper (param i32) (result i32)
    (i32.add (call $deeper (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "wasi_thread_start") (param i32 i32) (drop (call $deeper (i32.const 0))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                              134, ["--max-stack", "256KiB"], ["trap: call stack exhausted"]),

    "misaligned": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i64.atomic.rmw.add offset=4 (i32.const 8) (i64.const 1))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                   134, [], ["trap: unaligned atomic"]),

    "timeout": ("""
  (func (export "wasi_thread_start") (param i32 i32) (loop $for_ever (br $for_ever)))
  (func (export "_start")
    (call $start (i32.const 4))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                124, ["--timeout", "500ms"], ["trap: timeout"]),

    # A timeout that is over, counts of notify, and values that are not there.
    "waiting": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
    (drop (memory.atomic.wait64 (i32.const 32) (i64.const 0) (i64.const -1)))
    (call $done))
  (func (export "_start") (local $woken i32)
    (call $check (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const 1000000)) (i32.const 2))
    (call $check (memory.atomic.wait64 (i32.const 16) (i64.const 0) (i64.const 0)) (i32.const 2))
    (call $check (memory.atomic.wait32 (i32.const 16) (i32.const 1) (i64.const -1)) (i32.const 1))
    (call $check (memory.atomic.wait64 (i32.const 16) (i64.const 0x100000000) (i64.const -1)) (i32.const 1))
    (call $check (memory.atomic.notify (i32.const 16) (i32.const -1)) (i32.const 0))
    (call $start (i32.const 5))
    ;; Not before they are there; then as many as are asked for, and no more.
    (loop $again
      (call $check (memory.atomic.notify (i32.const 36) (i32.const -1)) (i32.const 0))
      (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 32) (i32.const 2))))
      (br_if $again (i32.lt_u (local.get $woken) (i32.const 5))))
    (call $check (local.get $woken) (i32.const 5))
    (call $wait (i32.const 5))
    (call $check (memory.atomic.notify (i32.const 32) (i32.const -1)) (i32.const 0))))""", 0, [], []),

    # Host calls of all threads at once: a line of each is whole.
    "writing": ("""
  (data (i32.const 1024) "\\00\\08\\00\\00\\10\\00\\00\\00")
  (data (i32.const 2048) "fifteen letters\\0a")
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (call $check (call $write (i32.const 1) (i32.const 1024) (i32.const 1)
        (i32.add (i32.const 4096) (i32.shl (local.get 0) (i32.const 2)))) (i32.const 0))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))
    (call $done))
  (func (export "_start") (call $start (i32.const 8)) (call $wait (i32.const 8))))""", 0, [], []),

    # Objects are each thread's, also those of constant expressions: what others do to theirs is not seen.
    "objects": ("""
  (type $node (struct (field $next (mut (ref null $node))) (field $value (mut i32))))
  (type $nodes (array (mut (ref null $node))))
  (type $f (func (result i32)))
  (global $first (mut (ref null $node)) (struct.new $node (ref.null $node) (i32.const 1000)))
  (global $constant (ref $nodes) (array.new_default $nodes (i32.const 3)))
  (table $t 4 20 (ref null $node))
  (table $filled 3 (ref $node) (struct.new $node (ref.null $node) (i32.const 7)))
  (table $functions 2 funcref)
  (table $any 2 anyref)
  (elem (table $t) (i32.const 1) (ref null $node) (item (struct.new $node (global.get $first0) (i32.const 5))))
  (elem (table $any) (i32.const 0) anyref (item (ref.i31 (i32.const 77))) (item (ref.null any)))
  (elem (table $functions) (i32.const 0) func $one $two)
  (elem $passive (ref null $node)
    (item (struct.new $node (ref.null $node) (i32.const 11))) (item (struct.new $node (ref.null $node) (i32.const 12))))
  (global $first0 (ref $node) (struct.new $node (ref.null $node) (i32.const 3)))
  (data (i32.const 300) "\\09")
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func $push (param $value i32)
    (global.set $first (struct.new $node (global.get $first) (local.get $value))))
  (func $sum (result i32) (local $node (ref null $node)) (local $sum i32)
    (local.set $node (global.get $first))
    (block $end
      (loop $again
        (br_if $end (ref.is_null (local.get $node)))
        (local.set $sum (i32.add (local.get $sum) (struct.get $node $value (local.get $node))))
        (local.set $node (struct.get $node $next (local.get $node)))
        (br $again)))
    (local.get $sum))
  (func $look (param $rounds i32) (local $i i32) (local $array (ref null $nodes))
    (call $check (call $sum) (i32.const 1000))
    (call $check (struct.get $node $value (table.get $t (i32.const 1))) (i32.const 5))
    (call $check (struct.get $node $value (struct.get $node $next (table.get $t (i32.const 1)))) (i32.const 3))
    (call $check (struct.get $node $value (table.get $filled (i32.const 2))) (i32.const 7))
    (call $check (i31.get_u (ref.cast (ref i31) (table.get $any (i32.const 0)))) (i32.const 77))
    (call $check (call_indirect $functions (type $f) (i32.const 1)) (i32.const 2))
    (call $check (ref.is_null (array.get $nodes (global.get $constant) (i32.const 1))) (i32.const 1))
    (table.set $t (i32.const 1) (ref.null $node))
    (table.set $functions (i32.const 1) (ref.func $one))
    (struct.set $node $value (table.get $filled (i32.const 1)) (i32.const 8))
    (array.set $nodes (global.get $constant) (i32.const 1) (struct.new $node (ref.null $node) (i32.const 2)))
    (call $check (table.grow $t (struct.new $node (ref.null $node) (i32.const 21)) (i32.const 3)) (i32.const 4))
    (local.set $array (array.new_elem $nodes $passive (i32.const 0) (i32.const 2)))
    (table.init $t $passive (i32.const 0) (i32.const 1) (i32.const 1))
    (elem.drop $passive)
    (loop $again
      (call $push (local.get $i))
      ;; Left lying.
      (drop (array.new_default $nodes (i32.and (local.get $i) (i32.const 255))))
      (drop (struct.new $node (global.get $first) (i32.const 9)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $rounds))))
    (call $check (call $sum)
      (i32.add (i32.const 1000) (i32.div_u
        (i32.mul (local.get $rounds) (i32.sub (local.get $rounds) (i32.const 1))) (i32.const 2))))
    (call $check (struct.get $node $value (array.get $nodes (local.get $array) (i32.const 0))) (i32.const 11))
    (call $check (struct.get $node $value (table.get $t (i32.const 0))) (i32.const 12))
    (call $check (struct.get $node $value (table.get $t (i32.const 6))) (i32.const 21))
    (call $check (struct.get $node $value (table.get $filled (i32.const 0))) (i32.const 8))
    (call $check (struct.get $node $value (array.get $nodes (global.get $constant) (i32.const 1))) (i32.const 2)))
  (func (export "wasi_thread_start") (param i32 i32)
    (call $check (i32.atomic.load8_u (i32.const 300)) (i32.const 10))
    (call $look (i32.mul (local.get 1) (i32.const 200)))
    (call $done))
  (func (export "_start")
    (i32.atomic.store8 (i32.const 300) (i32.add (i32.atomic.load8_u (i32.const 300)) (i32.const 1)))
    (call $start (i32.const 8))
    (call $look (i32.const 1500))
    (call $wait (i32.const 8))
    (call $check (struct.get $node $value (table.get $t (i32.const 0))) (i32.const 12))))""", 0, [], []),

    # 8 threads, each with an eighth of a mebibyte that is alive and much that is not.
    "objects within a limit": ("""
  (type $bytes (array (mut i8)))
  (global $kept (mut (ref null $bytes)) (ref.null $bytes))
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (global.set $kept (array.new $bytes (local.get $i) (i32.const 100000)))
      (call $check (array.get_u $bytes (global.get $kept) (i32.const 99999)) (i32.and (local.get $i) (i32.const 255)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 300))))
    (call $done))
  (func (export "_start") (call $start (i32.const 8)) (call $wait (i32.const 8))))""",
                               0, ["--max-gc-heap", "4MiB"], []),

    # One after the other: what each has kept is free again.
    "objects of threads that are over": ("""
  (type $bytes (array (mut i8)))
  (global $kept (mut (ref null $bytes)) (ref.null $bytes))
  (func (export "wasi_thread_start") (param i32 i32)
    (global.set $kept (array.new $bytes (i32.const 5) (i32.const 3000000)))
    (call $done))
  (func (export "_start") (local $i i32)
    (loop $again
      (loop $retry (br_if $retry (i32.eq (call $spawn (i32.const 0)) (i32.const -6))))
      (call $wait (local.tee $i (i32.add (local.get $i) (i32.const 1))))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 20))))))""",
                                         0, ["--max-gc-heap", "4MiB", "--max-threads", "1"], []),

    "more objects than a limit": ("""
  (type $node (struct (field (ref null $node)) (field i64 i64 i64 i64)))
  (global $kept (mut (ref null $node)) (ref.null $node))
  (func $culprit (export "wasi_thread_start") (param i32 i32)
    (loop $again
      (global.set $kept (struct.new $node (global.get $kept)
        (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)))
      (br $again)))
  (func (export "_start")
    (call $start (i32.const 4))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                                  134, ["--max-gc-heap", "2MiB"], ["trap: GC heap exhausted", "culprit"]),

    # Exceptions, with references to them and objects in them, of all threads at once.
    "exceptions": ("""
  (type $box (struct (field i32)))
  (tag $e (param i32 (ref null $box)))
  (tag $other)
  (func $throw (param $i i32)
    (if (i32.rem_u (local.get $i) (i32.const 3)) (then
      (throw $e (local.get $i) (struct.new $box (i32.mul (local.get $i) (i32.const 3))))))
    (throw $other))
  (func $again (param $i i32) (result i32 (ref null $box)) (local $caught exnref)
    (block $h (result i32 (ref null $box))
      (try_table (catch $e $h)
        (local.set $caught
          (block $all (result exnref) (try_table (catch_all_ref $all) (call $throw (local.get $i))) unreachable))
        (drop (struct.new $box (i32.const 0)))
        (throw_ref (local.get $caught)))
      unreachable))
  (func $one (param $i i32) (local $box (ref null $box))
    (block $h
      (try_table (catch $other $h)
        (call $again (local.get $i))
        (local.set $box)
        (call $check (local.get $i))
        (call $check (struct.get $box 0 (local.get $box)) (i32.mul (local.get $i) (i32.const 3)))
        (return))))
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (call $one (local.get $i))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3000))))
    (call $done))
  (func (export "_start") (call $start (i32.const 8)) (call $wait (i32.const 8))))""", 0, [], []),

    "exception of a thread": ("""
  (type $box (struct (field i32)))
  (tag $e (param i32))
  (func $culprit (export "wasi_thread_start") (param i32 i32) (local $caught exnref)
    (local.set $caught
      (block $all (result exnref) (try_table (catch_all_ref $all) (throw $e (i32.const 42))) unreachable))
    (drop (struct.new $box (i32.const 0)))
    (throw_ref (local.get $caught)))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                              134, [], ["trap: unhandled exception", "42"]),
}
OUTPUTS = {"writing": "fifteen letters\n" * 400}

# A linked module, whose table has to grow before the program can import it, in each thread.
LIBRARY = """(module
  (type $f (func (result i32)))
  (table (export "table") 1 10 funcref)
  (elem declare func $seven)
  (func $seven (result i32) (i32.const 7))
  (func $begin (drop (table.grow (ref.func $seven) (i32.const 4))))
  (start $begin))"""
IMPORTER = HEAD.replace(
    '(import "env" "memory"', '(import "library" "table" (table 5 10 funcref)) (import "env" "memory"') + """
  (type $f (func (result i32)))
  (func $look
    (call $check (call_indirect (type $f) (i32.const 4)) (i32.const 7))
    (call $check (table.grow (ref.null func) (i32.const 2)) (i32.const 5)))
  (func (export "wasi_thread_start") (param i32 i32) (call $look) (call $done))
  (func (export "_start") (call $look) (call $start (i32.const 4)) (call $wait (i32.const 4))))"""

# What is no program: the text of the module, and what the message says.
REFUSED = {
    "without wasi_thread_start": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "wasi_thread_start"),
    "with one of another type": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0))
      (func (export "wasi_thread_start") (param i32))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "wasi_thread_start"),
    "a memory that is not shared": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0)) (memory 1)
      (func (export "wasi_thread_start") (param i32 i32))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "not shared"),
}


class Suite:
    def __init__(self, wasmc, directory, filter):
        self.wasmc, self.directory, self.filter = wasmc, directory, filter
        self.passed = self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {detail}")

    def pthreads(self, operations):
        """A C program that is compiled for threads; None when it cannot be."""
        folder = Path(__file__).resolve().parent / "pthread"
        module = f"{self.directory}/pthread.wasm"
        built = subprocess.run(
            ["clang-22", "--target=wasm32-wasip1", "-nostdlib", "-ffreestanding", "-O2", "-std=c11", "-Wall", "-Wextra",
             "-Werror", "-matomics", "-mbulk-memory", "-mmutable-globals", f"-DOPERATIONS={operations}",
             "-Wl,--shared-memory,--import-memory,--export-memory,--max-memory=16777216",
             str(folder / "pthread.c"), str(folder / "program.c"), "-o", module], capture_output=True, text=True)
        self.check("a C program with threads is compiled", built.returncode == 0, built.stderr)
        return module if built.returncode == 0 else None

    def run_pthreads(self, engine, module):
        command, environment = self.command(engine, module, [])
        if command is None:
            return self.check(f"pthreads, {engine}", False, environment)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS)
        self.check(f"pthreads, {engine}", done.returncode == 7, f"status {done.returncode}: {done.stderr[:300]}")

    def command(self, engine, path, options, linked=()):
        """The command, and its environment, that runs a module."""
        flags = ENGINES[engine]
        if flags is None:
            return [self.wasmc, "run", "--interp", *linked, *options, path], None
        flags = [*flags, *linked]
        executable = f"{path}.{len(flags)}{flags[0]}"
        built = subprocess.run([self.wasmc, "build", *flags, path, "-o", executable], capture_output=True, text=True)
        if built.returncode != 0:
            return None, built.stderr
        return [executable], {"WASMC_GRANTS": " ".join(["--seal", "require", *options])}

    def run(self, name, engine, text, status, options, words):
        path = f"{self.directory}/{name.replace(' ', '-')}.wat"
        Path(path).write_text(HEAD + text)
        command, environment = self.command(engine, path, options)
        name = f"{name}, {engine}"
        if command is None:
            return self.check(name, False, environment)
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return self.check(name, False, f"no end after {LIMIT_SECONDS} s")
        self.check(name, done.returncode == status and all(word in done.stderr for word in words)
                   and done.stderr.count("trap:") == sum("trap:" in word for word in words)
                   and done.stdout == OUTPUTS.get(name.split(",")[0], ""),
                   f"status {done.returncode}, expected {status}: {done.stderr[:300]}")

    def run_linked(self, engine):
        """An imported table that grows first, and one that does not."""
        path, library = (f"{self.directory}/{name}.wat" for name in ("importer", "library"))
        for elements, status in (("5", 0), ("6", 125)):
            Path(path).write_text(IMPORTER.replace("table 5", f"table {elements}"))
            Path(library).write_text(LIBRARY)
            command, environment = self.command(engine, path, [], ["--preload", f"library={library}"])
            name = f"an imported table of {elements} elements, {engine}"
            if command is None:
                self.check(name, False, environment)
                continue
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS)
            self.check(name, done.returncode == status and (status == 0 or "incompatible import type" in done.stderr),
                       f"status {done.returncode}: {done.stderr[:300]}")

    def run_refused(self, name, engine, text, words):
        path = f"{self.directory}/refused.wat"
        Path(path).write_text(text)
        command, environment = self.command(engine, path, [])
        error = environment if command is None else subprocess.run(command, capture_output=True, text=True).stderr
        self.check(f"{name}, {engine}", words in error and "refused.wat:" in error, error)

    def ended_by_signal(self, engine):
        """SIGTERM ends the program, whichever thread the kernel gives it to."""
        path = f"{self.directory}/signal.wat"
        Path(path).write_text(HEAD + PROGRAMS["writing"][0].replace(
            '(call $wait (i32.const 8))', '(call $wait (i32.const 8)) (loop $for_ever (br $for_ever))'))
        command, environment = self.command(engine, path, [])
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        written = 0
        while written < len(OUTPUTS["writing"]):
            written += len(os.read(process.stdout.fileno(), 65536))
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        self.check(f"ended by a signal, {engine}", process.wait(LIMIT_SECONDS) == -signal.SIGTERM, process.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--operations", type=int, default=20000)
    parser.add_argument("--filter", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        suite = Suite(str(Path(options.wasmc).resolve()), directory, options.filter)
        module = suite.pthreads(options.operations) if options.filter in "pthreads" else None
        for engine in ENGINES:
            if options.filter in "linked" and engine != COLLECTING:
                suite.run_linked(engine)
            if module and engine != COLLECTING:
                suite.run_pthreads(engine, module)
            for name, (text, status, grants, words) in PROGRAMS.items():
                if options.filter in name and (engine != COLLECTING or OBJECTS.search(text)):
                    suite.run(name, engine, text.replace("OPERATIONS", str(options.operations)), status, grants, words)
            if engine == COLLECTING:
                continue
            for name, (text, words) in REFUSED.items():
                if options.filter in name:
                    suite.run_refused(name, engine, text, words)
            if options.filter in "ended by a signal":
                suite.ended_by_signal(engine)
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
