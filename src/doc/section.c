/* One section of the plan: its file is expanded, parsed and made into blocks,
 * with the group of its place at hand. */
#include "doc/internal.h"

static const rc_md_node *
find_title(const rc_md *md)
{
    for (const rc_md_node *n = md->document->first; n; n = n->next)
        if (n->kind == RC_MD_HEADING && n->level == 1)
            return n;
    return NULL;
}

static void
add_field(rc_binder *b, rc_field_vec *v, const char *name, rc_str value)
{
    *rc_vec_push(b->a, v) = (rc_field){rc_str_z(name), value};
}

static rc_str
base_note(rc_binder *b, int group)
{
    if (rc_stats_withheld(b->stats, group))
        return b->words->withheld;
    int64_t base = rc_stats_responses(b->stats, group);
    rc_str noun = rc_word_responses(b, base);
    rc_str n = rc_str_printf(b->a, "%.*s %.*s", RC_STR(rc_base_print(b, base)),
                             RC_STR(noun));
    switch (rc_stats_low(b->stats, base)) {
    case RC_LOW_NONE:
        break;
    case RC_LOW_CAUTION:
        return rc_word_fill(b->a, b->words->foot_caution, n);
    case RC_LOW_COUNTS:
        n = rc_str_printf(b->a, "%.*s %.*s**", RC_STR(rc_print_int(b->a, base)),
                          RC_STR(noun));
        return rc_word_fill(b->a, b->words->foot_counts, n);
    }
    return n;
}

/* Heads of pages name the section down to the second level. */
static void
section_fields(rc_binder *b, rc_section *s, const rc_section *head)
{
    rc_field_vec v = {0};
    const rc_group *g = &b->data->groups[b->group];
    add_field(b, &v, "chapter.number", head->number);
    add_field(b, &v, "chapter.title", head->title_plain);
    /* which is the name where the data have no short one */
    add_field(b, &v, "group.short_name", g->short_name);
    for (size_t i = 0; i < g->column_count; i++) {
        if (rc_str_is(g->columns[i].name, "short_name"))
            continue;
        rc_str name =
            rc_str_join(b->a, RC_LIT("group."), g->columns[i].name,
                        (rc_str){0});
        *rc_vec_push(b->a, &v) = (rc_field){name, g->columns[i].value};
    }
    add_field(b, &v, "group.base_note", base_note(b, b->group));
    s->fields = v.at;
    s->field_count = v.count;
}

static void
bind_title(rc_binder *b, const rc_plan *p, const rc_md_node *n, rc_section *s)
{
    rc_ref ref = {.scope = rc_plan_scope(b, b->plan), .span = s->span};
    if (n) {
        rc_prose_maker m;
        rc_prose_begin(&m, b, RC_SPOT_HEADLINE);
        rc_prose_inlines(&m, n->first, NULL);
        s->title = rc_prose_end(&m);
        ref.id = rc_held_text(b, n->id, n->span);
        ref.span = n->span;
        s->span = n->span;
    } else {
        rc_diag *d = rc_log_error(b->log, "no-title", s->span,
                                  "the chapter has no title");
        rc_diag_hint(d, "begin with a line '# Title'");
    }
    s->title_plain = rc_prose_plain(b->a, s->title);
    ref.kind = p->depth == 1 ? RC_REF_CHAPTER : RC_REF_SECTION;
    ref.number = p->number;
    ref.title = s->title_plain;
    ref.letter = p->number.len && p->number.at[0] >= 'A';
    s->target = rc_ref_add(b, &ref);
    if (!s->in_contents)
        return;
    *rc_vec_push(b->a, &b->chapters) = (rc_entry){
        .level = p->depth,
        .number = p->number,
        .target = s->target,
        .title = rc_prose_no_notes(b, s->title),
    };
}

static int
front_item(rc_binder *b, const rc_node *front)
{
    static const char *const keys[] = {"bar", NULL};
    rc_map_known(front, keys, "the front matter", b->log);
    const rc_node *bar = rc_map_get(front, "bar");
    if (!bar)
        return -1;
    int item = rc_data_item(b->data, bar->scalar);
    if (item < 0) {
        size_t n;
        const rc_str *ids = rc_data_item_ids(b->a, b->data, &n);
        rc_diag *d = rc_log_error(b->log, "unknown-item", bar->span,
                                  "unknown item '%.*s'", RC_STR(bar->scalar));
        rc_diag_suggest(d, bar->scalar, ids, n);
    } else if (!rc_is_closed(b->data, item)) {
        rc_log_error(b->log, "chart", bar->span,
                     "'%.*s' has no scale with two sides", RC_STR(bar->scalar));
        item = -1;
    }
    return item;
}

static void
begin_section(rc_binder *b, int plan)
{
    const rc_plan *p = &b->plans.at[plan];
    b->plan = plan;
    b->group = p->group;
    b->heading_number = 0;
    b->heading_level = 1;
    b->title_node = NULL;
    int chapter = rc_plan_chapter(b, plan);
    rc_says_begin_chapter(b);
    if (chapter != b->chapter_plan) {
        b->chapter_plan = chapter;
        b->figure_number = b->table_number = 0;
        b->files.at = NULL;
        b->files.count = b->files.room = 0;
        rc_arena_rewind(b->chapter, (rc_mark){0});
    }
    rc_script_set_group(b->script, p->group);
}

static void
bind_parsed(rc_binder *b, const rc_plan *p, const rc_expanded *x, rc_section *s)
{
    const rc_md *md = rc_markdown(b->scratch, x->text, x->origins,
                                  x->origin_count, b->log);
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    const rc_md_node *title = find_title(md);
    if (title && title != md->document->first)
        rc_diag_hint(rc_log_error(b->log, "heading",
                                  md->document->first->span,
                                  "this stands before the chapter's title"),
                     "begin with the line '# Title'");
    bind_title(b, p, title, s);
    b->title_node = title;
    rc_block_vec *blocks = RC_MAKE(b->a, rc_block_vec);
    rc_tree_blocks(b, md->document->first, blocks);
    s->blocks = rc_blocks_end(blocks);
    b->blocks_of[b->plan] = blocks;
    rc_md_leave(b);
    if (!x->front)
        return;
    int item = front_item(b, x->front);
    if (item < 0)
        return;
    if (p->divider)
        rc_bands_divider(b, s, b->plan, item);
    else if (!rc_stats_withheld(b->stats, b->group))
        s->lead_bar =
            rc_lead_bar(b, item, b->group, rc_map_get(x->front, "bar")->span);
}

void
rc_section_bind(rc_binder *b, int plan, rc_section *s)
{
    begin_section(b, plan);
    const rc_plan *p = &b->plans.at[plan];
    *s = (rc_section){
        .part = p->part,
        .depth = p->depth,
        .opening = p->opening,
        .opening_at = p->opening_at,
        .number = p->number,
        .in_contents = p->in_contents,
        .target = -1,
        .span = p->span,
    };
    s->counts_only = rc_is_counted(b, rc_stats_responses(b->stats, p->group));
    rc_script_push(b->script);
    rc_mark mark = rc_arena_mark(b->scratch);
    rc_expanded x;
    if (rc_expand(b, p->path, p->shown, p->span, &x)) {
        s->span = rc_span_make(x.source, 0, 0);
        bind_parsed(b, p, &x, s);
    }
    rc_arena_rewind(b->scratch, mark);
    rc_script_pop(b->script);
    const rc_section *head = s;
    int up = plan;
    while (b->plans.at[up].depth > 2)
        up = b->plans.at[up].parent;
    if (up != plan)
        head = s - (plan - up); /* sections stand in the order of the plan */
    section_fields(b, s, head);
}
