/* ask.c - answers the questions of policy.py: on each line the rules, a tab and the call (net_ask.h). */
#include <stdio.h>
#include <string.h>

#include "net_ask.h"

int main(void)
{
    static char line[1 << 16];
    char verdict[300];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (tab == NULL)
            return 1;
        *tab = '\0';
        net_ask(line, tab + 1, verdict, sizeof verdict);
        puts(verdict);
    }
    return 0;
}
