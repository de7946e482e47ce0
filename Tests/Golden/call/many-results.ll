define { i64, i64, i64, i64, i64, i64, i64, i64, i64 } @nine() {
  %mrv = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } poison, i64 1, 0
  %mrv.2 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv, i64 2, 1
  %mrv.3 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.2, i64 3, 2
  %mrv.4 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.3, i64 4, 3
  %mrv.5 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.4, i64 5, 4
  %mrv.6 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.5, i64 6, 5
  %mrv.7 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.6, i64 7, 6
  %mrv.8 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.7, i64 8, 7
  %mrv.9 = insertvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.8, i64 9, 8
  ret { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %mrv.9
}

define i64 @last of nine() {
  %call = notail call fastcc { i64, i64, i64, i64, i64, i64, i64, i64, i64 } @nine()
  %extract = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 0
  %extract.2 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 1
  %extract.3 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 2
  %extract.4 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 3
  %extract.5 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 4
  %extract.6 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 5
  %extract.7 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 6
  %extract.8 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 7
  %extract.9 = extractvalue { i64, i64, i64, i64, i64, i64, i64, i64, i64 } %call, 8
  ret i64 %extract.9
}
