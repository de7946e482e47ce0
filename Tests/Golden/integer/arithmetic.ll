define internal fastcc i32 @wasm.0.func.0(i32 %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = icmp eq i32 %1, 0
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %quotient, %next2 ]
  ret i32 %3

trap:
  call void @wasmc_trap(i32 2, i32 117)
  unreachable

next:
  %4 = icmp eq i32 %0, -2147483648
  %5 = icmp eq i32 %1, -1
  %6 = and i1 %4, %5
  br i1 %6, label %trap1, label %next2, !prof {!"branch_weights", i32 1, i32 2000}

trap1:
  call void @wasmc_trap(i32 3, i32 117)
  unreachable

next2:
  %quotient = sdiv i32 %0, %1
  br label %return
}

define internal fastcc i64 @wasm.0.func.1(i64 %0, i64 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = icmp eq i64 %1, 0
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i64 [ %quotient, %next ]
  ret i64 %3

trap:
  call void @wasmc_trap(i32 2, i32 125)
  unreachable

next:
  %quotient = udiv i64 %0, %1
  br label %return
}

define internal fastcc i32 @wasm.0.func.2(i32 %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = icmp eq i32 %1, 0
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %remainder, %next ]
  ret i32 %3

trap:
  call void @wasmc_trap(i32 2, i32 133)
  unreachable

next:
  %4 = icmp eq i32 %1, -1
  %5 = select i1 %4, i32 1, i32 %1
  %remainder = srem i32 %0, %5
  br label %return
}

define internal fastcc i32 @wasm.0.func.3(i32 %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = and i32 %1, 31
  %3 = shl i32 %0, %2
  br label %return

return:
  %4 = phi i32 [ %3, %body ]
  ret i32 %4
}

define internal fastcc i64 @wasm.0.func.4(i64 %0, i64 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = call i64 @llvm.fshl.i64(i64 %0, i64 %0, i64 %1)
  br label %return

return:
  %3 = phi i64 [ %2, %body ]
  ret i64 %3
}

define internal fastcc i32 @wasm.0.func.5(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = call i32 @llvm.ctlz.i32(i32 %0, i1 false)
  br label %return

return:
  %2 = phi i32 [ %1, %body ]
  ret i32 %2
}

define internal fastcc i32 @wasm.0.func.6(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = trunc i32 %0 to i8
  %2 = sext i8 %1 to i32
  br label %return

return:
  %3 = phi i32 [ %2, %body ]
  ret i32 %3
}

define internal fastcc { i64, i64 } @wasm.0.func.7(i64 %0, i64 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = zext i64 %1 to i128
  %3 = zext i64 %0 to i128
  %4 = mul i128 %3, %2
  %5 = trunc i128 %4 to i64
  %6 = lshr i128 %4, 64
  %7 = trunc i128 %6 to i64
  br label %return

return:
  %8 = phi i64 [ %5, %body ]
  %9 = phi i64 [ %7, %body ]
  %mrv = insertvalue { i64, i64 } poison, i64 %8, 0
  %mrv1 = insertvalue { i64, i64 } %mrv, i64 %9, 1
  ret { i64, i64 } %mrv1
}
