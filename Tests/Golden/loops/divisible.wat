;; options: -O2 --target-cpu x86-64-v2
;; only: define|between|limit|reroll|counter|inttoptr i64 %|store <
;; A loop that was unrolled by 2, whose counter has to meet its limit: a test in front finds whether it does, and the loop is
;; counted, rolled up and made vectors of. Otherwise, and where it steps by what is neither odd nor a power of two, it runs as it
;; was.
(module (memory 1)
  (func (export "up") (param $p i32) (param $i i32) (param $n i32)
    (loop
      (f64.store (local.get $p) (f64.mul (f64.load (local.get $p)) (f64.const 3)))
      (f64.store offset=8 (local.get $p) (f64.mul (f64.load offset=8 (local.get $p)) (f64.const 3)))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (br_if 0 (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 2))) (local.get $n)))))
  (func (export "down") (param $p i32) (param $i i32) (param $n i32)
    (loop
      (f64.store (local.get $p) (f64.mul (f64.load (local.get $p)) (f64.const 3)))
      (f64.store offset=8 (local.get $p) (f64.mul (f64.load offset=8 (local.get $p)) (f64.const 3)))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (br_if 0 (i32.ne (local.tee $i (i32.sub (local.get $i) (i32.const 2))) (local.get $n)))))
  (func (export "by six") (param $p i32) (param $i i32) (param $n i32)
    (loop
      (f64.store (local.get $p) (f64.mul (f64.load (local.get $p)) (f64.const 3)))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if 0 (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 6))) (local.get $n))))))
