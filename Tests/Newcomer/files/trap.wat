(module (func $fail unreachable) (func (export "_start") (call $fail)))
