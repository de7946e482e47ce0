;; options: --bounds explicit
;; The size of a shared memory that grows may change at any time: it is read atomically, by compares too.
(module
  (memory 1 2 shared)
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "atomic") (param i32) (result i64) (i64.atomic.load offset=8 (local.get 0)))
)
