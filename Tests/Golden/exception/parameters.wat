;; options: --invoke few
;; In a program with tail calls and exceptions, parameters that find no register pass through the program's area.
(module
  (tag $e)
  (func $wide (export "wide") (param i64 i64 i64 i64 i64 i64 i64 i32) (result i64)
    (if (local.get 7) (then (throw $e)))
    (local.get 6))
  (func (export "few") (result i64)
    (return_call $wide (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (i32.const 7))))
