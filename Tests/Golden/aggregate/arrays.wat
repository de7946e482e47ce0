;; Elements of an array lie behind its length. The null check comes before the bounds check.
(module
  (type $i16 (array (mut i16)))
  (type $v128 (array (mut v128)))
  (func (export "new_default") (param i32) (result (ref $i16)) (array.new_default $i16 (local.get 0)))
  (func (export "new_fixed") (param i32) (result (ref $i16)) (array.new_fixed $i16 2 (local.get 0) (i32.const 7)))
  (func (export "get_s") (param (ref null $i16) i32) (result i32) (array.get_s $i16 (local.get 0) (local.get 1)))
  (func (export "get_u") (param (ref null $i16) i32) (result i32) (array.get_u $i16 (local.get 0) (local.get 1)))
  (func (export "get") (param (ref null $v128) i32) (result v128) (array.get $v128 (local.get 0) (local.get 1)))
  (func (export "set") (param (ref null $i16) i32 i32) (array.set $i16 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "len") (param arrayref) (result i32) (array.len (local.get 0))))
