define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = icmp ne i32 %0, 0
  br i1 %1, label %if.then, label %if.else

return:
  %2 = phi i32 [ %3, %if.end ]
  ret i32 %2

if.then:
  br label %if.end

if.else:
  br label %if.end

if.end:
  %3 = phi i32 [ 1, %if.then ], [ 2, %if.else ]
  br label %return
}

define internal fastcc i32 @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %loop.head

return:
  %1 = phi i32 [ %2, %loop.end ]
  ret i32 %1

loop.head:
  %.01 = phi i32 [ %0, %body ], [ %3, %loop.head ]
  %.0 = phi i32 [ 0, %body ], [ %2, %loop.head ]
  %2 = add i32 %.0, %.01
  %3 = sub i32 %.01, 1
  %4 = icmp ne i32 %3, 0
  br i1 %4, label %loop.head, label %next

loop.end:
  br label %return

next:
  br label %loop.end
}

define internal fastcc void @wasm.0.func.2() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  call void @wasmc_trap(i32 1, i32 98)
  unreachable
}
