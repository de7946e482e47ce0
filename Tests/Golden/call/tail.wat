;; In a program with tail calls all functions have the convention that guarantees them.
(module (type $t (func (param i32) (result i32)))
  (table funcref (elem $f))
  (func $f (export "f") (type $t) (return_call $f (local.get 0)))
  (func (export "indirect") (type $t) (return_call_indirect (type $t) (local.get 0) (local.get 0)))
  (func (export "ordinary") (type $t) (call $f (local.get 0))))
