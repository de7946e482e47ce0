;; options: -O2 --traps exact
;; Every store stays, and every load that guard pages may stop: what memories hold after a trap is what the
;; specification says.
(module (memory 1)
  (func (export "unused") (param i32) (drop (i32.load (local.get 0))))
  (func (export "used for an effect") (param i32 i32) (i32.store (local.get 1) (i32.load (local.get 0))))
  (func (export "narrow") (param i32 i32)
    (i32.store (local.get 1) (i32.and (i32.load (local.get 0)) (i32.const 255))))
  (func (export "stored twice") (param i32 i32)
    (i32.store (local.get 0) (i32.const 1)) (i32.store (local.get 0) (local.get 1))))
