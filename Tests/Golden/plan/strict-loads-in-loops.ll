define void @sum(i32 %p0, i32 %p1) {
  %load = load i32, ptr %gep, align 1, !tbaa memory
  %add.4 = add i32 %load, %.0.wrapping
  %vec.phi = phi <4 x i32> [ zeroinitializer, %vector.ph ], [ %add.10, %vector.body ]
  %vec.phi.2 = phi <4 x i32> [ zeroinitializer, %vector.ph ], [ %add.11, %vector.body ]
  %wide.load = load <4 x i32>, ptr %gep.2, align 1, !tbaa memory
  %wide.load.2 = load <4 x i32>, ptr %gep.3, align 1, !tbaa memory
  %add.10 = add <4 x i32> %wide.load, %vec.phi
  %add.11 = add <4 x i32> %wide.load.2, %vec.phi.2
  %bin.rdx = add <4 x i32> %add.11, %add.10
  %load.2 = load i32, ptr %gep.4, align 1, !tbaa memory
  %add.12 = add i32 %load.2, %phi.2
}

define void @last(i32 %p0, i32 %p1) {
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  store i32 %load, ptr %gep.2, align 1, !tbaa memory
}
