;; show: functions tables
;; A table with few elements that are not null has no image: the runtime writes the segments into it at start, and its
;; entries are no constants.
(module (type $t (func))
  (table $sparse 1000 funcref) (elem (table $sparse) (i32.const 500) func $f)
  (table $dense 4 funcref) (elem (table $dense) (i32.const 2) func $f)
  (func $f)
  (func (export "sparse") (param i32) (call_indirect $sparse (type $t) (local.get 0)))
  (func (export "dense") (param i32) (call_indirect $dense (type $t) (local.get 0))))
