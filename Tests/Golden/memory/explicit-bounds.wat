;; options: --bounds explicit
(module (memory 1) (memory $wide i64 1 70000)
  (func (export "load") (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "load64") (param i64) (result i32) (i32.load $wide offset=8 (local.get 0))))
