;; Each memory has its address; a copy from one to another checks both.
(module (memory $a 1) (memory $b 2)
  (func (export "copy") (param i32 i32 i32) (memory.copy $a $b (local.get 0) (local.get 1) (local.get 2)))
  (func (export "size") (result i32) (i32.add (memory.size $a) (memory.size $b))))
