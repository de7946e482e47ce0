;; wordfreq - the most frequent words of a text.
;;
;;     wasmc build Examples/wordfreq.wat -o wordfreq
;;     WASMC_GRANTS='--dir Examples::/' ./wordfreq rationale.txt 5
;;
;; Reads the file that the first argument names, below the first directory that was granted, or standard input if
;; there is none; prints the second argument's number of words (default 10), most frequent first, and the totals.
;; A word is a run of ASCII letters, digits and bytes above 127; capital letters count as small ones.
;;
;; Exit status: 0; 1 when the file cannot be read or memory is short; 2 for a wrong argument.
;;
;; Memory:
;;     0x000000   scratch for host calls, and a number in decimal
;;     0x000100   messages
;;     0x001000   arguments: pointers, then texts (60 KiB)
;;     0x010000   the block that was read last (64 KiB)
;;     0x020000   the hash table: 65,536 entries of 16 bytes (1 MiB)
;;     0x120000   words, one behind the other; grows
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))

  (memory (export "memory") 19)

  (data (i32.const 0x100) "usage: wordfreq [FILE [COUNT]]\n")       ;; 31 bytes
  (data (i32.const 0x120) "wordfreq: cannot read the file, error ") ;; 38 bytes
  (data (i32.const 0x150) "wordfreq: out of memory\n")              ;; 24 bytes
  (data (i32.const 0x170) " words, ")                               ;; 8 bytes
  (data (i32.const 0x180) " different\n")                           ;; 11 bytes
  (data (i32.const 0x190) "\n \t")                                  ;; a line end, a blank, a tab

  (global $table i32 (i32.const 0x20000))
  (global $entries i32 (i32.const 65536))
  ;; Where the next word goes.
  (global $arena (mut i32) (i32.const 0x120000))
  (global $words (mut i32) (i32.const 0))
  (global $different (mut i32) (i32.const 0))

  ;; An entry of the hash table is free while its count is 0.
  ;;     +0 address of the word   +4 its length   +8 count   +12 hash

  ;; ---- output ----

  (func $write (param $fd i32) (param $address i32) (param $length i32)
    ;; fd_write may write less than it was given.
    (loop $again
      (if (i32.eqz (local.get $length)) (then (return)))
      (i32.store (i32.const 0) (local.get $address))
      (i32.store (i32.const 4) (local.get $length))
      (if (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))
        (then (call $proc_exit (i32.const 1))))
      (local.set $address (i32.add (local.get $address) (i32.load (i32.const 8))))
      (local.set $length (i32.sub (local.get $length) (i32.load (i32.const 8))))
      (br $again)))

  ;; Writes a number in decimal, right-aligned in $width columns.
  (func $write_number (param $fd i32) (param $number i32) (param $width i32)
    (local $at i32)
    (local.set $at (i32.const 0x40))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at)
        (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
      (local.set $number (i32.div_u (local.get $number) (i32.const 10)))
      (br_if $digit (local.get $number)))
    (block $aligned
      (loop $blank
        (br_if $aligned
          (i32.ge_u (i32.sub (i32.const 0x40) (local.get $at)) (local.get $width)))
        (local.set $at (i32.sub (local.get $at) (i32.const 1)))
        (i32.store8 (local.get $at) (i32.const 32))
        (br $blank)))
    (call $write (local.get $fd) (local.get $at) (i32.sub (i32.const 0x40) (local.get $at))))

  ;; ---- words ----

  ;; FNV-1a over the word.
  (func $hash (param $address i32) (param $length i32) (result i32)
    (local $hash i32)
    (local.set $hash (i32.const 0x811C9DC5))
    (block $done
      (loop $byte
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $hash
          (i32.mul
            (i32.xor (local.get $hash) (i32.load8_u (local.get $address)))
            (i32.const 0x01000193)))
        (local.set $address (i32.add (local.get $address) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $byte)))
    (local.get $hash))

  (func $equal (param $one i32) (param $other i32) (param $length i32) (result i32)
    (loop $byte
      (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
      (if (i32.ne (i32.load8_u (local.get $one)) (i32.load8_u (local.get $other)))
        (then (return (i32.const 0))))
      (local.set $one (i32.add (local.get $one) (i32.const 1)))
      (local.set $other (i32.add (local.get $other) (i32.const 1)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $byte))
    (unreachable))

  ;; The entry of a word, or the free one where it belongs (linear probing).
  (func $find (param $address i32) (param $length i32) (param $hash i32) (result i32)
    (local $index i32)
    (local $entry i32)
    (local.set $index (local.get $hash))
    (loop $probe
      (local.set $entry
        (i32.add (global.get $table)
          (i32.shl
            (i32.and (local.get $index) (i32.sub (global.get $entries) (i32.const 1)))
            (i32.const 4))))
      (if (i32.eqz (i32.load offset=8 (local.get $entry)))
        (then (return (local.get $entry))))
      (if (i32.and
            (i32.eq (i32.load offset=12 (local.get $entry)) (local.get $hash))
            (i32.eq (i32.load offset=4 (local.get $entry)) (local.get $length)))
        (then
          (if (call $equal (i32.load (local.get $entry)) (local.get $address) (local.get $length))
            (then (return (local.get $entry))))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $probe))
    (unreachable))

  ;; Counts the word of $length bytes that lies at the arena's end; a new one stays there.
  (func $count_word (param $length i32)
    (local $hash i32)
    (local $entry i32)
    (global.set $words (i32.add (global.get $words) (i32.const 1)))
    (local.set $hash (call $hash (global.get $arena) (local.get $length)))
    (local.set $entry (call $find (global.get $arena) (local.get $length) (local.get $hash)))
    (if (i32.eqz (i32.load offset=8 (local.get $entry)))
      (then
        ;; A table with few free entries would be slow, a full one endless.
        (if (i32.gt_u (global.get $different) (i32.const 60000)) (then (call $fail_memory)))
        (i32.store (local.get $entry) (global.get $arena))
        (i32.store offset=4 (local.get $entry) (local.get $length))
        (i32.store offset=12 (local.get $entry) (local.get $hash))
        (global.set $arena (i32.add (global.get $arena) (local.get $length)))
        (global.set $different (i32.add (global.get $different) (i32.const 1)))))
    (i32.store offset=8 (local.get $entry)
      (i32.add (i32.load offset=8 (local.get $entry)) (i32.const 1))))

  ;; The small letter of a byte, or 0 for one that belongs to no word.
  (func $fold (param $byte i32) (result i32)
    (if (i32.ge_u (local.get $byte) (i32.const 128)) (then (return (local.get $byte))))
    (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 48)) (i32.const 10))
      (then (return (local.get $byte))))
    (local.set $byte (i32.or (local.get $byte) (i32.const 32)))
    (select (local.get $byte) (i32.const 0)
      (i32.lt_u (i32.sub (local.get $byte) (i32.const 97)) (i32.const 26))))

  ;; Makes room for one more byte behind $at.
  (func $reserve (param $at i32)
    (if (i32.ge_u (local.get $at) (i32.shl (memory.size) (i32.const 16)))
      (then
        (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1))
          (then (call $fail_memory))))))

  ;; Reads to the end. A word may lie across two blocks: its beginning is at the arena's end already.
  (func $read_words (param $fd i32)
    (local $at i32)
    (local $end i32)
    (local $length i32)
    (local $byte i32)
    (local $error i32)
    (block $finished
      (loop $block
        (i32.store (i32.const 0) (i32.const 0x10000))
        (i32.store (i32.const 4) (i32.const 0x10000))
        (local.set $error (call $fd_read (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
        (if (local.get $error) (then (call $fail_read (local.get $error))))
        (br_if $finished (i32.eqz (i32.load (i32.const 8))))
        (local.set $at (i32.const 0x10000))
        (local.set $end (i32.add (local.get $at) (i32.load (i32.const 8))))
        (loop $next
          (local.set $byte (call $fold (i32.load8_u (local.get $at))))
          (if (local.get $byte)
            (then
              (call $reserve (i32.add (global.get $arena) (local.get $length)))
              (i32.store8 (i32.add (global.get $arena) (local.get $length)) (local.get $byte))
              (local.set $length (i32.add (local.get $length) (i32.const 1))))
            (else
              (if (local.get $length) (then (call $count_word (local.get $length))))
              (local.set $length (i32.const 0))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
        (br $block)))
    (if (local.get $length) (then (call $count_word (local.get $length)))))

  ;; ---- the most frequent ----

  ;; Whether entry $one comes before $other: a higher count, or the same and an alphabetically smaller word.
  (func $precedes (param $one i32) (param $other i32) (result i32)
    (local $index i32)
    (local $a i32)
    (local $b i32)
    (local.set $a (i32.load offset=8 (local.get $one)))
    (local.set $b (i32.load offset=8 (local.get $other)))
    (if (i32.ne (local.get $a) (local.get $b))
      (then (return (i32.gt_u (local.get $a) (local.get $b)))))
    (loop $byte
      (if (i32.ge_u (local.get $index) (i32.load offset=4 (local.get $other)))
        (then (return (i32.const 0))))
      (if (i32.ge_u (local.get $index) (i32.load offset=4 (local.get $one)))
        (then (return (i32.const 1))))
      (local.set $a (i32.load8_u (i32.add (i32.load (local.get $one)) (local.get $index))))
      (local.set $b (i32.load8_u (i32.add (i32.load (local.get $other)) (local.get $index))))
      (if (i32.ne (local.get $a) (local.get $b))
        (then (return (i32.lt_u (local.get $a) (local.get $b)))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $byte))
    (unreachable))

  ;; The entry that comes first, or 0 when all are free.
  (func $first (result i32)
    (local $entry i32)
    (local $end i32)
    (local $best i32)
    (local.set $entry (global.get $table))
    (local.set $end
      (i32.add (local.get $entry) (i32.shl (global.get $entries) (i32.const 4))))
    (loop $next
      (if (i32.load offset=8 (local.get $entry))
        (then
          (if (i32.eqz (local.get $best))
            (then (local.set $best (local.get $entry)))
            (else
              (if (call $precedes (local.get $entry) (local.get $best))
                (then (local.set $best (local.get $entry))))))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (local.get $best))

  ;; Prints the first $count entries and frees them.
  (func $print_first (param $count i32)
    (local $entry i32)
    (loop $line
      (if (i32.eqz (local.get $count)) (then (return)))
      (local.set $entry (call $first))
      (if (i32.eqz (local.get $entry)) (then (return)))
      (call $write_number (i32.const 1) (i32.load offset=8 (local.get $entry)) (i32.const 7))
      (call $write (i32.const 1) (i32.const 0x191) (i32.const 1))
      (call $write (i32.const 1) (i32.load (local.get $entry)) (i32.load offset=4 (local.get $entry)))
      (call $write (i32.const 1) (i32.const 0x190) (i32.const 1))
      (i32.store offset=8 (local.get $entry) (i32.const 0))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $line)))

  ;; ---- arguments ----

  (func $length (param $text i32) (result i32)
    (local $end i32)
    (local.set $end (local.get $text))
    (block $done
      (loop $byte
        (br_if $done (i32.eqz (i32.load8_u (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $byte)))
    (i32.sub (local.get $end) (local.get $text)))

  (func $parse_number (param $text i32) (result i32)
    (local $value i32)
    (local $digit i32)
    (if (i32.eqz (i32.load8_u (local.get $text))) (then (call $fail_usage)))
    (block $done
      (loop $byte
        (br_if $done (i32.eqz (i32.load8_u (local.get $text))))
        (local.set $digit (i32.sub (i32.load8_u (local.get $text)) (i32.const 48)))
        (if (i32.or
              (i32.ge_u (local.get $digit) (i32.const 10))
              (i32.gt_u (local.get $value) (i32.const 1000000)))
          (then (call $fail_usage)))
        (local.set $value
          (i32.add (i32.mul (local.get $value) (i32.const 10)) (local.get $digit)))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $byte)))
    (local.get $value))

  ;; Opens a file for reading, below the first directory that was granted.
  (func $open (param $path i32) (result i32)
    (local $error i32)
    (local.set $error
      (call $path_open
        (i32.const 3)           ;; the first directory
        (i32.const 1)           ;; follow a symbolic link
        (local.get $path) (call $length (local.get $path))
        (i32.const 0)           ;; neither create nor truncate
        (i64.const 2) (i64.const 0) ;; the right to read
        (i32.const 0) (i32.const 8)))
    (if (local.get $error) (then (call $fail_read (local.get $error))))
    (i32.load (i32.const 8)))

  (func (export "_start")
    (local $fd i32)
    (local $count i32)
    (local $arguments i32)
    (local.set $count (i32.const 10))
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (local.set $arguments (i32.load (i32.const 0)))
    (if (i32.gt_u (local.get $arguments) (i32.const 3)) (then (call $fail_usage)))
    (if (i32.gt_u (i32.load (i32.const 4)) (i32.const 0xE000)) (then (call $fail_usage)))
    (drop (call $args_get (i32.const 0x1000) (i32.const 0x1010)))
    (if (i32.gt_u (local.get $arguments) (i32.const 1))
      (then (local.set $fd (call $open (i32.load (i32.const 0x1004))))))
    (if (i32.gt_u (local.get $arguments) (i32.const 2))
      (then (local.set $count (call $parse_number (i32.load (i32.const 0x1008))))))

    (call $read_words (local.get $fd))

    (call $print_first (local.get $count))
    (call $write_number (i32.const 1) (global.get $words) (i32.const 7))
    (call $write (i32.const 1) (i32.const 0x170) (i32.const 8))
    (call $write_number (i32.const 1) (global.get $different) (i32.const 0))
    (call $write (i32.const 1) (i32.const 0x180) (i32.const 11)))

  ;; ---- errors; none of these returns ----

  (func $fail_usage
    (call $write (i32.const 2) (i32.const 0x100) (i32.const 31))
    (call $proc_exit (i32.const 2))
    (unreachable))

  (func $fail_read (param $error i32)
    (call $write (i32.const 2) (i32.const 0x120) (i32.const 38))
    (call $write_number (i32.const 2) (local.get $error) (i32.const 0))
    (call $write (i32.const 2) (i32.const 0x190) (i32.const 1))
    (call $proc_exit (i32.const 1))
    (unreachable))

  (func $fail_memory
    (call $write (i32.const 2) (i32.const 0x150) (i32.const 24))
    (call $proc_exit (i32.const 1))
    (unreachable)))
