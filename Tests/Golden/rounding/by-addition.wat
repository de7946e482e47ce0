;; options: --target-cpu x86-64
;; Without SSE4.1 there is no instruction that rounds: adding 2^52 (2^23) leaves no bits for a fraction.
(module
  (func (export "f64.nearest") (param f64) (result f64) (f64.nearest (local.get 0)))
  (func (export "f32.trunc") (param f32) (result f32) (f32.trunc (local.get 0)))
  (func (export "f64.floor") (param f64) (result f64) (f64.floor (local.get 0)))
  (func (export "f32x4.ceil") (param v128) (result v128) (f32x4.ceil (local.get 0))))
