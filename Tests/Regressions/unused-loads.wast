;; A load traps even if nothing depends on what it loads. Found by comparing generated modules with a reference
;; engine; the functions are reduced ones.
(module
  (memory 1)
  ;; Both arms are the same.
  (func (export "condition") (param i32) (result i32)
    (if (result i32) (i32.load8_u offset=11 (local.get 0)) (then (i32.const 5)) (else (i32.const 5))))
  ;; What follows must not happen.
  (func (export "store") (param i32)
    (drop (f64.load offset=11 (local.get 0)))
    (i32.store (i32.const 0) (i32.const 7)))
  (func (export "stored") (result i32) (i32.load (i32.const 0)))
)
(assert_return (invoke "condition" (i32.const 0)) (i32.const 5))
(assert_trap (invoke "condition" (i32.const 65533)) "out of bounds memory access")
(assert_trap (invoke "store" (i32.const 65533)) "out of bounds memory access")
(assert_return (invoke "stored") (i32.const 0))
