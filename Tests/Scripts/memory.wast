;; Loads and stores of numbers: extension, byte order, unaligned addresses, offsets, the end of the memory.
;; Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions
(module
  (memory 1)
  (data (i32.const 0) "\05\b0\d5\5c\9f\c4\33\8e\b3\0a\fd\a2\61"
    "\ec\91\38\db\80\0f\ca\ef\66\b9\de\3d\a8\cd\14\97\bc\6b\86")
  (func (export "i32.load") (param i32) (result i32) (i32.load offset=2 (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.load offset=2 (local.get 0)))
  (func (export "f32.load") (param i32) (result f32) (f32.load offset=2 (local.get 0)))
  (func (export "f64.load") (param i32) (result f64) (f64.load offset=2 (local.get 0)))
  (func (export "i32.load8_s") (param i32) (result i32) (i32.load8_s offset=2 (local.get 0)))
  (func (export "i32.load8_u") (param i32) (result i32) (i32.load8_u offset=2 (local.get 0)))
  (func (export "i32.load16_s") (param i32) (result i32) (i32.load16_s offset=2 (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.load16_u offset=2 (local.get 0)))
  (func (export "i64.load8_s") (param i32) (result i64) (i64.load8_s offset=2 (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.load8_u offset=2 (local.get 0)))
  (func (export "i64.load16_s") (param i32) (result i64) (i64.load16_s offset=2 (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.load16_u offset=2 (local.get 0)))
  (func (export "i64.load32_s") (param i32) (result i64) (i64.load32_s offset=2 (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.load32_u offset=2 (local.get 0)))
  (func (export "i32.store") (param i32 i32) (result i64)
    (i32.store offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i64.store") (param i32 i64) (result i64)
    (i64.store offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "f32.store") (param i32 f32) (result i64)
    (f32.store offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "f64.store") (param i32 f64) (result i64)
    (f64.store offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i32.store8") (param i32 i32) (result i64)
    (i32.store8 offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i32.store16") (param i32 i32) (result i64)
    (i32.store16 offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i64.store8") (param i32 i64) (result i64)
    (i64.store8 offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i64.store16") (param i32 i64) (result i64)
    (i64.store16 offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
  (func (export "i64.store32") (param i32 i64) (result i64)
    (i64.store32 offset=64 (local.get 0) (local.get 1)) (i64.load offset=63 (local.get 0)))
)

(assert_return (invoke "i32.load" (i32.const 0)) (i32.const 0xc49f5cd5))
(assert_return (invoke "i32.load" (i32.const 7)) (i32.const 0x61a2fd0a))
(assert_trap (invoke "i32.load" (i32.const 65531)) "out of bounds memory access")

(assert_return (invoke "i64.load" (i32.const 0)) (i64.const 0xab38e33c49f5cd5))
(assert_return (invoke "i64.load" (i32.const 7)) (i64.const 0xdb3891ec61a2fd0a))
(assert_trap (invoke "i64.load" (i32.const 65527)) "out of bounds memory access")

(assert_return (invoke "f32.load" (i32.const 0)) (f32.const -1274.901))
(assert_return (invoke "f32.load" (i32.const 7)) (f32.const 3.7582574e20))
(assert_trap (invoke "f32.load" (i32.const 65531)) "out of bounds memory access")

(assert_return (invoke "f64.load" (i32.const 0)) (f64.const 4.069978684319048e-257))
(assert_return (invoke "f64.load" (i32.const 7)) (f64.const -2.7249812331205697e131))
(assert_trap (invoke "f64.load" (i32.const 65527)) "out of bounds memory access")

(assert_return (invoke "i32.load8_s" (i32.const 0)) (i32.const -43))
(assert_return (invoke "i32.load8_s" (i32.const 7)) (i32.const 10))
(assert_trap (invoke "i32.load8_s" (i32.const 65534)) "out of bounds memory access")

(assert_return (invoke "i32.load8_u" (i32.const 0)) (i32.const 213))
(assert_return (invoke "i32.load8_u" (i32.const 7)) (i32.const 10))
(assert_trap (invoke "i32.load8_u" (i32.const 65534)) "out of bounds memory access")

(assert_return (invoke "i32.load16_s" (i32.const 0)) (i32.const 23765))
(assert_return (invoke "i32.load16_s" (i32.const 7)) (i32.const -758))
(assert_trap (invoke "i32.load16_s" (i32.const 65533)) "out of bounds memory access")

(assert_return (invoke "i32.load16_u" (i32.const 0)) (i32.const 23765))
(assert_return (invoke "i32.load16_u" (i32.const 7)) (i32.const 64778))
(assert_trap (invoke "i32.load16_u" (i32.const 65533)) "out of bounds memory access")

(assert_return (invoke "i64.load8_s" (i32.const 0)) (i64.const -43))
(assert_return (invoke "i64.load8_s" (i32.const 7)) (i64.const 10))
(assert_trap (invoke "i64.load8_s" (i32.const 65534)) "out of bounds memory access")

(assert_return (invoke "i64.load8_u" (i32.const 0)) (i64.const 213))
(assert_return (invoke "i64.load8_u" (i32.const 7)) (i64.const 10))
(assert_trap (invoke "i64.load8_u" (i32.const 65534)) "out of bounds memory access")

(assert_return (invoke "i64.load16_s" (i32.const 0)) (i64.const 23765))
(assert_return (invoke "i64.load16_s" (i32.const 7)) (i64.const -758))
(assert_trap (invoke "i64.load16_s" (i32.const 65533)) "out of bounds memory access")

(assert_return (invoke "i64.load16_u" (i32.const 0)) (i64.const 23765))
(assert_return (invoke "i64.load16_u" (i32.const 7)) (i64.const 64778))
(assert_trap (invoke "i64.load16_u" (i32.const 65533)) "out of bounds memory access")

(assert_return (invoke "i64.load32_s" (i32.const 0)) (i64.const 0xffffffffc49f5cd5))
(assert_return (invoke "i64.load32_s" (i32.const 7)) (i64.const 0x61a2fd0a))
(assert_trap (invoke "i64.load32_s" (i32.const 65531)) "out of bounds memory access")

(assert_return (invoke "i64.load32_u" (i32.const 0)) (i64.const 0xc49f5cd5))
(assert_return (invoke "i64.load32_u" (i32.const 7)) (i64.const 0x61a2fd0a))
(assert_trap (invoke "i64.load32_u" (i32.const 65531)) "out of bounds memory access")

(assert_return (invoke "i32.store" (i32.const 336) (i32.const 0x85868788)) (i64.const 0x8586878800))
(assert_trap (invoke "i32.store" (i32.const 65469) (i32.const 0x85868788)) "out of bounds memory access")

(assert_return (invoke "i64.store" (i32.const 352) (i64.const 0x8182838485868788)) (i64.const 0x8283848586878800))
(assert_trap (invoke "i64.store" (i32.const 65465) (i64.const 0x8182838485868788)) "out of bounds memory access")

(assert_return (invoke "f32.store" (i32.const 368) (f32.const -1.5)) (i64.const 0xbfc0000000))
(assert_trap (invoke "f32.store" (i32.const 65469) (f32.const -1.5)) "out of bounds memory access")

(assert_return (invoke "f64.store" (i32.const 384) (f64.const -1.5)) (i64.const 0xf800000000000000))
(assert_trap (invoke "f64.store" (i32.const 65465) (f64.const -1.5)) "out of bounds memory access")

(assert_return (invoke "i32.store8" (i32.const 400) (i32.const 0x85868788)) (i64.const 34816))
(assert_trap (invoke "i32.store8" (i32.const 65472) (i32.const 0x85868788)) "out of bounds memory access")

(assert_return (invoke "i32.store16" (i32.const 416) (i32.const 0x85868788)) (i64.const 8882176))
(assert_trap (invoke "i32.store16" (i32.const 65471) (i32.const 0x85868788)) "out of bounds memory access")

(assert_return (invoke "i64.store8" (i32.const 432) (i64.const 0x8182838485868788)) (i64.const 34816))
(assert_trap (invoke "i64.store8" (i32.const 65472) (i64.const 0x8182838485868788)) "out of bounds memory access")

(assert_return (invoke "i64.store16" (i32.const 448) (i64.const 0x8182838485868788)) (i64.const 8882176))
(assert_trap (invoke "i64.store16" (i32.const 65471) (i64.const 0x8182838485868788)) "out of bounds memory access")

(assert_return (invoke "i64.store32" (i32.const 464) (i64.const 0x8182838485868788)) (i64.const 0x8586878800))
(assert_trap (invoke "i64.store32" (i32.const 65469) (i64.const 0x8182838485868788)) "out of bounds memory access")
