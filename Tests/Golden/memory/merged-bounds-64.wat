;; options: --invoke straight
;; only: icmp|br i1|trap|select
;; Compares of a 64-bit memory are merged as far as the constant parts lie in what it has from the start.
(module (memory i64 1 2)
  (func (export "straight") (param i64) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.load offset=8 (local.get 0)))
    (i32.add (i32.load offset=0x10000 (local.get 0))))
  (func (export "grows") (result i64) (memory.grow (i64.const 1))))
