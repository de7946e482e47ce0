;; Integer vector instructions whose result has the shape i8x16, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "i8x16.eq") (param v128 v128) (result v128) (i8x16.eq (local.get 0) (local.get 1)))
  (func (export "i8x16.ne") (param v128 v128) (result v128) (i8x16.ne (local.get 0) (local.get 1)))
  (func (export "i8x16.lt_s") (param v128 v128) (result v128) (i8x16.lt_s (local.get 0) (local.get 1)))
  (func (export "i8x16.lt_u") (param v128 v128) (result v128) (i8x16.lt_u (local.get 0) (local.get 1)))
  (func (export "i8x16.gt_s") (param v128 v128) (result v128) (i8x16.gt_s (local.get 0) (local.get 1)))
  (func (export "i8x16.gt_u") (param v128 v128) (result v128) (i8x16.gt_u (local.get 0) (local.get 1)))
  (func (export "i8x16.le_s") (param v128 v128) (result v128) (i8x16.le_s (local.get 0) (local.get 1)))
  (func (export "i8x16.le_u") (param v128 v128) (result v128) (i8x16.le_u (local.get 0) (local.get 1)))
  (func (export "i8x16.ge_s") (param v128 v128) (result v128) (i8x16.ge_s (local.get 0) (local.get 1)))
  (func (export "i8x16.ge_u") (param v128 v128) (result v128) (i8x16.ge_u (local.get 0) (local.get 1)))
  (func (export "i8x16.abs") (param v128) (result v128) (i8x16.abs (local.get 0)))
  (func (export "i8x16.neg") (param v128) (result v128) (i8x16.neg (local.get 0)))
  (func (export "i8x16.popcnt") (param v128) (result v128) (i8x16.popcnt (local.get 0)))
  (func (export "i8x16.all_true") (param v128) (result i32) (i8x16.all_true (local.get 0)))
  (func (export "i8x16.bitmask") (param v128) (result i32) (i8x16.bitmask (local.get 0)))
  (func (export "i8x16.narrow_i16x8_s") (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i8x16.narrow_i16x8_u") (param v128 v128) (result v128)
    (i8x16.narrow_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i8x16.shl") (param v128 i32) (result v128) (i8x16.shl (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_s") (param v128 i32) (result v128) (i8x16.shr_s (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_u") (param v128 i32) (result v128) (i8x16.shr_u (local.get 0) (local.get 1)))
  (func (export "i8x16.add") (param v128 v128) (result v128) (i8x16.add (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_s") (param v128 v128) (result v128) (i8x16.add_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_u") (param v128 v128) (result v128) (i8x16.add_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.sub") (param v128 v128) (result v128) (i8x16.sub (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_s") (param v128 v128) (result v128) (i8x16.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_u") (param v128 v128) (result v128) (i8x16.sub_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.min_s") (param v128 v128) (result v128) (i8x16.min_s (local.get 0) (local.get 1)))
  (func (export "i8x16.min_u") (param v128 v128) (result v128) (i8x16.min_u (local.get 0) (local.get 1)))
  (func (export "i8x16.max_s") (param v128 v128) (result v128) (i8x16.max_s (local.get 0) (local.get 1)))
  (func (export "i8x16.max_u") (param v128 v128) (result v128) (i8x16.max_u (local.get 0) (local.get 1)))
  (func (export "i8x16.avgr_u") (param v128 v128) (result v128) (i8x16.avgr_u (local.get 0) (local.get 1)))
)

(assert_return
  (invoke "i8x16.eq"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 -1 -1 0 0 -1 -1 0 0 0 0 0 0 0 0 0))
(assert_return
  (invoke "i8x16.eq"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 -1 -1 0 0 -1 -1 0 0 0 0 0 0 0 0 0))

(assert_return
  (invoke "i8x16.ne"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 0 0 -1 -1 0 0 -1 -1 -1 -1 -1 -1 -1 -1 -1))
(assert_return
  (invoke "i8x16.ne"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 -1 0 0 -1 -1 0 0 -1 -1 -1 -1 -1 -1 -1 -1 -1))

(assert_return
  (invoke "i8x16.lt_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 0 0 0 -1 0 0 -1 0 0 0 -1 0 -1 -1 0))
(assert_return
  (invoke "i8x16.lt_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 0 0 -1 0 0 0 0 -1 -1 -1 0 -1 0 0 -1))

(assert_return
  (invoke "i8x16.lt_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 0 0 0 -1 0 0 -1 0 -1 -1 0 -1 0 -1 -1))
(assert_return
  (invoke "i8x16.lt_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 0 0 -1 0 0 0 0 -1 0 0 -1 0 -1 0 0))

(assert_return
  (invoke "i8x16.gt_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 0 0 -1 0 0 0 0 -1 -1 -1 0 -1 0 0 -1))
(assert_return
  (invoke "i8x16.gt_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 -1 0 0 0 -1 0 0 -1 0 0 0 -1 0 -1 -1 0))

(assert_return
  (invoke "i8x16.gt_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 0 0 -1 0 0 0 0 -1 0 0 -1 0 -1 0 0))
(assert_return
  (invoke "i8x16.gt_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 -1 0 0 0 -1 0 0 -1 0 -1 -1 0 -1 0 -1 -1))

(assert_return
  (invoke "i8x16.le_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 -1 -1 0 -1 -1 -1 -1 0 0 0 -1 0 -1 -1 0))
(assert_return
  (invoke "i8x16.le_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 -1 -1 -1 0 -1 -1 0 -1 -1 -1 0 -1 0 0 -1))

(assert_return
  (invoke "i8x16.le_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 -1 -1 0 -1 -1 -1 -1 0 -1 -1 0 -1 0 -1 -1))
(assert_return
  (invoke "i8x16.le_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 -1 -1 -1 0 -1 -1 0 -1 0 0 -1 0 -1 0 0))

(assert_return
  (invoke "i8x16.ge_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 -1 -1 -1 0 -1 -1 0 -1 -1 -1 0 -1 0 0 -1))
(assert_return
  (invoke "i8x16.ge_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 -1 -1 -1 0 -1 -1 -1 -1 0 0 0 -1 0 -1 -1 0))

(assert_return
  (invoke "i8x16.ge_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 -1 -1 -1 0 -1 -1 0 -1 0 0 -1 0 -1 0 0))
(assert_return
  (invoke "i8x16.ge_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 -1 -1 -1 0 -1 -1 -1 -1 0 -1 -1 0 -1 0 -1 -1))

(assert_return
  (invoke "i8x16.abs" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 1 1 127 -128 100 100 15 16 17 85 86 50 51 2 3))
(assert_return
  (invoke "i8x16.abs" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 1 1 1 1 100 100 16 15 17 86 85 3 7 127 -128))

(assert_return
  (invoke "i8x16.neg" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 -1 1 -127 -128 -100 100 -15 -16 -17 -85 86 -50 51 -2 -3))
(assert_return
  (invoke "i8x16.neg" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 -1 1 -1 1 -100 100 -16 -15 17 86 -85 3 -7 -127 -128))

(assert_return
  (invoke "i8x16.popcnt" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 1 8 7 1 3 4 4 1 2 4 4 3 5 1 2))
(assert_return
  (invoke "i8x16.popcnt" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 1 8 1 8 3 4 1 4 7 4 4 7 3 7 1))

(assert_return
  (invoke "i8x16.all_true" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const 0))
(assert_return
  (invoke "i8x16.all_true" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (i32.const 1))
(assert_return (invoke "i8x16.all_true" (v128.const i8x16 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3)) (i32.const 1))

(assert_return
  (invoke "i8x16.bitmask" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const 10324))
(assert_return
  (invoke "i8x16.bitmask" (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (i32.const 38484))

(assert_return
  (invoke "i8x16.narrow_i16x8_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i8x16 0 1 -1 127 -128 127 -128 127 1 1 -1 1 -1 -128 127 127))
(assert_return
  (invoke "i8x16.narrow_i16x8_s"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i8x16 1 1 -1 1 -1 -128 127 127 0 1 -1 127 -128 127 -128 127))

(assert_return
  (invoke "i8x16.narrow_i16x8_u"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256))
  (v128.const i8x16 0 1 0 -1 0 -1 0 -1 1 1 0 1 0 0 -1 -1))
(assert_return
  (invoke "i8x16.narrow_i16x8_u"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (v128.const i8x16 1 1 0 1 0 0 -1 -1 0 1 0 -1 0 -1 0 -1))

(assert_return
  (invoke "i8x16.shl" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 1))
  (v128.const i8x16 0 2 -2 -2 0 -56 56 30 32 34 -86 84 100 -102 4 6))
(assert_return
  (invoke "i8x16.shl" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 11))
  (v128.const i8x16 0 8 -8 -8 0 32 -32 120 -128 -120 -88 80 -112 104 16 24))

(assert_return
  (invoke "i8x16.shr_s" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 1))
  (v128.const i8x16 0 0 -1 63 -64 50 -50 7 8 8 42 -43 25 -26 1 1))
(assert_return
  (invoke "i8x16.shr_s" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 11))
  (v128.const i8x16 0 0 -1 15 -16 12 -13 1 2 2 10 -11 6 -7 0 0))

(assert_return
  (invoke "i8x16.shr_u" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 1))
  (v128.const i8x16 0 0 127 63 64 50 78 7 8 8 42 85 25 102 1 1))
(assert_return
  (invoke "i8x16.shr_u" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3) (i32.const 11))
  (v128.const i8x16 0 0 31 15 16 12 19 1 2 2 10 21 6 25 0 0))

(assert_return
  (invoke "i8x16.add"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 2 -2 -128 127 -56 56 31 31 0 -1 -1 47 -44 -127 -125))
(assert_return
  (invoke "i8x16.add"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 2 -2 -128 127 -56 56 31 31 0 -1 -1 47 -44 -127 -125))

(assert_return
  (invoke "i8x16.add_sat_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 2 -2 127 -128 127 -128 31 31 0 -1 -1 47 -44 127 -125))
(assert_return
  (invoke "i8x16.add_sat_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 2 -2 127 -128 127 -128 31 31 0 -1 -1 47 -44 127 -125))

(assert_return
  (invoke "i8x16.add_sat_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 2 -1 -128 -1 -56 -1 31 31 -1 -1 -1 -1 -44 -127 -125))
(assert_return
  (invoke "i8x16.add_sat_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 2 -1 -128 -1 -56 -1 31 31 -1 -1 -1 -1 -44 -127 -125))

(assert_return
  (invoke "i8x16.sub"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 0 0 126 -127 0 0 -1 1 34 -85 85 53 -58 -125 -125))
(assert_return
  (invoke "i8x16.sub"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 0 0 -126 127 0 0 1 -1 -34 85 -85 -53 58 125 125))

(assert_return
  (invoke "i8x16.sub_sat_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -1 0 0 126 -127 0 0 -1 1 34 127 -128 53 -58 -125 127))
(assert_return
  (invoke "i8x16.sub_sat_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 0 0 -126 127 0 0 1 -1 -34 -128 127 -53 58 125 -128))

(assert_return
  (invoke "i8x16.sub_sat_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 0 0 126 0 0 0 0 1 0 0 85 0 -58 0 0))
(assert_return
  (invoke "i8x16.sub_sat_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 0 0 0 127 0 0 1 0 -34 85 0 -53 0 125 125))

(assert_return
  (invoke "i8x16.min_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 1 -1 1 -128 100 -100 15 15 -17 -86 -86 -3 -51 2 -128))
(assert_return
  (invoke "i8x16.min_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 1 -1 1 -128 100 -100 15 15 -17 -86 -86 -3 -51 2 -128))

(assert_return
  (invoke "i8x16.min_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 1 -1 1 -128 100 -100 15 15 17 85 85 50 7 2 3))
(assert_return
  (invoke "i8x16.min_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 0 1 -1 1 -128 100 -100 15 15 17 85 85 50 7 2 3))

(assert_return
  (invoke "i8x16.max_s"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 1 -1 127 -1 100 -100 16 16 17 85 85 50 7 127 3))
(assert_return
  (invoke "i8x16.max_s"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 1 -1 127 -1 100 -100 16 16 17 85 85 50 7 127 3))

(assert_return
  (invoke "i8x16.max_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 1 -1 127 -1 100 -100 16 16 -17 -86 -86 -3 -51 127 -128))
(assert_return
  (invoke "i8x16.max_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 1 -1 127 -1 100 -100 16 16 -17 -86 -86 -3 -51 127 -128))

(assert_return
  (invoke "i8x16.avgr_u"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 1 1 -1 64 -64 100 -100 16 16 -128 -128 -128 -104 106 65 66))
(assert_return
  (invoke "i8x16.avgr_u"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (v128.const i8x16 1 1 -1 64 -64 100 -100 16 16 -128 -128 -128 -104 106 65 66))
