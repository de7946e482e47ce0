;; preload: library=linked-library.wat
;; show: functions data
;; Imports between modules are direct: the address of the other's memory, global and function. A segment on the other's
;; table is written at run time, so that the table is no constant.
(module
  (import "library" "memory" (memory 1)) (import "library" "global" (global $g (mut i32)))
  (import "library" "table" (table $t 1 funcref)) (import "library" "function" (func $f (param i32) (result i32)))
  (memory $own 1)
  (elem (table $t) (i32.const 0) func $own-function)
  (func $own-function)
  (func (export "both") (param i32) (result i32)
    (global.set $g (i32.load $own (local.get 0)))
    (i32.add (i32.load (local.get 0)) (call $f (local.get 0)))))
