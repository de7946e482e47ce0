;; options: -O2 --target-cpu x86-64-v2
;; only: define|reroll|is_below|is_above|wrapping|inttoptr i64 %|= (load|f?add|f?mul) <|store <|shufflevector
;; Loops that their producers have unrolled are vectorised as if they had not. What clang makes of `c[j] += a * b[j]`: by two,
;; with constants in `offset=`; of `c[j] *= b`: by five, from -n up to 0; of a sum of three neighbours: by two, with what
;; was loaded before carried on.
(module (memory 32)
  (func (export "by two, with offsets") (param $b i32) (param $c i32) (param $n i32) (param $a f64)
    (local.set $n (i32.and (local.get $n) (i32.const -2)))
    (loop
      (f64.store (local.get $c) (f64.add (f64.load (local.get $c)) (f64.mul (local.get $a) (f64.load (local.get $b)))))
      (f64.store offset=8 (local.get $c)
        (f64.add (f64.load offset=8 (local.get $c)) (f64.mul (local.get $a) (f64.load offset=8 (local.get $b)))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $c (i32.add (local.get $c) (i32.const 16)))
      (br_if 0 (local.tee $n (i32.add (local.get $n) (i32.const -2))))))
  (func (export "by five, up to zero") (param $c i32) (param $a f64) (local $i i32) (local $p i32)
    (local.set $i (i32.const -3200))
    (loop
      (local.set $p (i32.add (local.get $c) (local.get $i)))
      (f64.store (i32.add (local.get $p) (i32.const 3200)) (f64.mul (f64.load (i32.add (local.get $p) (i32.const 3200))) (local.get $a)))
      (f64.store (i32.add (local.get $p) (i32.const 3208)) (f64.mul (f64.load (i32.add (local.get $p) (i32.const 3208))) (local.get $a)))
      (f64.store (i32.add (local.get $p) (i32.const 3216)) (f64.mul (f64.load (i32.add (local.get $p) (i32.const 3216))) (local.get $a)))
      (f64.store (i32.add (local.get $p) (i32.const 3224)) (f64.mul (f64.load (i32.add (local.get $p) (i32.const 3224))) (local.get $a)))
      (f64.store (i32.add (local.get $p) (i32.const 3232)) (f64.mul (f64.load (i32.add (local.get $p) (i32.const 3232))) (local.get $a)))
      (br_if 0 (local.tee $i (i32.add (local.get $i) (i32.const 40))))))
  (func (export "neighbours, carried") (param $p i32) (local $x f64) (local $y f64) (local $i i32)
    (local.set $x (f64.load offset=8192 (i32.const 0)))
    (local.set $y (f64.load offset=8200 (i32.const 0)))
    (loop
      (f64.store offset=65536 (local.get $i)
        (f64.add (f64.add (local.get $x) (local.get $y)) (local.tee $x (f64.load offset=8208 (local.get $i)))))
      (f64.store offset=65544 (local.get $i)
        (f64.add (f64.add (local.get $y) (local.get $x)) (local.tee $y (f64.load offset=8216 (local.get $i)))))
      (br_if 0 (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 8000))))))
