;; Floating-point vector instructions whose result has the shape f64x2, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "f64x2.eq") (param v128 v128) (result v128) (f64x2.eq (local.get 0) (local.get 1)))
  (func (export "f64x2.ne") (param v128 v128) (result v128) (f64x2.ne (local.get 0) (local.get 1)))
  (func (export "f64x2.lt") (param v128 v128) (result v128) (f64x2.lt (local.get 0) (local.get 1)))
  (func (export "f64x2.gt") (param v128 v128) (result v128) (f64x2.gt (local.get 0) (local.get 1)))
  (func (export "f64x2.le") (param v128 v128) (result v128) (f64x2.le (local.get 0) (local.get 1)))
  (func (export "f64x2.ge") (param v128 v128) (result v128) (f64x2.ge (local.get 0) (local.get 1)))
  (func (export "f64x2.promote_low_f32x4") (param v128) (result v128) (f64x2.promote_low_f32x4 (local.get 0)))
  (func (export "f64x2.ceil") (param v128) (result v128) (f64x2.ceil (local.get 0)))
  (func (export "f64x2.floor") (param v128) (result v128) (f64x2.floor (local.get 0)))
  (func (export "f64x2.trunc") (param v128) (result v128) (f64x2.trunc (local.get 0)))
  (func (export "f64x2.nearest") (param v128) (result v128) (f64x2.nearest (local.get 0)))
  (func (export "f64x2.abs") (param v128) (result v128) (f64x2.abs (local.get 0)))
  (func (export "f64x2.neg") (param v128) (result v128) (f64x2.neg (local.get 0)))
  (func (export "f64x2.sqrt") (param v128) (result v128) (f64x2.sqrt (local.get 0)))
  (func (export "f64x2.add") (param v128 v128) (result v128) (f64x2.add (local.get 0) (local.get 1)))
  (func (export "f64x2.sub") (param v128 v128) (result v128) (f64x2.sub (local.get 0) (local.get 1)))
  (func (export "f64x2.mul") (param v128 v128) (result v128) (f64x2.mul (local.get 0) (local.get 1)))
  (func (export "f64x2.div") (param v128 v128) (result v128) (f64x2.div (local.get 0) (local.get 1)))
  (func (export "f64x2.min") (param v128 v128) (result v128) (f64x2.min (local.get 0) (local.get 1)))
  (func (export "f64x2.max") (param v128 v128) (result v128) (f64x2.max (local.get 0) (local.get 1)))
  (func (export "f64x2.pmin") (param v128 v128) (result v128) (f64x2.pmin (local.get 0) (local.get 1)))
  (func (export "f64x2.pmax") (param v128 v128) (result v128) (f64x2.pmax (local.get 0) (local.get 1)))
  (func (export "f64x2.convert_low_i32x4_s") (param v128) (result v128) (f64x2.convert_low_i32x4_s (local.get 0)))
  (func (export "f64x2.convert_low_i32x4_u") (param v128) (result v128) (f64x2.convert_low_i32x4_u (local.get 0)))
)

(assert_return
  (invoke "f64x2.eq" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 0 -nan:0xfffffffffffff))
(assert_return
  (invoke "f64x2.eq" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 0 0))

(assert_return
  (invoke "f64x2.ne" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 -nan:0xfffffffffffff 0))
(assert_return
  (invoke "f64x2.ne" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -nan:0xfffffffffffff -nan:0xfffffffffffff))

(assert_return
  (invoke "f64x2.lt" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 -nan:0xfffffffffffff 0))
(assert_return
  (invoke "f64x2.lt" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 0 0))

(assert_return (invoke "f64x2.gt" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 0 0))
(assert_return
  (invoke "f64x2.gt" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -nan:0xfffffffffffff -nan:0xfffffffffffff))

(assert_return
  (invoke "f64x2.le" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 -nan:0xfffffffffffff -nan:0xfffffffffffff))
(assert_return
  (invoke "f64x2.le" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 0 0))

(assert_return
  (invoke "f64x2.ge" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 0 -nan:0xfffffffffffff))
(assert_return
  (invoke "f64x2.ge" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -nan:0xfffffffffffff -nan:0xfffffffffffff))

(assert_return (invoke "f64x2.promote_low_f32x4" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f64x2 1.5 -0))
(assert_return (invoke "f64x2.promote_low_f32x4" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f64x2 -0.25 0))

(assert_return (invoke "f64x2.ceil" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 -2 -0))
(assert_return (invoke "f64x2.ceil" (v128.const f64x2 0.5 0)) (v128.const f64x2 1 0))

(assert_return (invoke "f64x2.floor" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 -3 -0))
(assert_return (invoke "f64x2.floor" (v128.const f64x2 0.5 0)) (v128.const f64x2 0 0))

(assert_return (invoke "f64x2.trunc" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 -2 -0))
(assert_return (invoke "f64x2.trunc" (v128.const f64x2 0.5 0)) (v128.const f64x2 0 0))

(assert_return (invoke "f64x2.nearest" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 -2 -0))
(assert_return (invoke "f64x2.nearest" (v128.const f64x2 0.5 0)) (v128.const f64x2 0 0))

(assert_return (invoke "f64x2.abs" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 2.5 0))
(assert_return (invoke "f64x2.abs" (v128.const f64x2 0.5 0)) (v128.const f64x2 0.5 0))

(assert_return (invoke "f64x2.neg" (v128.const f64x2 -2.5 -0)) (v128.const f64x2 2.5 0))
(assert_return (invoke "f64x2.neg" (v128.const f64x2 0.5 0)) (v128.const f64x2 -0.5 -0))

(assert_return (invoke "f64x2.sqrt" (v128.const f64x2 2.25 -0)) (v128.const f64x2 1.5 -0))

(assert_return (invoke "f64x2.add" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 -2 0))
(assert_return
  (invoke "f64x2.add" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 nan:canonical 1e300))

(assert_return (invoke "f64x2.sub" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 -3 -0))
(assert_return
  (invoke "f64x2.sub" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 inf 1e300))

(assert_return (invoke "f64x2.mul" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 -1.25 -0))
(assert_return
  (invoke "f64x2.mul" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -inf inf))

(assert_return
  (invoke "f64x2.div" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0))
  (v128.const f64x2 -5 nan:canonical))
(assert_return
  (invoke "f64x2.div" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 nan:canonical 1e290))

(assert_return (invoke "f64x2.min" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 -2.5 -0))
(assert_return
  (invoke "f64x2.min" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -inf 10000000000))

(assert_return (invoke "f64x2.max" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 0.5 0))
(assert_return
  (invoke "f64x2.max" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 inf 1e300))

(assert_return (invoke "f64x2.pmin" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 -2.5 -0))
(assert_return
  (invoke "f64x2.pmin" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 -inf 10000000000))

(assert_return (invoke "f64x2.pmax" (v128.const f64x2 -2.5 -0) (v128.const f64x2 0.5 0)) (v128.const f64x2 0.5 -0))
(assert_return
  (invoke "f64x2.pmax" (v128.const f64x2 inf 1e300) (v128.const f64x2 -inf 10000000000))
  (v128.const f64x2 inf 1e300))

(assert_return
  (invoke "f64x2.convert_low_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const f64x2 1 -1))
(assert_return (invoke "f64x2.convert_low_i32x4_s" (v128.const i32x4 2 -1 1 -1)) (v128.const f64x2 2 -1))

(assert_return
  (invoke "f64x2.convert_low_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const f64x2 1 4294967295))
(assert_return (invoke "f64x2.convert_low_i32x4_u" (v128.const i32x4 2 -1 1 -1)) (v128.const f64x2 2 4294967295))
