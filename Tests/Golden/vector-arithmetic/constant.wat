;; Factors that are no identity: nothing has to be made quiet. The lanes of a constant are seen, whatever it is used as.
(module
  (func (export "mul") (param v128) (result v128)
    (f32x4.mul (local.get 0) (v128.const f32x4 0.5 0.75 0.125 0.25)))
  (func (export "mul 1") (param v128) (result v128)
    (f32x4.mul (local.get 0) (v128.const f32x4 0.5 0.75 1 0.25)))
  (func (export "div") (param v128) (result v128)
    (f64x2.div (local.get 0) (v128.const f64x2 3 nan)))
  (func (export "sub") (param v128) (result v128)
    (f64x2.sub (v128.const f64x2 0 0) (local.get 0)))
  (func (export "sub -0") (param v128) (result v128)
    (f64x2.sub (v128.const f64x2 0 -0) (local.get 0)))
  (func (export "add") (param v128) (result v128)
    (i16x8.add (local.get 0) (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16))))
