;; A reference to what is caught is a copy in the heap; `throw_ref` makes it the exception on its way again.
(module
  (tag $number (param i32))
  (func $throws (param i32) (throw $number (local.get 0)))
  (func (export "catch") (param i32) (result i32 exnref)
    (block $number (result i32 exnref)
      (try_table (catch_ref $number $number) (call $throws (local.get 0)))
      (unreachable)))
  (func (export "cleanup") (param i32)
    (block $any (result exnref)
      (try_table (catch_all_ref $any) (call $throws (local.get 0)))
      (return))
    (throw_ref)))
