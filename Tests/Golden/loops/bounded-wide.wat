;; options: -O2 --target-cpu x86-64-v2
;; only: define|_inside|rounds|fast|trap|inttoptr i64 %|= (load|f?add|f?mul) <|store <
;; In a 64-bit memory, too: three arrays, and one that lies in what the memory begins with, which needs no test.
(module (memory i64 32)
  (func (export "grow") (drop (memory.grow (i64.const 1))))
  (func (export "sums") (param $a i64) (param $b i64) (param $c i64) (param $n i64)
    (loop
      (i32.store (local.get $c) (i32.add (i32.load (local.get $a)) (i32.load (local.get $b))))
      (local.set $a (i64.add (local.get $a) (i64.const 4)))
      (local.set $b (i64.add (local.get $b) (i64.const 4)))
      (local.set $c (i64.add (local.get $c) (i64.const 4)))
      (br_if 0 (i64.ne (local.tee $n (i64.add (local.get $n) (i64.const -1))) (i64.const 0)))))
  (func (export "fill") (local $p i64)
    (loop
      (i32.store offset=1024 (local.get $p) (i32.const 7))
      (local.set $p (i64.add (local.get $p) (i64.const 4)))
      (br_if 0 (i64.ne (local.get $p) (i64.const 4096))))))
