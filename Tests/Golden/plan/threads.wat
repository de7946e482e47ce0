;; options: -O2
;; show: globals tables segments thunks functions
;; functions: (look|start|thread)
;; Each thread has globals, tables and segments of its own: they are thread-local. A thread copies a table's elements when it
;; begins, as no constant can name them.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (type $f (func))
  (global $g (mut i32) (i32.const 7))
  (global $constant i32 (i32.const 8))
  (table $changed 2 10 funcref)
  (table $constant-table 2 2 funcref)
  (elem (table $changed) (i32.const 0) func $look)
  (elem (table $constant-table) (i32.const 0) func $look)
  (elem $passive func $look)
  (data $bytes "abc")
  (func $look
    (global.set $g (i32.add (global.get $g) (global.get $constant)))
    (table.init $changed $passive (i32.const 1) (i32.const 0) (i32.const 1))
    (call_indirect $constant-table (type $f) (i32.const 0))
    (memory.init $bytes (i32.const 0) (i32.const 0) (i32.const 3))
    (data.drop $bytes)
    (elem.drop $passive))
  (func $start (export "wasi_thread_start") (param i32 i32) (call $look))
  (func (export "_start") (drop (call $spawn (i32.const 0)))))
