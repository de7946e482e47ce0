;; options: -O2 --target-cpu x86-64-v2
;; only: define|phi|fmul|fadd|load
;; Four sums that are the lanes of a vector.
(module (memory 1)
  (func (export "sums") (param $p i32) (param $q i32) (param $n i32) (result f32)
    (local $s0 f32) (local $s1 f32) (local $s2 f32) (local $s3 f32)
    (loop
      (local.set $s0 (f32.add (local.get $s0) (f32.mul (f32.load offset=0 (local.get $p)) (f32.load offset=0 (local.get $q)))))
      (local.set $s1 (f32.add (local.get $s1) (f32.mul (f32.load offset=4 (local.get $p)) (f32.load offset=4 (local.get $q)))))
      (local.set $s2 (f32.add (local.get $s2) (f32.mul (f32.load offset=8 (local.get $p)) (f32.load offset=8 (local.get $q)))))
      (local.set $s3 (f32.add (local.get $s3) (f32.mul (f32.load offset=12 (local.get $p)) (f32.load offset=12 (local.get $q)))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (f32.store (i32.const 0) (f32.add (f32.add (local.get $s0) (local.get $s1)) (f32.add (local.get $s2) (local.get $s3))))
    (f32.const 1)))
