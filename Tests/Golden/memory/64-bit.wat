;; Guard pages cannot be wide enough: the offset and the width are compared with the size first, then the index with the
;; rest. An offset that leaves nothing traps at once.
(module (memory i64 1 70000)
  (func (export "load") (param i64) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "store") (param i64 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "never") (param i64) (result i32) (i32.load offset=0xffffffffffffffff (local.get 0)))
  (func (export "size") (result i64) (memory.size))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2))))
