;; show: functions data
;; A global that cannot change is its value.
(module
  (global $constant i32 (i32.const 7)) (global $variable (mut i64) (i64.const 8))
  (func (export "constant") (result i32) (global.get $constant))
  (func (export "variable") (param i64) (result i64)
    (global.set $variable (local.get 0)) (global.get $variable)))
