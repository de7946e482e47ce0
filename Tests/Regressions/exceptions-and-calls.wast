;; Exceptions through every kind of call: what callers keep in registers, on the stack and in memory is as it was.
(module $tags
  (tag $shared (export "shared") (param i32 i64))
  (tag $other (export "other") (param i32 i64))
  (func (export "throw") (param i32 i64) (throw $shared (local.get 0) (local.get 1)))
  (func (export "throw-other") (param i32 i64) (throw $other (local.get 0) (local.get 1))))
(register "tags" $tags)
;; The same module again: its tags are others.
(module $again
  (tag $shared (export "shared") (param i32 i64))
  (func (export "throw") (param i32 i64) (throw $shared (local.get 0) (local.get 1))))
(register "again" $again)
(module
  (type $binary (func (param i32 i64)))
  (tag $shared (import "tags" "shared") (param i32 i64))
  (tag $alias (import "tags" "shared") (param i32 i64))
  (tag $other (import "tags" "other") (param i32 i64))
  (func $throw (import "tags" "throw") (type $binary))
  (func $throw-other (import "tags" "throw-other") (type $binary))
  (func $throw-again (import "again" "throw") (type $binary))
  (tag $local (param i32 i64))
  (tag $all (param i32 i64 f32 f64 v128))
  (table 5 funcref)
  (elem (i32.const 0) $throw $throw-other $throw-again $throw-local $nothing)
  (func $nothing (type $binary))
  (func $throw-local (type $binary) (throw $local (local.get 0) (local.get 1)))
  ;; 1: shared, 2: other, 3: local, 4: anything else, 0: nothing.
  (func (export "which") (param i32) (result i32)
    (block $shared (result i32 i64)
      (block $other (result i32 i64)
        (block $local (result i32 i64)
          (block $rest
            (try_table (catch $local $local) (catch $other $other) (catch $alias $shared) (catch_all $rest)
              (call_indirect (type $binary) (i32.const 7) (i64.const 8) (local.get 0)))
            (return (i32.const 0)))
          (return (i32.const 4)))
        (drop) (drop) (return (i32.const 3)))
      (drop) (drop) (return (i32.const 2)))
    (drop) (drop) (i32.const 1))
  (func $id (param i64) (result i64) (local.get 0))
  (func $raise (param i32) (result i64)
    (if (local.get 0) (then (throw $local (local.get 0) (i64.const 5))))
    (i64.const 100))
  ;; More values than there are registers live across a call that throws and one that does not.
  (func (export "many") (param i32) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 f64 f64 v128)
    (local.set 1 (call $id (i64.const 1))) (local.set 2 (call $id (i64.const 2)))
    (local.set 3 (call $id (i64.const 4))) (local.set 4 (call $id (i64.const 8)))
    (local.set 5 (call $id (i64.const 16))) (local.set 6 (call $id (i64.const 32)))
    (local.set 7 (call $id (i64.const 64))) (local.set 8 (call $id (i64.const 128)))
    (local.set 9 (call $id (i64.const 256))) (local.set 10 (call $id (i64.const 512)))
    (local.set 11 (f64.convert_i64_s (call $id (i64.const 1024))))
    (local.set 12 (f64.convert_i64_s (call $id (i64.const 2048))))
    (local.set 13 (i64x2.splat (call $id (i64.const 4096))))
    (block $caught (result i32 i64)
      (try_table (catch $local $caught)
        (local.set 1 (call $raise (local.get 0)))
        (local.set 2 (call $raise (i32.mul (local.get 0) (i32.const 0)))))
      (i32.const 0) (i64.const 0))
    (local.set 10 (i64.add (local.get 10)))
    (drop)
    (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3) (i64.add (local.get 4) (i64.add (local.get 5)
    (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9) (i64.add (local.get 10)
    (i64.add (i64.trunc_f64_s (f64.add (local.get 11) (local.get 12)))
      (i64x2.extract_lane 1 (local.get 13))))))))))))))
  ;; Values below the handler's on the operand stack.
  (func (export "below") (param i32) (result i64) (local i64)
    (call $id (i64.const 1000))
    (block $caught (result i32 i64)
      (try_table (catch $local $caught) (drop (call $raise (local.get 0))))
      (i32.const 1) (i64.const 2))
    (local.set 1) (i64.extend_i32_u) (i64.add) (i64.mul (local.get 1)))
  (func $throw-all (param i32)
    (throw $all (local.get 0) (i64.const -2) (f32.const 0.25) (f64.const -0.5) (v128.const i32x4 1 2 3 4)))
  (func (export "payload") (param i32) (result i32 i64 f32 f64 v128)
    (block $caught (result i32 i64 f32 f64 v128)
      (try_table (catch $all $caught) (call $throw-all (local.get 0)))
      (unreachable)))
  ;; What the callee wrote before it threw is there; a trap is not caught.
  (memory 1)
  (global $state (mut i32) (i32.const 0))
  (func $write (param i32)
    (i32.store (i32.const 8) (local.get 0))
    (global.set $state (i32.const 11))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $local (i32.const 0) (i64.const 0))))
    (i32.store (i32.const 8) (i32.const 99))
    (global.set $state (i32.const 12))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (unreachable))))
  (func (export "state") (param i32) (result i32)
    (global.set $state (i32.const 0))
    (i32.store (i32.const 8) (i32.const 0))
    (block $caught (try_table (catch_all $caught) (call $write (local.get 0))))
    (i32.add (i32.mul (global.get $state) (i32.const 100)) (i32.load (i32.const 8))))
  ;; A load outside of memory traps, and an exception behind it does not come first.
  (func $always (throw $local (i32.const 1) (i64.const 1)))
  (func (export "load-then-throw") (param i32) (result i32) (local i32)
    (block $caught
      (try_table (catch_all $caught)
        (local.set 1 (i32.load (local.get 0)))
        (call $always)
        (i32.store (i32.const 0) (local.get 1))))
    (i32.const 5))
  (func (export "load-then-maybe") (param i32 i32) (result i32) (local i32)
    (local.set 2 (i32.load (local.get 0)))
    (block $caught
      (try_table (catch_all $caught)
        (drop (call $raise (local.get 1)))
        (return (local.get 2))))
    (i32.const 6)))
(assert_return (invoke "which" (i32.const 0)) (i32.const 1))
(assert_return (invoke "which" (i32.const 1)) (i32.const 2))
(assert_return (invoke "which" (i32.const 2)) (i32.const 4))
(assert_return (invoke "which" (i32.const 3)) (i32.const 3))
(assert_return (invoke "which" (i32.const 4)) (i32.const 0))
(assert_trap (invoke "which" (i32.const 5)) "undefined element")
(assert_return (invoke "many" (i32.const 0)) (i64.const 8388))
(assert_return (invoke "many" (i32.const 9)) (i64.const 8196))
(assert_return (invoke "below" (i32.const 0)) (i64.const 2002))
(assert_return (invoke "below" (i32.const 7)) (i64.const 5035))
(assert_return (invoke "payload" (i32.const 3))
  (i32.const 3) (i64.const -2) (f32.const 0.25) (f64.const -0.5) (v128.const i32x4 1 2 3 4))
(assert_return (invoke "state" (i32.const 0)) (i32.const 1299))
(assert_return (invoke "state" (i32.const 1)) (i32.const 1101))
(assert_trap (invoke "state" (i32.const 2)) "unreachable")
(assert_return (invoke "load-then-throw" (i32.const 0)) (i32.const 5))
(assert_trap (invoke "load-then-throw" (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke "load-then-maybe" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_return (invoke "load-then-maybe" (i32.const 0) (i32.const 1)) (i32.const 6))
(assert_trap (invoke "load-then-maybe" (i32.const 65536) (i32.const 1)) "out of bounds memory access")
(assert_exception (invoke $tags "throw" (i32.const 1) (i64.const 2)))

;; Handlers without number: more tags than a landing pad names, and more handlers than one looks through.
(module
  (tag $0) (tag $1) (tag $2) (tag $3) (tag $4) (tag $5) (tag $6) (tag $7) (tag $8) (tag $9) (tag $10) (tag $11)
  (tag $12) (tag $13) (tag $14) (tag $15) (tag $16) (tag $17) (tag $18) (tag $19)
  (func $raise (param i32)
    (block $19 (block $18 (block $17 (block $0 (br_table $0 $17 $18 $19 (local.get 0)))
      (throw $0)) (throw $17)) (throw $18)) (throw $19))
  (func $among (param i32) (result i32)
    (block $rest (block $hit
      (try_table (catch $1 $rest) (catch $2 $rest) (catch $3 $rest) (catch $4 $rest) (catch $5 $rest) (catch $6 $rest)
        (catch $7 $rest) (catch $8 $rest) (catch $9 $rest) (catch $10 $rest) (catch $11 $rest) (catch $12 $rest)
        (catch $13 $rest) (catch $14 $rest) (catch $15 $rest) (catch $16 $rest) (catch $18 $hit) (catch $17 $rest)
        (call $raise (local.get 0)))
      (unreachable))
      (return (i32.const 1)))
    (i32.const 2))
  (func (export "among") (param i32) (result i32) (call $among (local.get 0)))
  (func (export "around") (param i32) (result i32)
    (block $caught (try_table (catch $19 $caught) (return (call $among (local.get 0))))) (i32.const 3)))
(assert_return (invoke "among" (i32.const 1)) (i32.const 2))
(assert_return (invoke "among" (i32.const 2)) (i32.const 1))
(assert_exception (invoke "among" (i32.const 0)))
(assert_exception (invoke "among" (i32.const 3)))
(assert_return (invoke "around" (i32.const 3)) (i32.const 3))
(assert_exception (invoke "around" (i32.const 0)))
(module
  (tag $e (param i32)) (tag $inner)
  (func $raise (param i32) (if (local.get 0) (then (throw $e (local.get 0)))))
  (func $raise-inner (throw $inner))
  (func (export "deep") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $e $caught)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (block (try_table (catch $inner 0)
        (call $raise (local.get 0))
        (throw $e (i32.const 77))
        ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
      )
      (unreachable)))
  (func (export "deep-legacy") (param i32) (result i32)
    (try (result i32)
      (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (try (do
        (call $raise (local.get 0))
        (throw $e (i32.const 78))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        ) (catch $inner))
        
        (unreachable))
      (catch $e))))
(assert_return (invoke "deep" (i32.const 5)) (i32.const 5))
(assert_return (invoke "deep" (i32.const 0)) (i32.const 77))
(assert_return (invoke "deep-legacy" (i32.const 6)) (i32.const 6))
(assert_return (invoke "deep-legacy" (i32.const 0)) (i32.const 78))

;; A start function that throws ends instantiation.
(module $starts
  (tag $e) (global $ran (export "ran") (mut i32) (i32.const 0))
  (func $start
    (block $caught (try_table (catch $e $caught) (throw $e)))
    (global.set $ran (i32.const 1)))
  (start $start))
(assert_return (get "ran") (i32.const 1))
