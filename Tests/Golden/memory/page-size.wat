;; A memory of pages of one byte ends between the host's pages: it is compared.
(module (memory 100 (pagesize 1))
  (func (export "load") (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (export "size") (result i32) (memory.size)))
