define void @by two, with offsets(i32 %p0, i32 %p1, i32 %p2, double %p3) {
  br i1 %stays_inside, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
loop.head.wrapping:
  %.02.wrapping = phi i32 [ %add.4, %loop.head.wrapping ], [ %p0, %entry ]
  %.01.wrapping = phi i32 [ %add.5, %loop.head.wrapping ], [ %p1, %entry ]
  %.0.wrapping = phi i32 [ %add.6, %loop.head.wrapping ], [ %and, %entry ]
  %zext.4 = zext i32 %.01.wrapping to i64
  %zext.5 = zext i32 %.02.wrapping to i64
  %ea.wrapping = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load.3 = load double, ptr %ea.wrapping, align 1, !tbaa memory
  %ea1.wrapping = getelementptr nusw nuw i8, ptr %gep.2, i64 8
  %load.4 = load double, ptr %ea1.wrapping, align 1, !tbaa memory
  store double %fadd.2, ptr %ea.wrapping, align 1, !tbaa memory
  %add.4 = add i32 %.02.wrapping, 16
  %add.5 = add i32 %.01.wrapping, 16
  %add.6 = add i32 %.0.wrapping, -2
  %.not.wrapping = icmp eq i32 %add.6, 0
  br i1 %.not.wrapping, label %next, label %loop.head.wrapping
  %root = inttoptr i64 %add.7 to ptr
  %root.2 = inttoptr i64 %add.8 to ptr
  %reroll.count = shl nuw nsw i64 %zext.6, 1
  %n.vec = and i64 %reroll.count, 8589934588
  %broadcast.splat = shufflevector <2 x double> %broadcast.splatinsert, <2 x double> poison, <2 x i32> zeroinitializer
  %wide.load = load <2 x double>, ptr %gep.3, align 1, !tbaa memory, !alias.scope !21, !noalias !24
  %wide.load.2 = load <2 x double>, ptr %gep.4, align 1, !tbaa memory, !alias.scope !21, !noalias !24
  %wide.load.3 = load <2 x double>, ptr %gep.5, align 1, !tbaa memory, !alias.scope !24
  %wide.load.4 = load <2 x double>, ptr %gep.6, align 1, !tbaa memory, !alias.scope !24
  %fmul.3 = fmul <2 x double> %broadcast.splat, %wide.load.3
  %fmul.4 = fmul <2 x double> %broadcast.splat, %wide.load.4
  %fadd.3 = fadd <2 x double> %wide.load, %fmul.3
  %fadd.4 = fadd <2 x double> %wide.load.2, %fmul.4
  store <2 x double> %fadd.3, ptr %gep.3, align 1, !tbaa memory, !alias.scope !21, !noalias !24
  store <2 x double> %fadd.4, ptr %gep.4, align 1, !tbaa memory, !alias.scope !21, !noalias !24
  %cmp.n = icmp eq i64 %reroll.count, %n.vec
  %icmp.2 = icmp eq i64 %counter.next.2, %reroll.count
}

define void @by five, up to zero(i32 %p0, double %p1) {
  %is_below = icmp ult i32 %.fr, -3192
  br i1 %is_below, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
loop.head.wrapping:
  %indvars.iv.wrapping = phi i64 [ %indvars.iv.next.wrapping, %loop.head.wrapping ], [ 4294964096, %entry ]
  %trunc = trunc nuw i64 %indvars.iv.wrapping to i32
  %indvars.iv.next.wrapping = add nuw nsw i64 %indvars.iv.wrapping, 40
  %and = and i64 %indvars.iv.next.wrapping, 4294967288
  %.not.wrapping = icmp eq i64 %and, 0
  br i1 %.not.wrapping, label %next, label %loop.head.wrapping
  %root = inttoptr i64 %add.7 to ptr
  %broadcast.splat = shufflevector <2 x double> %broadcast.splatinsert, <2 x double> poison, <2 x i32> zeroinitializer
  %wide.load = load <2 x double>, ptr %gep.6, align 1, !tbaa memory
  %wide.load.2 = load <2 x double>, ptr %gep.7, align 1, !tbaa memory
  %fmul.6 = fmul <2 x double> %broadcast.splat, %wide.load
  %fmul.7 = fmul <2 x double> %broadcast.splat, %wide.load.2
  store <2 x double> %fmul.6, ptr %gep.6, align 1, !tbaa memory
  store <2 x double> %fmul.7, ptr %gep.7, align 1, !tbaa memory
  %wide.load.3 = load <2 x double>, ptr %gep.9, align 1, !tbaa memory
  %wide.load.4 = load <2 x double>, ptr %gep.10, align 1, !tbaa memory
  %fmul.8 = fmul <2 x double> %broadcast.splat, %wide.load.3
  %fmul.9 = fmul <2 x double> %broadcast.splat, %wide.load.4
  store <2 x double> %fmul.8, ptr %gep.9, align 1, !tbaa memory
  store <2 x double> %fmul.9, ptr %gep.10, align 1, !tbaa memory
}

define void @neighbours, carried(i32 %p0) {
  %wide.load = load <2 x double>, ptr %gep, align 1, !tbaa memory
  %wide.load.2 = load <2 x double>, ptr %gep.2, align 1, !tbaa memory
  %shuffle = shufflevector <2 x double> %vector.recur, <2 x double> %wide.load, <2 x i32> <i32 1, i32 2>
  %shuffle.2 = shufflevector <2 x double> %wide.load, <2 x double> %wide.load.2, <2 x i32> <i32 1, i32 2>
  %shuffle.3 = shufflevector <2 x double> %vector.recur.2, <2 x double> %vector.recur, <2 x i32> <i32 1, i32 3>
  %fadd = fadd <2 x double> %shuffle, %shuffle.3
  %fadd.2 = fadd <2 x double> %shuffle.2, %wide.load
  %fadd.3 = fadd <2 x double> %fadd, %wide.load
  %fadd.4 = fadd <2 x double> %fadd.2, %wide.load.2
  store <2 x double> %fadd.3, ptr %gep.3, align 1, !tbaa memory
  store <2 x double> %fadd.4, ptr %gep.4, align 1, !tbaa memory
}
