(module (table $t i64 2 externref)
  (func (export "get") (param i64) (result externref) (table.get $t (local.get 0)))
  (func (export "size") (result i64) (table.size $t))
  (func (export "grow") (param externref i64) (result i64) (table.grow $t (local.get 0) (local.get 1))))
