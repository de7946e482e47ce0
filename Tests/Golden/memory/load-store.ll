define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %ea = getelementptr nusw nuw i8, ptr %2, i64 8
  %3 = load volatile i32, ptr %ea, align 1, !tbaa memory
  br label %return

return:
  %4 = phi i32 [ %3, %body ]
  ret i32 %4
}

define internal fastcc i64 @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i8, ptr %2, align 1, !tbaa memory
  %4 = sext i8 %3 to i64
  br label %return

return:
  %5 = phi i64 [ %4, %body ]
  ret i64 %5
}

define internal fastcc void @wasm.0.func.2(i32 %0, i64 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = zext i32 %0 to i64
  %3 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %2
  %ea = getelementptr nusw nuw i8, ptr %3, i64 4294967295
  store i64 %1, ptr %ea, align 1, !tbaa memory
  br label %return

return:
  ret void
}

define internal fastcc void @wasm.0.func.3(i32 %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = zext i32 %0 to i64
  %3 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %2
  %4 = trunc i32 %1 to i16
  store i16 %4, ptr %3, align 1, !tbaa memory
  br label %return

return:
  ret void
}
