;; Prints how many lines the file `wasmc.toml` has. Counting is another module's business: it gets the open file, to
;; read and nothing else, and knows of no directory.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "wasmc_capability" "fd_hand_over" (func $hand_over (param i32 i32 i32 i64 i64 i32) (result i32)))
  (import "count" "lines" (func $lines (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "wasmc.toml")
  (data (i32.const 16) "count")
  (data (i32.const 80) " lines\0a")

  ;; An errno is the program's status.
  (func $check (param $errno i32)
    (if (local.get $errno) (then (call $proc_exit (local.get $errno)))))

  (func $print (param $number i32)
    (local $at i32)
    (local.set $at (i32.const 80))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
      (local.set $number (i32.div_u (local.get $number) (i32.const 10)))
      (br_if $digit (local.get $number)))
    (i32.store (i32.const 32) (local.get $at))
    (i32.store (i32.const 36) (i32.sub (i32.const 87) (local.get $at)))
    (call $check (call $fd_write (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 40))))

  (func (export "_start")
    ;; Descriptor 3 is the granted directory; fd_read (2) and fd_seek (4) are asked for.
    (call $check (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 10) (i32.const 0)
      (i64.const 6) (i64.const 0) (i32.const 0) (i32.const 24)))
    ;; Of these, fd_read alone goes to `count`; at 28 is the number that the file has there.
    (call $check (call $hand_over (i32.load (i32.const 24)) (i32.const 16) (i32.const 5)
      (i64.const 2) (i64.const 0) (i32.const 28)))
    (call $print (call $lines (i32.load (i32.const 28))))))
