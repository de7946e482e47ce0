;; Types of two modules are compared by what they are and not by their index, which says nothing in another module.

(module $library
  (type (func))
  (type $number-to-number (func (param i64) (result i64)))
  (type $reference-to-reference (func (param funcref) (result funcref)))
  (func $number (type $number-to-number) (local.get 0))
  (func $reference (type $reference-to-reference) (local.get 0))
  (elem declare func $number $reference)
  (global (export "number") (ref $number-to-number) (ref.func $number))
  (global (export "nullable") (ref null $number-to-number) (ref.func $number))
  (global (export "variable") (mut (ref null $number-to-number)) (ref.func $number))
  (global (export "reference") (ref null $reference-to-reference) (ref.func $reference))
  (table (export "numbers") 2 (ref null $number-to-number))
  (func (export "function") (type $number-to-number) (i64.add (local.get 0) (i64.const 1))))
(register "library" $library)

;; The same index, another type.
(assert_unlinkable
  (module
    (type $fn (func))
    (type $forge (func (param i64) (result (ref null $fn))))
    (import "library" "nullable" (global (ref null $forge))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type (func))
    (type $forge (func (param i64) (result (ref null 0))))
    (import "library" "variable" (global (mut (ref null $forge)))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type (func))
    (type $leak (func (param funcref) (result i64)))
    (import "library" "numbers" (table 1 (ref null $leak))))
  "incompatible import type")
(assert_unlinkable
  (module (type (func)) (type $f (func (param i64) (result i32))) (import "library" "function" (func (type $f))))
  "incompatible import type")

;; Null may come; what can be written must be equal.
(assert_unlinkable
  (module
    (type $t (func (param i64) (result i64)))
    (import "library" "nullable" (global (ref $t))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type $t (func (param i64) (result i64)))
    (import "library" "variable" (global (mut (ref $t)))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "variable" (global (mut funcref))))
  "incompatible import type")
(assert_unlinkable
  (module (import "library" "numbers" (table 1 funcref)))
  "incompatible import type")

;; The same type under another index, and above it.
(module $other-index
  (type $padding (func (param f32)))
  (type $t (func (param i64) (result i64)))
  (import "library" "number" (global $number (ref $t)))
  (import "library" "nullable" (global $nullable (ref null $t)))
  (import "library" "variable" (global $variable (mut (ref null $t))))
  (import "library" "number" (global (ref func)))
  (import "library" "number" (global $wide funcref))
  (import "library" "reference" (global funcref))
  (import "library" "numbers" (table $numbers 1 (ref null $t)))
  (import "library" "function" (func $function (type $t)))
  (func $twice (type $t) (i64.mul (local.get 0) (i64.const 2)))
  (elem declare func $twice)
  (func (export "call") (param i64) (result i64)
    (global.set $variable (ref.func $twice))
    (table.set $numbers (i32.const 1) (global.get $number))
    (call_ref $t (call $function (local.get 0)) (global.get $variable))
    (i64.add (call_ref $t (local.get 0) (global.get $nullable)))
    (i64.add (call_indirect $numbers (type $t) (local.get 0) (i32.const 1))))
  (export "wide" (global $wide))
  (export "function" (func $function)))
(assert_return (invoke $other-index "call" (i64.const 5)) (i64.const 22))
(register "other-index" $other-index)

;; What is exported again keeps its own type, whatever it was imported as.
(module $again
  (type $t (func (param i64) (result i64)))
  (import "other-index" "wide" (global $wide (ref $t)))
  (import "other-index" "function" (func $function (type $t)))
  (func (export "call") (param i64) (result i64)
    (call_ref $t (call $function (local.get 0)) (global.get $wide))))
(assert_return (invoke $again "call" (i64.const 5)) (i64.const 6))
(assert_unlinkable
  (module
    (type $t (func (param i64)))
    (import "other-index" "wide" (global (ref $t))))
  "incompatible import type")
