;; A table that nothing changes is constant data without a size beside it: an import compares with the size that it has.

(module $small (table (export "t") 0 funcref) (func (export "f")))
(register "small" $small)
(assert_unlinkable (module (import "small" "t" (table 1 funcref))) "incompatible import type")
(module (import "small" "t" (table 0 funcref)))

(module $filled (table (export "t") funcref (elem $f $f $f)) (func $f (export "f")))
(register "filled" $filled)
(module (import "filled" "t" (table 3 funcref)))
(assert_unlinkable (module (import "filled" "t" (table 4 funcref))) "incompatible import type")
(module (import "filled" "t" (table 3 4 funcref)))
(assert_unlinkable (module (import "small" "t" (table 0 4 funcref))) "incompatible import type")
(assert_unlinkable (module (import "filled" "t" (table 0x10000000 funcref))) "incompatible import type")

;; One that grows has the size that it has grown to.
(module $growing
  (table $t (export "t") 1 funcref)
  (func (export "grow") (result i32) (table.grow $t (ref.null func) (i32.const 2))))
(register "growing" $growing)
(assert_unlinkable (module (import "growing" "t" (table 3 funcref))) "incompatible import type")
(assert_return (invoke $growing "grow") (i32.const 1))
(module (import "growing" "t" (table 3 funcref)))
(assert_unlinkable (module (import "growing" "t" (table 4 funcref))) "incompatible import type")
