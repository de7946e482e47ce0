;; The index is zero-extended before it is added to anything: a getelementptr on i32 would sign-extend it, and reach
;; below the memory from 2 GiB on. The sums do not wrap (nuw, nusw); that they stay in an object is not promised.
(module (memory 1)
  (func (export "index") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "sum") (param i32 i32) (result i32) (i32.load8_u offset=4 (i32.add (local.get 0) (local.get 1)))))
