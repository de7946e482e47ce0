;; Of one module, validation has proved the callee's type.
(module (type $t (func (param i32) (result i32)))
  (global $g (mut (ref null $t)) (ref.null $t))
  (func (export "call") (param i32) (result i32) (call_ref $t (local.get 0) (global.get $g))))
