/* Themes, mentions, comments and facts into the model. */
#include "data/loader.h"

#include "base/language.h"

static rc_str
cell(const rc_table *t, size_t row, const char *column)
{
    return rc_table_cell(t, row, rc_table_column(t, column));
}

/* -- themes ----------------------------------------------------------------- */

static bool
read_theme_value(rc_loader *l, const rc_table *t, size_t row, rc_theme *theme)
{
    int percent = rc_table_column(t, "percent");
    int count = rc_table_column(t, "count");
    rc_str p = rc_table_cell(t, row, percent), c = rc_table_cell(t, row, count);
    int64_t n = 0;
    if (p.len && c.len) {
        rc_log_error(l->reader.log, "count-and-percent",
                     rc_table_span(t, row, percent),
                     "'%.*s' stands beside the count '%.*s'", RC_STR(p),
                     RC_STR(c));
        return false;
    }
    if (p.len == 0 && c.len == 0) {
        rc_load_missing(l, t, row, percent >= 0 ? percent : count);
        return false;
    }
    if (rc_load_mark(p.len ? p : c) != RC_CELL_ABSENT)
        return false; /* not there to be printed: no theme */
    if (c.len) {
        theme->is_count = true;
        bool ok = rc_load_whole(l, t, row, count, &n);
        theme->value = (double)n;
        if (ok && theme->base >= 0 && n > theme->base)
            rc_load_bad(l, "bad-count", rc_table_span(t, row, count), c,
                        "within its base");
        return ok;
    }
    theme->decimals = rc_num_decimals(p);
    if (rc_num_real(p, &theme->value) && theme->value >= 0
        && theme->value <= 100 && theme->decimals <= 9)
        return true;
    rc_load_bad(l, "bad-percent", rc_table_span(t, row, percent), p,
                "a percentage from 0 to 100");
    return false;
}

/* A key may come again with the same figure; the first row counts. Rows in
 * conflict are no figures at all. */
static bool
is_again(rc_loader *l, const rc_theme *themes, rc_keys *seen, size_t row,
         const rc_theme *now)
{
    if (now->conflict)
        return false;
    rc_str key = rc_str_printf(l->reader.scratch, "%.*s.%.*s/%d/%d",
                               RC_STR(now->question), RC_STR(now->theme),
                               now->group, now->wave);
    int first = rc_keys_put(l->reader.scratch, seen, key, (int)row);
    if (first < 0)
        return false;
    const rc_theme *was = &themes[first];
    if (was->is_count != now->is_count || was->value < now->value
        || was->value > now->value)
        rc_diag_hint(rc_load_doubled(l, "theme", now->theme, now->span,
                                     was->span),
                     "it has another figure there");
    return true;
}

static bool
read_theme(rc_loader *l, const rc_table *t, size_t row, rc_theme *theme)
{
    *theme = (rc_theme){.base = -1};
    int key = rc_table_column(t, "theme");
    bool ok = rc_load_key(l, t, row, key, &theme->theme);
    theme->span = rc_table_span(t, row, key);
    theme->question = cell(t, row, "question");
    theme->label = cell(t, row, "label");
    theme->base_note = cell(t, row, "base_note");
    theme->conflict = rc_str_is(cell(t, row, "status"), "conflict");
    int question = rc_load_question(l, t, row, rc_table_column(t, "question"));
    theme->group = rc_load_group(l, t, row, rc_table_column(t, "group"));
    theme->wave = rc_load_wave(l, t, row, rc_table_column(t, "wave"), true);
    int base = rc_table_column(t, "base");
    if (rc_load_mark(rc_table_cell(t, row, base)) == RC_CELL_ABSENT)
        rc_load_whole(l, t, row, base, &theme->base);
    ok = read_theme_value(l, t, row, theme) && ok;
    return ok && question >= 0 && theme->group >= 0 && theme->wave >= 0;
}

static void
load_themes(rc_loader *l, const rc_table *t)
{
    rc_arena *keep = l->reader.keep;
    rc_theme *themes = RC_MAKE_ARRAY(keep, rc_theme, t->row_count);
    rc_keys seen = {0};
    size_t count = 0;
    if (rc_table_column(t, "percent") < 0 && rc_table_column(t, "count") < 0)
        rc_log_error(l->reader.log, "missing-column", rc_table_head_span(t, 0),
                     "'themes' has no column 'percent' or 'count'");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_theme theme;
        if (!read_theme(l, t, row, &theme))
            continue;
        if (is_again(l, themes, &seen, count, &theme))
            continue;
        rc_str id =
            rc_str_join(keep, theme.question, RC_LIT("."), theme.theme);
        rc_keys_put(keep, &l->index->themes, id, (int)count);
        rc_keys_put(keep, &l->index->theme_questions, theme.question,
                    (int)count);
        themes[count++] = theme;
    }
    l->data->themes = themes;
    l->data->theme_count = count;
}

/* -- mentions --------------------------------------------------------------- */

static void
read_mention(rc_loader *l, const rc_table *t, size_t row, rc_mention *m)
{
    int count = rc_table_column(t, "count");
    m->question = cell(t, row, "question");
    m->label = cell(t, row, "label");
    m->count = m->of_commenting = -1;
    if (rc_table_cell(t, row, count).len == 0)
        rc_load_missing(l, t, row, count);
    rc_load_whole(l, t, row, count, &m->count);
    rc_load_whole(l, t, row, rc_table_column(t, "of_commenting"),
                  &m->of_commenting);
    int precision = rc_load_word(l, t, row, rc_table_column(t, "precision"),
                                 "exact couple one_or_two");
    m->precision = precision < 0 ? RC_EXACT : (rc_precision)precision;
    if (m->of_commenting >= 0 && m->count > m->of_commenting)
        rc_load_bad(l, "bad-count", rc_table_span(t, row, count),
                    rc_table_cell(t, row, count), "within 'of_commenting'");
}

static void
load_mentions(rc_loader *l, const rc_table *t)
{
    rc_mention *mentions =
        RC_MAKE_ARRAY(l->reader.keep, rc_mention, t->row_count);
    rc_keys ids = {0};
    size_t count = 0;
    int id = rc_table_column(t, "id");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_mention *m = &mentions[count];
        *m = (rc_mention){.span = rc_table_span(t, row, id)};
        if (!rc_load_key(l, t, row, id, &m->id))
            continue;
        int first = rc_keys_put(l->reader.scratch, &ids, m->id, (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "mention", m->id, m->span,
                            mentions[first].span);
            continue;
        }
        read_mention(l, t, row, m);
        m->group = rc_load_group(l, t, row, rc_table_column(t, "group"));
        int q = rc_load_question(l, t, row, rc_table_column(t, "question"));
        if (m->group >= 0 && q >= 0 && m->count >= 0)
            count++;
    }
    l->data->mentions = mentions;
    l->data->mention_count = count;
}

/* -- comments --------------------------------------------------------------- */

static void
read_comment(rc_loader *l, const rc_table *t, size_t row, rc_comment *c)
{
    int text = rc_table_column(t, "text"), theme = rc_table_column(t, "theme");
    c->question = cell(t, row, "question");
    c->role = cell(t, row, "role");
    c->theme = rc_table_cell(t, row, theme);
    c->text = rc_table_cell(t, row, text);
    c->language = cell(t, row, "language");
    if (c->language.len)
        rc_language_check(l->reader.log, c->language,
                          rc_table_span(t, row, rc_table_column(t, "language")));
    if (c->text.len == 0)
        rc_load_missing(l, t, row, text);
    rc_load_flag(l, t, row, rc_table_column(t, "illustrative"),
                 &c->illustrative);
    c->group = rc_load_group(l, t, row, rc_table_column(t, "group"));
    int q = rc_load_question(l, t, row, rc_table_column(t, "question"));
    if (q >= 0 && c->theme.len && l->usable[RC_TABLE_THEMES]
        && rc_keys_find_pair(&l->index->themes, c->question, c->theme) < 0)
        rc_load_unknown(l, RC_KEY_THEME, q, c->theme,
                        rc_table_span(t, row, theme));
}

static void
load_comments(rc_loader *l, const rc_table *t)
{
    rc_comment *comments =
        RC_MAKE_ARRAY(l->reader.keep, rc_comment, t->row_count);
    size_t count = 0;
    int id = rc_table_column(t, "id");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_comment c = {.span = rc_table_span(t, row, id)};
        if (!rc_load_key(l, t, row, id, &c.id))
            continue;
        int first = rc_keys_find(&l->index->comments, c.id);
        if (first >= 0) {
            rc_load_doubled(l, "comment", c.id, c.span, comments[first].span);
            continue;
        }
        read_comment(l, t, row, &c);
        if (c.group < 0)
            continue;
        rc_keys_put(l->reader.keep, &l->index->comments, c.id, (int)count);
        comments[count++] = c;
    }
    l->data->comments = comments;
    l->data->comment_count = count;
}

/* -- facts ------------------------------------------------------------------ */

static void
load_facts(rc_loader *l, const rc_table *t)
{
    rc_fact *facts = RC_MAKE_ARRAY(l->reader.keep, rc_fact, t->row_count);
    size_t count = 0;
    int column = rc_table_column(t, "key");
    for (size_t row = 0; row < t->row_count; row++) {
        rc_fact f = {.span = rc_table_span(t, row, column)};
        if (!rc_load_key(l, t, row, column, &f.key))
            continue;
        int first =
            rc_keys_put(l->reader.keep, &l->index->facts, f.key, (int)count);
        if (first >= 0) {
            rc_load_doubled(l, "fact", f.key, f.span, facts[first].span);
            continue;
        }
        f.value = cell(t, row, "value");
        f.unit = cell(t, row, "unit");
        facts[count++] = f;
    }
    l->data->facts = facts;
    l->data->fact_count = count;
}

void
rc_load_texts(rc_loader *l)
{
    if (l->usable[RC_TABLE_THEMES])
        load_themes(l, &l->tables[RC_TABLE_THEMES]);
    if (l->usable[RC_TABLE_MENTIONS])
        load_mentions(l, &l->tables[RC_TABLE_MENTIONS]);
    if (l->usable[RC_TABLE_COMMENTS])
        load_comments(l, &l->tables[RC_TABLE_COMMENTS]);
    if (l->usable[RC_TABLE_FACTS])
        load_facts(l, &l->tables[RC_TABLE_FACTS]);
}
