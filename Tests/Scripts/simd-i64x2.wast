;; Integer vector instructions whose result has the shape i64x2, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "i64x2.abs") (param v128) (result v128) (i64x2.abs (local.get 0)))
  (func (export "i64x2.neg") (param v128) (result v128) (i64x2.neg (local.get 0)))
  (func (export "i64x2.all_true") (param v128) (result i32) (i64x2.all_true (local.get 0)))
  (func (export "i64x2.bitmask") (param v128) (result i32) (i64x2.bitmask (local.get 0)))
  (func (export "i64x2.extend_low_i32x4_s") (param v128) (result v128) (i64x2.extend_low_i32x4_s (local.get 0)))
  (func (export "i64x2.extend_high_i32x4_s") (param v128) (result v128) (i64x2.extend_high_i32x4_s (local.get 0)))
  (func (export "i64x2.extend_low_i32x4_u") (param v128) (result v128) (i64x2.extend_low_i32x4_u (local.get 0)))
  (func (export "i64x2.extend_high_i32x4_u") (param v128) (result v128) (i64x2.extend_high_i32x4_u (local.get 0)))
  (func (export "i64x2.shl") (param v128 i32) (result v128) (i64x2.shl (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_s") (param v128 i32) (result v128) (i64x2.shr_s (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_u") (param v128 i32) (result v128) (i64x2.shr_u (local.get 0) (local.get 1)))
  (func (export "i64x2.add") (param v128 v128) (result v128) (i64x2.add (local.get 0) (local.get 1)))
  (func (export "i64x2.sub") (param v128 v128) (result v128) (i64x2.sub (local.get 0) (local.get 1)))
  (func (export "i64x2.mul") (param v128 v128) (result v128) (i64x2.mul (local.get 0) (local.get 1)))
  (func (export "i64x2.eq") (param v128 v128) (result v128) (i64x2.eq (local.get 0) (local.get 1)))
  (func (export "i64x2.ne") (param v128 v128) (result v128) (i64x2.ne (local.get 0) (local.get 1)))
  (func (export "i64x2.lt_s") (param v128 v128) (result v128) (i64x2.lt_s (local.get 0) (local.get 1)))
  (func (export "i64x2.gt_s") (param v128 v128) (result v128) (i64x2.gt_s (local.get 0) (local.get 1)))
  (func (export "i64x2.le_s") (param v128 v128) (result v128) (i64x2.le_s (local.get 0) (local.get 1)))
  (func (export "i64x2.ge_s") (param v128 v128) (result v128) (i64x2.ge_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_s") (param v128 v128) (result v128)
    (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_s") (param v128 v128) (result v128)
    (i64x2.extmul_high_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_u") (param v128 v128) (result v128)
    (i64x2.extmul_low_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_u") (param v128 v128) (result v128)
    (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1)))
)

(assert_return (invoke "i64x2.abs" (v128.const i64x2 -1 0x7fffffffffffffff)) (v128.const i64x2 1 0x7fffffffffffffff))
(assert_return (invoke "i64x2.abs" (v128.const i64x2 1 1)) (v128.const i64x2 1 1))

(assert_return (invoke "i64x2.neg" (v128.const i64x2 -1 0x7fffffffffffffff)) (v128.const i64x2 1 0x8000000000000001))
(assert_return (invoke "i64x2.neg" (v128.const i64x2 1 1)) (v128.const i64x2 -1 -1))

(assert_return (invoke "i64x2.all_true" (v128.const i64x2 -1 0x7fffffffffffffff)) (i32.const 1))
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 1 1)) (i32.const 1))
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 3 3)) (i32.const 1))

(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 -1 0x7fffffffffffffff)) (i32.const 1))
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 1 1)) (i32.const 0))

(assert_return
  (invoke "i64x2.extend_low_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i64x2 1 -1))
(assert_return (invoke "i64x2.extend_low_i32x4_s" (v128.const i32x4 2 -1 1 -1)) (v128.const i64x2 2 -1))

(assert_return
  (invoke "i64x2.extend_high_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i64x2 0x7fffffff 0xffffffff80000000))
(assert_return (invoke "i64x2.extend_high_i32x4_s" (v128.const i32x4 2 -1 1 -1)) (v128.const i64x2 1 -1))

(assert_return
  (invoke "i64x2.extend_low_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i64x2 1 0xffffffff))
(assert_return (invoke "i64x2.extend_low_i32x4_u" (v128.const i32x4 2 -1 1 -1)) (v128.const i64x2 2 0xffffffff))

(assert_return
  (invoke "i64x2.extend_high_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i64x2 0x7fffffff 0x80000000))
(assert_return (invoke "i64x2.extend_high_i32x4_u" (v128.const i32x4 2 -1 1 -1)) (v128.const i64x2 1 0xffffffff))

(assert_return (invoke "i64x2.shl" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 1)) (v128.const i64x2 -2 -2))
(assert_return (invoke "i64x2.shl" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 67)) (v128.const i64x2 -8 -8))

(assert_return
  (invoke "i64x2.shr_s" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 1))
  (v128.const i64x2 -1 0x3fffffffffffffff))
(assert_return
  (invoke "i64x2.shr_s" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 67))
  (v128.const i64x2 -1 0xfffffffffffffff))

(assert_return
  (invoke "i64x2.shr_u" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 1))
  (v128.const i64x2 0x7fffffffffffffff 0x3fffffffffffffff))
(assert_return
  (invoke "i64x2.shr_u" (v128.const i64x2 -1 0x7fffffffffffffff) (i32.const 67))
  (v128.const i64x2 0x1fffffffffffffff 0xfffffffffffffff))

(assert_return
  (invoke "i64x2.add" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 0 0x8000000000000000))
(assert_return
  (invoke "i64x2.add" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0x7fffffffffffffff -2))

(assert_return
  (invoke "i64x2.sub" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 -2 0x7ffffffffffffffe))
(assert_return
  (invoke "i64x2.sub" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0x8000000000000001 12))

(assert_return
  (invoke "i64x2.mul" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 -1 0x7fffffffffffffff))
(assert_return
  (invoke "i64x2.mul" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0x8000000000000000 -35))

(assert_return
  (invoke "i64x2.eq" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 0 0))
(assert_return
  (invoke "i64x2.eq" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0 0))

(assert_return
  (invoke "i64x2.ne" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 -1 -1))
(assert_return
  (invoke "i64x2.ne" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 -1 -1))

(assert_return
  (invoke "i64x2.lt_s" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 -1 0))
(assert_return
  (invoke "i64x2.lt_s" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 -1 0))

(assert_return
  (invoke "i64x2.gt_s" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 0 -1))
(assert_return
  (invoke "i64x2.gt_s" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0 -1))

(assert_return
  (invoke "i64x2.le_s" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 -1 0))
(assert_return
  (invoke "i64x2.le_s" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 -1 0))

(assert_return
  (invoke "i64x2.ge_s" (v128.const i64x2 -1 0x7fffffffffffffff) (v128.const i64x2 1 1))
  (v128.const i64x2 0 -1))
(assert_return
  (invoke "i64x2.ge_s" (v128.const i64x2 0x8000000000000000 5) (v128.const i64x2 -1 -7))
  (v128.const i64x2 0 -1))

(assert_return
  (invoke "i64x2.extmul_low_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i64x2 2 1))
(assert_return
  (invoke "i64x2.extmul_low_i32x4_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i64x2 21 -21))

(assert_return
  (invoke "i64x2.extmul_high_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i64x2 0x7fffffff 0x80000000))
(assert_return
  (invoke "i64x2.extmul_high_i32x4_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i64x2 0x2540be400 0x186a00000))

(assert_return
  (invoke "i64x2.extmul_low_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i64x2 2 0xfffffffe00000001))
(assert_return
  (invoke "i64x2.extmul_low_i32x4_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i64x2 21 0x2ffffffeb))

(assert_return
  (invoke "i64x2.extmul_high_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i64x2 0x7fffffff 0x7fffffff80000000))
(assert_return
  (invoke "i64x2.extmul_high_i32x4_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i64x2 0x2540be400 0xfffd796186a00000))
