define void @grow() {
}

define void @sums(i64 %p0, i64 %p1, i64 %p2, i64 %p3) {
  %begins_inside = icmp ule i64 %p0, %add
  %ends_inside = icmp ule i64 %reach, %sub
  %and = and i1 %begins_inside, %ends_inside
  %begins_inside.2 = icmp ule i64 %p1, %add
  %ends_inside.2 = icmp ule i64 %reach.2, %sub.2
  %and.2 = and i1 %begins_inside.2, %ends_inside.2
  %begins_inside.3 = icmp ule i64 %p2, %add
  %ends_inside.3 = icmp ule i64 %reach.3, %sub.3
  %and.3 = and i1 %begins_inside.3, %ends_inside.3
  %stays_inside = and i1 %icmp, %freeze
  %stays_inside.2 = and i1 %stays_inside, %freeze.2
  %stays_inside.3 = and i1 %stays_inside.2, %freeze.3
  br i1 %stays_inside.3, label %fast, label %loop.head.wrapping, !prof {!"branch_weights", i32 1048575, i32 1}
  br i1 %icmp.2, label %trap, label %next.wrapping, !prof unlikely
  br i1 %icmp.3, label %trap.2, label %next3.wrapping, !prof unlikely
  br i1 %icmp.4, label %trap.3, label %next6.wrapping, !prof unlikely
fast:
  %root = inttoptr i64 %add.8 to ptr
  %root.2 = inttoptr i64 %add.9 to ptr
  %root.3 = inttoptr i64 %add.10 to ptr
  %wide.load = load <4 x i32>, ptr %gep.4, align 1, !tbaa memory
  %wide.load.2 = load <4 x i32>, ptr %gep.5, align 1, !tbaa memory
  %wide.load.3 = load <4 x i32>, ptr %gep.6, align 1, !tbaa memory
  %wide.load.4 = load <4 x i32>, ptr %gep.7, align 1, !tbaa memory
  %add.11 = add <4 x i32> %wide.load.3, %wide.load
  %add.12 = add <4 x i32> %wide.load.4, %wide.load.2
  store <4 x i32> %add.11, ptr %gep.8, align 1, !tbaa memory
  store <4 x i32> %add.12, ptr %gep.9, align 1, !tbaa memory
  %counter.ph = phi i64 [ 0, %vector.memcheck ], [ 0, %fast ], [ %shl, %middle.block ]
  %.03.ph = phi i64 [ %.fr, %vector.memcheck ], [ %.fr, %fast ], [ %and.4, %middle.block ]
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define void @fill() {
  store <4 x i32> splat (i32 7), ptr %gep.2, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.3, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.5, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.6, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.8, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.9, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.11, align 1, !tbaa memory
  store <4 x i32> splat (i32 7), ptr %gep.12, align 1, !tbaa memory
}
