/* main.c - runs every unit test. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "runtime.h"

int checks_passed;
int checks_failed;

/* The runtime's own tests have no compiled code. */
const struct wasmc_program wasmc_program = {.abi_version = WASMC_ABI_VERSION};

static int report(void)
{
    printf("%d passed, %d failed\n", checks_passed, checks_failed);
    return checks_failed != 0;
}

/* `race N`: only the race, with N opens; `fuzz N SEED`: only the sequences, N operations. */
int main(int argc, char **argv)
{
    wasmc_running = &wasmc_program;
    if (argc == 4 && strcmp(argv[1], "fuzz") == 0) {
        test_sequences(atol(argv[2]), strtoull(argv[3], NULL, 0));
        return report();
    }
    if (argc == 3 && strcmp(argv[1], "race") == 0) {
        test_race(atol(argv[2]));
        return report();
    }
    test_budget();
    test_cpu();
    test_clones();
    test_filter();
    test_errno_map();
    test_timestamp();
    test_source();
    test_text();
    test_number();
    test_grants();
    test_grant_words();
    test_pcmap();
    test_memory();
    test_table();
    test_gc();
    test_guest();
    test_strings();
    test_fd_table();
    test_fd_calls();
    test_path();
    test_path_calls();
    test_readdir();
    test_dir_cookies();
    test_rules();
    test_poll();
    test_poll_sequences();
    test_poll_set();
    test_sock();
    test_wasmedge();
    test_wasmedge_names();
    test_wamr();
    test_stream_ahead();
    test_twins();
    test_unwind();
    test_trace_line();
    test_modules();
    test_ceiling();
    test_net_policy();
    test_forward_words();
    test_flows();
    test_dns();
    test_resolv_conf();
    test_fuzz();
    test_sequences(20000, 1);
    test_race(5000);
    return report();
}
