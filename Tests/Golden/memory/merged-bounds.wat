;; options: --bounds explicit --invoke straight
;; only: icmp|br i1|trap|select
;; Accesses at one address are compared once, with the largest constant part; which of them it was is found after the
;; trap. A store ends that where memories have to be right after a trap, and so does whatever else can trap or be seen.
(module (memory 1 2)
  (func (export "straight") (param i32) (result i32)
    (i32.add (i32.load (local.get 0))
      (i32.add (i32.load offset=8 (local.get 0)) (i32.load16_u offset=2 (local.get 0)))))
  (func (export "another value") (param i32) (result i32)
    (i32.load (local.get 0))
    (local.set 0 (i32.add (local.get 0) (i32.const 4)))
    (i32.add (i32.load offset=8 (local.get 0))))
  (func (export "tee") (param i32) (result i32) (local $p i32)
    (i32.load (local.tee $p (i32.shl (local.get 0) (i32.const 3))))
    (i32.add (i32.load offset=4 (local.get $p))))
  (func (export "division between") (param i32 i32) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.div_u (local.get 1) (local.get 1)))
    (i32.add (i32.load offset=8 (local.get 0))))
  (func (export "stores") (param i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store offset=4 (local.get 0) (i32.const 2)))
  (func (export "grows") (result i32) (memory.grow (i32.const 1))))
