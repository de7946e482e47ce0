;; drop and select, with and without types.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#parametric-instructions
(module
  (func (export "drop") (param i32 i64) (result i32) (local.get 0) (drop (local.get 1)))
  (func (export "select-i32") (param i32 i32 i32) (result i32) (select (local.get 0) (local.get 1) (local.get 2)))
  (func (export "select-f64") (param f64 f64 i32) (result f64)
    (select (result f64) (local.get 0) (local.get 1) (local.get 2)))
  (func (export "select-v128") (param v128 v128 i32) (result v128)
    (select (local.get 0) (local.get 1) (local.get 2)))
  (func (export "select-ref") (param externref i32) (result externref)
    (select (result externref) (local.get 0) (ref.null extern) (local.get 1)))
  ;; Both operands are evaluated, from left to right.
  (global $order (mut i32) (i32.const 0))
  (func $note (param i32) (result i32)
    (global.set $order (i32.add (i32.mul (global.get $order) (i32.const 10)) (local.get 0))) (local.get 0))
  (func (export "order") (result i32)
    (drop (select (call $note (i32.const 1)) (call $note (i32.const 2)) (call $note (i32.const 3))))
    (global.get $order))
  (func (export "nop") (result i32) (nop) (i32.const 1) (nop)))
(assert_return (invoke "drop" (i32.const 5) (i64.const 6)) (i32.const 5))
(assert_return (invoke "select-i32" (i32.const 1) (i32.const 2) (i32.const 0)) (i32.const 2))
(assert_return (invoke "select-i32" (i32.const 1) (i32.const 2) (i32.const -1)) (i32.const 1))
;; The operand that is chosen keeps its bits.
(assert_return (invoke "select-f64" (f64.const nan:0x4) (f64.const 1) (i32.const 1)) (f64.const nan:0x4))
(assert_return (invoke "select-v128" (v128.const i64x2 1 2) (v128.const i64x2 3 4) (i32.const 0))
  (v128.const i64x2 3 4))
(assert_return (invoke "select-ref" (ref.extern 7) (i32.const 1)) (ref.extern 7))
(assert_return (invoke "select-ref" (ref.extern 7) (i32.const 0)) (ref.null extern))
(assert_return (invoke "order") (i32.const 123))
(assert_return (invoke "nop") (i32.const 1))
(assert_invalid (module (func (drop))) "type mismatch")
(assert_invalid (module (func (result i32) (select (i32.const 1) (i64.const 2) (i32.const 0)))) "type mismatch")
;; Without a type, select takes no references.
(assert_invalid
  (module (func (param externref) (result externref) (select (local.get 0) (local.get 0) (i32.const 0))))
  "type mismatch")
