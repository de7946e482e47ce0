define range(i64 0, -1) i64 @high(i64 %p0, i64 %p1, i64 %p2) {
  %product = mul nuw i128 %zext.2, %zext
  %lshr = lshr i128 %product, 64
  %product.high = trunc nuw i128 %lshr to i64
}

define range(i64 0, -1) i64 @high-turned(i64 %p0, i64 %p1, i64 %p2) {
  %product = mul nuw i128 %zext, %zext.2
  %lshr = lshr i128 %product, 64
  %product.high = trunc nuw i128 %lshr to i64
}

define i64 @high-and-more(i64 %p0, i64 %p1, i64 %p2) {
  %product = mul nuw i128 %zext.2, %zext
  %lshr = lshr i128 %product, 64
  %product.high = trunc nuw i128 %lshr to i64
}

define i64 @low(i64 %p0, i64 %p1, i64 %p2) {
  %mul = mul i64 %p0, %p1
  ret i64 %mul
}

define i64 @low-added(i64 %p0, i64 %p1, i64 %p2) {
  %mul = mul i64 %p0, %p1
  ret i64 %mul
}

define i64 @both(i64 %p0, i64 %p1, i64 %p2) {
  %product = mul nuw i128 %zext.2, %zext
  %lshr = lshr i128 %product, 64
  %xor = xor i128 %lshr, %product
}

define range(i64 0, -1) i64 @square(i64 %p0, i64 %p1, i64 %p2) {
  %product = mul nuw i128 %zext, %zext
  %lshr = lshr i128 %product, 64
  %product.high = trunc nuw i128 %lshr to i64
}

define i64 @sum-is-used(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr, %and
  %lshr.2 = lshr i64 %p0, 32
  %mul.2 = mul i64 %p1, %lshr.2
  %product = mul nuw i128 %zext.2, %zext
  %mul.3 = mul nuw i64 %and.2, %and
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add i64 %lshr.3, %mul.2
  %add.2 = add nuw i64 %and.3, %mul
  %lshr.4 = lshr i128 %product, 64
  %product.high = trunc nuw i128 %lshr.4 to i64
}

define range(i64 0, -1) i64 @same-cross-product(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %mul.3 = mul nuw i64 %and, %and.2
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add nuw i64 %lshr.3, %mul.2
  %lshr.4 = lshr i64 %add, 32
  %add.2 = add nuw i64 %lshr.4, %mul
  %add.3 = add nuw i64 %and.3, %mul.2
  %lshr.5 = lshr i64 %add.3, 32
  %add.4 = add nuw i64 %add.2, %lshr.5
}

define range(i64 0, -1) i64 @other-low(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %mul.3 = mul nuw i64 %and.3, %and.2
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add nuw i64 %lshr.3, %mul.2
  %lshr.4 = lshr i64 %add, 32
  %add.2 = add nuw i64 %lshr.4, %mul
  %mul.4 = mul nuw i64 %lshr.2, %and.2
  %add.3 = add nuw i64 %and.4, %mul.4
  %lshr.5 = lshr i64 %add.3, 32
  %add.4 = add nuw i64 %add.2, %lshr.5
}

define range(i64 0, -1) i64 @other-high(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p2, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %mul.3 = mul nuw i64 %and, %and.2
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add nuw i64 %lshr.3, %mul.2
  %lshr.4 = lshr i64 %add, 32
  %add.2 = add nuw i64 %lshr.4, %mul
  %lshr.5 = lshr i64 %p1, 32
  %mul.4 = mul nuw i64 %lshr.5, %and.2
  %add.3 = add nuw i64 %and.3, %mul.4
  %lshr.6 = lshr i64 %add.3, 32
  %add.4 = add nuw i64 %add.2, %lshr.6
}

define range(i64 0, -1) i64 @high-of-low(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and.2, %and
  %lshr.3 = lshr i64 %mul.2, 32
  %add = add nuw i64 %lshr.3, %mul
  %mul.3 = mul nuw i64 %lshr.2, %and
  %mul.4 = mul i64 %lshr, %p1
  %add.2 = add i64 %lshr.3, %mul.4
  %add.3 = add nuw i64 %and.3, %mul.3
  %lshr.4 = lshr i64 %add.3, 32
  %add.4 = add nuw i64 %add, %lshr.4
}

define range(i64 0, -2) i64 @narrower-mask(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %mul.3 = mul nuw i64 %and, %and.2
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add nuw i64 %lshr.3, %mul.2
  %lshr.4 = lshr i64 %add, 32
  %add.2 = add nuw i64 %lshr.4, %mul
  %mul.4 = mul nuw i64 %lshr.2, %and.2
  %add.3 = add nuw i64 %and.3, %mul.4
  %lshr.5 = lshr i64 %add.3, 32
  %add.4 = add nuw i64 %add.2, %lshr.5
}

define i64 @signed-shift(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %mul.3 = mul nuw i64 %and, %and.2
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add nuw i64 %lshr.3, %mul.2
  %add.2 = add i64 %ashr, %mul
  %mul.4 = mul nuw i64 %lshr.2, %and.2
  %add.3 = add nuw i64 %and.3, %mul.4
  %lshr.4 = lshr i64 %add.3, 32
  %add.4 = add i64 %add.2, %lshr.4
}

define range(i64 0, -1) i64 @without-carry(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p0, 32
  %lshr.2 = lshr i64 %p1, 32
  %mul = mul nuw i64 %lshr.2, %lshr
  %mul.2 = mul nuw i64 %and, %lshr
  %lshr.3 = lshr i64 %mul.2, 32
  %add = add nuw i64 %lshr.3, %mul
  %mul.3 = mul nuw i64 %lshr.2, %and.2
  %and.3 = and i64 %mul.2, 4294967295
  %add.2 = add nuw i64 %and.3, %mul.3
  %lshr.4 = lshr i64 %add.2, 32
  %add.3 = add nuw i64 %add, %lshr.4
}

define i64 @low-of-other(i64 %p0, i64 %p1, i64 %p2) {
  %lshr = lshr i64 %p1, 32
  %mul = mul i64 %lshr, %p0
  %lshr.2 = lshr i64 %p0, 32
  %mul.2 = mul i64 %lshr.2, %p1
  %mul.3 = mul nuw i64 %and.2, %and
  %lshr.3 = lshr i64 %mul.3, 32
  %add = add i64 %lshr.3, %mul.2
  %add.2 = add i64 %add, %mul
  %shl = shl i64 %add.2, 32
  %or = or disjoint i64 %shl, %and.3
}

define i64 @low-of-first-sum(i64 %p0, i64 %p1, i64 %p2) {
  %mul = mul nuw i64 %and.2, %and
  %lshr = lshr i64 %p0, 32
  %shl = shl i64 %p1, 32
  %mul.2 = mul i64 %shl, %lshr
  %add = add i64 %mul, %mul.2
}
