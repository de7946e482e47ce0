define i64 @select(i64 %p0, i64 %p1, i32 %p2) {
  %icmp = icmp ne i32 %p2, 0
  %select = select i1 %icmp, i64 %p0, i64 %p1
  ret i64 %select
}

define ptr @select typed(ptr %p0, ptr %p1, i32 %p2) {
  %icmp = icmp ne i32 %p2, 0
  %select = select i1 %icmp, ptr %p0, ptr %p1
  ret ptr %select
}

define void @drop(i64 %p0) {
  ret void
}
