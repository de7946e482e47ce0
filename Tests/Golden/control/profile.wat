;; What was counted: weights of branches in place of the hint's, entries, direct calls of frequent callees; a function that
;; never ran is cold.
;; profile: profile.profile
;; options: --invoke f
(module
  (type $op (func (param i32) (result i32)))
  (table 3 funcref)
  (elem (i32.const 0) func $inc $dec $never)
  (func $inc (type $op) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $op) (i32.sub (local.get 0) (i32.const 1)))
  (func $never (type $op) (local.get 0))
  (func $f (export "f") (param i32) (result i32)
    (loop $l
      (@metadata.code.branch_hint "\00")
      (if (i32.and (local.get 0) (i32.const 7)) (then (local.set 0 (call_indirect (type $op) (local.get 0)
        (i32.and (i32.eqz (i32.rem_u (local.get 0) (i32.const 50))) (i32.const 1))))))
      (block $a (block $b (block $c (br_table $a $b $a $c (local.get 0)))))
      (local.set 0 (i32.add (local.get 0) (i32.const 3)))
      (br_if $l (i32.lt_u (local.get 0) (i32.const 1000))))
    (local.get 0)))
