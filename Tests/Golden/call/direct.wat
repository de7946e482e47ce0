;; An ordinary call is never a jump (`notail`): a recursion without end exhausts the stack.
(module
  (func $f (export "f") (param i32) (result i32) (call $f (local.get 0)))
  (func $two (result i64 i32) (i64.const 1) (i32.const 2))
  (func (export "pair") (result i64) (call $two) (drop))
  (func (export "first call is not needed") (param i32) (drop (call $f (local.get 0)))))
