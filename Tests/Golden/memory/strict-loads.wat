;; options: -O1
;; A load that nobody needs is volatile after the pipeline, one that is needed is not.
(module (memory 1)
  (func (export "unused") (param i32) (drop (i32.load (local.get 0))))
  (func (export "used") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "narrow") (param i32) (result i32) (i32.and (i32.load (local.get 0)) (i32.const 255))))
