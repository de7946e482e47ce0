;; options: -O2
;; functions: deep|ordinary
;; only: alloca|store|add
;; A function with loops in too many loops is not optimised and keeps its locals in memory; it has an LLVM module of its
;; own, so that what another calls has an external symbol. The others are optimised.
(module
  (func $deep (export "deep") (param i32) (result i32) (local i32)
    ;; 65 times: (loop
    (local.set 1 (i32.add (local.get 1) (local.get 0)))
    ;; 65 times: )
    (local.get 1))
  (func (export "ordinary") (param i32) (result i32) (local i32)
    (local.set 1 (i32.add (local.get 0) (i32.const 1))) (i32.add (local.get 1) (i32.const 2))))
