;; preload: library=reference-library.wat
;; With several modules it is compared.
(module (type $t (func (param i32) (result i32)))
  (import "library" "g" (global $g (mut (ref null $t))))
  (func (export "call") (param i32) (result i32) (call_ref $t (local.get 0) (global.get $g))))
