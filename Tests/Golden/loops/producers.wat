;; options: -O2 --target-cpu x86-64-v2
;; only: define|reroll|is_below|is_above|= inttoptr|= load <|store <|= load volatile
;; Loops as producers emit them, and what becomes of each: Go's index of 64 bits, which is wrapped for each access; rustc's
;; index beside the end of a slice, with a panic inside; Zig's bytes, by four; a sum that counts down; a sum by three with one
;; result; elements from last to first; a table that is indexed by bytes; a factor that is loaded in each round and that
;; a store may change; a load whose value only the last round needs.
(module (memory 32)
  (func (export "Go") (param $p i64) (param $q i64) (param $n i64) (local $i i64)
    (loop
      (f64.store (i32.wrap_i64 (i64.add (local.get $q) (i64.shl (local.get $i) (i64.const 3))))
        (f64.mul (f64.const 3) (f64.load (i32.wrap_i64 (i64.add (local.get $p) (i64.shl (local.get $i) (i64.const 3)))))))
      (br_if 0 (i64.lt_s (local.tee $i (i64.add (local.get $i) (i64.const 1))) (local.get $n)))))
  (func (export "rustc") (param $p i32) (param $length i32) (param $n i32) (local $i i32) (local $sum i32)
    (loop
      (if (i32.ge_u (local.get $i) (local.get $length)) (then unreachable))
      (local.set $sum
        (i32.add (local.get $sum) (i32.load (i32.add (local.get $p) (i32.shl (local.get $i) (i32.const 2))))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (i32.store (i32.const 0) (local.get $sum)))
  (func (export "Zig, bytes by four") (param $p i32) (param $q i32) (param $n i32)
    (local.set $n (i32.and (local.get $n) (i32.const -4)))
    (loop
      (i32.store8 (local.get $q) (i32.xor (i32.load8_u (local.get $p)) (i32.const 0x20)))
      (i32.store8 offset=1 (local.get $q) (i32.xor (i32.load8_u offset=1 (local.get $p)) (i32.const 0x20)))
      (i32.store8 offset=2 (local.get $q) (i32.xor (i32.load8_u offset=2 (local.get $p)) (i32.const 0x20)))
      (i32.store8 offset=3 (local.get $q) (i32.xor (i32.load8_u offset=3 (local.get $p)) (i32.const 0x20)))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (local.set $q (i32.add (local.get $q) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 4))))))
  (func (export "counts down") (param $p i32) (param $n i32) (local $sum i64)
    (loop
      (local.set $sum (i64.add (local.get $sum) (i64.load (local.get $p))))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.store (i32.const 0) (local.get $sum)))
  (func (export "by three, one result") (param $p i32) (param $n i32) (local $sum i32) (local $i i32)
    (loop
      (local.set $sum (i32.add (i32.load offset=16 (local.get $p)) (local.get $sum)))
      (local.set $sum (i32.add (i32.load offset=20 (local.get $p)) (local.get $sum)))
      (local.set $sum (i32.add (i32.load offset=24 (local.get $p)) (local.get $sum)))
      (local.set $p (i32.add (local.get $p) (i32.const 12)))
      (br_if 0 (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (i32.store (i32.const 0) (local.get $sum)))
  (func (export "backwards") (param $p i32) (param $q i32) (param $n i32)
    (loop
      (i32.store (local.get $q) (i32.mul (i32.load (local.get $p)) (i32.const 5)))
      (local.set $p (i32.sub (local.get $p) (i32.const 4)))
      (local.set $q (i32.sub (local.get $q) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "gather") (param $p i32) (param $n i32) (local $sum i32)
    (loop
      (local.set $sum (i32.add (local.get $sum)
        (i32.load offset=4096 (i32.shl (i32.load8_u (local.get $p)) (i32.const 2)))))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.store (i32.const 0) (local.get $sum)))
  (func (export "invariant load") (param $p i32) (param $q i32) (param $factor i32) (param $n i32)
    (loop
      (f64.store (local.get $q) (f64.mul (f64.load (local.get $p)) (f64.load (local.get $factor))))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (local.set $q (i32.add (local.get $q) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "last value") (param $p i32) (param $n i32) (result i32) (local $last i32)
    (loop
      (local.set $last (i32.load (local.get $p)))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $last)))
