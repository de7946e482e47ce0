;; No flags: arithmetic wraps.
(module
  (func (export "i32.add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "i32.sub") (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
  (func (export "i32.mul") (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
  (func (export "i32.and") (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
  (func (export "i32.or") (param i32 i32) (result i32) (i32.or (local.get 0) (local.get 1)))
  (func (export "i32.xor") (param i32 i32) (result i32) (i32.xor (local.get 0) (local.get 1)))
  (func (export "i64.add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "i64.sub") (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func (export "i64.mul") (param i64 i64) (result i64) (i64.mul (local.get 0) (local.get 1)))
  (func (export "i64.and") (param i64 i64) (result i64) (i64.and (local.get 0) (local.get 1)))
  (func (export "i64.or") (param i64 i64) (result i64) (i64.or (local.get 0) (local.get 1)))
  (func (export "i64.xor") (param i64 i64) (result i64) (i64.xor (local.get 0) (local.get 1))))
