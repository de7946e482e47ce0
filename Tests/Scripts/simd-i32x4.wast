;; Integer vector instructions whose result has the shape i32x4, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "i32x4.eq") (param v128 v128) (result v128) (i32x4.eq (local.get 0) (local.get 1)))
  (func (export "i32x4.ne") (param v128 v128) (result v128) (i32x4.ne (local.get 0) (local.get 1)))
  (func (export "i32x4.lt_s") (param v128 v128) (result v128) (i32x4.lt_s (local.get 0) (local.get 1)))
  (func (export "i32x4.lt_u") (param v128 v128) (result v128) (i32x4.lt_u (local.get 0) (local.get 1)))
  (func (export "i32x4.gt_s") (param v128 v128) (result v128) (i32x4.gt_s (local.get 0) (local.get 1)))
  (func (export "i32x4.gt_u") (param v128 v128) (result v128) (i32x4.gt_u (local.get 0) (local.get 1)))
  (func (export "i32x4.le_s") (param v128 v128) (result v128) (i32x4.le_s (local.get 0) (local.get 1)))
  (func (export "i32x4.le_u") (param v128 v128) (result v128) (i32x4.le_u (local.get 0) (local.get 1)))
  (func (export "i32x4.ge_s") (param v128 v128) (result v128) (i32x4.ge_s (local.get 0) (local.get 1)))
  (func (export "i32x4.ge_u") (param v128 v128) (result v128) (i32x4.ge_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extadd_pairwise_i16x8_s") (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_s (local.get 0)))
  (func (export "i32x4.extadd_pairwise_i16x8_u") (param v128) (result v128)
    (i32x4.extadd_pairwise_i16x8_u (local.get 0)))
  (func (export "i32x4.abs") (param v128) (result v128) (i32x4.abs (local.get 0)))
  (func (export "i32x4.neg") (param v128) (result v128) (i32x4.neg (local.get 0)))
  (func (export "i32x4.all_true") (param v128) (result i32) (i32x4.all_true (local.get 0)))
  (func (export "i32x4.bitmask") (param v128) (result i32) (i32x4.bitmask (local.get 0)))
  (func (export "i32x4.extend_low_i16x8_s") (param v128) (result v128) (i32x4.extend_low_i16x8_s (local.get 0)))
  (func (export "i32x4.extend_high_i16x8_s") (param v128) (result v128) (i32x4.extend_high_i16x8_s (local.get 0)))
  (func (export "i32x4.extend_low_i16x8_u") (param v128) (result v128) (i32x4.extend_low_i16x8_u (local.get 0)))
  (func (export "i32x4.extend_high_i16x8_u") (param v128) (result v128) (i32x4.extend_high_i16x8_u (local.get 0)))
  (func (export "i32x4.shl") (param v128 i32) (result v128) (i32x4.shl (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_s") (param v128 i32) (result v128) (i32x4.shr_s (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_u") (param v128 i32) (result v128) (i32x4.shr_u (local.get 0) (local.get 1)))
  (func (export "i32x4.add") (param v128 v128) (result v128) (i32x4.add (local.get 0) (local.get 1)))
  (func (export "i32x4.sub") (param v128 v128) (result v128) (i32x4.sub (local.get 0) (local.get 1)))
  (func (export "i32x4.mul") (param v128 v128) (result v128) (i32x4.mul (local.get 0) (local.get 1)))
  (func (export "i32x4.min_s") (param v128 v128) (result v128) (i32x4.min_s (local.get 0) (local.get 1)))
  (func (export "i32x4.min_u") (param v128 v128) (result v128) (i32x4.min_u (local.get 0) (local.get 1)))
  (func (export "i32x4.max_s") (param v128 v128) (result v128) (i32x4.max_s (local.get 0) (local.get 1)))
  (func (export "i32x4.max_u") (param v128 v128) (result v128) (i32x4.max_u (local.get 0) (local.get 1)))
  (func (export "i32x4.dot_i16x8_s") (param v128 v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_s") (param v128 v128) (result v128)
    (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_s") (param v128 v128) (result v128)
    (i32x4.extmul_high_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_u") (param v128 v128) (result v128)
    (i32x4.extmul_low_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_u") (param v128 v128) (result v128)
    (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i32x4.trunc_sat_f32x4_s") (param v128) (result v128) (i32x4.trunc_sat_f32x4_s (local.get 0)))
  (func (export "i32x4.trunc_sat_f32x4_u") (param v128) (result v128) (i32x4.trunc_sat_f32x4_u (local.get 0)))
  (func (export "i32x4.trunc_sat_f64x2_s_zero") (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_s_zero (local.get 0)))
  (func (export "i32x4.trunc_sat_f64x2_u_zero") (param v128) (result v128)
    (i32x4.trunc_sat_f64x2_u_zero (local.get 0)))
)

(assert_return
  (invoke "i32x4.eq" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 -1 0 0))
(assert_return
  (invoke "i32x4.eq" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 0 0 -1 0))

(assert_return
  (invoke "i32x4.ne" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 0 -1 -1))
(assert_return
  (invoke "i32x4.ne" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 -1 -1 0 -1))

(assert_return
  (invoke "i32x4.lt_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 0 0 -1))
(assert_return
  (invoke "i32x4.lt_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 0 -1 0 -1))

(assert_return
  (invoke "i32x4.lt_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 0 0 -1))
(assert_return
  (invoke "i32x4.lt_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 0 0 0 -1))

(assert_return
  (invoke "i32x4.gt_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 0 -1 0))
(assert_return
  (invoke "i32x4.gt_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 -1 0 0 0))

(assert_return
  (invoke "i32x4.gt_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 0 -1 0))
(assert_return
  (invoke "i32x4.gt_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 -1 -1 0 0))

(assert_return
  (invoke "i32x4.le_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 -1 0 -1))
(assert_return
  (invoke "i32x4.le_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 0 -1 -1 -1))

(assert_return
  (invoke "i32x4.le_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 -1 0 -1))
(assert_return
  (invoke "i32x4.le_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 0 0 -1 -1))

(assert_return
  (invoke "i32x4.ge_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 -1 -1 0))
(assert_return
  (invoke "i32x4.ge_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 -1 0 -1 0))

(assert_return
  (invoke "i32x4.ge_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 -1 -1 0))
(assert_return
  (invoke "i32x4.ge_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 -1 -1 -1 0))

(assert_return
  (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 1 32766 -31768 -745))
(assert_return
  (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 2 0 -1001 1256))

(assert_return
  (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 1 98302 33768 64791))
(assert_return
  (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 2 65536 130071 1256))

(assert_return
  (invoke "i32x4.abs" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i32x4 1 1 0x7fffffff 0x80000000))
(assert_return (invoke "i32x4.abs" (v128.const i32x4 2 -1 1 -1)) (v128.const i32x4 2 1 1 1))

(assert_return
  (invoke "i32x4.neg" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i32x4 -1 1 0x80000001 0x80000000))
(assert_return (invoke "i32x4.neg" (v128.const i32x4 2 -1 1 -1)) (v128.const i32x4 -2 1 -1 1))

(assert_return (invoke "i32x4.all_true" (v128.const i32x4 1 -1 0x7fffffff 0x80000000)) (i32.const 1))
(assert_return (invoke "i32x4.all_true" (v128.const i32x4 2 -1 1 -1)) (i32.const 1))
(assert_return (invoke "i32x4.all_true" (v128.const i32x4 3 3 3 3)) (i32.const 1))

(assert_return (invoke "i32x4.bitmask" (v128.const i32x4 1 -1 0x7fffffff 0x80000000)) (i32.const 10))
(assert_return (invoke "i32x4.bitmask" (v128.const i32x4 2 -1 1 -1)) (i32.const 10))

(assert_return
  (invoke "i32x4.extend_low_i16x8_s" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 0 1 -1 32767))
(assert_return
  (invoke "i32x4.extend_low_i16x8_s" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 1 1 -1 1))

(assert_return
  (invoke "i32x4.extend_high_i16x8_s" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 -32768 1000 -1000 255))
(assert_return
  (invoke "i32x4.extend_high_i16x8_s" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 -1 -1000 1000 256))

(assert_return
  (invoke "i32x4.extend_low_i16x8_u" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 0 1 65535 32767))
(assert_return
  (invoke "i32x4.extend_low_i16x8_u" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 1 1 65535 1))

(assert_return
  (invoke "i32x4.extend_high_i16x8_u" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 32768 1000 64536 255))
(assert_return
  (invoke "i32x4.extend_high_i16x8_u" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 65535 64536 1000 256))

(assert_return
  (invoke "i32x4.shl" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 1))
  (v128.const i32x4 2 -2 -2 0))
(assert_return
  (invoke "i32x4.shl" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 35))
  (v128.const i32x4 8 -8 -8 0))

(assert_return
  (invoke "i32x4.shr_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 1))
  (v128.const i32x4 0 -1 0x3fffffff 0xc0000000))
(assert_return
  (invoke "i32x4.shr_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 35))
  (v128.const i32x4 0 -1 0xfffffff 0xf0000000))

(assert_return
  (invoke "i32x4.shr_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 1))
  (v128.const i32x4 0 0x7fffffff 0x3fffffff 0x40000000))
(assert_return
  (invoke "i32x4.shr_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const 35))
  (v128.const i32x4 0 0x1fffffff 0xfffffff 0x10000000))

(assert_return
  (invoke "i32x4.add" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 3 -2 0x80000000 0x7fffffff))
(assert_return
  (invoke "i32x4.add" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 10 -4 200000 -165536))

(assert_return
  (invoke "i32x4.sub" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 -1 0 0x7ffffffe 0x80000001))
(assert_return
  (invoke "i32x4.sub" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 4 -10 0 -34464))

(assert_return
  (invoke "i32x4.mul" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 2 1 0x7fffffff 0x80000000))
(assert_return
  (invoke "i32x4.mul" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 21 -21 0x540be400 0x86a00000))

(assert_return
  (invoke "i32x4.min_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 1 -1 1 0x80000000))
(assert_return
  (invoke "i32x4.min_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 3 -7 100000 -100000))

(assert_return
  (invoke "i32x4.min_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 1 -1 1 0x80000000))
(assert_return
  (invoke "i32x4.min_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 3 3 100000 -100000))

(assert_return
  (invoke "i32x4.max_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 2 -1 0x7fffffff -1))
(assert_return
  (invoke "i32x4.max_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 7 3 100000 -65536))

(assert_return
  (invoke "i32x4.max_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 2 -1 0x7fffffff -1))
(assert_return
  (invoke "i32x4.max_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 7 -7 100000 -65536))

(assert_return
  (invoke "i32x4.dot_i16x8_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 1 32768 -967232 -934720))
(assert_return
  (invoke "i32x4.dot_i16x8_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 1 32768 -967232 -934720))

(assert_return
  (invoke "i32x4.extmul_low_i16x8_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 0 1 1 32767))
(assert_return
  (invoke "i32x4.extmul_low_i16x8_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 0 1 1 32767))

(assert_return
  (invoke "i32x4.extmul_high_i16x8_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 32768 -1000000 -1000000 65280))
(assert_return
  (invoke "i32x4.extmul_high_i16x8_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 32768 -1000000 -1000000 65280))

(assert_return
  (invoke "i32x4.extmul_low_i16x8_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 0 1 -131071 32767))
(assert_return
  (invoke "i32x4.extmul_low_i16x8_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 0 1 -131071 32767))

(assert_return
  (invoke "i32x4.extmul_high_i16x8_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i32x4 0x7fff8000 0x3d8bdc0 0x3d8bdc0 65280))
(assert_return
  (invoke "i32x4.extmul_high_i16x8_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i32x4 0x7fff8000 0x3d8bdc0 0x3d8bdc0 65280))

(assert_return
  (invoke "i32x4.trunc_sat_f32x4_s" (v128.const f32x4 1.9 -2.9 3e09 nan))
  (v128.const i32x4 1 -2 0x7fffffff 0))
(assert_return
  (invoke "i32x4.trunc_sat_f32x4_s" (v128.const f32x4 inf -1e20 -0.5 4e09))
  (v128.const i32x4 0x7fffffff 0x80000000 0 0x7fffffff))

(assert_return
  (invoke "i32x4.trunc_sat_f32x4_u" (v128.const f32x4 1.9 -2.9 3e09 nan))
  (v128.const i32x4 1 0 0xb2d05e00 0))
(assert_return
  (invoke "i32x4.trunc_sat_f32x4_u" (v128.const f32x4 inf -1e20 -0.5 4e09))
  (v128.const i32x4 -1 0 0 0xee6b2800))

(assert_return (invoke "i32x4.trunc_sat_f64x2_s_zero" (v128.const f64x2 1.9 -2.9)) (v128.const i32x4 1 -2 0 0))
(assert_return
  (invoke "i32x4.trunc_sat_f64x2_s_zero" (v128.const f64x2 inf -1e20))
  (v128.const i32x4 0x7fffffff 0x80000000 0 0))

(assert_return (invoke "i32x4.trunc_sat_f64x2_u_zero" (v128.const f64x2 1.9 -2.9)) (v128.const i32x4 1 0 0 0))
(assert_return (invoke "i32x4.trunc_sat_f64x2_u_zero" (v128.const f64x2 inf -1e20)) (v128.const i32x4 -1 0 0 0))
