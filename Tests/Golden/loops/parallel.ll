define float @sums(i32 %p0, i32 %p1, i32 %p2) {
  %.06.wrapping = phi i32 [ %add.6, %loop.head.wrapping ], [ %.fr, %entry ]
  %.02.wrapping = phi i32 [ %add.5, %loop.head.wrapping ], [ %p1, %entry ]
  %.01.wrapping = phi i32 [ %add.4, %loop.head.wrapping ], [ %p0, %entry ]
  %phi = phi <4 x float> [ %fadd, %loop.head.wrapping ], [ zeroinitializer, %entry ]
  %load = load volatile <4 x float>, ptr %gep, align 1, !tbaa memory
  %call = call <4 x float> asm "", "=x,0"(<4 x float> %load)
  %load.2 = load volatile <4 x float>, ptr %gep.2, align 1, !tbaa memory
  %call.2 = call <4 x float> asm "", "=x,0"(<4 x float> %load.2)
  %fmul = fmul <4 x float> %call, %call.2
  %fadd = fadd <4 x float> %phi, %fmul
  %counter = phi i64 [ 0, %fast.new ], [ %counter.next.4, %loop.head ]
  %phi.2 = phi <4 x float> [ zeroinitializer, %fast.new ], [ %fadd.5, %loop.head ]
  %niter = phi i32 [ 0, %fast.new ], [ %niter.next, %loop.head ]
  %load.3 = load volatile <4 x float>, ptr %gep.3, align 1, !tbaa memory
  %call.3 = call <4 x float> asm "", "=x,0"(<4 x float> %load.3)
  %load.4 = load volatile <4 x float>, ptr %gep.4, align 1, !tbaa memory
  %call.4 = call <4 x float> asm "", "=x,0"(<4 x float> %load.4)
  %fmul.2 = fmul <4 x float> %call.3, %call.4
  %fadd.2 = fadd <4 x float> %phi.2, %fmul.2
  %load.5 = load volatile <4 x float>, ptr %gep.5, align 1, !tbaa memory
  %call.5 = call <4 x float> asm "", "=x,0"(<4 x float> %load.5)
  %load.6 = load volatile <4 x float>, ptr %gep.6, align 1, !tbaa memory
  %call.6 = call <4 x float> asm "", "=x,0"(<4 x float> %load.6)
  %fmul.3 = fmul <4 x float> %call.5, %call.6
  %fadd.3 = fadd <4 x float> %fadd.2, %fmul.3
  %load.7 = load volatile <4 x float>, ptr %gep.7, align 1, !tbaa memory
  %call.7 = call <4 x float> asm "", "=x,0"(<4 x float> %load.7)
  %load.8 = load volatile <4 x float>, ptr %gep.8, align 1, !tbaa memory
  %call.8 = call <4 x float> asm "", "=x,0"(<4 x float> %load.8)
  %fmul.4 = fmul <4 x float> %call.7, %call.8
  %fadd.4 = fadd <4 x float> %fadd.3, %fmul.4
  %load.9 = load volatile <4 x float>, ptr %gep.9, align 1, !tbaa memory
  %call.9 = call <4 x float> asm "", "=x,0"(<4 x float> %load.9)
  %load.10 = load volatile <4 x float>, ptr %gep.10, align 1, !tbaa memory
  %call.10 = call <4 x float> asm "", "=x,0"(<4 x float> %load.10)
  %fmul.5 = fmul <4 x float> %call.9, %call.10
  %fadd.5 = fadd <4 x float> %fadd.4, %fmul.5
  %counter.epil.init = phi i64 [ 0, %fast ], [ %counter.next.4, %next.loopexit.unr-lcssa ]
  %.epil.init = phi <4 x float> [ zeroinitializer, %fast ], [ %fadd.5, %next.loopexit.unr-lcssa ]
  %counter.epil = phi i64 [ %counter.epil.init, %loop.head.epil.preheader ], [ %counter.next.epil, %loop.head.epil ]
  %phi.3 = phi <4 x float> [ %.epil.init, %loop.head.epil.preheader ], [ %fadd.6, %loop.head.epil ]
  %epil.iter = phi i32 [ 0, %loop.head.epil.preheader ], [ %epil.iter.next, %loop.head.epil ]
  %load.11 = load volatile <4 x float>, ptr %gep.11, align 1, !tbaa memory
  %call.11 = call <4 x float> asm "", "=x,0"(<4 x float> %load.11)
  %load.12 = load volatile <4 x float>, ptr %gep.12, align 1, !tbaa memory
  %call.12 = call <4 x float> asm "", "=x,0"(<4 x float> %load.12)
  %fmul.6 = fmul <4 x float> %call.11, %call.12
  %fadd.6 = fadd <4 x float> %phi.3, %fmul.6
  %phi.4 = phi <4 x float> [ %fadd.6, %loop.head.epil ], [ %fadd.5, %next.loopexit.unr-lcssa ], [ %fadd, %loop.head.wrapping ]
  %shuffle = shufflevector <4 x float> %phi.4, <4 x float> poison, <2 x i32> <i32 1, i32 2>
  %shuffle.2 = shufflevector <4 x float> %phi.4, <4 x float> poison, <2 x i32> <i32 0, i32 3>
  %fadd.7 = fadd <2 x float> %shuffle, %shuffle.2
  %shift = shufflevector <2 x float> %fadd.7, <2 x float> poison, <2 x i32> <i32 1, i32 poison>
  %foldExtExtBinop = fadd <2 x float> %fadd.7, %shift
}
