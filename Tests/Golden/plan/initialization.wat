;; Objects in constant expressions are made when the instance is initialised; i31 and null are constants.
;; show: functions globals segments
(module
  (type $a (array i32))
  (global $made (ref $a) (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))
  (global $i31 (mut i31ref) (ref.i31 (i32.const 3)))
  (table $t 2 (ref null $a) (array.new_default $a (i32.const 5)))
  (elem $passive (ref $a) (item (global.get $made)) (item (array.new_default $a (i32.const 4))))
  (elem (table $t) (i32.const 1) (ref $a) (item (global.get $made)))
  (memory 1)
  (data (i32.const 8) "8")
  (func (export "get") (param i32) (result i32)
    (table.init $t $passive (i32.const 0) (i32.const 1) (i32.const 1))
    (i32.add (array.get $a (global.get $made) (i32.const 0))
      (i32.add (array.len (table.get $t (i32.const 0))) (i31.get_u (global.get $i31))))))
