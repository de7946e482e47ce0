;; options: -O0 --invoke f
;; show: functions
;; only: define
;; A function with constant expressions of many bytes is not optimised; one with a few is as others are.
(module
  (type $numbers (array i8))
  (global (ref $numbers)
    ;; 600 times: (i32.const #)
    (array.new_fixed $numbers 600))
  (global (ref $numbers)
    ;; 1700 times: (i32.const #)
    (array.new_fixed $numbers 1700))
  (global (ref $numbers) (i32.const 1) (i32.const 2) (array.new_fixed $numbers 2))
  (func (export "f")))
