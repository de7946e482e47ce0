;; The base and the immediate offset are constants beside the index: nothing is added to the index in 32 bits. Both fit
;; the displacement of an access while the address of the first memory does.
(module (memory 1) (memory $second 1)
  (func (export "offset") (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "largest offset") (param i32 i64) (i64.store offset=4294967295 (local.get 0) (local.get 1)))
  (func (export "second memory") (param i32) (result i32) (i32.load $second offset=8 (local.get 0))))
