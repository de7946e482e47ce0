/* clones.h - functions that a program has for several levels of CPUs.
 *
 * The linker puts this function in the place of the one that it is named after (--wrap), in programs that have any: no
 * other contains a byte of it.
 */
#ifndef WASMC_CLONES_H
#define WASMC_CLONES_H

int __real_wasmc_sys_protect_constants(void);
int __wrap_wasmc_sys_protect_constants(void);

#endif
