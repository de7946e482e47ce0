#include "report.h"

#include "../text.h"

void wasmc_gc_print_report(const struct wasmc_gc_report *report)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: gc ");
    wasmc_text_decimal(&text, report->number);
    wasmc_text_string(&text, ": ");
    wasmc_text_decimal(&text, report->before_bytes);
    wasmc_text_string(&text, " bytes -> ");
    wasmc_text_decimal(&text, report->alive_bytes);
    wasmc_text_string(&text, " alive, heap ");
    wasmc_text_decimal(&text, report->heap_bytes);
    wasmc_text_string(&text, ", ");
    wasmc_text_decimal(&text, report->time_us);
    wasmc_text_string(&text, " us\n");
    wasmc_text_flush(&text);
}
