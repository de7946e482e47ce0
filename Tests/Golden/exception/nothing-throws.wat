;; Where nothing throws, handlers are nothing: no invoke, no landing pad, and every function is nounwind.
(module
  (tag $number (param i32))
  (func $returns (param i32))
  (func (export "try_table") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $number $caught) (call $returns (local.get 0)))
      (i32.const 1)))
  (func (export "legacy") (param i32) (result i32)
    (try (result i32) (do (call $returns (local.get 0)) (i32.const 2)) (catch $number) (catch_all (i32.const 3)))))
