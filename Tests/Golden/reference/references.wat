;; show: functions data
(module (elem declare func $f)
  (func $f)
  (func (export "func") (result funcref) (ref.func $f))
  (func (export "is_null") (param externref) (result i32) (ref.is_null (local.get 0)))
  (func (export "non_null") (param funcref) (drop (ref.as_non_null (local.get 0))))
  (func (export "branch") (param funcref) (result i32)
    (block $null (br_on_null $null (local.get 0)) (drop) (return (i32.const 1))) (i32.const 0)))
