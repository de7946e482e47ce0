;; options: -O2 --target-cpu x86-64-v2 --bounds explicit
;; only: define|_inside|is_below|is_above|rounds|fast|trap|inttoptr i64 %|= (load|f?add|f?mul) <|store <
;; Where bounds are compared, a loop whose accesses are known in front of it has a copy without compares behind one test: up,
;; down, where only the range of an index is known, and with a way out of its own. One whose addresses are loaded has none, nor
;; has one whose memory may grow in it.
(module (memory 32)
  (func (export "grow") (drop (memory.grow (i32.const 1))))
  (func (export "product") (param $b i32) (param $c i32) (param $n i32) (param $a f64)
    (loop
      (f64.store (local.get $c) (f64.add (f64.load (local.get $c)) (f64.mul (local.get $a) (f64.load (local.get $b)))))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (local.set $c (i32.add (local.get $c) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1))))))
  (func (export "down") (param $c i32) (param $n i32) (param $a i32)
    (loop
      (i32.store offset=16 (local.get $c) (i32.mul (i32.load offset=16 (local.get $c)) (local.get $a)))
      (local.set $c (i32.sub (local.get $c) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1))))))
  (func (export "histogram") (param $b i32) (param $n i32) (local $p i32)
    (loop
      (local.set $p (i32.shl (i32.load8_u (local.get $b)) (i32.const 2)))
      (i32.store offset=1024 (local.get $p) (i32.add (i32.load offset=1024 (local.get $p)) (i32.const 1)))
      (local.set $b (i32.add (local.get $b) (i32.const 1)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1))))))
  (func (export "search") (param $b i32) (param $n i32) (param $x i32) (result i32)
    (block (loop
      (br_if 1 (i32.eq (i32.load8_u (local.get $b)) (local.get $x)))
      (local.set $b (i32.add (local.get $b) (i32.const 1)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1))))))
    (local.get $b))
  (func (export "list") (param $p i32) (result i32) (local $sum i32)
    (loop
      (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $p))))
      (br_if 0 (local.tee $p (i32.load (local.get $p)))))
    (local.get $sum))
  (func (export "growing") (param $c i32) (param $n i32)
    (loop
      (i32.store (local.get $c) (memory.grow (i32.const 0)))
      (local.set $c (i32.add (local.get $c) (i32.const 4)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -1)))))))
