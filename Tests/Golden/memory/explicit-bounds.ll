define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = add nuw nsw i64 %1, 12
  %3 = icmp ugt i64 %2, 65536
  br i1 %3, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %4 = phi i32 [ %6, %next ]
  ret i32 %4

trap:
  call void @wasmc_trap(i32 5, i32 62)
  unreachable

next:
  %5 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %ea = getelementptr nusw nuw i8, ptr %5, i64 8
  %6 = load i32, ptr %ea, align 1, !tbaa memory
  br label %return
}

define internal fastcc i32 @wasm.0.func.1(i64 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = icmp ugt i64 %0, 65524
  %2 = or i1 false, %1
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %5, %next ]
  ret i32 %3

trap:
  call void @wasmc_trap(i32 5, i32 70)
  unreachable

next:
  %4 = getelementptr nusw nuw i8, ptr inttoptr (i64 12884967424 to ptr), i64 %0
  %ea = getelementptr nusw nuw i8, ptr %4, i64 8
  %5 = load i32, ptr %ea, align 1, !tbaa memory
  br label %return
}
