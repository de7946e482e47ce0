define i32 @grow(i32 %p0) {
  %call = notail call i64 @wasmc_memory_grow(ptr nonnull @wasm.0.memories, i64 %zext)
  %trunc = trunc i64 %call to i32
}

define void @copies that differ(i32 %p0, i32 %p1) {
  %call = call i32 @llvm.fshl.i32(i32 %load, i32 %load, i32 3)
  store i32 %call, ptr %gep, align 1, !tbaa memory
  %call.2 = call i32 @llvm.fshl.i32(i32 %load.2, i32 %load.2, i32 %.01.wrapping)
  store i32 %call.2, ptr %ea.wrapping, align 1, !tbaa memory
  %root = inttoptr i64 %add.5 to ptr
  %counter = phi i64 [ 0, %fast.new ], [ %counter.next.2, %loop.head ]
  %gep.2 = getelementptr i8, ptr %root, i64 %counter
  %call.3 = call i32 @llvm.fshl.i32(i32 %load.3, i32 %load.3, i32 3)
  %gep.3 = getelementptr i8, ptr %root, i64 %counter
  store i32 %call.3, ptr %gep.3, align 1, !tbaa memory
  %gep.4 = getelementptr i8, ptr %root, i64 %counter
  %call.4 = call i32 @llvm.fshl.i32(i32 %load.4, i32 %load.4, i32 %phi)
  %gep.6 = getelementptr i8, ptr %root, i64 %counter
  store i32 %call.4, ptr %gep.7, align 1, !tbaa memory
  %counter.next = or disjoint i64 %counter, 8
  %gep.8 = getelementptr i8, ptr %root, i64 %counter.next
  %call.5 = call i32 @llvm.fshl.i32(i32 %load.5, i32 %load.5, i32 3)
  %gep.9 = getelementptr i8, ptr %root, i64 %counter.next
  store i32 %call.5, ptr %gep.9, align 1, !tbaa memory
  %gep.10 = getelementptr i8, ptr %root, i64 %counter.next
  %call.6 = call i32 @llvm.fshl.i32(i32 %load.6, i32 %load.6, i32 %add.6)
  %gep.12 = getelementptr i8, ptr %root, i64 %counter.next
  store i32 %call.6, ptr %gep.13, align 1, !tbaa memory
  %counter.next.2 = add nuw nsw i64 %counter, 16
  %counter.epil.init = phi i64 [ 0, %fast ], [ %counter.next.2, %next.loopexit.unr-lcssa ]
  call void @llvm.assume(i1 %lcmp.mod)
  %gep.14 = getelementptr i8, ptr %root, i64 %counter.epil.init
  %call.7 = call i32 @llvm.fshl.i32(i32 %load.7, i32 %load.7, i32 3)
  %gep.15 = getelementptr i8, ptr %root, i64 %counter.epil.init
  store i32 %call.7, ptr %gep.15, align 1, !tbaa memory
  %gep.16 = getelementptr i8, ptr %root, i64 %counter.epil.init
  %call.8 = call i32 @llvm.fshl.i32(i32 %load.8, i32 %load.8, i32 %.01.epil.init)
  %gep.18 = getelementptr i8, ptr %root, i64 %counter.epil.init
  store i32 %call.8, ptr %gep.19, align 1, !tbaa memory
}

define void @calls(i32 %p0, i32 %p1) {
  %call = notail call i64 @wasmc_memory_grow(ptr nonnull @wasm.0.memories, i64 1)
  %trunc = trunc i64 %call to i32
  store i32 %trunc, ptr %gep, align 1, !tbaa memory
}

define void @atomic(i32 %p0, i32 %p1) {
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  store atomic volatile i32 7, ptr %gep seq_cst, align 4
}

define i32 @until zero(i32 %p0) {
}
