/* hello.c, and 50 MB of data of which one byte is read. */
#include <stdio.h>

static const volatile unsigned char data[] = {
#embed "data.bin"
};

int main(int argc, char **argv)
{
    (void)argv;
    if (data[argc * 4096] == 0)
        return 1;
    puts("hello, world");
    return 0;
}
