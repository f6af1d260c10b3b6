#include "data/table.h"

#include <string.h>

/* The columns of each table, needed ones first. `location`, `status` and
 * `notes` may stand anywhere. Change together with docs/data-format.md. */
typedef struct schema {
    const char *name;
    const char *needed; /* separated by blanks */
    const char *optional;
} schema;

static const schema schemas[RC_TABLE_COUNT] = {
    [RC_TABLE_GROUPS] = {"groups", "group kind parent name",
                         "short_name population invited respondents responses "
                         "responses_label"},
    [RC_TABLE_SCALES] = {"scales", "scale position category label net",
                         "in_base value kind"},
    [RC_TABLE_QUESTIONS] = {"questions",
                            "question item position question_text item_text "
                            "scale base_text asked_of",
                            "chapter chart short_text positive wording"},
    [RC_TABLE_WAVES] = {"waves",
                        "wave position label fieldwork_start fieldwork_end",
                        "respondents"},
    [RC_TABLE_CHANGES] = {"changes", "wave change",
                          "question group item from bridge note"},
    [RC_TABLE_RESULTS] = {"results", "group question item category",
                          "count percent weighted wave"},
    [RC_TABLE_BASES] = {"bases", "group question item unweighted",
                        "wave weighted effective population"},
    [RC_TABLE_MEANS] = {"means", "group question item mean base", "sd wave"},
    [RC_TABLE_THEMES] = {"themes", "question theme label group",
                         "percent count base base_note wave"},
    [RC_TABLE_MENTIONS] = {"mentions",
                           "id group question count precision of_commenting "
                           "label",
                           ""},
    [RC_TABLE_COMMENTS] = {"comments", "id group question role text",
                           "theme language illustrative"},
    [RC_TABLE_FACTS] = {"facts", "key value unit", ""},
};

const char *
rc_table_name(rc_table_id id)
{
    return schemas[id].name;
}

/* The next name of a list separated by blanks; empty at the end. */
static rc_str
next_name(const char **list)
{
    const char *from = *list;
    size_t len = strcspn(from, " ");
    *list = from + len + (from[len] == ' ');
    return (rc_str){from, len};
}

static bool
list_has(const char *list, rc_str name)
{
    for (rc_str s = next_name(&list); s.len; s = next_name(&list))
        if (rc_str_eq(s, name))
            return true;
    return false;
}

/* -- rows ------------------------------------------------------------------- */

void
rc_table_begin(rc_reader *r, rc_table *t, const rc_text *heads, size_t count)
{
    t->there = true;
    t->column_count = count;
    t->columns = RC_MAKE_ARRAY(r->keep, rc_str, count);
    t->heads = RC_MAKE_ARRAY(r->scratch, rc_text, count);
    for (size_t i = 0; i < count; i++) {
        t->heads[i] = heads[i];
        t->columns[i] = rc_str_copy(r->keep,
                                    (rc_str){heads[i].at, heads[i].len});
    }
}

void
rc_table_reserve(rc_reader *r, rc_table *t, size_t rows)
{
    size_t room = t->room;
    rc_vec_reserve(r->scratch, (void **)&t->rows, &room, rows, t->row_count,
                   sizeof *t->rows);
    rc_text *cells =
        rc_arena_array(r->scratch, room * t->column_count, sizeof *cells);
    if (t->row_count)
        memcpy(cells, t->cells,
               t->row_count * t->column_count * sizeof *cells);
    t->cells = cells;
    t->room = room;
}

void
rc_table_add(rc_reader *r, rc_table *t, uint32_t row, const rc_text *cells)
{
    if (t->row_count == t->room)
        rc_table_reserve(r, t, t->row_count + 1);
    t->rows[t->row_count] = row;
    memcpy(t->cells + t->row_count * t->column_count, cells,
           t->column_count * sizeof *cells);
    t->row_count++;
}

int
rc_table_column(const rc_table *t, const char *name)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (rc_str_is(t->columns[i], name))
            return (int)i;
    return -1;
}

rc_str
rc_table_cell(const rc_table *t, size_t row, int column)
{
    if (column < 0)
        return (rc_str){"", 0};
    const rc_text *c = &t->cells[row * t->column_count + (size_t)column];
    return (rc_str){c->at, c->len};
}

static rc_span
span_of(const rc_table *t, const rc_text *c, uint32_t row, int column)
{
    return (rc_span){t->source, c->from, c->to, row,
                     t->columns[(size_t)column]};
}

rc_span
rc_table_span(const rc_table *t, size_t row, int column)
{
    if (column >= 0)
        return span_of(t, &t->cells[row * t->column_count + (size_t)column],
                       t->rows[row], column);
    rc_span s = span_of(t, &t->cells[row * t->column_count], t->rows[row], 0);
    s.column = (rc_str){"", 0};
    return s;
}

rc_span
rc_table_head_span(const rc_table *t, int column)
{
    if (column >= 0)
        return span_of(t, &t->heads[column], 0, column);
    return (rc_span){.source = t->source};
}

/* -- columns ---------------------------------------------------------------- */

static void
check_doubled(rc_reader *r, const rc_table *t)
{
    for (size_t i = 1; i < t->column_count; i++)
        for (size_t j = 0; j < i; j++)
            if (t->columns[i].len && rc_str_eq(t->columns[i], t->columns[j])) {
                rc_diag *d = rc_log_error(
                    r->log, "doubled-column", rc_table_head_span(t, (int)i),
                    "two columns are called '%.*s'", RC_STR(t->columns[i]));
                rc_diag_also(d, rc_table_head_span(t, (int)j),
                             "the first is here");
                break;
            }
}

/* The column that may be meant by a name that is missing; -1: none is near. */
static int
misspelt(const rc_table *t, const schema *s, rc_str name)
{
    int near = -1;
    size_t limit = (name.len + 1) / 3;
    for (size_t i = 0; i < t->column_count; i++) {
        if (list_has(s->needed, t->columns[i])
            || list_has(s->optional, t->columns[i]))
            continue;
        size_t far = rc_str_distance(t->columns[i], name, limit);
        if (far > limit)
            continue;
        near = (int)i;
        limit = far ? far - 1 : 0;
    }
    return near;
}

/* Bit i of `misspelled`: the column was named as one that is missing. */
static bool
check_needed(rc_reader *r, const rc_table *t, const schema *s,
             uint64_t *misspelled)
{
    bool ok = true;
    const char *list = s->needed;
    for (rc_str name = next_name(&list); name.len; name = next_name(&list)) {
        bool there = false;
        for (size_t i = 0; i < t->column_count; i++)
            there = there || rc_str_eq(t->columns[i], name);
        if (there)
            continue;
        ok = false;
        int near = misspelt(t, s, name);
        rc_diag *d = rc_log_error(r->log, "missing-column",
                                  rc_table_head_span(t, near < 0 ? 0 : near),
                                  "'%s' has no column '%.*s'", s->name,
                                  RC_STR(name));
        if (near >= 0)
            rc_diag_hint(d, "is it this one? needed: %s", s->needed);
        else
            rc_diag_hint(d, "needed: %s", s->needed);
        if (near >= 0 && near < 64)
            *misspelled |= UINT64_C(1) << near;
    }
    return ok;
}

/* Further columns of `groups` are the author's own; only what looks like a
 * slip of the pen is worth a word. */
static bool
is_near_known(const schema *s, rc_str name, rc_str *near)
{
    for (int which = 0; which < 2; which++) {
        const char *list = which ? s->optional : s->needed;
        for (rc_str k = next_name(&list); k.len; k = next_name(&list))
            if (k.len > 5 && rc_str_distance(name, k, 1) <= 1) {
                *near = k;
                return true;
            }
    }
    return false;
}

static void
unknown_column(rc_reader *r, const rc_table *t, const schema *s, size_t i)
{
    rc_str name = t->columns[i], names[32];
    size_t count = 0;
    if (s == &schemas[RC_TABLE_GROUPS]) {
        rc_str near;
        if (is_near_known(s, name, &near)) {
            rc_diag *d = rc_log_warning(
                r->log, "unknown-column", rc_table_head_span(t, (int)i),
                "'%.*s' is kept as a column of your own", RC_STR(name));
            rc_diag_hint(d, "did you mean '%.*s'?", RC_STR(near));
        }
        return;
    }
    for (int which = 0; which < 2; which++) {
        const char *list = which ? s->optional : s->needed;
        for (rc_str k = next_name(&list); k.len; k = next_name(&list))
            names[count++] = k;
    }
    rc_diag *d = rc_log_warning(r->log, "unknown-column",
                                rc_table_head_span(t, (int)i),
                                "'%s' knows no column '%.*s'", s->name,
                                RC_STR(name));
    rc_diag_suggest(d, name, names, count);
}

bool
rc_table_check_columns(rc_reader *r, rc_table *t, rc_table_id id)
{
    const schema *s = &schemas[id];
    check_doubled(r, t);
    uint64_t misspelled = 0;
    bool ok = check_needed(r, t, s, &misspelled);
    for (size_t i = 0; i < t->column_count; i++) {
        rc_str name = t->columns[i];
        bool wording = id == RC_TABLE_QUESTIONS
                       && (rc_str_starts(name, "item_text_")
                           || rc_str_starts(name, "short_text_"));
        if (i < 64 && (misspelled >> i & 1))
            continue;
        if (!wording && !list_has(s->needed, name)
            && !list_has(s->optional, name)
            && !list_has("location status notes", name))
            unknown_column(r, t, s, i);
    }
    return ok;
}

bool
rc_text_mend(char *at, size_t len, unsigned char *first)
{
    bool bad_any = false;
    size_t pos = 0;
    while (pos < len) {
        size_t bad = len - pos;
        const char *nul = memchr(at + pos, 0, len - pos);
        rc_str rest = {at + pos, nul ? (size_t)(nul - at) - pos : len - pos};
        if (rc_utf8_valid(rest, &bad)) {
            if (!nul)
                break;
            bad = rest.len;
        }
        pos += bad;
        if (!bad_any)
            *first = (unsigned char)at[pos];
        bad_any = true;
        at[pos++] = '?';
    }
    return bad_any;
}
