define void @returns(i32 %p0) {
  ret void
}

define i32 @try_table(i32 %p0) {
  notail call fastcc void @returns(i32 %p0)
  ret i32 1
}

define i32 @legacy(i32 %p0) {
  notail call fastcc void @returns(i32 %p0)
  ret i32 2
}
