define void @grow() {
}

define void @product(i32 %p0, i32 %p1, i32 %p2, double %p3) {
  %begins_inside = icmp ule i32 %p1, %add
  %ends_inside = icmp ule i64 %reach.3, %sub
  %and = and i1 %begins_inside, %ends_inside
  %begins_inside.2 = icmp ule i32 %p0, %add
  %ends_inside.2 = icmp ule i64 %reach.4, %sub.2
  %and.2 = and i1 %begins_inside.2, %ends_inside.2
  %stays_inside = icmp ult i64 %or, 4294967296
  %stays_inside.2 = and i1 %stays_inside, %freeze
  %stays_inside.3 = and i1 %stays_inside.2, %freeze.2
  br i1 %stays_inside.3, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  br i1 %icmp, label %trap, label %next.wrapping, !prof unlikely
  br i1 %icmp.2, label %trap.2, label %next3.wrapping, !prof unlikely
fast:
  %root = inttoptr i64 %add.8 to ptr
  %root.2 = inttoptr i64 %add.9 to ptr
  %wide.load = load <2 x double>, ptr %gep.3, align 1, !tbaa memory, !alias.scope !24, !noalias !27
  %wide.load.2 = load <2 x double>, ptr %gep.4, align 1, !tbaa memory, !alias.scope !24, !noalias !27
  %wide.load.3 = load <2 x double>, ptr %gep.5, align 1, !tbaa memory, !alias.scope !27
  %wide.load.4 = load <2 x double>, ptr %gep.6, align 1, !tbaa memory, !alias.scope !27
  %fmul.2 = fmul <2 x double> %broadcast.splat, %wide.load.3
  %fmul.3 = fmul <2 x double> %broadcast.splat, %wide.load.4
  %fadd.2 = fadd <2 x double> %wide.load, %fmul.2
  %fadd.3 = fadd <2 x double> %wide.load.2, %fmul.3
  store <2 x double> %fadd.2, ptr %gep.3, align 1, !tbaa memory, !alias.scope !24, !noalias !27
  store <2 x double> %fadd.3, ptr %gep.4, align 1, !tbaa memory, !alias.scope !24, !noalias !27
  %counter.ph = phi i64 [ 0, %vector.memcheck ], [ 0, %fast ], [ %shl.2, %middle.block ]
  %.01.ph = phi i32 [ %.fr, %vector.memcheck ], [ %.fr, %fast ], [ %sub.3, %middle.block ]
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define void @down(i32 %p0, i32 %p1, i32 %p2) {
  %begins_inside = icmp ule i32 %p0, %add
  %and = and i1 %begins_inside, %icmp.2
  %stays_inside = and i1 %freeze, %freeze.2
  br i1 %stays_inside, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  br i1 %icmp.3, label %trap, label %next.wrapping, !prof unlikely
fast:
  %root = inttoptr i64 %add.5 to ptr
  %wide.load = load <4 x i32>, ptr %gep.3, align 1, !tbaa memory
  %wide.load.2 = load <4 x i32>, ptr %gep.4, align 1, !tbaa memory
  %reverse = mul <4 x i32> %wide.load, %shuffle
  %reverse.2 = mul <4 x i32> %wide.load.2, %shuffle.2
  store <4 x i32> %reverse, ptr %gep.3, align 1, !tbaa memory
  store <4 x i32> %reverse.2, ptr %gep.4, align 1, !tbaa memory
  %counter.ph = phi i64 [ 0, %fast ], [ %mul.2, %middle.block ]
  %.01.ph = phi i32 [ %.fr, %fast ], [ %sub, %middle.block ]
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define void @histogram(i32 %p0, i32 %p1) {
  %is_below = icmp samesign ult i64 %add.2, 4294967296
  %begins_inside = icmp samesign ugt i64 %memory.size_bytes, %zext.2
  %ends_inside = icmp ugt i64 %sub, %zext
  %and = and i1 %begins_inside, %ends_inside
  %stays_inside = and i1 %is_below, %freeze
  br i1 %stays_inside, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  br i1 %.not.wrapping, label %next.wrapping, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
fast:
  %root = inttoptr i64 %add.6 to ptr
  br i1 %icmp, label %loop.head.epil.preheader, label %fast.new
fast.new:
  %counter = phi i64 [ 0, %fast.new ], [ %counter.next, %loop.head ]
  %niter = phi i32 [ 0, %fast.new ], [ %niter.next, %loop.head ]
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %counter.epil.init = phi i64 [ 0, %fast ], [ %counter.next, %next5.loopexit.unr-lcssa ]
}

define i32 @search(i32 %p0, i32 %p1, i32 %p2) {
  %is_below = icmp samesign ult i64 %add.3, 4294967296
  %begins_inside = icmp samesign ugt i64 %memory.size_bytes, %zext.2
  %ends_inside = icmp ugt i64 %sub, %zext
  %and = and i1 %begins_inside, %ends_inside
  %stays_inside = and i1 %is_below, %freeze
  br i1 %stays_inside, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  br i1 %.not.wrapping, label %next.wrapping, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
fast:
  %root = inttoptr i64 %add.6 to ptr
  %counter = phi i64 [ 0, %fast ], [ %counter.next, %next ]
  %phi.2 = phi i32 [ %.fr.2, %fast ], [ %add.8, %next ]
  %phi.3 = phi i32 [ %.fr, %fast ], [ %add.7, %next ]
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define i32 @list(i32 %p0) {
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define void @growing(i32 %p0, i32 %p1) {
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}
