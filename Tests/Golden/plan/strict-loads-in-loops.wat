;; options: -O2
;; functions: sum|last
;; only: load|<4 x i32>.*add
;; A sum needs each value, and is made of vectors; of the values that a loop sets in each round only the last is needed.
(module (memory 1)
  (func (export "sum") (param i32 i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get 0))))
      (local.set 0 (i32.add (local.get 0) (i32.const 4)))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 4000))))
    (i32.store (local.get 1) (local.get $sum)))
  (func (export "last") (param i32 i32) (local $last i32)
    (loop $again
      (local.set $last (i32.load (local.get 0)))
      (local.set 0 (i32.add (local.get 0) (i32.const 4)))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 4000))))
    (i32.store (local.get 1) (local.get $last))))
