/* The document as a flat list of items in reading order, with the containers
 * they stand in. Nothing is measured here. */
#include "layout/inner.h"

int
node_make(lay *l, rc_tag tag, int parent)
{
    int at = (int)l->nodes.count;
    *rc_vec_push(l->arena, &l->nodes) =
        (lay_node){.tag = tag, .parent = parent, .element = RC_NO_ELEMENT};
    return at;
}

/* -- headings --------------------------------------------------------------
 * Tag levels follow the nesting, so none is skipped: a heading closes those of
 * its rank and below, and stands one level under what is left open. */
enum { RANKS_OF_A_SECTION = 10 };

static void
headings_close(lay *l, int rank)
{
    while (l->heading_count && l->headings[l->heading_count - 1] >= rank)
        l->heading_count--;
}

static rc_tag
heading_tag(size_t depth)
{
    return (rc_tag)(RC_TAG_H1 + (depth > 5 ? 5 : (int)depth));
}

rc_tag
heading_open(lay *l, int rank)
{
    headings_close(l, rank);
    size_t most = sizeof l->headings / sizeof *l->headings;
    rc_tag tag = heading_tag(l->heading_count);
    if (l->heading_count < most)
        l->headings[l->heading_count++] = rank;
    return tag;
}

rc_tag
heading_below(const lay *l)
{
    return heading_tag(l->heading_count);
}

/* -- items ----------------------------------------------------------------- */
static const item_ops nothing;

item *
build_item(build *b, kind k, const item_ops *ops, const rc_block *block,
           bool takes_side)
{
    if (!takes_side)
        flush_sides(b);
    item *it = rc_vec_push(b->l->arena, b->out);
    *it = (item){.ops = ops ? ops : &nothing,
                 .kind = k,
                 .section = b->section,
                 .node = b->node,
                 .target = block ? block->target : -1,
                 .second_target = -1,
                 .block = block,
                 .span = block ? block->span : rc_span_none()};
    if (takes_side && b->pending_count) {
        side *sides = RC_MAKE_ARRAY(b->l->arena, side, b->pending_count);
        for (size_t i = 0; i < b->pending_count; i++)
            sides[i] = b->pending[i];
        it->sides = sides;
        it->side_count = b->pending_count;
        it->sided = true;
        b->pending_count = 0;
    }
    return it;
}

static void
build_break(build *b)
{
    flush_sides(b);
    build_item(b, KIND_BREAK, NULL, NULL, false);
}

static void
build_block(build *b, const rc_block *block)
{
    switch (block->kind) {
    case RC_BLOCK_HEADING:
        build_heading(b, block);
        return;
    case RC_BLOCK_PARAGRAPH:
        build_text(b, KIND_TEXT, block->as.paragraph, RC_TAG_P, block, true);
        return;
    case RC_BLOCK_LIST:
        build_list(b, block);
        return;
    case RC_BLOCK_QUOTES:
        build_quotes(b, block);
        return;
    case RC_BLOCK_BLOCK_QUOTE:
        build_block_quote(b, block);
        return;
    case RC_BLOCK_TABLE:
        build_table(b, block);
        return;
    case RC_BLOCK_CHART:
    case RC_BLOCK_BARS:
        build_chart(b, block);
        return;
    case RC_BLOCK_FINDINGS:
        build_findings(b, block);
        return;
    case RC_BLOCK_SUMMARY:
        build_summary(b, block);
        return;
    case RC_BLOCK_LEAD:
        build_lead(b, block);
        return;
    case RC_BLOCK_BRIEF:
        build_brief(b, block);
        return;
    case RC_BLOCK_DIAGRAM:
        build_diagram(b, block);
        return;
    case RC_BLOCK_NAMES:
        build_names(b, block);
        return;
    case RC_BLOCK_CONTENTS:
        build_contents(b, block);
        return;
    case RC_BLOCK_FIELDS:
        build_fields(b, block);
        return;
    case RC_BLOCK_PAGE_BREAK:
        build_break(b);
        return;
    case RC_BLOCK_MISSING:
        return;
    }
}

void
build_blocks(build *b, rc_blocks blocks)
{
    for (size_t i = 0; i < blocks.count; i++)
        if (&blocks.at[i] != b->taken)
            build_block(b, &blocks.at[i]);
    flush_sides(b);
}

/* -- sections -------------------------------------------------------------- */
const rc_master *
section_master(const lay *l, const rc_section *s)
{
    if (!s->opening.len)
        return NULL;
    rc_mark mark = rc_arena_mark(l->scratch);
    rc_str name =
        rc_str_printf(l->scratch, "opening-%.*s", RC_STR(s->opening));
    const rc_master *m = rc_house_master(l->house, name);
    rc_arena_rewind(l->scratch, mark);
    return m;
}

/* Names of masters that begin with `start`, without it. */
void
suggest_master(lay *l, rc_diag *d, rc_str name, rc_str start)
{
    const rc_house *h = l->house;
    rc_str *names = RC_MAKE_ARRAY(l->arena, rc_str, h->master_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < h->master_count; i++)
        if (rc_str_starts(h->masters[i].name, start.at))
            names[n++] = rc_str_part(h->masters[i].name, start.len,
                                     h->masters[i].name.len);
    rc_diag_suggest(d, name, names, n);
}

static void
check_master(lay *l, const rc_section *s)
{
    if (!s->opening.len || section_master(l, s))
        return;
    rc_diag *d = rc_log_error(
        l->log, "unknown-opening", s->opening_at.source ? s->opening_at : s->span,
        "the house style '%.*s' has no master 'opening-%.*s'",
        RC_STR(l->house->name), RC_STR(s->opening));
    suggest_master(l, d, s->opening, RC_LIT("opening-"));
}

/* A title that runs on keeps with what it opens: a facts table, some lines of
 * the first paragraph, and with a facts table the whole of a short one. What
 * leads in to quotations or a list does not leave them alone. */
static void
keep_together(lay *l, size_t from)
{
    enum { SHORT = 6 };
    bool title = false, facts = false;
    for (size_t i = from; i < l->items.count; i++) {
        item *it = &l->items.at[i];
        const item *next =
            i + 1 < l->items.count ? &l->items.at[i + 1] : NULL;
        if (it->kind == KIND_SECTION) {
            title = true;
            facts = false;
            continue;
        }
        if (title && it->kind == KIND_FACTS) {
            it->keep_next = next != NULL;
            facts = true;
            continue;
        }
        if (it->kind == KIND_TEXT) {
            if (title)
                it->start_least = (size_t)l->house->space.section_lines;
            if (title && facts)
                it->start_whole = SHORT;
            it->lead_in = next && !next->same_run && !next->sided
                          && (next->kind == KIND_QUOTE
                              || next->kind == KIND_BULLET);
        }
        title = false;
    }
}

static void
mark_last_figure(lay *l, size_t from)
{
    size_t n = l->items.count;
    if (n >= from + 2 && l->items.at[n - 1].floats
        && l->items.at[n - 2].kind == KIND_TEXT)
        l->items.at[n - 2].ends_in_figure = true;
}

static void
build_section(lay *l, int index, int container)
{
    const rc_section *s = &l->doc->sections[index];
    const rc_house *h = l->house;
    int sect = node_make(l, RC_TAG_SECT, container);
    l->nodes.at[sect].title = s->title_plain;
    build b = {.l = l,
               .out = &l->items,
               .section = index,
               .node = sect,
               .section_node = sect,
               .x = h->axis,
               .width = h->right_width,
               .style = lay_style(l, RC_ROLE_BODY),
               .may_side = h->has_left_column};
    check_master(l, s);
    /* heads inside the section around this one are over, too */
    headings_close(l, (s->depth - 1) * RANKS_OF_A_SECTION + 1);
    size_t first = l->items.count;
    size_t taken = build_opening(&b, s);
    if (taken < s->blocks.count)
        build_blocks(&b, (rc_blocks){s->blocks.at + taken,
                                     s->blocks.count - taken});
    keep_together(l, first);
    mark_last_figure(l, first);
}

/* Sections nest by depth: `open[d]` is the container of depth d. */
enum { MOST_DEPTH = 16 };

static void
build_part(lay *l, size_t index)
{
    const rc_part *part = &l->doc->parts[index];
    int open[MOST_DEPTH];
    open[0] = node_make(l, RC_TAG_PART, 0);
    l->nodes.at[open[0]].title = part->name;
    if (part->master.len) {
        build b = {.l = l, .out = &l->items, .section = -1, .node = open[0],
                   .section_node = -1};
        build_cover(&b, part);
    }
    int depth = 0;
    for (size_t i = 0; i < l->doc->section_count; i++) {
        const rc_section *s = &l->doc->sections[i];
        if (s->part != (int)index)
            continue;
        int d = s->depth < 1 ? 1 : s->depth;
        d = d > depth + 1 ? depth + 1 : d;
        d = d >= MOST_DEPTH ? MOST_DEPTH - 1 : d;
        open[d] = (int)l->nodes.count; /* build_section makes it first */
        build_section(l, (int)i, open[d - 1]);
        depth = d;
    }
}

/* Room for about as many items as there will be, so that few are outgrown. */
static void
reserve_items(lay *l)
{
    size_t blocks = 0;
    for (size_t i = 0; i < l->doc->section_count; i++)
        blocks += 1 + l->doc->sections[i].blocks.count;
    rc_vec_reserve(l->arena, &l->items.at, &l->items.room, blocks * 5 / 4, 0,
                   sizeof *l->items.at);
}

void
build_document(lay *l)
{
    reserve_items(l);
    node_make(l, RC_TAG_DOCUMENT, -1);
    for (size_t i = 0; i < l->doc->part_count; i++)
        build_part(l, i);
}
