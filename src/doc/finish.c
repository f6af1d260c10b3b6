/* What needs the whole report: contents and lists, the data tables of all
 * charts, references. */
#include "doc/internal.h"

static void
fill_contents(rc_binder *b, rc_block *k)
{
    const rc_entry_vec *v = &b->chapters;
    switch (k->as.contents.of) {
    case RC_CONTENTS_CHAPTERS:
        break;
    case RC_CONTENTS_FIGURES:
        v = &b->figures;
        break;
    case RC_CONTENTS_TABLES:
        v = &b->tables;
        break;
    }
    k->as.contents.at = v->at;
    k->as.contents.count = v->count;
}

void
rc_finish_contents(rc_binder *b)
{
    for (size_t i = 0; i < b->plans.count; i++) {
        rc_block_vec *v = b->blocks_of[i];
        for (size_t n = 0; v && n < v->count; n++)
            if (v->at[n].kind == RC_BLOCK_CONTENTS)
                fill_contents(b, &v->at[n]);
    }
}

static bool
is_cell(const rc_binder *b, const rc_script_cell *use)
{
    for (size_t i = 0; i < b->cells.count; i++) {
        double far = b->cells.at[i].percent - use->percent;
        if (b->cells.at[i].group == use->group && far < 0.01 && far > -0.01)
            return true;
    }
    return false;
}

void
rc_finish_cells(rc_binder *b)
{
    size_t count;
    const rc_script_cell *uses = rc_script_cells(b->script, &count);
    for (size_t i = 0; i < count && !b->lost_blocks; i++) {
        if (is_cell(b, &uses[i]))
            continue;
        rc_str share = rc_num_print(b->a, uses[i].percent, 0);
        rc_diag *d = rc_log_error(
            b->log, "table", uses[i].span,
            "no table of this report has the tolerance of '%.*s' at %.*s per "
            "cent",
            RC_STR(b->data->groups[uses[i].group].key), RC_STR(share));
        rc_diag_hint(d, "name the group and the share in a 'tolerance' block");
    }
}

/* "Figure 3.1, page 12": the way back from a data table. */
static rc_prose
link_back(rc_binder *b, const rc_furniture *f)
{
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, 2);
    runs[0] = (rc_inline){.kind = RC_INLINE_TEXT,
                          .target = f->target,
                          .note = -1,
                          .text = rc_str_printf(b->a, "%.*s, %.*s\u00a0",
                                                RC_STR(f->number),
                                                RC_STR(b->words->page))};
    runs[1] = runs[0];
    runs[1].kind = RC_INLINE_PAGE;
    runs[1].text = (rc_str){0};
    return (rc_prose){runs, 2};
}

static void
bind_data_table(rc_binder *b, rc_pending_data *p, rc_block_vec *out)
{
    rc_ref ref = {
        .scope = -1, .kind = RC_REF_TABLE, .span = p->furniture->span};
    int target = rc_ref_add(b, &ref);
    p->furniture->data_target = target;
    p->table->fur.target = target;
    p->table->back = link_back(b, p->furniture);
    p->table->fur.notes = p->furniture->notes; /* the base, which comes first */
    p->table->fur.note_count = p->furniture->note_count ? 1 : 0;
    p->table->summary = rc_prose_plain(b->a, p->table->fur.headline);
    rc_block *k = rc_vec_push(b->a, out);
    k->kind = RC_BLOCK_TABLE;
    k->span = p->furniture->span;
    k->target = -1;
    k->as.table = p->table;
}

/* The place of `data-tables` is taken by the tables. */
void
rc_finish_data(rc_binder *b)
{
    if (b->data_plan < 0) {
        for (size_t i = 0; i < b->pending.count; i++)
            b->pending.at[i].furniture->data_number = (rc_str){0};
        return;
    }
    rc_block_vec *v = b->blocks_of[b->data_plan];
    if (b->data_out != v) {
        rc_log_error(b->log, "data-tables",
                     v->count ? v->at[0].span : rc_span_none(),
                     "data-tables stands inside another block");
        return;
    }
    rc_block_vec out = {0};
    for (size_t i = 0; i < b->data_at; i++)
        *rc_vec_push(b->a, &out) = v->at[i];
    for (size_t i = 0; i < b->pending.count; i++)
        bind_data_table(b, &b->pending.at[i], &out);
    for (size_t i = b->data_at + 1; i < v->count; i++)
        *rc_vec_push(b->a, &out) = v->at[i];
    *v = out;
}
