(module
  (func (export "table") (param i32) (result i32)
    (block $a (block $b (br_table $a $b $a (local.get 0))) (return (i32.const 1)))
    (i32.const 2)))
