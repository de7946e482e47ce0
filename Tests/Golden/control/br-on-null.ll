define i32 @br_on_null(ptr %p0) {
  %icmp = icmp eq ptr %p0, null
  br i1 %icmp, label %block.end, label %next
return:
  %phi = phi i32 [ 1, %next ], [ 0, %block.end ]
  ret i32 %phi
block.end:
  br label %return
next:
  br label %return
}

define i32 @br_on_non_null(ptr %p0) {
  %icmp = icmp ne ptr %p0, null
  br i1 %icmp, label %block.end, label %next
return:
  %phi = phi i32 [ 0, %next ], [ 1, %block.end ]
  ret i32 %phi
block.end:
  %phi.2 = phi ptr [ %p0, %entry ]
  br label %return
next:
  br label %return
}
