define hidden void @first() {
  notail call fastcc void @only-first()
  notail call fastcc void @last()
  ret void
}

define void @only-first() {
  ret void
}

define hidden void @only-last() {
  ret void
}

define hidden void @last() {
  notail call fastcc void @only-last()
  ret void
}
