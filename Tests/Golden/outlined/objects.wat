;; functions: ^op\.|excessive
;; options: -O2
;; only: @op\.|define|memmove|@wasmc_gc
;; What is long and about objects is out of line, too. What an operation names besides its operands is in the name.
(module
  (type $numbers (array (mut i32)))
  (type $bytes (array (mut i8)))
  (type $f (func))
  (data $data "1234")
  (elem $elements funcref)
  (type $functions (array (mut funcref)))
  (func (export "excessive") (param (ref $numbers) (ref $bytes) (ref $functions) (ref null $f))
    ;; 65 times: (loop
    (array.fill $numbers (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3))
    (array.fill $bytes (local.get 1) (i32.const 1) (i32.const 2) (i32.const 3))
    (array.copy $numbers $numbers (local.get 0) (i32.const 1) (local.get 0) (i32.const 2) (i32.const 3))
    (array.init_data $bytes $data (local.get 1) (i32.const 1) (i32.const 2) (i32.const 3))
    (array.init_elem $functions $elements (local.get 2) (i32.const 1) (i32.const 2) (i32.const 3))
    (local.set 1 (array.new_data $bytes $data (i32.const 1) (i32.const 2)))
    (local.set 2 (array.new_elem $functions $elements (i32.const 1) (i32.const 2)))
    (call_ref $f (local.get 3))
    ;; 65 times: )
    ))
