;; Locals and globals.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#variable-instructions
(module $exporter
  (global (export "constant") i64 (i64.const 40))
  (global (export "variable") (mut i32) (i32.const 1)))
(register "exporter" $exporter)
(module
  (global $constant (import "exporter" "constant") i64)
  (global $variable (import "exporter" "variable") (mut i32))
  ;; Constant expressions: of other globals, and with arithmetic.
  (global $sum (export "sum") i64 (i64.add (global.get $constant) (i64.mul (i64.const 2) (i64.const 1))))
  (global $vector (mut v128) (v128.const i32x4 1 2 3 4))
  ;; Locals begin as zeros.
  (func (export "zeros") (result i32 i64 f32 f64 v128 externref) (local i32 i64 f32 f64 v128 externref)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5))
  (func (export "tee") (param i32) (result i32) (local i32)
    (i32.add (local.tee 1 (local.get 0)) (local.get 1)))
  ;; What was read before a change stays what it was.
  (func (export "read-before-set") (param i32) (result i32)
    (local.get 0) (local.set 0 (i32.const 100)) (i32.sub (local.get 0)))
  (func (export "swap") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
  (func (export "increment") (result i32)
    (global.set $variable (i32.add (global.get $variable) (i32.const 1))) (global.get $variable))
  (func (export "vector") (param v128) (result v128)
    (global.get $vector) (global.set $vector (local.get 0)))
  (func (export "sum-again") (result i64) (global.get $sum)))
(assert_return (get "sum") (i64.const 42))
(assert_return (invoke "sum-again") (i64.const 42))
(assert_return (invoke "zeros")
  (i32.const 0) (i64.const 0) (f32.const 0) (f64.const 0) (v128.const i64x2 0 0) (ref.null extern))
(assert_return (invoke "tee" (i32.const 21)) (i32.const 42))
(assert_return (invoke "read-before-set" (i32.const 7)) (i32.const -93))
(assert_return (invoke "swap" (i32.const 1) (i64.const 2)) (i64.const 2) (i32.const 1))
(assert_return (invoke "increment") (i32.const 2))
(assert_return (get $exporter "variable") (i32.const 2))
(assert_return (invoke "vector" (v128.const i32x4 5 6 7 8)) (v128.const i32x4 1 2 3 4))
(assert_return (invoke "vector" (v128.const i32x4 0 0 0 0)) (v128.const i32x4 5 6 7 8))
(assert_invalid (module (func (local.set 0 (i32.const 0)))) "unknown local")
(assert_invalid (module (global i32 (i32.const 0)) (func (global.set 0 (i32.const 1)))) "immutable global")
;; A local without a default value has to be set before it is read.
(assert_invalid (module (func (result (ref extern)) (local (ref extern)) (local.get 0))) "uninitialized local")
(assert_unlinkable (module (import "exporter" "variable" (global i32))) "incompatible import type")
