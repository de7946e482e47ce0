;; options: -O2
;; functions: sets
;; only: alloca|phi|add
;; Too much to be optimised, as more locals meet where blocks end than its size explains, but its locals become values.
(module
  (func (export "sets") (param i32) (result i32)
    ;; 50 times: (local i32)
    ;; 50 times: (block
    (br_if 0 (local.get 0))
    ;; 50 times: (local.set # (i32.add (i32.const 1) (i32.const 1)))
    ;; 50 times: )
    (local.get 3)))
