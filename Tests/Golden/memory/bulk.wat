;; show: functions segments
;; Ranges are checked before anything is written. Nothing wraps: the count is compared first. A segment that is dropped
;; has the length 0.
(module (memory 1) (data $d "abc")
  (func (export "memory.fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory.copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "memory.init") (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
  (func (export "data.drop") (data.drop $d)))
