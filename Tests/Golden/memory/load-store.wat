;; The address is zero-extended before it is added; base and offset are constants of the link. At -O0 every guest load
;; is volatile.
(module (memory 1)
  (func (export "load") (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "load8") (param i32) (result i64) (i64.load8_s (local.get 0)))
  (func (export "store") (param i32 i64) (i64.store offset=4294967295 (local.get 0) (local.get 1)))
  (func (export "store16") (param i32 i32) (i32.store16 (local.get 0) (local.get 1))))
