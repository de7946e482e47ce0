define i32 @unreachable() {
  call void @wasmc_trap(UNREACHABLE, place)
  unreachable
}

define i32 @behind br() {
  ret i32 1
}

define i32 @behind return(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  br i1 %icmp, label %if.then, label %if.else
return:
  %phi = phi i32 [ 1, %if.then ], [ 2, %if.else ]
  ret i32 %phi
if.then:
  br label %return
if.else:
  br label %return
}
