define i32 @straight(i64 %p0) {
  %icmp = icmp ugt i64 %p0, %sub.2
  %icmp.2 = icmp ugt i64 %p0, %sub
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  %icmp.3 = icmp ugt i64 %p0, %sub.3
  %place = select i1 %icmp.3, i32 60, i32 65
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, i32 %place)
  %icmp.4 = icmp ugt i64 65540, %memory.size_bytes.2
  %icmp.5 = icmp ugt i64 %p0, %sub.4
  %or = or i1 %icmp.4, %icmp.5
  br i1 %or, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define i64 @grows() {
}
