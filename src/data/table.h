/* Tables of text as they stand in a CSV file or a SQLite file, with the place
 * of every cell, before anything is known of surveys. Inside data/ only. */
#ifndef RC_DATA_TABLE_H
#define RC_DATA_TABLE_H

#include "base/diag.h"

/* The tables of docs/data-format.md, in the order they are loaded. */
typedef enum rc_table_id {
    RC_TABLE_GROUPS,
    RC_TABLE_SCALES,
    RC_TABLE_QUESTIONS,
    RC_TABLE_WAVES,
    RC_TABLE_CHANGES,
    RC_TABLE_RESULTS,
    RC_TABLE_BASES,
    RC_TABLE_MEANS,
    RC_TABLE_THEMES,
    RC_TABLE_MENTIONS,
    RC_TABLE_COMMENTS,
    RC_TABLE_FACTS,
} rc_table_id;
enum { RC_TABLE_COUNT = RC_TABLE_FACTS + 1 };

/* One cell. `from`, `to`: its bytes in the source, quotes included; 0 where
 * the source has no text. */
typedef struct rc_text {
    const char *at;
    uint32_t len, from, to;
} rc_text;

typedef struct rc_table {
    rc_str name;
    const rc_source *source;
    rc_str *columns;
    rc_text *heads; /* the cells of the header */
    size_t column_count;
    rc_text *cells; /* by row, then column */
    uint32_t *rows; /* number of each row: 1 is the first after the header */
    size_t row_count, room;
    bool there;
    bool mended; /* some bytes were ill-formed and are '?' now */
    bool broken; /* some rows could not be read: what refers to them is no
                    further mistake */
} rc_table;

/* `keep` outlives the log and the model; `scratch` ends with loading. */
typedef struct rc_reader {
    rc_arena *keep, *scratch;
    rc_log *log;
} rc_reader;

const char *rc_table_name(rc_table_id id);

void rc_table_begin(rc_reader *r, rc_table *t, const rc_text *heads,
                    size_t count);
/* Makes room for `rows` rows. */
void rc_table_reserve(rc_reader *r, rc_table *t, size_t rows);
/* `cells` are as many as there are columns. */
void rc_table_add(rc_reader *r, rc_table *t, uint32_t row,
                  const rc_text *cells);
/* Reports doubled, missing and unknown columns; false if one is missing. */
bool rc_table_check_columns(rc_reader *r, rc_table *t, rc_table_id id);

/* Index of a column by name, or -1. */
int rc_table_column(const rc_table *t, const char *name);
/* A cell; empty where the column is -1. `row` counts from 0. */
rc_str rc_table_cell(const rc_table *t, size_t row, int column);
rc_span rc_table_span(const rc_table *t, size_t row, int column);
rc_span rc_table_head_span(const rc_table *t, int column);

/* Replaces ill-formed bytes and NUL by '?' in place; true if there were any.
 * *first is the first bad byte. */
bool rc_text_mend(char *at, size_t len, unsigned char *first);

/* Reads one CSV file; false if it cannot be read at all (logged). */
bool rc_csv_read(rc_reader *r, const char *path, rc_str shown, rc_table *t);
/* Reads the tables of a SQLite file, read-only; false if it is none. */
bool rc_sqlite_read(rc_reader *r, const char *path, rc_str shown,
                    rc_table tables[RC_TABLE_COUNT]);

#endif
