;; options: -O2 --target-cpu x86-64-v2
;; only: define|reroll|counter|call|inttoptr i64 %|store
;; Loops that are not rolled up: copies that differ. Loops that are left as they are: with a call, which may grow the memory, an atomic access, and rounds that
;; nobody can count.
(module (memory 1) (memory $shared 1 1 shared)
  (func $grow (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "copies that differ") (param $p i32) (param $n i32)
    (loop
      (i32.store (local.get $p) (i32.rotl (i32.load (local.get $p)) (i32.const 3)))
      (i32.store offset=4 (local.get $p) (i32.rotl (i32.load offset=4 (local.get $p)) (local.get $n)))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "calls") (param $p i32) (param $n i32)
    (loop
      (i32.store (local.get $p) (call $grow (i32.const 1)))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "atomic") (param $p i32) (param $n i32)
    (loop
      (i32.atomic.store $shared (local.get $p) (i32.const 7))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "until zero") (param $p i32) (result i32)
    (loop
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br_if 0 (i32.load8_u (local.get $p))))
    (local.get $p)))
