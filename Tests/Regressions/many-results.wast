;; Functions of many results: from 16 on they go through memory, in programs with tail calls from what fits no register.

(module $definer
  (type $many (func (param i32) (result
    i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 v128 funcref)))
  (memory 1)
  (func $many (export "many") (type $many)
    (i32.add (local.get 0) (i32.const 1)) (i64.const 2) (f32.const 3) (f64.const 4)
    (i32.const 5) (i64.const 6) (f32.const 7) (f64.const 8)
    (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12)
    (i32.const 13) (i64.const 14) (f32.const 15) (v128.const i32x4 16 17 18 19) (ref.func $many))
  (elem declare func $many)
  (table funcref (elem $many))

  ;; The last but two of what a call of $many gives, and the first.
  (func $pick (type $many) (call $many (local.get 0)))
  (func (export "direct") (param i32) (result i32 f32)
    (local $lane i32)
    (call $many (local.get 0)) drop (local.set $lane (i32x4.extract_lane 2)) drop drop drop drop drop drop drop drop
    drop drop drop drop drop drop
    (f32.convert_i32_s (local.get $lane)))
  (func (export "indirect") (param i32) (result i32)
    (call_indirect (type $many) (local.get 0) (i32.const 0))
    drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop)
  (func (export "by-reference") (param i32) (result i32)
    (call_ref $many (local.get 0) (ref.func $many))
    drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop)
  (func (export "passed-on") (type $many) (call $pick (local.get 0)))

  ;; A result that nobody wants is computed all the same.
  (func $load (param i32) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8)
    (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12) (i32.const 13) (i32.const 14) (i32.const 15)
    (i32.load (local.get 0)))
  (func (export "dropped") (param i32) (result i32)
    (call $load (local.get 0)) drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop)

  ;; The loop's values are many, too.
  (func (export "in-a-loop") (param i32) (result i32)
    (local $sum i32)
    (loop $again
      (call $many (local.get 0)) drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop
      (local.set $sum (i32.add (local.get $sum)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $sum)))

(register "definer")

(assert_return (invoke "direct" (i32.const 41)) (i32.const 42) (f32.const 18))
(assert_return (invoke "indirect" (i32.const 41)) (i32.const 42))
(assert_return (invoke "by-reference" (i32.const 41)) (i32.const 42))
(assert_return (invoke "in-a-loop" (i32.const 3)) (i32.const 9))
(assert_return (invoke "many" (i32.const 0))
  (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5) (i64.const 6) (f32.const 7) (f64.const 8)
  (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12) (i32.const 13) (i64.const 14) (f32.const 15)
  (v128.const i32x4 16 17 18 19) (ref.func))
(assert_return (invoke "passed-on" (i32.const -1))
  (i32.const 0) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5) (i64.const 6) (f32.const 7) (f64.const 8)
  (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12) (i32.const 13) (i64.const 14) (f32.const 15)
  (v128.const i32x4 16 17 18 19) (ref.func))
(assert_return (invoke "dropped" (i32.const 0)) (i32.const 1))
(assert_trap (invoke "dropped" (i32.const 65533)) "out of bounds memory access")

;; Across modules, and handed on by tail calls.

(module
  (type $many (func (param i32) (result
    i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 v128 funcref)))
  (import "definer" "many" (func $many (type $many)))
  (func (export "imported") (param i32) (result i32)
    (call $many (local.get 0)) drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop)
  (func (export "handed-on") (type $many)
    (return_call $many (local.get 0)))
  (func (export "seventeen") (param i32 i32) (result
    i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1)
    (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1)
    (local.get 1))
  (func (export "exported-again") (result i32 i32)
    (call $many (i32.const 6)) drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop drop
    (i32.const 1)))

(assert_return (invoke "imported" (i32.const 1)) (i32.const 2))
(assert_return (invoke "handed-on" (i32.const 9))
  (i32.const 10) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5) (i64.const 6) (f32.const 7) (f64.const 8)
  (i32.const 9) (i64.const 10) (f32.const 11) (f64.const 12) (i32.const 13) (i64.const 14) (f32.const 15)
  (v128.const i32x4 16 17 18 19) (ref.func))
(assert_return (invoke "seventeen" (i32.const 1) (i32.const 7))
  (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7)
  (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7) (i32.const 7)
  (i32.const 7))
(assert_return (invoke "exported-again") (i32.const 7) (i32.const 1))
