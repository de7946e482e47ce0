;; Relaxed vector instructions, on operands for which every permitted choice has the same result.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#vector-instructions
(module
  (func (export "i8x16.relaxed_swizzle") (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
  (func (export "i32x4.relaxed_trunc_f32x4_s") (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
  (func (export "i32x4.relaxed_trunc_f32x4_u") (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_u (local.get 0)))
  (func (export "i32x4.relaxed_trunc_f64x2_s_zero") (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_s_zero (local.get 0)))
  (func (export "i32x4.relaxed_trunc_f64x2_u_zero") (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_u_zero (local.get 0)))
  (func (export "f32x4.relaxed_madd") (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f32x4.relaxed_nmadd") (param v128 v128 v128) (result v128)
    (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f64x2.relaxed_madd") (param v128 v128 v128) (result v128)
    (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f64x2.relaxed_nmadd") (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i8x16.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i16x8.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i16x8.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i32x4.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64x2.relaxed_laneselect") (param v128 v128 v128) (result v128)
    (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "f32x4.relaxed_min") (param v128 v128) (result v128) (f32x4.relaxed_min (local.get 0) (local.get 1)))
  (func (export "f32x4.relaxed_max") (param v128 v128) (result v128) (f32x4.relaxed_max (local.get 0) (local.get 1)))
  (func (export "f64x2.relaxed_min") (param v128 v128) (result v128) (f64x2.relaxed_min (local.get 0) (local.get 1)))
  (func (export "f64x2.relaxed_max") (param v128 v128) (result v128) (f64x2.relaxed_max (local.get 0) (local.get 1)))
  (func (export "i16x8.relaxed_q15mulr_s") (param v128 v128) (result v128)
    (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1)))
  (func (export "i16x8.relaxed_dot_i8x16_i7x16_s") (param v128 v128) (result v128)
    (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
  (func (export "i32x4.relaxed_dot_i8x16_i7x16_add_s") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))
)

(assert_return
  (invoke "i8x16.relaxed_swizzle"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 15 14 13 12 0 0 1 1 2 3 4 5 7 8 9 10))
  (v128.const i8x16 3 2 -51 50 0 0 1 1 -1 127 -128 100 15 16 17 85))

(assert_return
  (invoke "i32x4.relaxed_trunc_f32x4_s" (v128.const f32x4 1.9 -2.9 0 100.5))
  (v128.const i32x4 1 -2 0 100))

(assert_return
  (invoke "i32x4.relaxed_trunc_f32x4_u" (v128.const f32x4 1.9 3e09 0 100.5))
  (v128.const i32x4 1 0xb2d05e00 0 100))

(assert_return (invoke "i32x4.relaxed_trunc_f64x2_s_zero" (v128.const f64x2 1.9 -2.9)) (v128.const i32x4 1 -2 0 0))

(assert_return
  (invoke "i32x4.relaxed_trunc_f64x2_u_zero" (v128.const f64x2 1.9 3000000000))
  (v128.const i32x4 1 0xb2d05e00 0 0))

(assert_return
  (invoke "f32x4.relaxed_madd" (v128.const f32x4 2 2 2 2) (v128.const f32x4 3 3 3 3) (v128.const f32x4 0.5 -1 0.5 -1))
  (v128.const f32x4 6.5 5 6.5 5))

(assert_return
  (invoke "f32x4.relaxed_nmadd"
    (v128.const f32x4 2 2 2 2)
    (v128.const f32x4 3 3 3 3)
    (v128.const f32x4 0.5 -1 0.5 -1))
  (v128.const f32x4 -5.5 -7 -5.5 -7))

(assert_return
  (invoke "f64x2.relaxed_madd" (v128.const f64x2 2 2) (v128.const f64x2 3 3) (v128.const f64x2 0.5 -1))
  (v128.const f64x2 6.5 5))

(assert_return
  (invoke "f64x2.relaxed_nmadd" (v128.const f64x2 2 2) (v128.const f64x2 3 3) (v128.const f64x2 0.5 -1))
  (v128.const f64x2 -5.5 -7))

(assert_return
  (invoke "i8x16.relaxed_laneselect"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0))
  (v128.const i8x16 0 1 -1 1 -128 100 -100 16 16 -17 85 85 50 7 2 -128))
(assert_return
  (invoke "i8x16.relaxed_laneselect"
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128)
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0))
  (v128.const i8x16 1 1 -1 127 -1 100 -100 15 15 17 -86 -86 -3 -51 127 3))

(assert_return
  (invoke "i16x8.relaxed_laneselect"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 -1 0 -1 0 -1 0 -1 0))
  (v128.const i16x8 0 1 -1 1 -32768 -1000 -1000 256))
(assert_return
  (invoke "i16x8.relaxed_laneselect"
    (v128.const i16x8 1 1 -1 1 -1 -1000 1000 256)
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 -1 0 -1 0 -1 0 -1 0))
  (v128.const i16x8 1 1 -1 32767 -1 1000 1000 255))

(assert_return
  (invoke "i32x4.relaxed_laneselect"
    (v128.const i32x4 1 -1 0x7fffffff 0x80000000)
    (v128.const i32x4 2 -1 1 -1)
    (v128.const i32x4 -1 0 -1 0))
  (v128.const i32x4 1 -1 0x7fffffff -1))
(assert_return
  (invoke "i32x4.relaxed_laneselect"
    (v128.const i32x4 2 -1 1 -1)
    (v128.const i32x4 1 -1 0x7fffffff 0x80000000)
    (v128.const i32x4 -1 0 -1 0))
  (v128.const i32x4 2 -1 1 0x80000000))

(assert_return
  (invoke "i64x2.relaxed_laneselect"
    (v128.const i64x2 -1 0x7fffffffffffffff)
    (v128.const i64x2 1 1)
    (v128.const i64x2 -1 0))
  (v128.const i64x2 -1 1))
(assert_return
  (invoke "i64x2.relaxed_laneselect"
    (v128.const i64x2 1 1)
    (v128.const i64x2 -1 0x7fffffffffffffff)
    (v128.const i64x2 -1 0))
  (v128.const i64x2 1 0x7fffffffffffffff))

(assert_return
  (invoke "f32x4.relaxed_min" (v128.const f32x4 1.5 -2 1.5 -2) (v128.const f32x4 -0.25 4 -0.25 4))
  (v128.const f32x4 -0.25 -2 -0.25 -2))

(assert_return
  (invoke "f32x4.relaxed_max" (v128.const f32x4 1.5 -2 1.5 -2) (v128.const f32x4 -0.25 4 -0.25 4))
  (v128.const f32x4 1.5 4 1.5 4))

(assert_return
  (invoke "f64x2.relaxed_min" (v128.const f64x2 1.5 -2) (v128.const f64x2 -0.25 4))
  (v128.const f64x2 -0.25 -2))

(assert_return
  (invoke "f64x2.relaxed_max" (v128.const f64x2 1.5 -2) (v128.const f64x2 -0.25 4))
  (v128.const f64x2 1.5 4))

(assert_return
  (invoke "i16x8.relaxed_q15mulr_s"
    (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)
    (v128.const i16x8 1 16384 16384 32767 1 -1000 1000 256))
  (v128.const i16x8 0 1 0 32766 -1 -31 -31 2))

(assert_return
  (invoke "i16x8.relaxed_dot_i8x16_i7x16_s"
    (v128.const i8x16 1 -2 3 -4 5 -6 7 -8 9 10 11 12 -128 127 100 -100)
    (v128.const i8x16 1 2 3 4 5 6 7 8 127 127 127 127 0 1 2 3))
  (v128.const i16x8 -3 -7 -11 -15 2413 2921 127 -100))

(assert_return
  (invoke "i32x4.relaxed_dot_i8x16_i7x16_add_s"
    (v128.const i8x16 1 -2 3 -4 5 -6 7 -8 9 10 11 12 -128 127 100 -100)
    (v128.const i8x16 1 2 3 4 5 6 7 8 127 127 127 127 0 1 2 3)
    (v128.const i8x16 1 0 0 0 -1 -1 -1 -1 -24 3 0 0 0 0 0 -128))
  (v128.const i32x4 -9 -27 6334 0x8000001b))
