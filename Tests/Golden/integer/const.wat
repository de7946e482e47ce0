(module
  (func (export "i32.const") (result i32) (i32.const -1))
  (func (export "i64.const") (result i64) (i64.const -1)))
