;; The least that prints: one host call, no libc.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; One ciovec: address 8, 13 bytes.
  (data (i32.const 0) "\08\00\00\00\0d\00\00\00hello, world\n")
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 24)))))
