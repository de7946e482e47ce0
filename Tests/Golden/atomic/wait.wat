;; Waiting: the runtime reads the value, so that a compare says whether the address lies in the memory. Nobody waits at a
;; memory that is not shared.
(module
  (memory $shared 1 2 shared)
  (memory $own 1 1)
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 $shared (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 $shared offset=16 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify $shared (local.get 0) (local.get 1)))
  (func (export "wait32_own") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 $own (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify_own") (param i32 i32) (result i32)
    (memory.atomic.notify $own (local.get 0) (local.get 1)))
)
