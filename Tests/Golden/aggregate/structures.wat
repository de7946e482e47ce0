;; An object comes cleared from the runtime. Fields lie at their natural alignment behind the header.
(module
  (type $s (struct (field (mut i8)) (field (mut i16)) (field (mut i32)) (field (mut i64)) (field (mut f32))
    (field (mut f64)) (field (mut v128)) (field (mut (ref null $s)))))
  (func (export "new") (param i32 i64 f32 f64 v128) (result (ref $s))
    (struct.new $s (local.get 0) (local.get 0) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
      (ref.null $s)))
  (func (export "new_default") (result (ref $s)) (struct.new_default $s))
  (func (export "get_s") (param (ref null $s)) (result i32) (struct.get_s $s 0 (local.get 0)))
  (func (export "get_u") (param (ref null $s)) (result i32) (struct.get_u $s 1 (local.get 0)))
  (func (export "get") (param (ref null $s)) (result v128) (struct.get $s 6 (local.get 0)))
  (func (export "get_reference") (param (ref null $s)) (result (ref null $s)) (struct.get $s 7 (local.get 0)))
  (func (export "set") (param (ref null $s) i64) (struct.set $s 3 (local.get 0) (local.get 1)))
  (func (export "set_packed") (param (ref null $s) i32) (struct.set $s 1 (local.get 0) (local.get 1))))
