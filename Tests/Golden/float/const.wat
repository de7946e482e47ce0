(module
  (func (export "f32.const") (result f32) (f32.const 1.5))
  (func (export "f64.const") (result f64) (f64.const 1.5)))
