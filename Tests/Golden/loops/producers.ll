define void @Go(i64 %p0, i64 %p1, i64 %p2) {
  %root = inttoptr i64 %add.7 to ptr
  %root.2 = inttoptr i64 %add.8 to ptr
  %wide.load = load <2 x double>, ptr %gep.3, align 1, !tbaa memory
  %wide.load.2 = load <2 x double>, ptr %gep.4, align 1, !tbaa memory
  store <2 x double> %fmul.2, ptr %gep.5, align 1, !tbaa memory
  store <2 x double> %fmul.3, ptr %gep.6, align 1, !tbaa memory
}

define void @rustc(i32 %p0, i32 %p1, i32 %p2) {
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
}

define void @Zig, bytes by four(i32 %p0, i32 %p1, i32 %p2) {
  %root = inttoptr i64 %add.7 to ptr
  %root.2 = inttoptr i64 %add.8 to ptr
  %reroll.count = shl nuw nsw i64 %zext.6, 2
  %n.vec = and i64 %reroll.count, 8589934560
  %wide.load = load <16 x i8>, ptr %gep.3, align 1, !tbaa memory
  %wide.load.2 = load <16 x i8>, ptr %gep.4, align 1, !tbaa memory
  store <16 x i8> %xor.5, ptr %gep.5, align 1, !tbaa memory
  store <16 x i8> %xor.6, ptr %gep.6, align 1, !tbaa memory
  %cmp.n = icmp eq i64 %reroll.count, %n.vec
  %wide.load.3 = load <4 x i8>, ptr %gep.7, align 1, !tbaa memory
  store <4 x i8> %xor.7, ptr %gep.8, align 1, !tbaa memory
  %icmp.2 = icmp eq i64 %index.next.2, %reroll.count
  %icmp.3 = icmp eq i64 %counter.next, %reroll.count
}

define void @counts down(i32 %p0, i32 %p1) {
  %is_below = icmp ult i64 %.fr.2, 4294967296
  br i1 %is_below, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  %root = inttoptr i64 %add.6 to ptr
  %wide.load = load <2 x i64>, ptr %gep.2, align 1, !tbaa memory
  %wide.load.2 = load <2 x i64>, ptr %gep.3, align 1, !tbaa memory
}

define void @by three, one result(i32 %p0, i32 %p1) {
  %is_below = icmp ult i64 %.fr.2, 4294967296
  br i1 %is_below, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  %root = inttoptr i64 %add.8 to ptr
  %reroll.count = add nuw nsw i64 %mul, 3
  %n.vec = and i64 %reroll.count, 34359738360
  %wide.load = load <4 x i32>, ptr %gep.2, align 1, !tbaa memory
  %wide.load.2 = load <4 x i32>, ptr %gep.3, align 1, !tbaa memory
  %cmp.n = icmp eq i64 %reroll.count, %n.vec
  %icmp.2 = icmp eq i64 %counter.next.2, %reroll.count
}

define void @backwards(i32 %p0, i32 %p1, i32 %p2) {
  %root = inttoptr i64 %add.5 to ptr
  %root.2 = inttoptr i64 %add.6 to ptr
  %wide.load = load <4 x i32>, ptr %gep.4, align 1, !tbaa memory
  %wide.load.2 = load <4 x i32>, ptr %gep.5, align 1, !tbaa memory
  store <4 x i32> %mul.3, ptr %gep.7, align 1, !tbaa memory
  store <4 x i32> %mul.4, ptr %gep.8, align 1, !tbaa memory
}

define void @gather(i32 %p0, i32 %p1) {
  %is_below = icmp samesign ult i64 %add.2, 4294967296
  br i1 %is_below, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  %root = inttoptr i64 %add.6 to ptr
}

define void @invariant load(i32 %p0, i32 %p1, i32 %p2, i32 %p3) {
  %root = inttoptr i64 %add.7 to ptr
  %root.2 = inttoptr i64 %add.8 to ptr
  %root.3 = inttoptr i64 %add.9 to ptr
  %wide.load = load <2 x double>, ptr %gep.4, align 1, !tbaa memory, !alias.scope !75
  %wide.load.2 = load <2 x double>, ptr %gep.5, align 1, !tbaa memory, !alias.scope !75
  store <2 x double> %fmul.2, ptr %gep.6, align 1, !tbaa memory, !alias.scope !77, !noalias !79
  store <2 x double> %fmul.3, ptr %gep.7, align 1, !tbaa memory, !alias.scope !77, !noalias !79
}

define i32 @last value(i32 %p0, i32 %p1) {
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %load.2 = load volatile i32, ptr %gep.2, align 1, !tbaa memory
  %load.3 = load volatile i32, ptr %gep.3, align 1, !tbaa memory
  %load.4 = load volatile i32, ptr %gep.4, align 1, !tbaa memory
  %load.5 = load volatile i32, ptr %gep.5, align 1, !tbaa memory
  %load.6 = load volatile i32, ptr %gep.6, align 1, !tbaa memory
  %load.7 = load volatile i32, ptr %gep.7, align 1, !tbaa memory
  %load.8 = load volatile i32, ptr %gep.8, align 1, !tbaa memory
  %load.9 = load volatile i32, ptr %gep.9, align 1, !tbaa memory
}
