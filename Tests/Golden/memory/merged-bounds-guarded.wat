;; only: icmp|br i1|trap|load volatile
;; An access by guard pages lies between two that are compared: it faults before the second of them traps.

(module (memory $a i64 1 2) (memory $b 1 2)
  (func (export "between") (param i64 i32) (result i64)
    (i64.add (i64.add (i64.load $a (local.get 0)) (i64.load $b (local.get 1))) (i64.load $a offset=8 (local.get 0))))
  (func (export "grow") (drop (memory.grow $a (i64.const 1)))))
