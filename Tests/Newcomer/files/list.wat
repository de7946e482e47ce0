;; Prints the names of the directories it was granted, one a line.
(module
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_dir_name"
    (func $fd_prestat_dir_name (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (local $fd i32)
    (local.set $fd (i32.const 3))
    (loop $next
      (if (i32.eqz (call $fd_prestat_get (local.get $fd) (i32.const 0)))
        (then
          (drop (call $fd_prestat_dir_name (local.get $fd) (i32.const 0x100) (i32.load (i32.const 4))))
          (i32.store8 (i32.add (i32.const 0x100) (i32.load (i32.const 4))) (i32.const 10))
          (i32.store (i32.const 8) (i32.const 0x100))
          (i32.store (i32.const 12) (i32.add (i32.load (i32.const 4)) (i32.const 1)))
          (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))
          (local.set $fd (i32.add (local.get $fd) (i32.const 1)))
          (br $next))))))
