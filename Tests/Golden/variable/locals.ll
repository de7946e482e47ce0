define i64 @local(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  br i1 %icmp, label %if.then, label %if.else
if.then:
  br label %if.end
if.else:
  br label %if.end
if.end:
  %phi = phi i64 [ 5, %if.then ], [ 0, %if.else ]
  %phi.2 = phi i32 [ 6, %if.then ], [ %p0, %if.else ]
  %zext = zext i32 %phi.2 to i64
  %add = add i64 %phi, %zext
  ret i64 %add
}
