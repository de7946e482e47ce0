;; Objects in the threads of a script: each has a heap of its own, of one space.

(module $shared (memory (export "memory") 1 1 shared))

(module $main
  (type $node (struct (field $next (ref null $node)) (field $value i32)))
  (type $bytes (array (mut i8)))
  (global $first (mut (ref null $node)) (struct.new $node (ref.null $node) (i32.const 1)))
  (table $t 1 (ref null $node))
  (func (export "push") (param $count i32)
    (loop $again
      (global.set $first (struct.new $node (global.get $first) (local.get $count)))
      (table.set $t (i32.const 0) (struct.new $node (table.get $t (i32.const 0)) (local.get $count)))
      (drop (array.new_default $bytes (i32.const 1000)))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func (export "sum") (result i32) (local $node (ref null $node)) (local $sum i32)
    (local.set $node (global.get $first))
    (block $end
      (loop $again
        (br_if $end (ref.is_null (local.get $node)))
        (local.set $sum (i32.add (local.get $sum) (struct.get $node $value (local.get $node))))
        (local.set $node (struct.get $node $next (local.get $node)))
        (br $again)))
    (local.get $sum)))
(invoke "push" (i32.const 100))

(thread $T1 (shared (module $shared))
  (register "shared" $shared)
  (module
    (type $bytes (array (mut i8)))
    (type $list (struct (field (ref null $list)) (field i32)))
    (memory (import "shared" "memory") 1 1 shared)
    (global $kept (mut (ref null $list)) (ref.null $list))
    (table $t 1 1000 (ref null $list))
    (func (export "churn") (param $count i32) (result i32)
      (loop $again
        (global.set $kept (struct.new $list (global.get $kept) (local.get $count)))
        (drop (table.grow $t (global.get $kept) (i32.const 1)))
        (drop (array.new $bytes (i32.const 1) (i32.const 3000)))
        (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
      (struct.get $list 1 (table.get $t (i32.sub (table.size $t) (i32.const 1))))))
  (assert_return (invoke "churn" (i32.const 500)) (i32.const 1)))

(thread $T2 (shared (module $shared))
  (register "shared" $shared)
  (module
    (type $box (struct (field i64)))
    (memory (import "shared" "memory") 1 1 shared)
    (tag $e (param (ref $box)))
    (func $throw (param i64) (throw $e (struct.new $box (local.get 0))))
    (func (export "catch") (param $count i64) (result i64) (local $sum i64)
      (loop $again
        (local.set $sum (i64.add (local.get $sum) (struct.get $box 0
          (block $h (result (ref $box))
            (try_table (catch $e $h) (call $throw (local.get $count)))
            (unreachable)))))
        (br_if $again (i64.ne (i64.const 0) (local.tee $count (i64.sub (local.get $count) (i64.const 1))))))
      (local.get $sum)))
  (assert_return (invoke "catch" (i64.const 500)) (i64.const 125250)))

(assert_return (invoke "sum") (i32.const 5051))
(invoke "push" (i32.const 200))
(wait $T1)
(wait $T2)
(assert_return (invoke "sum") (i32.const 25151))
