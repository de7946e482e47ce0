/* dns_message.c - writing queries, reading answers. */
#include "dns_message.h"

#include <string.h>

enum { HEADER_BYTES = 12, CLASS_IN = 1, TYPE_OPT = 41 };
/* Of the third byte: an answer; the kind of query, which is 0; cut off; to be asked on. Of the fourth the code. */
enum { IS_ANSWER = 0x80, KIND = 0x78, IS_TRUNCATED = 0x02, ASKS_ON = 0x01, CODE = 0x0f };

/* As other resolvers have it. A chain that comes back to itself ends here. */
#define CHAIN_LIMIT 16

static uint32_t number(const uint8_t *bytes, size_t count)
{
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

static uint8_t *put(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
    return to + 2;
}

size_t wasmc_dns_write_query(const struct wasmc_dns_question *question, uint16_t id, bool has_edns,
                             uint8_t query[WASMC_DNS_QUERY_BYTES])
{
    uint8_t *end = put(query, id);
    end = put(end, ASKS_ON << 8);
    end = put(end, 1);
    end = put(end, 0);
    end = put(end, 0);
    end = put(end, has_edns);
    memcpy(end, question->name.bytes, question->name.count);
    end = put(end + question->name.count, question->type);
    end = put(end, CLASS_IN);
    if (has_edns) { /* of the root: its type, how much comes, no flags, no options */
        *end = 0;
        end = put(end + 1, TYPE_OPT);
        end = put(end, WASMC_DNS_DATAGRAM_BYTES);
        end = put(end, 0);
        end = put(end, 0);
        end = put(end, 0);
    }
    return (size_t)(end - query);
}

/* A message that is read from the front. */
struct reader {
    const uint8_t *message;
    size_t bytes;
    size_t at;
};

static bool read_question(struct reader *reader, struct wasmc_dns_question *question)
{
    if (!wasmc_dns_read_name(reader->message, reader->bytes, &reader->at, &question->name) ||
        reader->bytes - reader->at < 4)
        return false;
    const uint8_t *fields = reader->message + reader->at;
    question->type = (uint16_t)number(fields, 2);
    reader->at += 4;
    return number(fields + 2, 2) == CLASS_IN;
}

bool wasmc_dns_read_query(const uint8_t *query, size_t bytes, struct wasmc_dns_question *question)
{
    struct reader reader = {query, bytes, HEADER_BYTES};
    return bytes > HEADER_BYTES && read_question(&reader, question) &&
           (question->type == WASMC_DNS_A || question->type == WASMC_DNS_AAAA);
}

struct record {
    struct wasmc_dns_name owner;
    uint16_t type;
    uint16_t class;
    uint32_t ttl_s;
    size_t at; /* of its data */
    uint16_t bytes;
};

static bool read_record(struct reader *reader, struct record *record)
{
    if (!wasmc_dns_read_name(reader->message, reader->bytes, &reader->at, &record->owner) ||
        reader->bytes - reader->at < 10)
        return false;
    const uint8_t *fields = reader->message + reader->at;
    record->type = (uint16_t)number(fields, 2);
    record->class = (uint16_t)number(fields + 2, 2);
    record->ttl_s = number(fields + 4, 4);
    if (record->ttl_s > INT32_MAX) /* RFC 2181, 8 */
        record->ttl_s = 0;
    record->bytes = (uint16_t)number(fields + 8, 2);
    record->at = reader->at + 10;
    if (record->bytes > reader->bytes - record->at)
        return false;
    reader->at = record->at + record->bytes;
    return true;
}

/* What is made of the records of one name. */
struct found {
    bool has_address;
    bool has_alias;
    uint32_t alias_ttl_s;
    struct wasmc_dns_name alias;
};

static void note_ttl(struct wasmc_dns_answer *answer, uint32_t ttl_s)
{
    if (ttl_s < answer->ttl_s)
        answer->ttl_s = ttl_s;
}

/* False: it cannot be right. */
static bool take_record(const struct reader *reader, uint16_t type, const struct record *record, struct found *found,
                        struct wasmc_dns_answer *answer)
{
    if (record->type == WASMC_DNS_CNAME) {
        struct wasmc_dns_name alias;
        size_t at = record->at;
        if (!wasmc_dns_read_name(reader->message, reader->bytes, &at, &alias) || at != reader->at)
            return false;
        if (found->has_alias) /* which a name has once */
            return true;
        found->has_alias = true;
        found->alias = alias;
        found->alias_ttl_s = record->ttl_s;
        return true;
    }
    size_t bytes = type == WASMC_DNS_A ? 4 : 16;
    if (record->type != type)
        return true;
    if (record->bytes != bytes)
        return false;
    found->has_address = true;
    note_ttl(answer, record->ttl_s);
    if (answer->count < WASMC_NET_ADDRESSES)
        memcpy(answer->addresses[answer->count++], reader->message + record->at, bytes);
    return true;
}

/* Goes through all records once, for those of the canonical name. A message that says it is cut off may end in one. */
static bool find(struct reader reader, uint32_t records, uint16_t type, struct found *found,
                 struct wasmc_dns_answer *answer)
{
    struct record record;
    for (; records > 0; records--) {
        if (!read_record(&reader, &record))
            return answer->is_truncated;
        if (record.class == CLASS_IN && wasmc_dns_is_same_name(&record.owner, &answer->canonical) &&
            !take_record(&reader, type, &record, found, answer))
            return false;
    }
    return true;
}

static bool follow(struct reader reader, uint32_t records, uint16_t type, struct wasmc_dns_answer *answer)
{
    for (int links = 0; links <= CHAIN_LIMIT; links++) {
        struct found found;
        found.has_address = found.has_alias = false;
        if (!find(reader, records, type, &found, answer))
            return false;
        if (found.has_address || !found.has_alias)
            return true;
        answer->canonical = found.alias;
        note_ttl(answer, found.alias_ttl_s);
    }
    return false;
}

/* A server that did not understand the query may leave the question out. */
static bool repeats_question(struct reader *reader, const struct wasmc_dns_question *question, uint8_t code)
{
    uint32_t questions = number(reader->message + 4, 2);
    if (questions == 0)
        return code != WASMC_DNS_NO_ERROR && code != WASMC_DNS_NO_NAME;
    struct wasmc_dns_question other;
    return questions == 1 && read_question(reader, &other) && other.type == question->type &&
           wasmc_dns_is_same_name(&other.name, &question->name);
}

enum wasmc_dns_verdict wasmc_dns_read_answer(const struct wasmc_dns_question *question, uint16_t id,
                                             const uint8_t *message, size_t bytes, struct wasmc_dns_answer *answer)
{
    struct reader reader = {message, bytes, HEADER_BYTES};
    if (bytes < HEADER_BYTES || number(message, 2) != id || (message[2] & (IS_ANSWER | KIND)) != IS_ANSWER)
        return WASMC_DNS_FOREIGN;
    answer->code = message[3] & CODE;
    answer->is_truncated = (message[2] & IS_TRUNCATED) != 0;
    answer->count = 0;
    answer->ttl_s = UINT32_MAX;
    answer->canonical = question->name;
    if (!repeats_question(&reader, question, answer->code))
        return WASMC_DNS_FOREIGN;
    if (answer->code == WASMC_DNS_NO_ERROR && !follow(reader, number(message + 6, 2), question->type, answer))
        return WASMC_DNS_MALFORMED;
    if (answer->ttl_s == UINT32_MAX)
        answer->ttl_s = 0;
    return WASMC_DNS_ANSWERS;
}
