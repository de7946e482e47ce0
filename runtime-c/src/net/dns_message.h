/* dns_message.h - questions and answers of DNS as bytes (RFC 1035): of an answer nothing is believed.
 *
 * Names are as on the wire and whole: labels, each behind its length, and the root's, of which the length is 0.
 */
#ifndef WASMC_NET_DNS_MESSAGE_H
#define WASMC_NET_DNS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "question.h"

#define WASMC_DNS_NAME_BYTES 255
#define WASMC_DNS_MESSAGE_BYTES 65535

/* The largest datagram that is asked for: what reaches everybody in one piece (dnsflagday.net/2020). */
#define WASMC_DNS_DATAGRAM_BYTES 1232

enum wasmc_dns_type { WASMC_DNS_A = 1, WASMC_DNS_CNAME = 5, WASMC_DNS_AAAA = 28 };

enum wasmc_dns_code {
    WASMC_DNS_NO_ERROR = 0,
    WASMC_DNS_FORMAT_ERROR = 1,
    WASMC_DNS_SERVER_FAILURE = 2,
    WASMC_DNS_NO_NAME = 3,
    WASMC_DNS_NOT_IMPLEMENTED = 4,
};

struct wasmc_dns_name {
    uint8_t bytes[WASMC_DNS_NAME_BYTES];
    uint8_t count;
};

struct wasmc_dns_question {
    struct wasmc_dns_name name;
    uint16_t type; /* A or AAAA */
};

struct wasmc_dns_answer {
    uint8_t code; /* enum wasmc_dns_code, or another */
    bool is_truncated;
    uint16_t count;
    uint32_t ttl_s; /* the least of what led to the addresses; without any record 0 */
    struct wasmc_dns_name canonical; /* where CNAME led; the question's when there is none */
    uint8_t addresses[WASMC_NET_ADDRESSES][16]; /* of A the first 4 bytes; more are left out */
};

/* Header, name, type and class, and what EDNS0 adds (RFC 6891). */
#define WASMC_DNS_QUERY_BYTES (12 + WASMC_DNS_NAME_BYTES + 4 + 11)

/* Returns how many bytes it writes. */
size_t wasmc_dns_write_query(const struct wasmc_dns_question *question, uint16_t id, bool has_edns,
                             uint8_t query[WASMC_DNS_QUERY_BYTES]);

/* The question of a query; false: it has none of these types. */
bool wasmc_dns_read_query(const uint8_t *query, size_t bytes, struct wasmc_dns_question *question);

enum wasmc_dns_verdict {
    WASMC_DNS_ANSWERS,
    WASMC_DNS_FOREIGN,   /* no answer to this question with this id: somebody else's, or a forgery */
    WASMC_DNS_MALFORMED, /* an answer to it that cannot be right */
};

/* Follows the names from the question's to the addresses; records that do not lead from it are passed over. */
enum wasmc_dns_verdict wasmc_dns_read_answer(const struct wasmc_dns_question *question, uint16_t id,
                                             const uint8_t *message, size_t bytes, struct wasmc_dns_answer *answer);

/* Reads the name that begins at *at, which moves behind it. False: it is longer than a name can be, leaves the message,
 * or its pointers do not each lead further to the front; what `name` has then is no name. */
bool wasmc_dns_read_name(const uint8_t *message, size_t bytes, size_t *at, struct wasmc_dns_name *name);

/* Upper and lower case are the same. */
bool wasmc_dns_is_same_name(const struct wasmc_dns_name *one, const struct wasmc_dns_name *other);

/* With dots between the labels and no dot at the end. False: with a dot or a NUL within a label it is no text. */
bool wasmc_dns_name_text(const struct wasmc_dns_name *name, char text[WASMC_DNS_NAME_BYTES]);

#endif
