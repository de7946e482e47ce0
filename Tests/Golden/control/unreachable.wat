;; What cannot run is not lowered; blocks that nothing leads to are not there.
(module
  (func (export "unreachable") (result i32) unreachable)
  (func (export "behind br") (result i32)
    (block $out (br $out) (drop (i32.div_s (i32.const 1) (i32.const 0))) (block (loop nop)))
    (i32.const 1))
  (func (export "behind return") (param i32) (result i32)
    (if (local.get 0) (then (return (i32.const 1))) (else (return (i32.const 2))))
    (i32.const 3)))
