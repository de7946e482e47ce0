;; LLVM folds `x + -0`, `x - 0`, `x * 1` and `x / 1` to x, and a signalling NaN would stay one: these are made quiet.
;; Other constants need nothing.
(module
  (func (export "add 0") (param f64) (result f64) (f64.add (local.get 0) (f64.const -0)))
  (func (export "add 2") (param f64) (result f64) (f64.add (local.get 0) (f64.const 2)))
  (func (export "sub 0") (param f32) (result f32) (f32.sub (local.get 0) (f32.const 0)))
  (func (export "0 sub") (param f32) (result f32) (f32.sub (f32.const 0) (local.get 0)))
  (func (export "mul 1") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 1)))
  (func (export "div -1") (param f32) (result f32) (f32.div (local.get 0) (f32.const -1)))
  (func (export "vector mul 1") (param v128) (result v128) (f64x2.mul (local.get 0) (v128.const f64x2 3 1))))
