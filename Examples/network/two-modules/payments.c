/* payments.c - the module that talks to the bank, and the only one that may. */
#include <stdio.h>
#include <unistd.h>

#include "../wasmedge_socket.h"

/* Charges an amount; the number of the receipt, or a negative errno. */
__attribute__((export_name("charge"))) int charge(int port, int amount)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    struct wasmedge_address address = {loopback, sizeof loopback};
    char text[64];
    int fd = -1;
    int receipt = 0;
    int error = wasmedge_open(WASMEDGE_INET4, WASMEDGE_STREAM, &fd);
    if (error == 0)
        error = wasmedge_connect(fd, &address, (uint32_t)port);
    if (error != 0)
        return -error;
    write(fd, text, (size_t)snprintf(text, sizeof text, "charge %d\n", amount));
    ssize_t bytes = read(fd, text, sizeof text - 1);
    close(fd);
    text[bytes > 0 ? bytes : 0] = '\0';
    sscanf(text, "receipt %d", &receipt);
    return receipt;
}
