;; Labels are blocks, what they receive phis. The sum lives in a value, not in memory, also at -O0.
(module
  (func (export "if") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))
  (func (export "if without else") (param i32 i32) (result i32)
    (local.get 1) (if (param i32) (result i32) (local.get 0) (then (drop) (i32.const 1))))
  (func (export "loop") (param i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (local.get 0)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $sum))
  (func (export "loop with parameters") (param i64) (result i64)
    (local.get 0)
    (loop $again (param i64) (result i64)
      (br_if $again (i64.add (i64.const 1)) (i32.const 1))))
  (func (export "two results") (param i32) (result i32 i64)
    (block $out (result i32 i64)
      (br_if $out (i32.const 1) (i64.const 2) (local.get 0)) (drop) (drop) (i32.const 3) (i64.const 4))))
