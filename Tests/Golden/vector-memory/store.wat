(module (memory 1)
  (func (export "v128.store") (param i32 v128) (v128.store (local.get 0) (local.get 1))))
