/* Loading and converting survey data (docs/data-format.md). */
#ifndef RC_DATA_LOAD_H
#define RC_DATA_LOAD_H

#include "data/model.h"

typedef struct rc_load_options {
    /* kinds whose children need not add up to their parent */
    const rc_str *no_partition;
    size_t no_partition_count;
    bool row_sums_free; /* rows of percentages may miss 100 */
} rc_load_options;

/* Loads a folder of CSV files, or one SQLite file, and checks all of it: every
 * break is in the log with file, row and column, all in one run. Returns false
 * if there is any error; *out is then a model to go on finding mistakes with
 * where that is possible, else NULL. `shown` is the path diagnostics print. */
bool rc_data_load(rc_arena *a, const char *path, rc_str shown,
                  const rc_load_options *options, rc_log *log,
                  const rc_data **out);

/* CSV folder to SQLite file, or SQLite file to CSV folder, by what `from` is.
 * Tables and columns are carried as text, so that there and back gives the
 * same cells; unknown files of the folder are left alone. The data is loaded
 * and checked first; nothing is written when it has errors. */
bool rc_data_convert(const char *from, const char *to, rc_log *log);

#endif
