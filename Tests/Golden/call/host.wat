;; options: --invoke f
;; The module's capability context is the first argument.
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "f") (result i32)
    (drop (call $time (i32.const 0) (i64.const 0) (i32.const 8)))
    (call $yield)))
