define i32 @f(i32 %p0) {
  %call = notail call fastcc i32 @f(i32 %p0)
  ret i32 %call
}

define { i64, i32 } @two() {
  %mrv = insertvalue { i64, i32 } poison, i64 1, 0
  %mrv.2 = insertvalue { i64, i32 } %mrv, i32 2, 1
  ret { i64, i32 } %mrv.2
}

define i64 @pair() {
  %call = notail call fastcc { i64, i32 } @two()
  %extract = extractvalue { i64, i32 } %call, 0
  %extract.2 = extractvalue { i64, i32 } %call, 1
  ret i64 %extract
}

define void @first call is not needed(i32 %p0) {
  %call = notail call fastcc i32 @f(i32 %p0)
  ret void
}
