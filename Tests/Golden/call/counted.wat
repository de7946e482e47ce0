;; A table that changes: the reference is compared, behind the check of bounds. What has another type is no callee, whatever
;; the profile says.
;; profile: counted.profile
;; options: --invoke f
(module
  (type $op (func (param i32) (result i32 i32)))
  (table (export "t") 3 funcref)
  (elem (i32.const 0) func $twice $wrong)
  (func $twice (type $op) (local.get 0) (local.get 0))
  (func $wrong (param i64))
  (func $f (export "f") (param i32) (result i32)
    (i32.add (call_indirect (type $op) (local.get 0) (i32.const 0))))
  (func (export "change") (table.set (i32.const 2) (ref.func $twice)))
  (func $g (export "g") (param (ref $op)) (result i32) (i32.add (call_ref $op (i32.const 1) (local.get 0)))))
