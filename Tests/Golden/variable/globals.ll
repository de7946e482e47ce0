@wasm.0.global.1 = internal global i64 8
@wasm.0.global.3 = internal global <2 x i64> <i64 1, i64 2>

define void @f() {
  ret void
}

define i32 @constant() {
  ret i32 7
}

define i64 @variable(i64 %p0) {
  store i64 %p0, ptr @wasm.0.global.1, align 4, !tbaa global 0.1
  %load = load i64, ptr @wasm.0.global.1, align 4, !tbaa global 0.1
  ret i64 %load
}

define ptr @reference() {
  ret ptr @ref.f
}

define <2 x i64> @vector() {
  %load = load <2 x i64>, ptr @wasm.0.global.3, align 16, !tbaa global 0.3
  ret <2 x i64> %load
}
