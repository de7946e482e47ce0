;; show: functions thunks
;; Exports that are called by name have a thunk that reads arguments from, and writes results to, 16 bytes each.
(module
  (func (export "f") (param i32 f64 v128) (result i64 f32) (i64.const 1) (f32.const 2)))
