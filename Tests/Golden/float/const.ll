define float @f32.const() {
  ret float 1.500000e+00
}

define double @f64.const() {
  ret double 1.500000e+00
}
