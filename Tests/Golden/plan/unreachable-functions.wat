;; options: --argv0 app
;; show: functions data
;; Only what can run is there: `$never` is not, though it lies between.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $used (result i32) (i32.const 3))
  (func $never (result i32) (call $used))
  (func $start (export "_start") (call $exit (call $used))))
