;; options: --bounds explicit
;; What makes a memory grow counts only where it can run: `$constant` never grows, as nothing calls `$grow`.
(module (memory $constant 3) (memory $growing 3)
  (func $grow (drop (memory.grow $constant (i32.const 1))))
  (func (export "grow") (result i32) (memory.grow $growing (i32.const 1)))
  (func (export "constant") (param i32) (result i32) (i32.load8_u $constant (local.get 0)))
  (func (export "growing") (param i32) (result i32) (i32.load8_u $growing (local.get 0)))
  (func (export "sizes") (result i32) (i32.add (memory.size $constant) (memory.size $growing))))
