;; show: functions tables references
;; The table may change: each element is a reference, which is looked at for null, its type and its code.
(module (type $t (func (param i32) (result i32)))
  (table $table 4 funcref) (elem (table $table) (i32.const 1) func $f)
  (func $f (type $t) (local.get 0))
  (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 0)))
  (func (export "set") (param i32) (table.set $table (local.get 0) (ref.null func))))
