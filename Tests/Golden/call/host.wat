;; options: --invoke f
;; The module's capability context is the first argument.
(module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (func (export "f") (result i32) (call $yield)))
