define <2 x i64> @v128.load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <2 x i64>, ptr %gep, align 1, !tbaa memory
  ret <2 x i64> %load
}

define <2 x i64> @v128.load8x8_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <8 x i8>, ptr %gep, align 1, !tbaa memory
  %sext = sext <8 x i8> %load to <8 x i16>
  %bitcast = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load8x8_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <8 x i8>, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext <8 x i8> %load to <8 x i16>
  %bitcast = bitcast <8 x i16> %zext.2 to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load16x4_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <4 x i16>, ptr %gep, align 1, !tbaa memory
  %sext = sext <4 x i16> %load to <4 x i32>
  %bitcast = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load16x4_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <4 x i16>, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext <4 x i16> %load to <4 x i32>
  %bitcast = bitcast <4 x i32> %zext.2 to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load32x2_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <2 x i32>, ptr %gep, align 1, !tbaa memory
  %sext = sext <2 x i32> %load to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @v128.load32x2_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile <2 x i32>, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext <2 x i32> %load to <2 x i64>
  ret <2 x i64> %zext.2
}

define <2 x i64> @v128.load8_splat(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <16 x i8> poison, i8 %load, i32 0
  %shuffle = shufflevector <16 x i8> %with_lane, <16 x i8> poison, <16 x i32> zeroinitializer
  %bitcast = bitcast <16 x i8> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load16_splat(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <8 x i16> poison, i16 %load, i32 0
  %shuffle = shufflevector <8 x i16> %with_lane, <8 x i16> poison, <8 x i32> zeroinitializer
  %bitcast = bitcast <8 x i16> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load32_splat(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <4 x i32> poison, i32 %load, i32 0
  %shuffle = shufflevector <4 x i32> %with_lane, <4 x i32> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load64_splat(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i64, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <2 x i64> poison, i64 %load, i32 0
  %shuffle = shufflevector <2 x i64> %with_lane, <2 x i64> poison, <2 x i32> zeroinitializer
  ret <2 x i64> %shuffle
}

define <2 x i64> @v128.load32_zero(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <4 x i32> zeroinitializer, i32 %load, i32 0
  %bitcast = bitcast <4 x i32> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @v128.load64_zero(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i64, ptr %gep, align 1, !tbaa memory
  %with_lane = insertelement <2 x i64> zeroinitializer, i64 %load, i32 0
  ret <2 x i64> %with_lane
}
