define void @selected(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %call = call i32 asm "", "=r,0"(i32 %load)
  %.not = icmp eq i32 %p1, 0
  %select = select i1 %.not, i32 7, i32 %call
  %zext.2 = zext i32 %p2 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  store i32 %select, ptr %gep.2, align 1, !tbaa memory
  ret void
}

define void @half a vector(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <2 x i64>, ptr %gep, align 1, !tbaa memory
  %call = call <2 x i64> asm "", "=x,0"(<2 x i64> %load)
  %bitcast = bitcast <2 x i64> %call to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %zext.2 = zext <4 x i16> %shuffle to <4 x i32>
  %zext.3 = zext i32 %p1 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.3
  store <4 x i32> %zext.2, ptr %gep.2, align 1, !tbaa memory
  ret void
}
