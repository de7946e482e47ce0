;; options: -O2
;; only: define|zext|getelementptr|store
;; A sum that an access shows not to wrap stays a sum where the new offset would be beyond those that a memory has behind it
;; what traps.
(module
  (memory 1)
  (func (export "grow") (drop (memory.grow (i32.const 1))))

  ;; Together 0x70000000 + 0xa0000000.
  (func (export "far") (param $p i32) (param $a i64)
    (i64.store offset=0xa0000000 (local.get $p) (local.get $a))
    (i64.store offset=0xa0000000 (i32.add (local.get $p) (i32.const 0x70000000)) (local.get $a)))

  ;; Together 0x70000000 + 0x80000000.
  (func (export "near") (param $p i32) (param $a i64)
    (i64.store offset=0xa0000000 (local.get $p) (local.get $a))
    (i64.store offset=0x80000000 (i32.add (local.get $p) (i32.const 0x70000000)) (local.get $a))))
