;; options: -O2
;; A volatile load of which a `select` may throw away the value, and one of a vector of which half is used: code
;; generation would make the load conditional or smaller. Inline assembly that does nothing stands between.
(module (memory 1)
  (func (export "selected") (param i32 i32 i32)
    (i32.store (local.get 2) (select (i32.load (local.get 0)) (i32.const 7) (local.get 1))))
  (func (export "half a vector") (param i32 i32)
    (v128.store (local.get 1) (i32x4.extend_low_i16x8_u (v128.load (local.get 0))))))
