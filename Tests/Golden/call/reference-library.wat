(module (type $t (func (param i32) (result i32)))
  (global (export "g") (mut (ref null $t)) (ref.null $t)))
