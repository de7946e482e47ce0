define i32 @f32.eq(float %p0, float %p1) {
  %fcmp = fcmp oeq float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f32.ne(float %p0, float %p1) {
  %fcmp = fcmp une float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f32.lt(float %p0, float %p1) {
  %fcmp = fcmp olt float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f32.gt(float %p0, float %p1) {
  %fcmp = fcmp ogt float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f32.le(float %p0, float %p1) {
  %fcmp = fcmp ole float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f32.ge(float %p0, float %p1) {
  %fcmp = fcmp oge float %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.eq(double %p0, double %p1) {
  %fcmp = fcmp oeq double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.ne(double %p0, double %p1) {
  %fcmp = fcmp une double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.lt(double %p0, double %p1) {
  %fcmp = fcmp olt double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.gt(double %p0, double %p1) {
  %fcmp = fcmp ogt double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.le(double %p0, double %p1) {
  %fcmp = fcmp ole double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}

define i32 @f64.ge(double %p0, double %p1) {
  %fcmp = fcmp oge double %p0, %p1
  %zext = zext i1 %fcmp to i32
  ret i32 %zext
}
