/* json_tool.c - a driver for cJSON: `json_tool [FILE]` reads one document, from FILE or standard input, checks it and
 * prints statistics, the document sorted, compact and after a round trip, and the result of a generated merge patch.
 *
 * Exit status: 0; 1 when the document does not parse; 2 when it cannot be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cJSON.h"
#include "cJSON_Utils.h"

struct statistics {
    unsigned long objects, arrays, strings, numbers, others;
    unsigned depth;
    double sum;
};

static char *read_all(FILE *stream, size_t *size)
{
    size_t capacity = 4096, used = 0, got;
    char *bytes = malloc(capacity);

    while (bytes != NULL && (got = fread(bytes + used, 1, capacity - used - 1, stream)) > 0) {
        used += got;
        if (capacity - used < 2) {
            char *larger = realloc(bytes, capacity *= 2);

            if (larger == NULL) {
                free(bytes);
            }
            bytes = larger;
        }
    }
    if (bytes != NULL) {
        bytes[used] = '\0';
    }
    *size = used;
    return bytes;
}

static void count(const cJSON *item, unsigned depth, struct statistics *statistics)
{
    const cJSON *child;

    if (depth > statistics->depth) {
        statistics->depth = depth;
    }
    if (cJSON_IsObject(item)) {
        statistics->objects++;
    } else if (cJSON_IsArray(item)) {
        statistics->arrays++;
    } else if (cJSON_IsString(item)) {
        statistics->strings++;
    } else if (cJSON_IsNumber(item)) {
        statistics->numbers++;
        statistics->sum += cJSON_GetNumberValue(item);
    } else {
        statistics->others++;
    }
    cJSON_ArrayForEach(child, item) {
        count(child, depth + 1, statistics);
    }
}

static void print_and_free(const char *title, char *text)
{
    printf("%s:\n%s\n", title, text == NULL ? "(out of memory)" : text);
    free(text);
}

static void print_patch(const cJSON *document)
{
    cJSON *changed = cJSON_Duplicate(document, 1);
    cJSON *patch;

    if (cJSON_IsObject(changed)) {
        cJSON_AddStringToObject(changed, "added", "by the \"driver\" \u00e4\u20ac");
        cJSON_DeleteItemFromObject(changed, "id");
    }
    patch = cJSONUtils_GenerateMergePatch((cJSON *)document, changed);
    print_and_free("merge patch", patch == NULL ? strdup("(none)") : cJSON_Print(patch));
    cJSON_Delete(patch);
    cJSON_Delete(changed);
}

int main(int argc, char **argv)
{
    FILE *stream = argc > 1 ? fopen(argv[1], "rb") : stdin;
    struct statistics statistics = {0};
    const char *end = NULL;
    size_t size = 0;
    char *bytes;
    cJSON *document, *again;

    if (stream == NULL || (bytes = read_all(stream, &size)) == NULL) {
        fprintf(stderr, "json_tool: cannot read %s\n", argc > 1 ? argv[1] : "standard input");
        return 2;
    }
    document = cJSON_ParseWithLengthOpts(bytes, size + 1, &end, 1);
    if (document == NULL) {
        printf("no JSON: error at byte %ld of %zu\n", (long)(end - bytes), size);
        return 1;
    }
    count(document, 0, &statistics);
    printf("objects %lu, arrays %lu, strings %lu, numbers %lu, others %lu, depth %u, sum %.10g\n", statistics.objects,
           statistics.arrays, statistics.strings, statistics.numbers, statistics.others, statistics.depth,
           statistics.sum);
    cJSONUtils_SortObject(document);
    print_and_free("sorted", cJSON_Print(document));
    char *compact = cJSON_PrintUnformatted(document);
    again = cJSON_Parse(compact);
    printf("round trip: %s, %zu bytes\n", cJSON_Compare(document, again, 1) ? "equal" : "different", strlen(compact));
    print_and_free("compact", compact);
    print_patch(document);
    cJSON_Delete(again);
    cJSON_Delete(document);
    free(bytes);
    return 0;
}
