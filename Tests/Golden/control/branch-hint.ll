define i32 @likely(i32 %p0) {
  br i1 %icmp, label %if.then, label %if.else, !prof {!"branch_weights", i32 2000, i32 1}
}

define i32 @unlikely(i32 %p0) {
  br i1 %icmp, label %block.end, label %next, !prof unlikely
}

define i32 @none(i32 %p0) {
  br i1 %icmp, label %if.then, label %if.else
}
