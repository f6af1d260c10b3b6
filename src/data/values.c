#include "data/loader.h"

#include <string.h>

static rc_log *
log_of(rc_loader *l)
{
    return l->reader.log;
}

void
rc_load_bad(rc_loader *l, const char *name, rc_span at, rc_str found,
            const char *wanted)
{
    rc_diag *d = rc_log_error(log_of(l), name, at, "'%.*s' is not %s",
                              RC_STR(found), wanted);
    double x;
    size_t comma = rc_str_find(found, ",", 0);
    if (found.len && comma == found.len - 1)
        return;
    if (comma != SIZE_MAX)
        rc_diag_hint(d, "write it without a comma: digits, and one '.' before "
                        "decimals");
    else if (rc_str_ends(found, "%"))
        rc_diag_hint(d, "write it without the sign");
    else if (rc_str_starts(found, "["))
        rc_diag_hint(d, "marks are [c], [x], [low] and [z]");
    else if (!rc_str_eq(found, rc_str_trim(found))
             && rc_num_real(rc_str_trim(found), &x))
        rc_diag_hint(d, "there are blanks around it");
}

void
rc_load_missing(rc_loader *l, const rc_table *t, size_t row, int column)
{
    rc_span at = rc_table_span(t, row, column);
    rc_log_error(log_of(l), "missing-value", at, "'%.*s' is empty",
                 RC_STR(at.column));
}

rc_diag *
rc_load_doubled(rc_loader *l, const char *what, rc_str key, rc_span at,
                rc_span first)
{
    rc_diag *d = rc_log_error(log_of(l), "doubled-key", at,
                              "%s '%.*s' is there twice", what, RC_STR(key));
    rc_diag_also(d, first, "the first is here");
    return d;
}

/* Letters (any, so everything beyond ASCII), digits, '_', '-', '.'. */
static bool
is_key(rc_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (!(c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'))
            return false;
    }
    return true;
}

/* A key that is no longer what stands in the file. */
static bool
is_mended(const rc_table *t, rc_str key)
{
    return t->mended && rc_str_find(key, "?", 0) != SIZE_MAX;
}

bool
rc_load_key(rc_loader *l, const rc_table *t, size_t row, int column,
            rc_str *out)
{
    *out = rc_table_cell(t, row, column);
    if (out->len == 0) {
        rc_load_missing(l, t, row, column);
        return false;
    }
    if (is_key(*out))
        return true;
    if (is_mended(t, *out))
        return false; /* that was told */
    rc_diag *d =
        rc_log_error(log_of(l), "bad-key", rc_table_span(t, row, column),
                     "'%.*s' is not a key", RC_STR(*out));
    rc_diag_hint(d, "a key is letters, digits, '_', '-' and '.'");
    return false;
}

/* Beyond this no sum or product of counts is safe, nor is any survey. */
static const int64_t most = INT64_C(1000000000000);

bool
rc_load_whole(rc_loader *l, const rc_table *t, size_t row, int column,
              int64_t *out)
{
    rc_str s = rc_table_cell(t, row, column);
    if (s.len == 0)
        return true;
    int64_t n;
    double x;
    rc_span at = rc_table_span(t, row, column);
    if (rc_num_int(s, &n) && n >= 0 && n <= most) {
        *out = n;
        return true;
    }
    const char *wanted = "a whole number";
    if (rc_num_int(s, &n))
        wanted = n < 0 ? "a whole number: it is negative"
                       : "a whole number below a million million";
    else if (rc_num_real(s, &x))
        wanted = x < 0 ? "a whole number: it is negative"
                 : rc_num_decimals(s) ? "a whole number: it has decimals"
                                : "a whole number below a million million";
    rc_load_bad(l, "bad-count", at, s, wanted);
    return false;
}

bool
rc_load_real(rc_loader *l, const rc_table *t, size_t row, int column,
             double *out)
{
    rc_str s = rc_table_cell(t, row, column);
    if (s.len == 0)
        return true;
    double x;
    if (rc_num_real(s, &x) && x >= 0 && x <= (double)most) {
        *out = x;
        return true;
    }
    rc_load_bad(l, "bad-number", rc_table_span(t, row, column), s,
                "a number from 0");
    return false;
}

bool
rc_load_flag(rc_loader *l, const rc_table *t, size_t row, int column,
             bool *out)
{
    rc_str s = rc_table_cell(t, row, column);
    if (s.len == 0)
        return true;
    *out = rc_str_is(s, "1");
    if (*out || rc_str_is(s, "0"))
        return true;
    rc_load_bad(l, "bad-word", rc_table_span(t, row, column), s, "1 or 0");
    return false;
}

int
rc_load_word(rc_loader *l, const rc_table *t, size_t row, int column,
             const char *words)
{
    rc_str s = rc_table_cell(t, row, column), names[16];
    size_t count = 0;
    if (s.len == 0)
        return -1;
    for (const char *w = words; *w;) {
        size_t len = strcspn(w, " ");
        names[count] = (rc_str){w, len};
        if (rc_str_eq(s, names[count]))
            return (int)count;
        count++;
        w += len + (w[len] == ' ');
    }
    rc_span at = rc_table_span(t, row, column);
    rc_diag *d = rc_log_error(log_of(l), "bad-word", at,
                              "'%.*s' is no word for '%.*s'", RC_STR(s),
                              RC_STR(at.column));
    rc_diag_suggest(d, s, names, count);
    return -1;
}

rc_cell_kind
rc_load_mark(rc_str s)
{
    if (s.len < 3 || s.at[0] != '[')
        return RC_CELL_ABSENT;
    return rc_str_is(s, "[c]")     ? RC_CELL_SUPPRESSED
           : rc_str_is(s, "[x]")   ? RC_CELL_UNAVAILABLE
           : rc_str_is(s, "[low]") ? RC_CELL_LOW
           : rc_str_is(s, "[z]")   ? RC_CELL_NA
                                   : RC_CELL_ABSENT;
}

/* -- what a cell names ------------------------------------------------------ */

static const struct {
    const char *word, *name;
    rc_table_id from; /* the table that says what there is */
} kinds[] = {
    [RC_KEY_GROUP] = {"group", "unknown-group", RC_TABLE_GROUPS},
    [RC_KEY_SCALE] = {"scale", "unknown-scale", RC_TABLE_SCALES},
    [RC_KEY_QUESTION] = {"question", "unknown-question", RC_TABLE_QUESTIONS},
    [RC_KEY_ITEM] = {"item", "unknown-item", RC_TABLE_QUESTIONS},
    [RC_KEY_CATEGORY] = {"category", "unknown-category", RC_TABLE_SCALES},
    [RC_KEY_WAVE] = {"wave", "unknown-wave", RC_TABLE_WAVES},
    [RC_KEY_THEME] = {"theme", "unknown-theme", RC_TABLE_THEMES},
    [RC_KEY_NET] = {"net", "unknown-net", RC_TABLE_SCALES},
};

void
rc_load_unknown(rc_loader *l, rc_key_kind kind, int within, rc_str key,
                rc_span at)
{
    rc_table_id from = kinds[kind].from;
    const rc_table *t = &l->tables[from];
    /* Blame the table that is broken, not the rows that refer to it. A table
     * that is not there at all has been told, unless it may be missing. */
    if (t->broken || (!l->usable[from] && kind != RC_KEY_WAVE))
        return;
    for (size_t i = 0; i < RC_TABLE_COUNT; i++)
        if (l->tables[i].source == at.source && is_mended(&l->tables[i], key))
            return;
    rc_str id = rc_str_printf(l->reader.scratch, "%d %d %p %.*s", (int)kind,
                              within, (const void *)at.source, RC_STR(key));
    int i = rc_keys_put(l->reader.scratch, &l->unknown_keys, id,
                       (int)l->unknowns.count);
    if (i < 0)
        *rc_vec_push(l->reader.scratch, &l->unknowns) =
            (rc_unknown){kind, within, key, at, 1};
    else
        l->unknowns.at[i].rows++;
}

bool
rc_load_lost_rows(const rc_loader *l)
{
    for (size_t i = 0; i < l->unknowns.count; i++)
        if (l->unknowns.at[i].span.source
            == l->tables[RC_TABLE_RESULTS].source)
            return true;
    return false;
}

/* All the names there are where an unknown one stood. */
static const rc_str *
names_for(rc_loader *l, const rc_unknown *u, size_t *count)
{
    const rc_data *d = l->data;
    rc_arena *a = l->reader.scratch;
    RC_VEC(rc_str) names = {0};
    if (u->kind == RC_KEY_GROUP)
        return rc_data_group_keys(a, d, count);
    for (size_t i = 0; u->kind == RC_KEY_SCALE && i < d->scale_count; i++)
        *rc_vec_push(a, &names) = d->scales[i].key;
    for (size_t i = 0; u->kind == RC_KEY_QUESTION && i < d->question_count; i++)
        *rc_vec_push(a, &names) = d->questions[i].key;
    for (size_t i = 0; u->kind == RC_KEY_ITEM && i < d->item_count; i++)
        if (u->within < 0 || d->items[i].question == u->within)
            *rc_vec_push(a, &names) = d->items[i].key;
    for (size_t i = 0; u->kind == RC_KEY_WAVE && i < d->wave_count; i++)
        *rc_vec_push(a, &names) = d->waves[i].key;
    for (size_t i = 0; u->kind == RC_KEY_THEME && i < d->theme_count; i++)
        if (rc_str_eq(d->themes[i].question, d->questions[u->within].key))
            *rc_vec_push(a, &names) = d->themes[i].theme;
    const rc_scale *s = u->within >= 0 && u->within < (int)d->scale_count
                            ? &d->scales[u->within] : NULL;
    for (size_t i = 0; s && u->kind == RC_KEY_CATEGORY
                       && i < s->category_count; i++)
        *rc_vec_push(a, &names) = s->categories[i].key;
    for (size_t i = 0; s && u->kind == RC_KEY_NET && i < s->net_count; i++)
        *rc_vec_push(a, &names) = s->nets[i];
    *count = names.count;
    return names.at;
}

void
rc_load_tell_unknowns(rc_loader *l)
{
    for (size_t i = 0; i < l->unknowns.count; i++) {
        const rc_unknown *u = &l->unknowns.at[i];
        rc_str more = {"", 0};
        if (u->rows > 1)
            more = rc_str_printf(l->reader.scratch, " (in %d rows)",
                                 (int)u->rows);
        rc_diag *d = rc_log_error(log_of(l), kinds[u->kind].name, u->span,
                                  "unknown %s '%.*s'%.*s", kinds[u->kind].word,
                                  RC_STR(u->key), RC_STR(more));
        size_t count = 0;
        const rc_str *names = names_for(l, u, &count);
        if (u->kind == RC_KEY_WAVE && !l->tables[RC_TABLE_WAVES].there)
            rc_diag_hint(d, "there is no table 'waves'");
        else
            rc_diag_suggest(d, u->key, names, count);
    }
}

int
rc_load_group(rc_loader *l, const rc_table *t, size_t row, int column)
{
    rc_str key = rc_table_cell(t, row, column);
    if (key.len == 0) {
        rc_load_missing(l, t, row, column);
        return -1;
    }
    int i = rc_keys_find(&l->index->groups, key);
    if (i < 0)
        rc_load_unknown(l, RC_KEY_GROUP, -1, key,
                        rc_table_span(t, row, column));
    return i;
}

int
rc_load_question(rc_loader *l, const rc_table *t, size_t row, int column)
{
    rc_str key = rc_table_cell(t, row, column);
    if (key.len == 0) {
        rc_load_missing(l, t, row, column);
        return -1;
    }
    int i = rc_keys_find(&l->index->questions, key);
    if (i < 0)
        rc_load_unknown(l, RC_KEY_QUESTION, -1, key,
                        rc_table_span(t, row, column));
    return i;
}

int
rc_load_item(rc_loader *l, const rc_table *t, size_t row, int question,
             int item)
{
    rc_str q = rc_table_cell(t, row, question);
    rc_str key = rc_table_cell(t, row, item);
    int i = rc_keys_find_pair(&l->index->items, q, key);
    if (i >= 0)
        return i;
    int within = rc_load_question(l, t, row, question);
    if (within >= 0 && key.len == 0)
        rc_load_missing(l, t, row, item);
    else if (within >= 0)
        rc_load_unknown(l, RC_KEY_ITEM, within, key,
                        rc_table_span(t, row, item));
    return -1;
}

int
rc_load_wave(rc_loader *l, const rc_table *t, size_t row, int column,
             bool optional)
{
    rc_str key = rc_table_cell(t, row, column);
    const rc_data *d = l->data;
    if (key.len == 0) {
        if (d->wave_count <= 1 || optional)
            return rc_data_newest_wave(d);
        if (column >= 0)
            rc_load_missing(l, t, row, column);
        return -1;
    }
    int i = rc_keys_find(&l->index->waves, key);
    if (i < 0)
        rc_load_unknown(l, RC_KEY_WAVE, -1, key, rc_table_span(t, row, column));
    return i;
}

rc_span
rc_load_cell_span(const rc_loader *l, size_t answer, size_t category)
{
    const rc_table *t = &l->tables[RC_TABLE_RESULTS];
    const uint32_t *rows = l->cell_rows[answer];
    const rc_item *it = &l->items[answer % l->data->item_count];
    uint32_t row = rows ? rows[category] : 0;
    for (size_t c = 0; rows && !row
                       && c < l->scales[it->scale].category_count; c++)
        row = rows[c];
    if (row == 0)
        return rc_table_head_span(t, -1);
    int column = rc_table_column(t, "count");
    if (column < 0 || rc_table_cell(t, row - 1, column).len == 0)
        column = rc_table_column(t, "percent");
    return rc_table_span(t, row - 1, column);
}

size_t
rc_load_wave_slots(const rc_loader *l)
{
    return l->data->wave_count ? l->data->wave_count : 1;
}

size_t
rc_load_answer(const rc_loader *l, int item, int group, int wave)
{
    const rc_data *d = l->data;
    size_t row = (size_t)wave * d->group_count + (size_t)group;
    return row * d->item_count + (size_t)item;
}
