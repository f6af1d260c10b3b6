/* What the drivers of tests/fuzz share. A driver is one function, which
 * libFuzzer calls with made-up inputs and replay.c with stored ones: whatever
 * the bytes are, mistakes are logged, and nothing breaks. */
#ifndef RC_FUZZ_H
#define RC_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a text: valid UTF-8, as everything that is read. False where
 * it is not; files that are read with their bytes do not ask. */
bool fuzz_text(rc_arena *a, const uint8_t *data, size_t size, rc_str *out);

/* Prints the log into nothing, so that every span is looked at, and frees it. */
void fuzz_finish(rc_log *log);

/* A folder of this process, made at the first call. */
const char *fuzz_folder(void);
void fuzz_write(const char *name, const void *bytes, size_t size);

/* Files of one input: "@@ name" at the start of a line begins each; what
 * stands before the first is `first`. Names are of letters, digits, '.', '-';
 * others are dropped. Each is written to the folder. */
void fuzz_write_parts(const char *first, const uint8_t *data, size_t size);

#endif
