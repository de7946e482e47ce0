define <2 x i64> @v128.not(<2 x i64> %p0) {
  %xor = xor <2 x i64> %p0, splat (i64 -1)
  ret <2 x i64> %xor
}

define <2 x i64> @v128.and(<2 x i64> %p0, <2 x i64> %p1) {
  %and = and <2 x i64> %p0, %p1
  ret <2 x i64> %and
}

define <2 x i64> @v128.andnot(<2 x i64> %p0, <2 x i64> %p1) {
  %xor = xor <2 x i64> %p1, splat (i64 -1)
  %and = and <2 x i64> %p0, %xor
  ret <2 x i64> %and
}

define <2 x i64> @v128.or(<2 x i64> %p0, <2 x i64> %p1) {
  %or = or <2 x i64> %p0, %p1
  ret <2 x i64> %or
}

define <2 x i64> @v128.xor(<2 x i64> %p0, <2 x i64> %p1) {
  %xor = xor <2 x i64> %p0, %p1
  ret <2 x i64> %xor
}

define <2 x i64> @v128.bitselect(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %and = and <2 x i64> %p0, %p2
  %xor = xor <2 x i64> %p2, splat (i64 -1)
  %and.2 = and <2 x i64> %p1, %xor
  %or = or <2 x i64> %and, %and.2
  ret <2 x i64> %or
}

define i32 @v128.any_true(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to i128
  %icmp = icmp ne i128 %bitcast, 0
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i8x16.all_true(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp ne <16 x i8> %bitcast, zeroinitializer
  %call = call i1 @llvm.vector.reduce.and.v16i1(<16 x i1> %icmp)
  %zext = zext i1 %call to i32
  ret i32 %zext
}

define i32 @i8x16.bitmask(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp slt <16 x i8> %bitcast, zeroinitializer
  %bitcast.2 = bitcast <16 x i1> %icmp to i16
  %zext = zext i16 %bitcast.2 to i32
  ret i32 %zext
}

define i32 @i16x8.all_true(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp ne <8 x i16> %bitcast, zeroinitializer
  %call = call i1 @llvm.vector.reduce.and.v8i1(<8 x i1> %icmp)
  %zext = zext i1 %call to i32
  ret i32 %zext
}

define i32 @i16x8.bitmask(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp slt <8 x i16> %bitcast, zeroinitializer
  %bitcast.2 = bitcast <8 x i1> %icmp to i8
  %zext = zext i8 %bitcast.2 to i32
  ret i32 %zext
}

define i32 @i32x4.all_true(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp ne <4 x i32> %bitcast, zeroinitializer
  %call = call i1 @llvm.vector.reduce.and.v4i1(<4 x i1> %icmp)
  %zext = zext i1 %call to i32
  ret i32 %zext
}

define i32 @i32x4.bitmask(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp slt <4 x i32> %bitcast, zeroinitializer
  %bitcast.2 = bitcast <4 x i1> %icmp to i4
  %zext = zext i4 %bitcast.2 to i32
  ret i32 %zext
}

define i32 @i64x2.all_true(<2 x i64> %p0) {
  %icmp = icmp ne <2 x i64> %p0, zeroinitializer
  %call = call i1 @llvm.vector.reduce.and.v2i1(<2 x i1> %icmp)
  %zext = zext i1 %call to i32
  ret i32 %zext
}

define i32 @i64x2.bitmask(<2 x i64> %p0) {
  %icmp = icmp slt <2 x i64> %p0, zeroinitializer
  %bitcast = bitcast <2 x i1> %icmp to i2
  %zext = zext i2 %bitcast to i32
  ret i32 %zext
}
