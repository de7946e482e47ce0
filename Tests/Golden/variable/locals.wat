;; Locals are values, also at -O0; they begin as zeros.
(module
  (func (export "local") (param i32) (result i64) (local i64)
    (if (local.get 0) (then (local.set 1 (i64.const 5)) (drop (local.tee 0 (i32.const 6)))))
    (i64.add (local.get 1) (i64.extend_i32_u (local.get 0)))))
