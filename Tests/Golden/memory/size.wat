;; The size of a memory that nothing grows is a constant; that of another is a field that only calls change.
(module (memory $constant 3) (memory $growing 3)
  (func (export "constant") (result i32) (memory.size $constant))
  (func (export "growing") (result i32) (memory.size $growing))
  (func (export "grow") (param i32) (result i32) (memory.grow $growing (local.get 0))))
