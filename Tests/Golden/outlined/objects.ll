define void @excessive(i32 %p0, i32 %p1, i32 %p2, i32 %p3) {
  %call = call i32 @op.array.fill.0.0(i32 %load, i32 1, i32 2, i32 3, place)
  %call.2 = call i32 @op.array.fill.0.1(i32 %load.2, i32 1, i32 2, i32 3, place)
  %call.3 = call i32 @op.array.copy.0.0.0(i32 %load.3, i32 1, i32 %load.4, i32 2, i32 3, place)
  %call.4 = call i32 @op.array.init_data.0.1.0(i32 %load.5, i32 1, i32 2, i32 3, place)
  %call.5 = call i32 @op.array.init_elem.0.3.0(i32 %load.6, i32 1, i32 2, i32 3, place)
  %call.6 = call i32 @op.array.new_data.0.1.0(i32 1, i32 2, place)
  %call.7 = call i32 @op.array.new_elem.0.3.0(i32 1, i32 2, place)
  %call.8 = call ptr @op.callee.0.2(i32 %load.7, place)
}

define ccc i32 @op.array.fill.0.0(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4) {
  call void @wasmc_gc_fill(ptr %gep.3, i64 %zext, i64 %zext.6, i64 0, i32 4)
}

define ccc i32 @op.array.fill.0.1(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4) {
}

define ccc i32 @op.array.copy.0.0.0(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4, i32 %p5) {
  call void @llvm.memmove.p0.p0.i64(ptr align 1 %gep.4, ptr align 1 %gep.6, i64 %mul.3, i1 false)
}

define ccc i32 @op.array.init_data.0.1.0(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4) {
}

define ccc i32 @op.array.init_elem.0.3.0(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4) {
}

define ccc i32 @op.array.new_data.0.1.0(i32 %p0, i32 %p1, i32 %p2) {
  %call = call i32 @wasmc_gc_new_array(i32 4, i32 %p1, i32 %p2)
}

define ccc i32 @op.array.new_elem.0.3.0(i32 %p0, i32 %p1, i32 %p2) {
  %call = call i32 @wasmc_gc_new_array(i32 5, i32 %p1, i32 %p2)
}

define ccc ptr @op.callee.0.2(i32 %p0, i32 %p1) {
}
