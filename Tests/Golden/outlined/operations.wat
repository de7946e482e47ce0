;; functions: excessive
;; only: @op\.
;; options: -O2
;; A function with too much of one thing (here loops in loops) is not optimised, and what is long in it becomes calls of
;; functions that do it. What is short does not.
(module
  (table 1 funcref)
  (func (export "excessive") (param i32 v128) (result v128)
    ;; 65 times: (loop
    (local.set 1 (i8x16.popcnt (local.get 1)))
    (local.set 1 (i8x16.popcnt (local.get 1)))
    (local.set 1 (i8x16.shl (local.get 1) (i32.const 3)))
    (local.set 0 (i32.div_s (local.get 0) (i32.const 0)))
    (local.set 0 (i32.add (local.get 0) (i32.const 9)))
    (call_indirect (local.get 0))
    ;; 65 times: )
    (local.get 1)))
