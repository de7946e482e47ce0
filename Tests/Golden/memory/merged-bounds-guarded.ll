define i64 @between(i64 %p0, i32 %p1) {
  %icmp = icmp ugt i64 %p0, %sub
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %load = load volatile i64, ptr %gep, align 1, !tbaa memory
  %load.2 = load volatile i64, ptr %gep.2, align 1, !tbaa memory
  %icmp.2 = icmp ugt i64 %p0, %sub.2
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %load.3 = load volatile i64, ptr %ea, align 1, !tbaa memory
}

define void @grow() {
}
