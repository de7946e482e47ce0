(module
  (memory (export "memory") 1)
  (table (export "table") 2 funcref)
  (global (export "global") (mut i32) (i32.const 1))
  (func (export "function") (param i32) (result i32) (i32.load (local.get 0))))
