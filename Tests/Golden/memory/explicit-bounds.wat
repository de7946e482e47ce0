;; options: --bounds explicit
;; One compare: of 33 bits, the sum cannot wrap. The size is a constant for the memory that nothing grows.
(module (memory 3) (memory $growing 1)
  (func (export "constant size") (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "growing") (param i32) (result i32) (i32.load $growing (local.get 0)))
  (func (export "store") (param i32 i64) (i64.store16 offset=4294967295 (local.get 0) (local.get 1)))
  (func (export "grow") (result i32) (memory.grow $growing (i32.const 1))))
