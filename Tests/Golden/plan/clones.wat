;; Versions for two levels of CPUs: a loop over memory has them, and code for a level calls that level's; everybody else calls
;; the name, which is a jump. What has no such loop has none.
;; options: --target-cpu x86-64-v2,v3 --invoke caller
(module
  (memory 1)
  (func $sum (param i32) (result i32) (local i32)
    (loop $l
      (local.set 1 (i32.add (local.get 1) (i32.load (local.get 0))))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))
    (local.get 1))
  (func $bits (param i32) (result i32)
    (loop $l (br_if $l (i32.popcnt (local.tee 0 (i32.shl (local.get 0) (i32.const 1))))))
    (call $sum (local.get 0)))
  (func $caller (export "caller") (param i32) (result i32) (i32.add (call $sum (local.get 0)) (call $bits (local.get 0)))))
