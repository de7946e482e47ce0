;; Functions with names that symbols may have, and with names that a terminal had better not see.
(module
  (memory 1)
  (table funcref (elem $hot $hostile))
  (func $start (export "_start")
    (call $hot (i32.const 60000000))
    (call $hot (i32.const 60000000))
    (call $hostile (i32.const 1))
    (call $hostile (i32.const 2)))
  (func $hot (@name "plain name") (param i32)
    (local i32)
    (local.set 1 (i32.const 1))
    (loop $again
      (local.set 1 (i32.xor (i32.shl (local.get 1) (i32.const 5)) (i32.rotl (local.get 1) (i32.const 7))))
      (i32.store (i32.and (local.get 1) (i32.const 0xfff0)) (local.get 0))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $hostile (@name "hostile\1b[31m\0a_") (param i32)
    (local i32)
    (local.set 1 (i32.const 20))
    (loop $again
      (i32.store (i32.const 12) (i32.mul (i32.load (i32.const 12)) (local.get 0)))
      (i32.store (i32.const 16) (i32.mul (i32.load (i32.const 12)) (i32.load (i32.const 16))))
      (br_if $again (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))))
