/* main.c - runs every unit test. */
#include "check.h"
#include "runtime.h"

int checks_passed;
int checks_failed;

/* The runtime's own tests have no compiled code. */
const struct wasmc_program wasmc_program = {.abi_version = WASMC_ABI_VERSION};

int main(void)
{
    test_cpu();
    test_errno_map();
    test_timestamp();
    test_text();
    test_number();
    test_grants();
    test_pcmap();
    test_memory();
    test_table();
    test_guest();
    test_strings();
    test_fd_table();
    test_fd_calls();
    test_path();
    test_path_calls();
    test_readdir();
    test_poll();
    test_sock();
    test_fuzz();
    printf("%d passed, %d failed\n", checks_passed, checks_failed);
    return checks_failed != 0;
}
