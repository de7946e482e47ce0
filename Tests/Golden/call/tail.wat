;; In a program with tail calls all functions have the convention that guarantees them. The host's frame comes and goes.
(module (type $t (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (table funcref (elem $f))
  (func $f (export "f") (type $t) (return_call $f (local.get 0)))
  (func (export "indirect") (type $t) (return_call_indirect (type $t) (local.get 0) (local.get 0)))
  (func (export "by reference") (param i32 (ref $t)) (result i32) (return_call_ref $t (local.get 0) (local.get 1)))
  (func (export "ordinary") (type $t) (call $f (local.get 0)))
  (func (export "host") (result i32) (return_call $yield)))
