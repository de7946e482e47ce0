define hidden i32 @library.function(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  ret i32 %load
}

define hidden void @own-function() {
  ret void
}

define hidden i32 @both(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  store volatile i32 %load, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  %zext.2 = zext i32 %p0 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext.2
  %load.2 = load volatile i32, ptr %gep.2, align 1, !tbaa memory
  %call = notail call fastcc i32 @library.function(i32 %p0)
  %add = add i32 %load.2, %call
  ret i32 %add
}
