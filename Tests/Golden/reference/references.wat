;; show: functions references
;; A function reference is the address of type and code in constant data.
(module (elem declare func $f)
  (func $f)
  (func (export "ref.func") (result funcref) (ref.func $f))
  (func (export "ref.null") (result externref) (ref.null extern))
  (func (export "ref.is_null") (param externref) (result i32) (ref.is_null (local.get 0)))
  (func (export "ref.as_non_null") (param funcref) (result funcref) (ref.as_non_null (local.get 0))))
