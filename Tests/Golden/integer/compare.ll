define i32 @i32.eqz(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.eq(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.ne(i32 %p0, i32 %p1) {
  %icmp = icmp ne i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.lt_s(i32 %p0, i32 %p1) {
  %icmp = icmp slt i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.lt_u(i32 %p0, i32 %p1) {
  %icmp = icmp ult i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.gt_s(i32 %p0, i32 %p1) {
  %icmp = icmp sgt i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.gt_u(i32 %p0, i32 %p1) {
  %icmp = icmp ugt i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.le_s(i32 %p0, i32 %p1) {
  %icmp = icmp sle i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.le_u(i32 %p0, i32 %p1) {
  %icmp = icmp ule i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.ge_s(i32 %p0, i32 %p1) {
  %icmp = icmp sge i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i32.ge_u(i32 %p0, i32 %p1) {
  %icmp = icmp uge i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.eqz(i64 %p0) {
  %icmp = icmp eq i64 %p0, 0
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.eq(i64 %p0, i64 %p1) {
  %icmp = icmp eq i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.ne(i64 %p0, i64 %p1) {
  %icmp = icmp ne i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.lt_s(i64 %p0, i64 %p1) {
  %icmp = icmp slt i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.lt_u(i64 %p0, i64 %p1) {
  %icmp = icmp ult i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.gt_s(i64 %p0, i64 %p1) {
  %icmp = icmp sgt i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.gt_u(i64 %p0, i64 %p1) {
  %icmp = icmp ugt i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.le_s(i64 %p0, i64 %p1) {
  %icmp = icmp sle i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.le_u(i64 %p0, i64 %p1) {
  %icmp = icmp ule i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.ge_s(i64 %p0, i64 %p1) {
  %icmp = icmp sge i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @i64.ge_u(i64 %p0, i64 %p1) {
  %icmp = icmp uge i64 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}
