;; options: -O2
;; After LLVM's pipeline the base, the immediate offset and a constant index are one constant, which no pass has moved
;; into a value of its own: it will be the displacement of the access.
(module (memory 1)
  (func (export "constant index") (param i32) (i32.store offset=8 (i32.const 16) (local.get 0)))
  (func (export "copied") (param i32)
    (i32.store (local.get 0) (i32.load offset=4 (local.get 0)))
    (i32.store offset=8 (local.get 0) (i32.load offset=12 (local.get 0)))))
