;; show: functions tables
;; A constant table whose elements are read as references has these, too.
(module (type $t (func))
  (table $t 2 funcref) (elem (table $t) (i32.const 0) func $f)
  (func $f)
  (func (export "get") (param i32) (result funcref) (table.get $t (local.get 0)))
  (func (export "size") (result i32) (table.size $t)))
