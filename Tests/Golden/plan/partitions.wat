;; functions: first|last
;; Functions are divided among LLVM modules. What only its own module calls has an internal symbol.
(module
  (func $first (export "first") (call $only-first) (call $last))
  (func $only-first)
  ;; 1997 times: (func (export "#"))
  (func $only-last)
  (func $last (export "last") (call $only-last)))
