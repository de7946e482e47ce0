;; only: br i1
;; Hints of `if` and `br_if` become branch weights.
(module
  (func (export "likely") (param i32) (result i32)
    local.get 0
    (@metadata.code.branch_hint "\01")
    if (result i32)
      i32.const 1
    else
      i32.const 2
    end)
  (func (export "unlikely") (param i32) (result i32)
    block
      local.get 0
      (@metadata.code.branch_hint "\00")
      br_if 0
      i32.const 3
      return
    end
    i32.const 4)
  (func (export "none") (param i32) (result i32)
    local.get 0
    if (result i32)
      i32.const 1
    else
      i32.const 2
    end))
