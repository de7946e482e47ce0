;; show: functions tables
;; An element is checked and loaded here; what touches several is the runtime's.
(module (table $t 2 10 externref) (table $u 1 funcref) (elem $e funcref (ref.func $f) (ref.null func))
  (func $f)
  (func (export "table.get") (param i32) (result externref) (table.get $t (local.get 0)))
  (func (export "table.set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
  (func (export "table.size") (result i32) (table.size $t))
  (func (export "table.grow") (param externref i32) (result i32) (table.grow $t (local.get 0) (local.get 1)))
  (func (export "table.fill") (param i32 externref i32) (table.fill $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "table.copy") (param i32 i32 i32) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "table.init") (param i32 i32 i32) (table.init $u $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "elem.drop") (elem.drop $e)))
