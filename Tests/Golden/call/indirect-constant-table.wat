;; show: functions tables
;; Nothing changes the table: code and type lie side by side in constant data, and the bound is a constant.
(module (type $t (func (param i32) (result i32)))
  (table funcref (elem $f $g))
  (func $f (type $t) (local.get 0))
  (func $g)
  (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 0))))
