/* The script for gdb, in the section where gdb looks for scripts. The linker adds this to executables with symbols.
 * https://sourceware.org/gdb/current/onlinedocs/gdb.html/dotdebug_005fgdb_005fscripts-section.html */
    .section .debug_gdb_scripts, "", @progbits
    .byte 4 /* text in Python: a name, and the script */
    .ascii "wasmc.guest\n"
    .incbin "src/debugger/guest.py"
    .byte 0
