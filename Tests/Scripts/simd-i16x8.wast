;; Integer vector instructions whose result has the shape i16x8, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "i16x8.eq") (param v128 v128) (result v128) (i16x8.eq (local.get 0) (local.get 1)))
  (func (export "i16x8.ne") (param v128 v128) (result v128) (i16x8.ne (local.get 0) (local.get 1)))
  (func (export "i16x8.lt_s") (param v128 v128) (result v128) (i16x8.lt_s (local.get 0) (local.get 1)))
  (func (export "i16x8.lt_u") (param v128 v128) (result v128) (i16x8.lt_u (local.get 0) (local.get 1)))
  (func (export "i16x8.gt_s") (param v128 v128) (result v128) (i16x8.gt_s (local.get 0) (local.get 1)))
  (func (export "i16x8.gt_u") (param v128 v128) (result v128) (i16x8.gt_u (local.get 0) (local.get 1)))
  (func (export "i16x8.le_s") (param v128 v128) (result v128) (i16x8.le_s (local.get 0) (local.get 1)))
  (func (export "i16x8.le_u") (param v128 v128) (result v128) (i16x8.le_u (local.get 0) (local.get 1)))
  (func (export "i16x8.ge_s") (param v128 v128) (result v128) (i16x8.ge_s (local.get 0) (local.get 1)))
  (func (export "i16x8.ge_u") (param v128 v128) (result v128) (i16x8.ge_u (local.get 0) (local.get 1)))
  (func (export "i16x8.extadd_pairwise_i8x16_s") (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_s (local.get 0)))
  (func (export "i16x8.extadd_pairwise_i8x16_u") (param v128) (result v128)
    (i16x8.extadd_pairwise_i8x16_u (local.get 0)))
  (func (export "i16x8.abs") (param v128) (result v128) (i16x8.abs (local.get 0)))
  (func (export "i16x8.neg") (param v128) (result v128) (i16x8.neg (local.get 0)))
  (func (export "i16x8.q15mulr_sat_s") (param v128 v128) (result v128)
    (i16x8.q15mulr_sat_s (local.get 0) (local.get 1)))
  (func (export "i16x8.all_true") (param v128) (result i32) (i16x8.all_true (local.get 0)))
  (func (export "i16x8.bitmask") (param v128) (result i32) (i16x8.bitmask (local.get 0)))
  (func (export "i16x8.narrow_i32x4_s") (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i16x8.narrow_i32x4_u") (param v128 v128) (result v128)
    (i16x8.narrow_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i16x8.extend_low_i8x16_s") (param v128) (result v128) (i16x8.extend_low_i8x16_s (local.get 0)))
  (func (export "i16x8.extend_high_i8x16_s") (param v128) (result v128) (i16x8.extend_high_i8x16_s (local.get 0)))
  (func (export "i16x8.extend_low_i8x16_u") (param v128) (result v128) (i16x8.extend_low_i8x16_u (local.get 0)))
  (func (export "i16x8.extend_high_i8x16_u") (param v128) (result v128) (i16x8.extend_high_i8x16_u (local.get 0)))
  (func (export "i16x8.shl") (param v128 i32) (result v128) (i16x8.shl (local.get 0) (local.get 1)))
  (func (export "i16x8.shr_s") (param v128 i32) (result v128) (i16x8.shr_s (local.get 0) (local.get 1)))
  (func (export "i16x8.shr_u") (param v128 i32) (result v128) (i16x8.shr_u (local.get 0) (local.get 1)))
  (func (export "i16x8.add") (param v128 v128) (result v128) (i16x8.add (local.get 0) (local.get 1)))
  (func (export "i16x8.add_sat_s") (param v128 v128) (result v128) (i16x8.add_sat_s (local.get 0) (local.get 1)))
  (func (export "i16x8.add_sat_u") (param v128 v128) (result v128) (i16x8.add_sat_u (local.get 0) (local.get 1)))
  (func (export "i16x8.sub") (param v128 v128) (result v128) (i16x8.sub (local.get 0) (local.get 1)))
  (func (export "i16x8.sub_sat_s") (param v128 v128) (result v128) (i16x8.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "i16x8.sub_sat_u") (param v128 v128) (result v128) (i16x8.sub_sat_u (local.get 0) (local.get 1)))
  (func (export "i16x8.mul") (param v128 v128) (result v128) (i16x8.mul (local.get 0) (local.get 1)))
  (func (export "i16x8.min_s") (param v128 v128) (result v128) (i16x8.min_s (local.get 0) (local.get 1)))
  (func (export "i16x8.min_u") (param v128 v128) (result v128) (i16x8.min_u (local.get 0) (local.get 1)))
  (func (export "i16x8.max_s") (param v128 v128) (result v128) (i16x8.max_s (local.get 0) (local.get 1)))
  (func (export "i16x8.max_u") (param v128 v128) (result v128) (i16x8.max_u (local.get 0) (local.get 1)))
  (func (export "i16x8.avgr_u") (param v128 v128) (result v128) (i16x8.avgr_u (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_low_i8x16_s") (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_s (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_high_i8x16_s") (param v128 v128) (result v128)
    (i16x8.extmul_high_i8x16_s (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_low_i8x16_u") (param v128 v128) (result v128)
    (i16x8.extmul_low_i8x16_u (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_high_i8x16_u") (param v128 v128) (result v128)
    (i16x8.extmul_high_i8x16_u (local.get 0) (local.get 1)))
)

(assert_return
  (invoke "i16x8.eq"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 -1 -1 0 0 0 0 0))
(assert_return
  (invoke "i16x8.eq"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 -1 -1 0 0 0 0 0))

(assert_return
  (invoke "i16x8.ne"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 0 0 -1 -1 -1 -1 -1))
(assert_return
  (invoke "i16x8.ne"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 -1 0 0 -1 -1 -1 -1 -1))

(assert_return
  (invoke "i16x8.lt_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 0 0 0 -1 0 -1 -1))
(assert_return
  (invoke "i16x8.lt_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 0 0 -1 0 -1 0 0))

(assert_return
  (invoke "i16x8.lt_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 0 0 0 -1 -1 0 -1))
(assert_return
  (invoke "i16x8.lt_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 0 0 -1 0 0 -1 0))

(assert_return
  (invoke "i16x8.gt_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 0 0 -1 0 -1 0 0))
(assert_return
  (invoke "i16x8.gt_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 -1 0 0 0 -1 0 -1 -1))

(assert_return
  (invoke "i16x8.gt_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 0 0 -1 0 0 -1 0))
(assert_return
  (invoke "i16x8.gt_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 -1 0 0 0 -1 -1 0 -1))

(assert_return
  (invoke "i16x8.le_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 -1 -1 0 -1 0 -1 -1))
(assert_return
  (invoke "i16x8.le_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 -1 -1 -1 0 -1 0 0))

(assert_return
  (invoke "i16x8.le_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 -1 -1 0 -1 -1 0 -1))
(assert_return
  (invoke "i16x8.le_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 -1 -1 -1 0 0 -1 0))

(assert_return
  (invoke "i16x8.ge_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 -1 -1 -1 0 -1 0 0))
(assert_return
  (invoke "i16x8.ge_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 -1 -1 -1 0 -1 0 -1 -1))

(assert_return
  (invoke "i16x8.ge_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 -1 -1 -1 0 0 -1 0))
(assert_return
  (invoke "i16x8.ge_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 -1 -1 -1 0 -1 -1 0 -1))

(assert_return
  (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 1 126 -28 -85 33 -1 -1 5))
(assert_return
  (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 2 0 99 -84 -2 -1 4 -1))

(assert_return
  (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 1 382 228 171 33 255 255 5))
(assert_return
  (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 2 256 355 172 254 255 260 255))

(assert_return
  (invoke "i16x8.abs" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 1 1 32767 -32768 1000 1000 255))
(assert_return
  (invoke "i16x8.abs" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 1 1 1 1 1000 1000 256))

(assert_return
  (invoke "i16x8.neg" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 -1 1 -32767 -32768 -1000 1000 -255))
(assert_return
  (invoke "i16x8.neg" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 -1 1 -1 1 1000 -1000 -256))

(assert_return
  (invoke "i16x8.q15mulr_sat_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 0 0 1 1 -31 -31 2))
(assert_return
  (invoke "i16x8.q15mulr_sat_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 0 0 1 1 -31 -31 2))

(assert_return (invoke "i16x8.all_true" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)) (i32.const 0))
(assert_return (invoke "i16x8.all_true" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)) (i32.const 1))
(assert_return (invoke "i16x8.all_true" (v128.const i16x8 3 3 3 3 3 3 3 3)) (i32.const 1))

(assert_return (invoke "i16x8.bitmask" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)) (i32.const 84))
(assert_return (invoke "i16x8.bitmask" (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)) (i32.const 52))

(assert_return
  (invoke "i16x8.narrow_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i16x8 1 -1 32767 -32768 2 -1 1 -1))
(assert_return
  (invoke "i16x8.narrow_i32x4_s" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i16x8 7 -7 32767 -32768 3 3 32767 -32768))

(assert_return
  (invoke "i16x8.narrow_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i16x8 1 0 -1 0 2 0 1 0))
(assert_return
  (invoke "i16x8.narrow_i32x4_u" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i16x8 7 0 -1 0 3 3 -1 0))

(assert_return
  (invoke "i16x8.extend_low_i8x16_s" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 0 1 -1 127 -128 100 -100 15))
(assert_return
  (invoke "i16x8.extend_low_i8x16_s" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 1 1 -1 1 -1 100 -100 16))

(assert_return
  (invoke "i16x8.extend_high_i8x16_s" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 16 17 85 -86 50 -51 2 3))
(assert_return
  (invoke "i16x8.extend_high_i8x16_s" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 15 -17 -86 85 -3 7 127 -128))

(assert_return
  (invoke "i16x8.extend_low_i8x16_u" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 0 1 255 127 128 100 156 15))
(assert_return
  (invoke "i16x8.extend_low_i8x16_u" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 1 1 255 1 255 100 156 16))

(assert_return
  (invoke "i16x8.extend_high_i8x16_u" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 16 17 85 170 50 205 2 3))
(assert_return
  (invoke "i16x8.extend_high_i8x16_u" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 15 239 170 85 253 7 127 128))

(assert_return
  (invoke "i16x8.shl" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 1))
  (v128.const i16x8 0 2 -2 -2 0 2000 -2000 510))
(assert_return
  (invoke "i16x8.shl" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 19))
  (v128.const i16x8 0 8 -8 -8 0 8000 -8000 2040))

(assert_return
  (invoke "i16x8.shr_s" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 1))
  (v128.const i16x8 0 0 -1 16383 -16384 500 -500 127))
(assert_return
  (invoke "i16x8.shr_s" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 19))
  (v128.const i16x8 0 0 -1 4095 -4096 125 -125 31))

(assert_return
  (invoke "i16x8.shr_u" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 1))
  (v128.const i16x8 0 0 32767 16383 16384 500 32268 127))
(assert_return
  (invoke "i16x8.shr_u" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const 19))
  (v128.const i16x8 0 0 8191 4095 4096 125 8067 31))

(assert_return
  (invoke "i16x8.add"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 2 -2 -32768 32767 0 0 511))
(assert_return
  (invoke "i16x8.add"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 2 -2 -32768 32767 0 0 511))

(assert_return
  (invoke "i16x8.add_sat_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 2 -2 32767 -32768 0 0 511))
(assert_return
  (invoke "i16x8.add_sat_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 2 -2 32767 -32768 0 0 511))

(assert_return
  (invoke "i16x8.add_sat_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 2 -1 -32768 -1 -1 -1 511))
(assert_return
  (invoke "i16x8.add_sat_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 2 -1 -32768 -1 -1 -1 511))

(assert_return
  (invoke "i16x8.sub"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 0 0 32766 -32767 2000 -2000 -1))
(assert_return
  (invoke "i16x8.sub"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 0 0 -32766 32767 -2000 2000 1))

(assert_return
  (invoke "i16x8.sub_sat_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 -1 0 0 32766 -32767 2000 -2000 -1))
(assert_return
  (invoke "i16x8.sub_sat_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 0 0 -32766 32767 -2000 2000 1))

(assert_return
  (invoke "i16x8.sub_sat_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 0 0 32766 0 0 -2000 0))
(assert_return
  (invoke "i16x8.sub_sat_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 0 0 0 32767 -2000 0 1))

(assert_return
  (invoke "i16x8.mul"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 1 1 32767 -32768 -16960 -16960 -256))
(assert_return
  (invoke "i16x8.mul"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 1 1 32767 -32768 -16960 -16960 -256))

(assert_return
  (invoke "i16x8.min_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 1 -1 1 -32768 -1000 -1000 255))
(assert_return
  (invoke "i16x8.min_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 1 -1 1 -32768 -1000 -1000 255))

(assert_return
  (invoke "i16x8.min_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 0 1 -1 1 -32768 1000 1000 255))
(assert_return
  (invoke "i16x8.min_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 0 1 -1 1 -32768 1000 1000 255))

(assert_return
  (invoke "i16x8.max_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 1 -1 32767 -1 1000 1000 256))
(assert_return
  (invoke "i16x8.max_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 1 -1 32767 -1 1000 1000 256))

(assert_return
  (invoke "i16x8.max_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 1 -1 32767 -1 -1000 -1000 256))
(assert_return
  (invoke "i16x8.max_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 1 -1 32767 -1 -1000 -1000 256))

(assert_return
  (invoke "i16x8.avgr_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i16x8 1 1 -1 16384 -16384 -32768 -32768 256))
(assert_return
  (invoke "i16x8.avgr_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i16x8 1 1 -1 16384 -16384 -32768 -32768 256))

(assert_return
  (invoke "i16x8.extmul_low_i8x16_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 0 1 1 127 128 10000 10000 240))
(assert_return
  (invoke "i16x8.extmul_low_i8x16_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 0 1 1 127 128 10000 10000 240))

(assert_return
  (invoke "i16x8.extmul_high_i8x16_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 240 -289 -7310 -7310 -150 -357 254 -384))
(assert_return
  (invoke "i16x8.extmul_high_i8x16_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 240 -289 -7310 -7310 -150 -357 254 -384))

(assert_return
  (invoke "i16x8.extmul_low_i8x16_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 0 1 -511 127 32640 10000 24336 240))
(assert_return
  (invoke "i16x8.extmul_low_i8x16_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 0 1 -511 127 32640 10000 24336 240))

(assert_return
  (invoke "i16x8.extmul_high_i8x16_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i16x8 240 4063 14450 14450 12650 1435 254 384))
(assert_return
  (invoke "i16x8.extmul_high_i8x16_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i16x8 240 4063 14450 14450 12650 1435 254 384))
