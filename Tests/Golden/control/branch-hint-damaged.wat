;; only: br i1
;; Hints are not validated: a value that is none, an offset without a branch, a function that is not there and a section
;; that ends too early leave the code as it is without them.
(module
  (@custom "metadata.code.branch_hint" "\04\00\01\03\01\05\00\01\02\01\01\09\01\03\01\01\00\07\03")
  (func (export "if") (param i32) (result i32)
    local.get 0
    if (result i32)
      i32.const 1
    else
      i32.const 2
    end))
