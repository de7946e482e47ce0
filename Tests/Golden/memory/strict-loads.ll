define internal fastcc void @wasm.0.func.0(i32 %0) unnamed_addr [mustprogress nofree norecurse nounwind willreturn memory(readwrite, target_mem0: none, target_mem1: none)] section "wasmc_text" {
entry:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  ret void
}

define internal fastcc i32 @wasm.0.func.1(i32 %0) unnamed_addr [mustprogress nofree norecurse nounwind willreturn memory(readwrite, target_mem0: none, target_mem1: none)] section "wasmc_text" {
entry:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  ret i32 %3
}

define internal fastcc range(i32 0, 256) i32 @wasm.0.func.2(i32 %0) unnamed_addr [mustprogress nofree norecurse nounwind willreturn memory(readwrite, target_mem0: none, target_mem1: none)] section "wasmc_text" {
entry:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  %4 = and i32 %3, 255
  ret i32 %4
}
