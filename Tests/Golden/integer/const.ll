define i32 @i32.const() {
  ret i32 -1
}

define i64 @i64.const() {
  ret i64 -1
}
