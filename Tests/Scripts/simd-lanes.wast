;; Vector instructions that move lanes: splats, extraction, replacement, shuffles.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#vector-instructions
(module
  (func (export "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15") (param v128 v128) (result v128)
    (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get 0) (local.get 1)))
  (func (export "i8x16.shuffle 31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7") (param v128 v128) (result v128)
    (i8x16.shuffle 31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7 (local.get 0) (local.get 1)))
  (func (export "i8x16.swizzle") (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
  (func (export "i8x16.splat") (param i32) (result v128) (i8x16.splat (local.get 0)))
  (func (export "i16x8.splat") (param i32) (result v128) (i16x8.splat (local.get 0)))
  (func (export "i32x4.splat") (param i32) (result v128) (i32x4.splat (local.get 0)))
  (func (export "i64x2.splat") (param i64) (result v128) (i64x2.splat (local.get 0)))
  (func (export "f32x4.splat") (param f32) (result v128) (f32x4.splat (local.get 0)))
  (func (export "f64x2.splat") (param f64) (result v128) (f64x2.splat (local.get 0)))
  (func (export "i8x16.extract_lane_s 0") (param v128) (result i32) (i8x16.extract_lane_s 0 (local.get 0)))
  (func (export "i8x16.extract_lane_s 4") (param v128) (result i32) (i8x16.extract_lane_s 4 (local.get 0)))
  (func (export "i8x16.extract_lane_u 0") (param v128) (result i32) (i8x16.extract_lane_u 0 (local.get 0)))
  (func (export "i8x16.extract_lane_u 4") (param v128) (result i32) (i8x16.extract_lane_u 4 (local.get 0)))
  (func (export "i8x16.replace_lane 0") (param v128 i32) (result v128)
    (i8x16.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i8x16.replace_lane 15") (param v128 i32) (result v128)
    (i8x16.replace_lane 15 (local.get 0) (local.get 1)))
  (func (export "i16x8.extract_lane_s 0") (param v128) (result i32) (i16x8.extract_lane_s 0 (local.get 0)))
  (func (export "i16x8.extract_lane_s 4") (param v128) (result i32) (i16x8.extract_lane_s 4 (local.get 0)))
  (func (export "i16x8.extract_lane_u 0") (param v128) (result i32) (i16x8.extract_lane_u 0 (local.get 0)))
  (func (export "i16x8.extract_lane_u 4") (param v128) (result i32) (i16x8.extract_lane_u 4 (local.get 0)))
  (func (export "i16x8.replace_lane 0") (param v128 i32) (result v128)
    (i16x8.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i16x8.replace_lane 7") (param v128 i32) (result v128)
    (i16x8.replace_lane 7 (local.get 0) (local.get 1)))
  (func (export "i32x4.extract_lane 0") (param v128) (result i32) (i32x4.extract_lane 0 (local.get 0)))
  (func (export "i32x4.extract_lane 3") (param v128) (result i32) (i32x4.extract_lane 3 (local.get 0)))
  (func (export "i32x4.replace_lane 0") (param v128 i32) (result v128)
    (i32x4.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i32x4.replace_lane 3") (param v128 i32) (result v128)
    (i32x4.replace_lane 3 (local.get 0) (local.get 1)))
  (func (export "i64x2.extract_lane 0") (param v128) (result i64) (i64x2.extract_lane 0 (local.get 0)))
  (func (export "i64x2.extract_lane 1") (param v128) (result i64) (i64x2.extract_lane 1 (local.get 0)))
  (func (export "i64x2.replace_lane 0") (param v128 i64) (result v128)
    (i64x2.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "i64x2.replace_lane 1") (param v128 i64) (result v128)
    (i64x2.replace_lane 1 (local.get 0) (local.get 1)))
  (func (export "f32x4.extract_lane 0") (param v128) (result f32) (f32x4.extract_lane 0 (local.get 0)))
  (func (export "f32x4.extract_lane 3") (param v128) (result f32) (f32x4.extract_lane 3 (local.get 0)))
  (func (export "f32x4.replace_lane 0") (param v128 f32) (result v128)
    (f32x4.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "f32x4.replace_lane 3") (param v128 f32) (result v128)
    (f32x4.replace_lane 3 (local.get 0) (local.get 1)))
  (func (export "f64x2.extract_lane 0") (param v128) (result f64) (f64x2.extract_lane 0 (local.get 0)))
  (func (export "f64x2.extract_lane 1") (param v128) (result f64) (f64x2.extract_lane 1 (local.get 0)))
  (func (export "f64x2.replace_lane 0") (param v128 f64) (result v128)
    (f64x2.replace_lane 0 (local.get 0) (local.get 1)))
  (func (export "f64x2.replace_lane 1") (param v128 f64) (result v128)
    (f64x2.replace_lane 1 (local.get 0) (local.get 1)))
)

(assert_return
  (invoke "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
(assert_return
  (invoke "i8x16.shuffle 31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 1 1 -1 1 -1 100 -100 16 15 -17 -86 85 -3 7 127 -128))
  (v128.const i8x16 -128 0 127 1 7 -1 -3 127 85 -128 -86 100 -17 -100 15 15))

(assert_return
  (invoke "i8x16.swizzle"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (v128.const i8x16 15 14 13 12 0 0 1 1 16 17 -1 -128 7 8 9 10))
  (v128.const i8x16 3 2 -51 50 0 0 1 1 0 0 0 0 15 16 17 85))

(assert_return
  (invoke "i8x16.splat" (i32.const -2))
  (v128.const i8x16 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2 -2))

(assert_return (invoke "i16x8.splat" (i32.const -2)) (v128.const i16x8 -2 -2 -2 -2 -2 -2 -2 -2))

(assert_return (invoke "i32x4.splat" (i32.const -2)) (v128.const i32x4 -2 -2 -2 -2))

(assert_return (invoke "i64x2.splat" (i64.const -2)) (v128.const i64x2 -2 -2))

(assert_return (invoke "f32x4.splat" (f32.const 1.5)) (v128.const f32x4 1.5 1.5 1.5 1.5))

(assert_return (invoke "f64x2.splat" (f64.const 1.5)) (v128.const f64x2 1.5 1.5))

(assert_return
  (invoke "i8x16.extract_lane_s 0" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const 0))
(assert_return
  (invoke "i8x16.extract_lane_s 4" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const -128))

(assert_return
  (invoke "i8x16.extract_lane_u 0" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const 0))
(assert_return
  (invoke "i8x16.extract_lane_u 4" (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
  (i32.const 128))

(assert_return
  (invoke "i8x16.replace_lane 0"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (i32.const -2))
  (v128.const i8x16 -2 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3))
(assert_return
  (invoke "i8x16.replace_lane 15"
    (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 3)
    (i32.const -2))
  (v128.const i8x16 0 1 -1 127 -128 100 -100 15 16 17 85 -86 50 -51 2 -2))

(assert_return (invoke "i16x8.extract_lane_s 0" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)) (i32.const 0))
(assert_return
  (invoke "i16x8.extract_lane_s 4" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (i32.const -32768))

(assert_return (invoke "i16x8.extract_lane_u 0" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255)) (i32.const 0))
(assert_return
  (invoke "i16x8.extract_lane_u 4" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255))
  (i32.const 32768))

(assert_return
  (invoke "i16x8.replace_lane 0" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const -2))
  (v128.const i16x8 -2 1 -1 32767 -32768 1000 -1000 255))
(assert_return
  (invoke "i16x8.replace_lane 7" (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 255) (i32.const -2))
  (v128.const i16x8 0 1 -1 32767 -32768 1000 -1000 -2))

(assert_return (invoke "i32x4.extract_lane 0" (v128.const i32x4 1 -1 0x7fffffff 0x80000000)) (i32.const 1))
(assert_return (invoke "i32x4.extract_lane 3" (v128.const i32x4 1 -1 0x7fffffff 0x80000000)) (i32.const 0x80000000))

(assert_return
  (invoke "i32x4.replace_lane 0" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const -2))
  (v128.const i32x4 -2 -1 0x7fffffff 0x80000000))
(assert_return
  (invoke "i32x4.replace_lane 3" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (i32.const -2))
  (v128.const i32x4 1 -1 0x7fffffff -2))

(assert_return (invoke "i64x2.extract_lane 0" (v128.const i64x2 -1 0x7fffffffffffffff)) (i64.const -1))
(assert_return
  (invoke "i64x2.extract_lane 1" (v128.const i64x2 -1 0x7fffffffffffffff))
  (i64.const 0x7fffffffffffffff))

(assert_return
  (invoke "i64x2.replace_lane 0" (v128.const i64x2 -1 0x7fffffffffffffff) (i64.const -2))
  (v128.const i64x2 -2 0x7fffffffffffffff))
(assert_return
  (invoke "i64x2.replace_lane 1" (v128.const i64x2 -1 0x7fffffffffffffff) (i64.const -2))
  (v128.const i64x2 -1 -2))

(assert_return (invoke "f32x4.extract_lane 0" (v128.const f32x4 1.5 -0 inf -2.5)) (f32.const 1.5))
(assert_return (invoke "f32x4.extract_lane 3" (v128.const f32x4 1.5 -0 inf -2.5)) (f32.const -2.5))

(assert_return
  (invoke "f32x4.replace_lane 0" (v128.const f32x4 1.5 -0 inf -2.5) (f32.const 1.5))
  (v128.const f32x4 1.5 -0 inf -2.5))
(assert_return
  (invoke "f32x4.replace_lane 3" (v128.const f32x4 1.5 -0 inf -2.5) (f32.const 1.5))
  (v128.const f32x4 1.5 -0 inf 1.5))

(assert_return (invoke "f64x2.extract_lane 0" (v128.const f64x2 -2.5 -0)) (f64.const -2.5))
(assert_return (invoke "f64x2.extract_lane 1" (v128.const f64x2 -2.5 -0)) (f64.const -0))

(assert_return (invoke "f64x2.replace_lane 0" (v128.const f64x2 -2.5 -0) (f64.const 1.5)) (v128.const f64x2 1.5 -0))
(assert_return (invoke "f64x2.replace_lane 1" (v128.const f64x2 -2.5 -0) (f64.const 1.5)) (v128.const f64x2 -2.5 1.5))
