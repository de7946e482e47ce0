;; With tail calls, a vector that might not find a register is passed as two doubles; it never goes to the stack.
(module
  (func $ten (param v128 v128 v128 v128 v128 v128 v128 v128 v128 v128) (result v128) (local.get 9))
  (func (export "f") (param v128) (result v128)
    (return_call $ten (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)
      (local.get 0) (local.get 0) (local.get 0) (local.get 0))))
