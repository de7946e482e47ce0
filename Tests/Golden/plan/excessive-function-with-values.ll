define i32 @sets(i32 %p0) {
  %phi = phi i32 [ 0, %entry ], [ 2, %next ]
  ret i32 %phi
}
