;; options: --target-cpu x86-64
;; Without SSSE3, one function of the module does it.
(module
  (func (export "once") (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
  (func (export "twice") (param v128 v128) (result v128) (i8x16.swizzle (local.get 1) (local.get 0))))
