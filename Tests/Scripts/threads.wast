;; Two threads on one shared memory. Whatever the order in which they run, the assertions hold.
;; Spec: https://webassembly.github.io/threads/core/exec/instructions.html#atomic-memory-instructions
(module $shared (memory (export "memory") 1 1 shared))

(thread $first (shared (module $shared))
  (register "shared" $shared)
  (module
    (memory (import "shared" "memory") 1 1 shared)
    (func (export "run") (local i32)
      ;; The message first, then the sign that it is there.
      (i32.store (i32.const 64) (i32.const 42))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (loop $again
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (br_if $again (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100000))))))
  (invoke "run"))

(thread $second (shared (module $shared))
  (register "shared" $shared)
  (module
    (memory (import "shared" "memory") 1 1 shared)
    (func (export "receive") (result i32)
      (loop $again
        ;; 0: woken up, 1: the sign was there.
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
        (br_if $again (i32.eqz (i32.atomic.load (i32.const 0)))))
      (i32.load (i32.const 64)))
    (func (export "count") (local i32)
      (loop $again
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (br_if $again (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 100000))))))
  (assert_return (invoke "receive") (i32.const 42))
  (invoke "count"))

(wait $first)
(wait $second)

(register "shared" $shared)
(module
  (memory (import "shared" "memory") 1 1 shared)
  (func (export "total") (result i32) (i32.load (i32.const 8))))
(assert_return (invoke "total") (i32.const 200000))
