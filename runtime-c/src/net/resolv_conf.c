/* resolv_conf.c - reading resolv.conf. */
#include "resolv_conf.h"

#include <string.h>
#include <sys/socket.h>

#include "address.h"
#include "name.h"

struct word {
    const char *text;
    size_t bytes;
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Takes the next word off a line; none at a comment, or the end. */
static struct word take_word(struct word *line)
{
    while (line->bytes > 0 && is_blank(*line->text)) {
        line->text++;
        line->bytes--;
    }
    struct word word = {line->text, 0};
    if (line->bytes > 0 && (*line->text == '#' || *line->text == ';'))
        return word;
    while (word.bytes < line->bytes && !is_blank(word.text[word.bytes]))
        word.bytes++;
    line->text += word.bytes;
    line->bytes -= word.bytes;
    return word;
}

static bool is_word(struct word word, const char *text)
{
    return word.bytes == strlen(text) && memcmp(word.text, text, word.bytes) == 0;
}

/* Digits alone; what is too large is the largest. */
static bool parse_number(struct word word, uint32_t largest, uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < word.bytes; i++) {
        if (word.text[i] < '0' || word.text[i] > '9')
            return false;
        *number = *number * 10 + (uint32_t)(word.text[i] - '0');
        if (*number > largest)
            *number = largest;
    }
    return word.bytes > 0;
}

/* NAME:NUMBER. */
static bool parse_option(struct word word, const char *name, uint32_t largest, uint32_t *number)
{
    size_t bytes = strlen(name);
    return word.bytes > bytes && memcmp(word.text, name, bytes) == 0 &&
           parse_number((struct word){word.text + bytes, word.bytes - bytes}, largest, number);
}

static void take_options(struct word line, struct wasmc_resolv_conf *conf)
{
    for (struct word word = take_word(&line); word.bytes > 0; word = take_word(&line)) {
        uint32_t number;
        if (parse_option(word, "ndots:", 15, &number))
            conf->ndots = (uint8_t)number;
        else if (parse_option(word, "timeout:", 30, &number))
            conf->timeout_s = number == 0 ? 1 : (uint8_t)number;
        else if (parse_option(word, "attempts:", 5, &number))
            conf->attempts = number == 0 ? 1 : (uint8_t)number;
        else if (is_word(word, "rotate"))
            conf->rotates = true;
    }
}

/* Each list takes the place of the one before. A domain that is none is left out: the root, which some systems write,
 * and what musl would make a wrong question of. */
static void take_search(struct word line, struct wasmc_resolv_conf *conf, bool is_list)
{
    size_t used = 0;
    conf->search[0] = '\0';
    for (struct word word = take_word(&line); word.bytes > 0; word = take_word(&line)) {
        struct wasmc_net_name name;
        size_t blank = used > 0;
        if (wasmc_net_name_parse(word.text, word.bytes, &name, NULL) &&
            used + blank + name.bytes < sizeof conf->search) {
            memcpy(conf->search + used, " ", blank);
            memcpy(conf->search + used + blank, name.text, name.bytes);
            used += blank + name.bytes;
            conf->search[used] = '\0';
        }
        if (!is_list)
            return;
    }
}

/* Takes what lies behind a byte off a word; false: it is not there. */
static bool split_behind(struct word *word, char byte, struct word *behind)
{
    const char *at = memchr(word->text, byte, word->bytes);
    if (at == NULL)
        return false;
    *behind = (struct word){at + 1, word->bytes - (size_t)(at + 1 - word->text)};
    word->bytes = (size_t)(at - word->text);
    return true;
}

/* [ADDRESS]:PORT, of which it leaves the address. */
static bool take_port(struct word *word, uint16_t *port)
{
    struct word behind;
    uint32_t number;
    if (word->bytes == 0 || *word->text != '[')
        return true;
    word->text++;
    word->bytes--;
    if (!split_behind(word, ']', &behind) || behind.bytes < 2 || *behind.text != ':' ||
        !parse_number((struct word){behind.text + 1, behind.bytes - 1}, 1 << 16, &number) || number == 0 ||
        number > UINT16_MAX)
        return false;
    *port = (uint16_t)number;
    return true;
}

static void set_address(struct wasmc_resolv_server *server, wasmc_net_address address, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        server->address[i] = (uint8_t)(address >> 8 * (bytes - 1 - i));
}

static bool parse_server(struct word word, struct wasmc_resolv_server *server)
{
    struct word scope = {word.text, 0};
    wasmc_net_address address;
    *server = (struct wasmc_resolv_server){.port = WASMC_RESOLV_PORT};
    if (!take_port(&word, &server->port))
        return false;
    if (wasmc_net_parse_v4(word.text, word.bytes, &address)) {
        server->family = AF_INET;
        set_address(server, address, 4);
        return true;
    }
    bool has_scope = split_behind(&word, '%', &scope);
    if (!wasmc_net_parse_v6(word.text, word.bytes, &address) || (has_scope && scope.bytes == 0) ||
        scope.bytes >= sizeof server->scope || memchr(scope.text, '\0', scope.bytes) != NULL)
        return false;
    server->family = AF_INET6;
    set_address(server, address, 16);
    memcpy(server->scope, scope.text, scope.bytes);
    return true;
}

/* The keyword begins the line. */
static void take_line(struct word line, struct wasmc_resolv_conf *conf)
{
    if (line.bytes == 0 || is_blank(*line.text))
        return;
    struct word keyword = take_word(&line);
    if (is_word(keyword, "nameserver")) {
        if (conf->server_count < WASMC_RESOLV_SERVERS &&
            parse_server(take_word(&line), &conf->servers[conf->server_count]))
            conf->server_count++;
    } else if (is_word(keyword, "search") || is_word(keyword, "domain")) {
        take_search(line, conf, *keyword.text == 's');
    } else if (is_word(keyword, "options")) {
        take_options(line, conf);
    }
}

void wasmc_resolv_conf_parse(const char *text, size_t bytes, struct wasmc_resolv_conf *conf)
{
    *conf = (struct wasmc_resolv_conf){.ndots = 1, .timeout_s = 5, .attempts = 2};
    for (size_t at = 0; at < bytes;) {
        const char *end = memchr(text + at, '\n', bytes - at);
        size_t count = end == NULL ? bytes - at : (size_t)(end - text) - at;
        take_line((struct word){text + at, count}, conf);
        at += count + 1;
    }
    if (conf->server_count == 0)
        (void)parse_server((struct word){"127.0.0.1", 9}, &conf->servers[conf->server_count++]);
}
