define hidden i32 @deep(i32 %p0) {
  %alloca = alloca i32, align 4
  store i32 0, ptr %alloca, align 4
  %alloca.2 = alloca i32, align 4
  store i32 %p0, ptr %alloca.2, align 4
  %load = load i32, ptr %alloca, align 4
  %load.2 = load i32, ptr %alloca.2, align 4
  %add = add i32 %load, %load.2
  store i32 %add, ptr %alloca, align 4
  %load.3 = load i32, ptr %alloca, align 4
}

define hidden i32 @ordinary(i32 %p0) {
  %add = add i32 %p0, 3
  ret i32 %add
}
