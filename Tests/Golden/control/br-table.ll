define i32 @table(i32 %p0) {
  switch i32 %p0, label %block.end [
    i32 1, label %block.end.2
  ]
return:
  %phi = phi i32 [ 1, %block.end.2 ], [ 2, %block.end ]
  ret i32 %phi
block.end:
  br label %return
block.end.2:
  br label %return
}

define i32 @with a value(i32 %p0) {
  switch i32 %p0, label %br_table.edge [
    i32 0, label %br_table.edge.2
    i32 2, label %br_table.edge.2
  ]
block.end:
  %phi = phi i32 [ 7, %br_table.edge.2 ], [ %add, %br_table.edge ]
  ret i32 %phi
br_table.edge:
  %add = add i32 7, 1
  br label %block.end
br_table.edge.2:
  br label %block.end
}
