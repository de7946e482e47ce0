;; Vector instructions that know no lanes.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#vector-instructions
(module
  (func (export "v128.not") (param v128) (result v128) (v128.not (local.get 0)))
  (func (export "v128.and") (param v128 v128) (result v128) (v128.and (local.get 0) (local.get 1)))
  (func (export "v128.andnot") (param v128 v128) (result v128) (v128.andnot (local.get 0) (local.get 1)))
  (func (export "v128.or") (param v128 v128) (result v128) (v128.or (local.get 0) (local.get 1)))
  (func (export "v128.xor") (param v128 v128) (result v128) (v128.xor (local.get 0) (local.get 1)))
  (func (export "v128.bitselect") (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (local.get 2)))
  (func (export "v128.any_true") (param v128) (result i32) (v128.any_true (local.get 0)))
)

(assert_return
  (invoke "v128.not" (v128.const i32x4 1 -1 0x7fffffff 0x80000000))
  (v128.const i32x4 -2 0 0x80000000 0x7fffffff))
(assert_return (invoke "v128.not" (v128.const i32x4 2 -1 1 -1)) (v128.const i32x4 -3 0 -2 0))

(assert_return
  (invoke "v128.and" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 0 -1 1 0x80000000))
(assert_return
  (invoke "v128.and" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 3 1 100000 -131072))

(assert_return
  (invoke "v128.andnot" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 1 0 0x7ffffffe 0))
(assert_return
  (invoke "v128.andnot" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 4 -8 0 31072))

(assert_return
  (invoke "v128.or" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 3 -1 0x7fffffff -1))
(assert_return
  (invoke "v128.or" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 7 -5 100000 -34464))

(assert_return
  (invoke "v128.xor" (v128.const i32x4 1 -1 0x7fffffff 0x80000000) (v128.const i32x4 2 -1 1 -1))
  (v128.const i32x4 3 0 0x7ffffffe 0x7fffffff))
(assert_return
  (invoke "v128.xor" (v128.const i32x4 7 -7 100000 -100000) (v128.const i32x4 3 3 100000 -65536))
  (v128.const i32x4 4 -6 0 96608))

(assert_return
  (invoke "v128.bitselect"
    (v128.const i32x4 1 -1 0x7fffffff 0x80000000)
    (v128.const i32x4 2 -1 1 -1)
    (v128.const i32x4 0xff00ff 0xff00ff 0xff00ff 0xff00ff))
  (v128.const i32x4 1 -1 0xff00ff 0xff00ff00))
(assert_return
  (invoke "v128.bitselect"
    (v128.const i32x4 2 -1 1 -1)
    (v128.const i32x4 1 -1 0x7fffffff 0x80000000)
    (v128.const i32x4 0xff00ff 0xff00ff 0xff00ff 0xff00ff))
  (v128.const i32x4 2 -1 0x7f00ff01 0x80ff00ff))

(assert_return (invoke "v128.any_true" (v128.const i32x4 0 0 0 0)) (i32.const 0))
(assert_return (invoke "v128.any_true" (v128.const i32x4 0 0 8192 0)) (i32.const 1))
