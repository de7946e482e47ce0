;; functions: ^op\.
;; options: -O2
;; What the operations out of line do. Their last parameter is the place, for traps.
(module
  (table 1 funcref)
  (func (export "excessive") (param i32 f64)
    ;; 65 times: (loop
    (local.set 0 (i32.div_s (local.get 0) (local.get 0)))
    (local.set 0 (i32.trunc_f64_s (local.get 1)))
    (local.set 1 (f64.min (local.get 1) (local.get 1)))
    (call_indirect (local.get 0))
    ;; 65 times: )
    ))
