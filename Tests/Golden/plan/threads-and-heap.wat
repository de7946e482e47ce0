;; options: -O2
;; show: globals tables segments thunks
;; In a program with a heap, a thread's beginning makes the objects of constant expressions, and says where its segments'
;; elements are; the collector is told where a thread's references lie.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (type $s (struct (field (mut i32))))
  (global $g (mut (ref null $s)) (struct.new $s (i32.const 1)))
  (table $t 2 10 (ref null $s))
  (elem (table $t) (i32.const 1) (ref null $s) (item (struct.new $s (i32.const 2))))
  (elem $passive (ref null $s) (item (struct.new $s (i32.const 3))))
  (data (i32.const 8) "x")
  (func $look
    (struct.set $s 0 (global.get $g) (struct.get $s 0 (table.get $t (i32.const 1))))
    (global.set $g (ref.null $s))
    (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 1)))
  (func $start (export "wasi_thread_start") (param i32 i32) (call $look))
  (func (export "_start") (drop (call $spawn (i32.const 0)))))
