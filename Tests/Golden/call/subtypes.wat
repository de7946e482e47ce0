;; A call through a table or reference takes every type below its own. A reference is a number, which is compared with
;; how many there are: it may come from the heap.
(module
  (type $f (sub (func)))
  (type $g (sub $f (func)))
  (type $box (struct (field (ref null $f))))
  (table $t 1 1 funcref)
  (table $changing 1 2 funcref)
  (elem (table $t) (i32.const 0) func $a)
  (elem declare func $b)
  (func $a (type $g))
  (func $b (type $f))
  (func (export "change") (table.set $changing (i32.const 0) (ref.func $b)))
  (func (export "constant") (param i32) (call_indirect $t (type $f) (local.get 0)))
  (func (export "changing") (param i32) (call_indirect $changing (type $f) (local.get 0)))
  (func (export "reference") (param (ref $box)) (call_ref $f (struct.get $box 0 (local.get 0)))))
