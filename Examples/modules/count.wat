;; A library without any grant: it reads what others hand over to it.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; One buffer of 4096 bytes at 64.
  (data (i32.const 0) "\40\00\00\00\00\10\00\00")

  (func (export "lines") (param $fd i32) (result i32)
    (local $count i32) (local $at i32) (local $end i32)
    (loop $block
      (if (call $fd_read (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))
        (then (return (local.get $count))))
      (local.set $at (i32.const 64))
      (local.set $end (i32.add (i32.const 64) (i32.load (i32.const 8))))
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (loop $byte
            (local.set $count
              (i32.add (local.get $count) (i32.eq (i32.load8_u (local.get $at)) (i32.const 10))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br_if $byte (i32.lt_u (local.get $at) (local.get $end))))
          (br $block))))
    (local.get $count)))
