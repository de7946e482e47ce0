;; More results than registers are written where the caller says, in a slot of its entry block.
(module
  (func $nine (result i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8)
    (i64.const 9))
  (func (export "last of nine") (result i64) (local i64)
    (call $nine) (local.set 0) (drop) (drop) (drop) (drop) (drop) (drop) (drop) (drop) (local.get 0)))
