define i32 @if(i32 %p0) {
  br i1 %icmp, label %if.then, label %if.else
}
