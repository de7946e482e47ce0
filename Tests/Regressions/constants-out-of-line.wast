;; Constants of a function that has too much of one thing to be optimised (here loops in loops) are made of integers.
(module
  (func (export "f32-0") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const nan:0x200001))
  (func (export "f32-1") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const -nan:0x400000))
  (func (export "f32-2") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const -0))
  (func (export "f32-3") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const 0x1.fffffep+127))
  (func (export "f32-4") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const 0x1p-149))
  (func (export "f32-5") (result f32)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f32.const 1.1))
  (func (export "f64-0") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const nan:0x4000000000001))
  (func (export "f64-1") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const -nan))
  (func (export "f64-2") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const -0))
  (func (export "f64-3") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const 0x1.fffffffffffffp+1023))
  (func (export "f64-4") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const 0x1p-1074))
  (func (export "f64-5") (result f64)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (f64.const 1.1))
  (func (export "v128") (result v128)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 255))
  (func (export "shuffle") (result v128)
    (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop (loop 
    ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) (i8x16.swizzle (v128.const i32x4 0x03020100 0x07060504 0x0b0a0908 0x0f0e0d0c)
      (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 16))))
(assert_return (invoke "f32-0") (f32.const nan:0x200001))
(assert_return (invoke "f32-1") (f32.const -nan:0x400000))
(assert_return (invoke "f32-2") (f32.const -0))
(assert_return (invoke "f32-3") (f32.const 0x1.fffffep+127))
(assert_return (invoke "f32-4") (f32.const 0x1p-149))
(assert_return (invoke "f32-5") (f32.const 1.1))
(assert_return (invoke "f64-0") (f64.const nan:0x4000000000001))
(assert_return (invoke "f64-1") (f64.const -nan))
(assert_return (invoke "f64-2") (f64.const -0))
(assert_return (invoke "f64-3") (f64.const 0x1.fffffffffffffp+1023))
(assert_return (invoke "f64-4") (f64.const 0x1p-1074))
(assert_return (invoke "f64-5") (f64.const 1.1))
(assert_return (invoke "v128") (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 255))
(assert_return (invoke "shuffle") (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0))
