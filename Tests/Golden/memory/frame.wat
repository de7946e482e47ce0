;; options: -O2 --invoke product --invoke apart --invoke wraps
;; Sums that an access shows not to wrap are added behind the zero extension, so that what was stored is not loaded again; others
;; are the sums they are, and stores to other places are told apart all the same.
(module
  (memory 1)
  ;; So that sizes say nothing.
  (func (export "grow") (drop (memory.grow (i32.const 1))))

  (func $halves (param $to i32) (param $a i64) (param $b i64)
    (i64.store offset=8 (local.get $to) (i64.mul (local.get $a) (local.get $b)))
    (i64.store (local.get $to) (i64.add (local.get $a) (local.get $b))))

  ;; Both loads are gone: each comes in any case, so that sp + 16 does not wrap.
  (func (export "product") (param $sp i32) (param $a i64)
    (call $halves (i32.add (local.get $sp) (i32.const 16)) (local.get $a) (i64.const 7))
    (i64.store (i32.const 0) (i64.xor (i64.load offset=16 (local.get $sp)) (i64.load offset=24 (local.get $sp)))))

  ;; Nothing shows that sp + 64 does not wrap, but what lies there is not what lies at sp + 48: one load.
  (func (export "apart") (param $sp i32) (param $a i64)
    (local $found i64) (local $again i64)
    (local.set $found (i64.load (i32.add (local.get $sp) (i32.const 48))))
    (i64.store (i32.add (local.get $sp) (i32.const 64)) (local.get $a))
    (local.set $again (i64.load (i32.add (local.get $sp) (i32.const 48))))
    (i64.store (i32.const 0) (local.get $found))
    (i64.store (i32.const 8) (local.get $again)))

  ;; What follows the call may not happen, so that sp + 16 may wrap: a load.
  (func (export "wraps") (param $sp i32) (param $a i64)
    (i64.store offset=8 (i32.add (local.get $sp) (i32.const 16)) (local.get $a))
    (drop (memory.grow (i32.const 1)))
    (i64.store (i32.const 0) (i64.load offset=24 (local.get $sp)))))
