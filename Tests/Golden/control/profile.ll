define i32 @inc(i32 %p0) !prof {!"function_entry_count", i64 150} {
  %add = add i32 %p0, 1
  ret i32 %add
}

define i32 @dec(i32 %p0) !prof {!"function_entry_count", i64 69} {
  %sub = sub i32 %p0, 1
  ret i32 %sub
}

define i32 @never(i32 %p0) [cold] !prof {!"function_entry_count", i64 0} {
  ret i32 %p0
}

define i32 @f(i32 %p0) !prof {!"function_entry_count", i64 1} {
  br label %loop.head
loop.head:
  %phi = phi i32 [ %p0, %entry ], [ %add, %block.end ]
  %and = and i32 %phi, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %if.then, label %if.else, !prof {!"branch_weights", i32 219, i32 31}
if.then:
  %remainder = urem i32 %phi, 50
  %icmp.2 = icmp eq i32 %remainder, 0
  %zext = zext i1 %icmp.2 to i32
  %and.2 = and i32 %zext, 1
  %zext.2 = zext i32 %and.2 to i64
  %icmp.3 = icmp eq i64 %zext.2, 0
  br i1 %icmp.3, label %call.direct, label %call.next, !prof {!"branch_weights", i32 150, i32 69}
if.else:
  br label %if.end
if.end:
  %phi.2 = phi i32 [ %phi.3, %call.end ], [ %phi, %if.else ]
  switch i32 %phi.2, label %block.end [
    i32 0, label %block.end
    i32 1, label %block.end6
    i32 2, label %block.end
  ], !prof {!"branch_weights", i32 198, i32 10, i32 40, i32 2}
call.end:
  %phi.3 = phi i32 [ %call, %call.direct ], [ %call.2, %call.direct.2 ], [ %call.3, %next.2 ]
  br label %if.end
call.direct:
  %call = notail call fastcc i32 @inc(i32 %phi)
  br label %call.end
call.next:
  %icmp.4 = icmp eq i64 %zext.2, 1
  br i1 %icmp.4, label %call.direct.2, label %call.next.2, !prof {!"branch_weights", i32 69, i32 0}
call.direct.2:
  %call.2 = notail call fastcc i32 @dec(i32 %phi)
  br label %call.end
call.next.2:
  %icmp.5 = icmp uge i64 %zext.2, 3
  br i1 %icmp.5, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext.2)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %zext.2
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %icmp.6 = icmp ne i64 %type_id, 1
  br i1 %icmp.6, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.7 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.7, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, place, i64 %zext.2)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  %call.3 = notail call fastcc i32 %code(i32 %phi)
  br label %call.end
block.end:
  %add = add i32 %phi.2, 3
  %icmp.8 = icmp ult i32 %add, 1000
  %zext.3 = zext i1 %icmp.8 to i32
  %icmp.9 = icmp ne i32 %zext.3, 0
  br i1 %icmp.9, label %loop.head, label %next.3, !prof {!"branch_weights", i32 249, i32 1}
next.3:
  ret i32 %add
}
