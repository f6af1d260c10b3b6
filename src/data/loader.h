/* What the parts of loading share: the tables as they were read, the model as
 * it grows, and how a cell becomes a value or a message. Inside data/ only.
 *
 * Order: codebook (groups, scales, questions, waves, changes), results (with
 * bases and means), texts (themes, mentions, comments, facts), then what only
 * the whole can tell (sums). A mistake leaves a placeholder behind and never a
 * second message: a cell that cannot be read counts as not available, and what
 * refers to a table that is broken is not blamed for it. */
#ifndef RC_DATA_LOADER_H
#define RC_DATA_LOADER_H

#include "data/index.h"
#include "data/load.h"
#include "data/table.h"

/* An item's scale while loading, where the one it names is not there. */
enum { RC_SCALE_UNKNOWN = -2 };

typedef enum rc_key_kind {
    RC_KEY_GROUP,
    RC_KEY_SCALE,
    RC_KEY_QUESTION,
    RC_KEY_ITEM,
    RC_KEY_CATEGORY,
    RC_KEY_WAVE,
    RC_KEY_THEME,
    RC_KEY_NET,
} rc_key_kind;

/* A key that names nothing: told once, however many rows use it. */
typedef struct rc_unknown {
    rc_key_kind kind;
    int within; /* question of an item, scale of a category or net; or -1 */
    rc_str key;
    rc_span span; /* the first place */
    uint32_t rows;
} rc_unknown;

/* A cell that groups of one kind or several do not add up to. */
typedef struct rc_open_sum {
    size_t answer, category;
    rc_diag *diag;
    int64_t sum;     /* of the first kind */
    size_t kinds;    /* whose groups do not add up */
    bool one;        /* all kinds come to the same sum */
} rc_open_sum;

typedef struct rc_loader {
    rc_reader reader;
    rc_load_options options;
    bool partitions_free; /* no kind need add up */
    rc_str place; /* what is loaded, as shown */
    rc_table tables[RC_TABLE_COUNT];
    bool usable[RC_TABLE_COUNT]; /* there, with the columns it needs */

    rc_data *data;
    rc_index *index;
    /* the model's arrays while they may still be written */
    rc_group *groups;
    rc_scale *scales;
    rc_question *questions;
    rc_item *items;
    rc_answer *answers;
    rc_keys scale_keys;

    /* by answer, in scratch: its cells while they may be written (NULL: none)
     * with row + 1 of each (0: absent); row + 1 in `bases`; whether some of
     * its rows could not be placed, so that its sums say nothing */
    rc_cell **cells;
    uint32_t **cell_rows;
    uint32_t *base_rows;
    uint8_t *tainted;

    /* Groups that were lost: their sums say nothing. Kinds of those whose
     * parent is unknown; whether a row of `groups` had no sound key. */
    RC_VEC(rc_str) lost_kinds;
    bool lost_group;

    /* Cells whose groups do not add up, one message each. */
    RC_VEC(rc_open_sum) open_sums;

    RC_VEC(rc_unknown) unknowns;
    rc_keys unknown_keys;
} rc_loader;

void rc_load_codebook(rc_loader *l);
void rc_load_waves(rc_loader *l); /* and changes; part of the codebook */
void rc_load_results(rc_loader *l);
void rc_load_bases(rc_loader *l); /* and means; part of the results */
void rc_load_texts(rc_loader *l);
void rc_load_checks(rc_loader *l);

/* Tables, checks of their columns, and the model; false if there is any
 * error. */
bool rc_load_all(rc_loader *l, const char *path);
/* Reads the tables of a folder or a SQLite file; false if nothing could be
 * read. */
bool rc_load_tables(rc_loader *l, const char *path);

/* -- one cell as a value. All log what is wrong; `row` counts from 0. ------- */

/* A key that must be there. False (logged) if it is empty or ill-formed. */
bool rc_load_key(rc_loader *l, const rc_table *t, size_t row, int column,
                 rc_str *out);
/* A whole number from 0; *out is left alone where the cell is empty. */
bool rc_load_whole(rc_loader *l, const rc_table *t, size_t row, int column,
                   int64_t *out);
/* A number from 0. Likewise. */
bool rc_load_real(rc_loader *l, const rc_table *t, size_t row, int column,
                  double *out);
/* 1 or 0; likewise. */
bool rc_load_flag(rc_loader *l, const rc_table *t, size_t row, int column,
                  bool *out);
/* Index of the cell in `words` (separated by blanks); -1 if it is another
 * (logged) or empty. */
int rc_load_word(rc_loader *l, const rc_table *t, size_t row, int column,
                 const char *words);
/* [c], [x], [low], [z]; RC_CELL_ABSENT if it is none of them. */
rc_cell_kind rc_load_mark(rc_str s);
/* Ill-formed numbers, with what was expected. */
void rc_load_bad(rc_loader *l, const char *name, rc_span at, rc_str found,
                 const char *wanted);
void rc_load_missing(rc_loader *l, const rc_table *t, size_t row, int column);
/* "doubled-key", with the place of the first. */
rc_diag *rc_load_doubled(rc_loader *l, const char *what, rc_str key,
                         rc_span at, rc_span first);

/* Index of what the cell names, or -1 (noted as unknown; told at the end).
 * Empty cells are missing values. */
int rc_load_group(rc_loader *l, const rc_table *t, size_t row, int column);
int rc_load_question(rc_loader *l, const rc_table *t, size_t row, int column);
int rc_load_item(rc_loader *l, const rc_table *t, size_t row, int question,
                 int item);
/* Where there are no waves, an empty cell is 0; where there are several, an
 * empty cell is an error, or the newest if `optional`. */
int rc_load_wave(rc_loader *l, const rc_table *t, size_t row, int column,
                 bool optional);

void rc_load_unknown(rc_loader *l, rc_key_kind kind, int within, rc_str key,
                     rc_span at);
/* Whether rows of `results` name what is not there: sums and bases of others
 * may be open for it. */
bool rc_load_lost_rows(const rc_loader *l);
/* Tells the unknown keys, with suggestions. */
void rc_load_tell_unknowns(rc_loader *l);

/* Where the figure of a category stands; where it has no row, that of another
 * category of the answer. */
rc_span rc_load_cell_span(const rc_loader *l, size_t answer, size_t category);
/* The place of an answer in rc_data.answers. */
size_t rc_load_answer(const rc_loader *l, int item, int group, int wave);
size_t rc_load_wave_slots(const rc_loader *l);

#endif
