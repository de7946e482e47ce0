;; A label that receives a value gets one edge, however often the table names it.
(module
  (func (export "table") (param i32) (result i32)
    (block $a (block $b (br_table $a $b $a (local.get 0))) (return (i32.const 1)))
    (i32.const 2))
  (func (export "with a value") (param i32) (result i32)
    (block $a (result i32) (block $b (result i32) (br_table $a $b $a $b (i32.const 7) (local.get 0)))
      (i32.add (i32.const 1)))))
