;; Nothing makes the memory grow: its size is a constant, and so is the bound.
(module (memory 3)
  (func (export "size") (result i32) (memory.size)))
