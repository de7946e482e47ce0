;; options: --argv0 app
;; show: functions thunks
;; What the runtime calls: the start function, then the entry, whose guest functions have another convention.
(module (memory (export "memory") 1)
  (global $g (mut i32) (i32.const 0))
  (start $init)
  (func $init (global.set $g (i32.const 1)))
  (func (export "_start") (global.set $g (i32.const 2))))
