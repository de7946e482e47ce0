define <2 x i64> @v128.load8_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <16 x i8> %bitcast, i8 %load, i32 1
  %bitcast.2 = bitcast <16 x i8> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @v128.load16_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <8 x i16> %bitcast, i16 %load, i32 1
  %bitcast.2 = bitcast <8 x i16> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @v128.load32_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <4 x i32> %bitcast, i32 %load, i32 1
  %bitcast.2 = bitcast <4 x i32> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @v128.load64_lane(i32 %p0, <2 x i64> %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i64, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <2 x i64> %p1, i64 %load, i32 1
  ret <2 x i64> %with_lane
}

define void @v128.store8_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %lane = extractelement <16 x i8> %bitcast, i32 1
  store i8 %lane, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @v128.store16_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %lane = extractelement <8 x i16> %bitcast, i32 1
  store i16 %lane, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @v128.store32_lane(i32 %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %lane = extractelement <4 x i32> %bitcast, i32 1
  store i32 %lane, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @v128.store64_lane(i32 %p0, <2 x i64> %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %lane = extractelement <2 x i64> %p1, i32 1
  store i64 %lane, ptr %gep, align 1, !tbaa memory
  ret void
}
