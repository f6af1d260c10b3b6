/* What stands round figures and tables: number, headline, subtitle, the base
 * line with its notes, the source; and the data table behind a chart. */
#include "doc/internal.h"

#include <string.h>

static rc_str
next_number(rc_binder *b, rc_number_of of)
{
    rc_str chapter = b->plans.at[b->chapter_plan].number;
    if (!chapter.len || of == RC_NUMBER_NONE)
        return (rc_str){0};
    int n = of == RC_NUMBER_FIGURE ? ++b->figure_number : ++b->table_number;
    return rc_str_printf(b->a, "%.*s.%d", RC_STR(chapter), n);
}

void
rc_furniture_begin(const rc_dir *d, rc_number_of of, rc_furniture *f)
{
    rc_binder *b = d->b;
    *f = (rc_furniture){.target = -1, .data_target = -1, .span = d->span};
    f->headline = rc_dir_prose(d, "headline", RC_SPOT_HEADLINE);
    f->subtitle = rc_dir_prose(d, "subtitle", RC_SPOT_HEADLINE);
    const rc_node *floats = rc_dir_get(d, "float");
    f->floats = floats && rc_node_is_true(floats);
    if (d->group != b->whole)
        f->scope = rc_name_group(b, d->group);
    rc_furniture_number(d, of, f);
    if (f->number.len && !f->headline.count && !d->odd_keys) {
        rc_diag *g = rc_log_warning(b->log, "no-headline", d->span,
                                    "'%.*s' has no headline", RC_STR(d->name));
        rc_diag_hint(g, "headline: what the reader should take from it");
    }
}

void
rc_furniture_number(const rc_dir *d, rc_number_of of, rc_furniture *f)
{
    rc_binder *b = d->b;
    rc_str number = next_number(b, of);
    bool figure = of == RC_NUMBER_FIGURE;
    rc_ref ref = {
        .id = rc_dir_text(d, "id"),
        .scope = rc_plan_scope(b, b->plan),
        .kind = figure ? RC_REF_FIGURE : RC_REF_TABLE,
        .number = number,
        .title = rc_prose_plain(b->a, f->headline),
        .span = d->span,
    };
    if (!number.len && !ref.id.len)
        return;
    f->target = rc_ref_add(b, &ref);
    if (!number.len)
        return;
    f->number = rc_str_printf(
        b->a, "%.*s %.*s", RC_STR(figure ? b->words->figure : b->words->table),
        RC_STR(number));
    rc_entry *e =
        figure ? rc_vec_push(b->a, &b->figures) : rc_vec_push(b->a, &b->tables);
    *e = (rc_entry){.number = number,
                    .target = f->target,
                    .title = rc_prose_no_notes(b, f->headline)};
}

/* -- notes --------------------------------------------------------------- */

void
rc_note_text(rc_binder *b, rc_str text, rc_prose_vec *notes)
{
    if (text.len)
        *rc_vec_push(b->a, notes) = rc_prose_strong(b, text);
}

/* "{}" of a word replaced by a number or name. */
static rc_str
fill(rc_arena *a, rc_str word, rc_str with)
{
    size_t at = rc_str_find(word, "{}", 0);
    if (at == SIZE_MAX)
        return word;
    return rc_str_join(a, rc_str_part(word, 0, at), with,
                       rc_str_part(word, at + 2, word.len));
}

rc_str
rc_word_fill(rc_arena *a, rc_str word, rc_str with)
{
    return fill(a, word, with);
}

rc_str
rc_word_fill2(rc_arena *a, rc_str word, rc_str one, rc_str two)
{
    return fill(a, fill(a, word, one), two);
}

rc_str
rc_word_of(rc_binder *b, int64_t n)
{
    return fill(b->a, b->words->of_count, rc_print_int(b->a, n));
}

/* What the marks in use mean. */
rc_str
rc_low_words(rc_binder *b, bool caution, bool counts)
{
    const rc_report *r = b->report;
    rc_str one = fill(b->a, b->words->caution, rc_print_int(b->a, r->caution));
    rc_str two = fill(b->a, b->words->counts, rc_print_int(b->a, r->counts));
    if (caution && counts)
        return rc_str_printf(b->a, "* %.*s ** %.*s", RC_STR(one), RC_STR(two));
    if (caution)
        return rc_str_printf(b->a, "* %.*s", RC_STR(one));
    if (counts)
        return rc_str_printf(b->a, "** %.*s", RC_STR(two));
    return (rc_str){0};
}

typedef struct range {
    int64_t least, most;
} range;

static range
bases_of(rc_binder *b, const rc_base_line *l, int group)
{
    range r = {-1, -1};
    for (size_t i = 0; i < l->item_count; i++) {
        if (rc_stats_not_asked(b->stats, l->items[i], group, b->wave))
            continue;
        int64_t n = rc_stats_base(b->stats, l->items[i], group, b->wave);
        if (n < 0)
            continue;
        if (r.least < 0 || n < r.least)
            r.least = n;
        if (n > r.most)
            r.most = n;
    }
    return r;
}

static rc_str
print_range(rc_binder *b, range r)
{
    if (r.least < 0)
        return b->words->base_missing;
    if (r.least == r.most)
        return rc_base_print(b, r.least);
    return rc_str_printf(
        b->a, "%.*s %.*s %.*s%.*s", RC_STR(rc_print_int(b->a, r.least)),
        RC_STR(b->words->to), RC_STR(rc_print_int(b->a, r.most)),
        RC_STR(rc_base_mark(b, r.least)));
}

static void
add_base_groups(const rc_dir *d, const rc_base_line *l, rc_buf *out,
                bool *caution, bool *counts)
{
    rc_binder *b = d->b;
    for (size_t i = 0; i < l->group_count; i++) {
        range r = bases_of(b, l, l->groups[i]);
        rc_str name = rc_name_group(b, l->groups[i]);
        bool named = l->group_count > 1 || l->groups[i] != b->whole;
        if (named) {
            rc_buf_z(out, i ? ", " : l->group_count > 1 ? ": " : ", ");
            rc_buf_add(out, name);
        }
        rc_str n = print_range(b, r);
        rc_buf_printf(out, " (%.*s)", RC_STR(n));
        switch (r.least < 0 ? RC_LOW_NONE : rc_stats_low(b->stats, r.least)) {
        case RC_LOW_NONE:
            break;
        case RC_LOW_CAUTION:
            *caution = true;
            break;
        case RC_LOW_COUNTS:
            *counts = true;
            break;
        }
    }
}

void
rc_note_base(const rc_dir *d, const rc_base_line *l, rc_prose_vec *notes)
{
    rc_binder *b = d->b;
    rc_buf out = {0};
    bool caution = false, counts = false;
    rc_str who = l->who.len ? l->who : b->words->all_responses;
    rc_buf_printf(&out, "\1%.*s\1 %.*s", RC_STR(b->words->base), RC_STR(who));
    if (l->extra.len)
        rc_buf_printf(&out, "; %.*s", RC_STR(l->extra));
    else
        add_base_groups(d, l, &out, &caution, &counts);
    if (b->fieldwork.len)
        rc_buf_printf(&out, "; %.*s", RC_STR(b->fieldwork));
    rc_buf_char(&out, '.');
    rc_note_text(b, rc_str_copy(b->a, rc_buf_str(&out)), notes);
    rc_buf_free(&out);
    rc_str low = rc_low_words(b, caution, counts);
    if (counts && l->counted && low.len && b->words->cell_note.len && !caution)
        low = rc_str_printf( /* the note beside the bars says the rest */
            b->a, "** %.*s",
            RC_STR(fill(b->a, b->words->cell_note,
                        rc_print_int(b->a, b->report->counts))));
    rc_note_text(b, low, notes);
}

static bool
starts_labelled(rc_prose p)
{
    return p.count && p.runs[0].style & RC_STYLE_STRONG;
}

/* Notes with a label of their own ("Base:") stand alone; the others run on in
 * one paragraph. */
static void
run_notes_on(rc_binder *b, rc_prose_vec *notes)
{
    size_t kept = 0;
    for (size_t i = 0; i < notes->count; i++) {
        rc_prose p = notes->at[i], *last = &notes->at[kept ? kept - 1 : 0];
        if (!kept || starts_labelled(p) || starts_labelled(*last)) {
            notes->at[kept++] = p;
            continue;
        }
        rc_inline *runs =
            RC_MAKE_ARRAY(b->a, rc_inline, last->count + 1 + p.count);
        memcpy(runs, last->runs, last->count * sizeof *runs);
        runs[last->count] = (rc_inline){.kind = RC_INLINE_TEXT,
                                        .text = RC_LIT(" "),
                                        .target = -1,
                                        .note = -1};
        memcpy(runs + last->count + 1, p.runs, p.count * sizeof *runs);
        *last = (rc_prose){runs, last->count + 1 + p.count};
    }
    notes->count = kept;
}

void
rc_furniture_end(const rc_dir *d, rc_prose_vec *notes, rc_furniture *f)
{
    rc_binder *b = d->b;
    const rc_node *own = rc_dir_get(d, "note");
    if (own)
        *rc_vec_push(b->a, notes) = rc_prose_node(b, own, RC_SPOT_PROSE);
    rc_note_hidden(d, notes);
    run_notes_on(b, notes);
    if (b->source_line.len)
        rc_note_text(b,
                     rc_str_printf(b->a, "\1%.*s\1 %.*s",
                                   RC_STR(b->words->source),
                                   RC_STR(b->source_line)),
                     notes);
    f->notes = notes->at;
    f->note_count = notes->count;
}

/* -- rows ---------------------------------------------------------------- */

rc_cell_text
rc_cell_make(rc_binder *b, rc_str text)
{
    rc_inline *run = RC_MAKE(b->a, rc_inline);
    *run = (rc_inline){
        .kind = RC_INLINE_TEXT, .text = text, .target = -1, .note = -1};
    run->says = rc_says_cell(b, text, true);
    rc_str marks = rc_says_marks(b, text);
    if (!run->says.len && !rc_str_eq(marks, text))
        run->says = marks;
    return (rc_cell_text){.text = {run, text.len > 0}};
}

rc_row *
rc_row_add(rc_binder *b, rc_row_vec *v, rc_row_kind kind, size_t cells,
           rc_span span)
{
    rc_row *row = rc_vec_push(b->a, v);
    row->kind = kind;
    row->cells = RC_MAKE_ARRAY(b->a, rc_cell_text, cells + 1);
    row->cell_count = cells;
    row->span = span;
    return row;
}

void
rc_cell_set(rc_row *row, size_t at, rc_cell_text cell)
{
    union {
        const rc_cell_text *in;
        rc_cell_text *out;
    } cells = {
        .in = row->cells /* made by rc_row_add, so ours to fill */
    };
    if (at < row->cell_count)
        cells.out[at] = cell;
}

/* -- data behind a chart ------------------------------------------------- */

void
rc_data_table_later(const rc_dir *d, rc_furniture *f, rc_table *t)
{
    rc_binder *b = d->b;
    bool wanted = true;
    bool shared = rc_str_eq(rc_dir_text(d, "data"), RC_LIT("shared"));
    if (!shared)
        rc_map_bool(d->map, "data", &wanted, b->log);
    if (!f->number.len || !wanted)
        return;
    t->form = RC_TABLE_DENSE;
    t->fur.number = rc_str_printf(b->a, "%.*s %.*s", RC_STR(b->words->data_for),
                                  RC_STR(f->number));
    t->fur.headline = rc_prose_no_notes(b, f->headline);
    t->fur.scope = f->scope;
    t->fur.span = f->span;
    t->fur.target = -1;
    t->fur.data_target = -1;
    f->data_number = t->fur.number;
    rc_pending_data *p = shared ? rc_vec_push(b->a, &b->sharing)
                                : rc_vec_push(b->a, &b->pending);
    p->furniture = f;
    p->table = t;
}
