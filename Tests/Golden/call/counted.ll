define { i32, i32 } @twice(i32 %p0) !prof {!"function_entry_count", i64 1} {
  %mrv = insertvalue { i32, i32 } poison, i32 %p0, 0
  %mrv.2 = insertvalue { i32, i32 } %mrv, i32 %p0, 1
  ret { i32, i32 } %mrv.2
}

define void @wrong(i64 %p0) [cold] !prof {!"function_entry_count", i64 0} {
  ret void
}

define i32 @f(i32 %p0) !prof {!"function_entry_count", i64 1} {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 0, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 0)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep = getelementptr ptr, ptr %table.elements, i64 0
  %element = load ptr, ptr %gep, align 8, !tbaa table
  %icmp.2 = icmp eq ptr %element, @ref.twice
  br i1 %icmp.2, label %call.direct, label %call.next, !prof {!"branch_weights", i32 40, i32 53}
call.end:
  %phi = phi i32 [ %extract, %call.direct ], [ %extract.3, %next.3 ]
  %phi.2 = phi i32 [ %extract.2, %call.direct ], [ %extract.4, %next.3 ]
  %add = add i32 %phi, %phi.2
  ret i32 %add
call.direct:
  %call = notail call fastcc { i32, i32 } @twice(i32 %p0)
  %extract = extractvalue { i32, i32 } %call, 0
  %extract.2 = extractvalue { i32, i32 } %call, 1
  br label %call.end
call.next:
  %icmp.3 = icmp eq ptr %element, null
  br i1 %icmp.3, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap_element(UNINITIALIZED_ELEMENT, place, i64 0)
  unreachable
next.2:
  %type_id = load i32, ptr %element, align 4
  %icmp.4 = icmp ne i32 %type_id, 1
  br i1 %icmp.4, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.3:
  %gep.2 = getelementptr i8, ptr %element, i64 8
  %code = load ptr, ptr %gep.2, align 8
  %call.2 = notail call fastcc { i32, i32 } %code(i32 %p0)
  %extract.3 = extractvalue { i32, i32 } %call.2, 0
  %extract.4 = extractvalue { i32, i32 } %call.2, 1
  br label %call.end
}

define void @change() [cold] !prof {!"function_entry_count", i64 0} {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 2, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep = getelementptr ptr, ptr %table.elements, i64 2
  store ptr @ref.twice, ptr %gep, align 8, !tbaa table
  ret void
}

define i32 @g(ptr %p0) !prof {!"function_entry_count", i64 100} {
  %icmp = icmp eq ptr %p0, @ref.twice
  br i1 %icmp, label %call.direct, label %call.next, !prof {!"branch_weights", i32 100, i32 0}
call.end:
  %phi = phi i32 [ %extract, %call.direct ], [ %extract.3, %next ]
  %phi.2 = phi i32 [ %extract.2, %call.direct ], [ %extract.4, %next ]
  %add = add i32 %phi, %phi.2
  ret i32 %add
call.direct:
  %call = notail call fastcc { i32, i32 } @twice(i32 1)
  %extract = extractvalue { i32, i32 } %call, 0
  %extract.2 = extractvalue { i32, i32 } %call, 1
  br label %call.end
call.next:
  %icmp.2 = icmp eq ptr %p0, null
  br i1 %icmp.2, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next:
  %gep = getelementptr i8, ptr %p0, i64 8
  %code = load ptr, ptr %gep, align 8
  %call.2 = notail call fastcc { i32, i32 } %code(i32 1)
  %extract.3 = extractvalue { i32, i32 } %call.2, 0
  %extract.4 = extractvalue { i32, i32 } %call.2, 1
  br label %call.end
}
