(module
  (func (export "br_on_null") (param funcref) (result i32)
    (block $null (br_on_null $null (local.get 0)) (drop) (return (i32.const 1))) (i32.const 0))
  (func (export "br_on_non_null") (param funcref) (result i32)
    (block $non-null (result (ref func)) (br_on_non_null $non-null (local.get 0)) (return (i32.const 0)))
    (drop) (i32.const 1)))
