/* shop.c - the main module: it has the bank's port as argument and every reason to connect, and no rule for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../wasmedge_socket.h"

__attribute__((import_module("payments"), import_name("charge"))) int charge(int port, int amount);

static void connect_to(int port)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    struct wasmedge_address address = {loopback, sizeof loopback};
    int fd = -1;
    int error = wasmedge_open(WASMEDGE_INET4, WASMEDGE_STREAM, &fd);
    if (error == 0)
        error = wasmedge_connect(fd, &address, (uint32_t)port);
    printf("shop: %s\n", error == 0 ? "connected" : strerror(error));
}

int main(int argc, char **argv)
{
    int port = argc > 1 ? atoi(argv[1]) : 5432;
    connect_to(port);
    int receipt = charge(port, 42);
    if (receipt < 0)
        printf("payments: %s\n", strerror(-receipt));
    else
        printf("payments: receipt %d\n", receipt);
    return 0;
}
