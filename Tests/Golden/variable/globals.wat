;; show: functions globals
;; A global that cannot change is its value; that of a reference, too. Others are data with a tag of their own.
(module
  (global $constant i32 (i32.const 7)) (global $variable (mut i64) (i64.const 8))
  (global $function funcref (ref.func $f)) (global $vector (mut v128) (v128.const i64x2 1 2))
  (func $f)
  (func (export "constant") (result i32) (global.get $constant))
  (func (export "variable") (param i64) (result i64)
    (global.set $variable (local.get 0)) (global.get $variable))
  (func (export "reference") (result funcref) (global.get $function))
  (func (export "vector") (result v128) (global.get $vector)))
