;; Floating-point vector instructions whose result has the shape f32x4, and conversions to it.
;; Spec: https://webassembly.github.io/spec/core/exec/numerics.html#numeric-operations
(module
  (func (export "f32x4.eq") (param v128 v128) (result v128) (f32x4.eq (local.get 0) (local.get 1)))
  (func (export "f32x4.ne") (param v128 v128) (result v128) (f32x4.ne (local.get 0) (local.get 1)))
  (func (export "f32x4.lt") (param v128 v128) (result v128) (f32x4.lt (local.get 0) (local.get 1)))
  (func (export "f32x4.gt") (param v128 v128) (result v128) (f32x4.gt (local.get 0) (local.get 1)))
  (func (export "f32x4.le") (param v128 v128) (result v128) (f32x4.le (local.get 0) (local.get 1)))
  (func (export "f32x4.ge") (param v128 v128) (result v128) (f32x4.ge (local.get 0) (local.get 1)))
  (func (export "f32x4.demote_f64x2_zero") (param v128) (result v128) (f32x4.demote_f64x2_zero (local.get 0)))
  (func (export "f32x4.ceil") (param v128) (result v128) (f32x4.ceil (local.get 0)))
  (func (export "f32x4.floor") (param v128) (result v128) (f32x4.floor (local.get 0)))
  (func (export "f32x4.trunc") (param v128) (result v128) (f32x4.trunc (local.get 0)))
  (func (export "f32x4.nearest") (param v128) (result v128) (f32x4.nearest (local.get 0)))
  (func (export "f32x4.abs") (param v128) (result v128) (f32x4.abs (local.get 0)))
  (func (export "f32x4.neg") (param v128) (result v128) (f32x4.neg (local.get 0)))
  (func (export "f32x4.sqrt") (param v128) (result v128) (f32x4.sqrt (local.get 0)))
  (func (export "f32x4.add") (param v128 v128) (result v128) (f32x4.add (local.get 0) (local.get 1)))
  (func (export "f32x4.sub") (param v128 v128) (result v128) (f32x4.sub (local.get 0) (local.get 1)))
  (func (export "f32x4.mul") (param v128 v128) (result v128) (f32x4.mul (local.get 0) (local.get 1)))
  (func (export "f32x4.div") (param v128 v128) (result v128) (f32x4.div (local.get 0) (local.get 1)))
  (func (export "f32x4.min") (param v128 v128) (result v128) (f32x4.min (local.get 0) (local.get 1)))
  (func (export "f32x4.max") (param v128 v128) (result v128) (f32x4.max (local.get 0) (local.get 1)))
  (func (export "f32x4.pmin") (param v128 v128) (result v128) (f32x4.pmin (local.get 0) (local.get 1)))
  (func (export "f32x4.pmax") (param v128 v128) (result v128) (f32x4.pmax (local.get 0) (local.get 1)))
  (func (export "f32x4.convert_i32x4_s") (param v128) (result v128) (f32x4.convert_i32x4_s (local.get 0)))
  (func (export "f32x4.convert_i32x4_u") (param v128) (result v128) (f32x4.convert_i32x4_u (local.get 0)))
)

(assert_return
  (invoke "f32x4.eq" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 0 -nan:0x7fffff 0 0))
(assert_return
  (invoke "f32x4.eq" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 0 -nan:0x7fffff 0 0))

(assert_return
  (invoke "f32x4.ne" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -nan:0x7fffff 0 -nan:0x7fffff -nan:0x7fffff))
(assert_return
  (invoke "f32x4.ne" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -nan:0x7fffff 0 -nan:0x7fffff -nan:0x7fffff))

(assert_return
  (invoke "f32x4.lt" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 0 0 0 -nan:0x7fffff))
(assert_return
  (invoke "f32x4.lt" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -nan:0x7fffff 0 -nan:0x7fffff 0))

(assert_return
  (invoke "f32x4.gt" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -nan:0x7fffff 0 -nan:0x7fffff 0))
(assert_return
  (invoke "f32x4.gt" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 0 0 0 -nan:0x7fffff))

(assert_return
  (invoke "f32x4.le" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 0 -nan:0x7fffff 0 -nan:0x7fffff))
(assert_return
  (invoke "f32x4.le" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -nan:0x7fffff -nan:0x7fffff -nan:0x7fffff 0))

(assert_return
  (invoke "f32x4.ge" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -nan:0x7fffff -nan:0x7fffff -nan:0x7fffff 0))
(assert_return
  (invoke "f32x4.ge" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 0 -nan:0x7fffff 0 -nan:0x7fffff))

(assert_return (invoke "f32x4.demote_f64x2_zero" (v128.const f64x2 -2.5 -0)) (v128.const f32x4 -2.5 -0 0 0))
(assert_return (invoke "f32x4.demote_f64x2_zero" (v128.const f64x2 0.5 0)) (v128.const f32x4 0.5 0 0 0))

(assert_return (invoke "f32x4.ceil" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 2 -0 inf -2))
(assert_return (invoke "f32x4.ceil" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 -0 0 -inf 1e20))

(assert_return (invoke "f32x4.floor" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 1 -0 inf -3))
(assert_return (invoke "f32x4.floor" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 -1 0 -inf 1e20))

(assert_return (invoke "f32x4.trunc" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 1 -0 inf -2))
(assert_return (invoke "f32x4.trunc" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 -0 0 -inf 1e20))

(assert_return (invoke "f32x4.nearest" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 2 -0 inf -2))
(assert_return (invoke "f32x4.nearest" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 -0 0 -inf 1e20))

(assert_return (invoke "f32x4.abs" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 1.5 0 inf 2.5))
(assert_return (invoke "f32x4.abs" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 0.25 0 inf 1e20))

(assert_return (invoke "f32x4.neg" (v128.const f32x4 1.5 -0 inf -2.5)) (v128.const f32x4 -1.5 0 -inf 2.5))
(assert_return (invoke "f32x4.neg" (v128.const f32x4 -0.25 0 -inf 1e20)) (v128.const f32x4 0.25 -0 inf -1e20))

(assert_return
  (invoke "f32x4.sqrt" (v128.const f32x4 2.25 -0 2 -1))
  (v128.const f32x4 1.5 -0 1.4142135 nan:canonical))

(assert_return
  (invoke "f32x4.add" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 1.25 0 nan:canonical 1e20))
(assert_return
  (invoke "f32x4.add" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 1.25 0 nan:canonical 1e20))

(assert_return
  (invoke "f32x4.sub" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 1.75 -0 inf -1e20))
(assert_return
  (invoke "f32x4.sub" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -1.75 0 -inf 1e20))

(assert_return
  (invoke "f32x4.mul" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -0.375 -0 -inf -2.5e20))
(assert_return
  (invoke "f32x4.mul" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -0.375 -0 -inf -2.5e20))

(assert_return
  (invoke "f32x4.div" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -6 nan:canonical nan:canonical -2.5e-20))
(assert_return
  (invoke "f32x4.div" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -0.16666667 nan:canonical nan:canonical -4e19))

(assert_return
  (invoke "f32x4.min" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -0.25 -0 -inf -2.5))
(assert_return
  (invoke "f32x4.min" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -0.25 -0 -inf -2.5))

(assert_return
  (invoke "f32x4.max" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 1.5 0 inf 1e20))
(assert_return
  (invoke "f32x4.max" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 1.5 0 inf 1e20))

(assert_return
  (invoke "f32x4.pmin" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 -0.25 -0 -inf -2.5))
(assert_return
  (invoke "f32x4.pmin" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 -0.25 0 -inf -2.5))

(assert_return
  (invoke "f32x4.pmax" (v128.const f32x4 1.5 -0 inf -2.5) (v128.const f32x4 -0.25 0 -inf 1e20))
  (v128.const f32x4 1.5 -0 inf 1e20))
(assert_return
  (invoke "f32x4.pmax" (v128.const f32x4 -0.25 0 -inf 1e20) (v128.const f32x4 1.5 -0 inf -2.5))
  (v128.const f32x4 1.5 0 inf 1e20))

(assert_return
  (invoke "f32x4.convert_i32x4_s" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const f32x4 1 -1 2.1474836e09 -2.1474836e09))
(assert_return (invoke "f32x4.convert_i32x4_s" (v128.const i32x4 2 -1 1 -1)) (v128.const f32x4 2 -1 1 -1))

(assert_return
  (invoke "f32x4.convert_i32x4_u" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const f32x4 1 4.2949673e09 2.1474836e09 2.1474836e09))
(assert_return
  (invoke "f32x4.convert_i32x4_u" (v128.const i32x4 2 -1 1 -1))
  (v128.const f32x4 2 4.2949673e09 1 4.2949673e09))
