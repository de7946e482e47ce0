define i32 @straight(i32 %p0) {
  %icmp = icmp ugt i64 %add.2, %memory.size_bytes
  %icmp.2 = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  %icmp.3 = icmp ugt i64 %add.3, %memory.size_bytes
  %place = select i1 %icmp.3, i32 124, i32 129
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, i32 %place)
}

define i32 @another value(i32 %p0) {
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %icmp.2 = icmp ugt i64 %add.3, %memory.size_bytes.2
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define i32 @tee(i32 %p0) {
  %icmp = icmp ugt i64 %add.2, %memory.size_bytes
  %icmp.2 = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  %icmp.3 = icmp ugt i64 %add.3, %memory.size_bytes
  %place = select i1 %icmp.3, i32 172, i32 177
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, i32 %place)
}

define i32 @division between(i32 %p0, i32 %p1) {
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %icmp.2 = icmp eq i32 %p1, 0
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  %icmp.3 = icmp ugt i64 %add.3, %memory.size_bytes.2
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define void @stores(i32 %p0) {
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  %icmp.2 = icmp ugt i64 %add.2, %memory.size_bytes.2
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
}

define i32 @grows() {
}
