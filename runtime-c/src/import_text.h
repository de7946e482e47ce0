/* import_text.h - an import that does not fit what it gets, as the message says it: the same for compiled and interpreted
 * programs. */
#ifndef WASMC_IMPORT_TEXT_H
#define WASMC_IMPORT_TEXT_H

/* Writes that an imported memory or table is smaller than the import, "module name", wants. */
void wasmc_import_report(const char *import);

#endif
