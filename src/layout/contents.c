/* Contents, and lists of figures and tables: numbers, titles, leaders on a
 * common raster, page numbers; every row one link. */
#include "layout/inner.h"

typedef struct contents_own {
    rc_str label;           /* "Chapters", in the left column */
    rc_tag tag;
    bool ruled;             /* under a rule: a list after another */
    const rc_entry *entries;
    size_t count;
    const rc_para **titles;
    int *nodes;             /* the TOC of each entry */
} contents_own;

static void
draw_leader(lay *l, uint32_t page, rc_len from, rc_len y)
{
    const rc_house *h = l->house;
    rc_len raster = h->contents.raster;
    rc_len until = h->right - h->contents.to;
    if (raster <= 0)
        return;
    for (rc_len x = (from + raster - 1) / raster * raster; x <= until;
         x += raster)
        rc_builder_circle(l->builder, page, RC_ARTIFACT_LAYOUT,
                          (rc_point){x, y - h->contents.raise},
                          h->contents.radius, h->contents.leader_colour, -1,
                          0);
}

static void
link_row(lay *l, const entry_at *at, rc_el link, rc_len x, rc_len last)
{
    rc_len size = l->house->styles[at->title_style].size;
    rc_builder_linkbox(
        l->builder, at->page, link,
        (rc_box){x, at->y - size, l->house->right - x,
                 last - at->y + size + size / 4});
}

/* "3.1 Teams close to home, page 17" */
static rc_str
link_words(lay *l, const rc_entry *e)
{
    rc_str page = l->canvas.page_label(l, e->target);
    rc_str title = rc_prose_plain(l->arena, e->title);
    if (e->number.len)
        title = rc_str_printf(l->arena, "%.*s %.*s", RC_STR(e->number),
                              RC_STR(title));
    return page.len ? rc_str_printf(l->arena, "%.*s, %.*s %.*s", RC_STR(title),
                                    RC_STR(l->house->words.page), RC_STR(page))
                    : title;
}

static rc_el
make_link(lay *l, const rc_entry *e, rc_el parent)
{
    int dest = e->target >= 0 ? l->dests[e->target] : -1;
    rc_el reference =
        make_element(l, RC_TAG_REFERENCE, parent, rc_span_none());
    if (dest < 0)
        return reference;
    rc_el link = make_element(l, RC_TAG_LINK, reference, rc_span_none());
    rc_builder_element_of(l->builder, link)->link_dest = dest;
    rc_builder_more(l->builder, link)->link_text = link_words(l, e);
    return link;
}

rc_len
draw_entry(lay *l, const rc_entry *e, const rc_para *title, const entry_at *at)
{
    const rc_house *h = l->house;
    rc_el toci = make_element(l, RC_TAG_TOCI, at->parent, rc_span_none());
    rc_len left = at->title_x;
    if (e->number.len) {
        rc_str text = rc_str_printf(l->arena, "%.*s ", RC_STR(e->number));
        if (at->number_align == 'r')
            text = e->number;
        else
            left = at->number_x;
        draw_text(l, text,
                  &(text_at){.page = at->page,
                             .element = make_element(l, RC_TAG_LBL, toci,
                                                     rc_span_none()),
                             .style = at->number_style,
                             .x = at->number_x,
                             .y = at->y,
                             .width = h->page_width,
                             .align = at->number_align,
                             .colour = at->number_colour + 1});
    }
    rc_el link = make_link(l, e, toci);
    rc_len last = draw_para(l, e->title, title,
                            &(text_at){.page = at->page,
                                       .element = link,
                                       .style = at->title_style,
                                       .x = at->title_x,
                                       .y = at->y});
    rc_str page = l->canvas.page_label(l, e->target);
    if (page.len) {
        rc_len end = title->count ? title->lines[title->count - 1].width : 0;
        draw_leader(l, at->page, at->title_x + end + h->contents.from, last);
        draw_text(l, rc_str_printf(l->arena, " %.*s", RC_STR(page)),
                  &(text_at){.page = at->page,
                             .element = make_element(l, RC_TAG_SPAN, link,
                                                     rc_span_none()),
                             .style = at->title_style,
                             .x = h->right,
                             .y = last,
                             .width = h->page_width,
                             .align = 'r'});
    }
    if (rc_builder_element_of(l->builder, link)->tag == RC_TAG_LINK)
        link_row(l, at, link, left, last);
    return last;
}

/* -- the block ------------------------------------------------------------- */
static entry_at
entry_places(const lay *l, const rc_entry *e)
{
    const rc_house *h = l->house;
    rc_len axis = h->axis;
    entry_at at = {.number_x = axis + h->contents.number2_left,
                   .number_align = 'l',
                   .title_x = axis + h->contents.title2,
                   .number_style = lay_style(l, RC_ROLE_CONTENTS_2),
                   .title_style = lay_style(l, RC_ROLE_CONTENTS_2),
                   .number_colour = h->contents.number2_colour};
    if (e->level == 1) {
        at.number_x = axis + h->contents.number1_right;
        at.number_align = 'r';
        at.title_x = axis;
        at.number_style = lay_style(l, RC_ROLE_CONTENTS_1);
        at.title_style = at.number_style;
        at.number_colour = h->contents.number1_colour;
        if (!h->has_left_column) { /* no room left of the axis */
            at.number_x = axis;
            at.number_align = 'l';
            at.title_x = axis + h->contents.title2;
        }
    } else if (e->level >= 3) {
        at.number_x = axis + h->contents.number3_left;
        at.title_x = axis + h->contents.title3;
    } else if (e->level <= 0) {
        at.number_style = lay_style(l, RC_ROLE_CONTENTS_FIGURE);
        at.title_style = at.number_style;
        at.title_x = axis + h->contents.figure_title;
    }
    return at;
}

/* A section with sections of its own: it stands apart like a chapter. */
static bool
has_own_entries(const contents_own *own, size_t i)
{
    return i + 1 < own->count && own->entries[i].level > 0
           && own->entries[i + 1].level > own->entries[i].level;
}

static void
measure_contents(lay *l, item *it)
{
    contents_own *own = it->own;
    const rc_house *h = l->house;
    item_slices(l, it, own->count);
    if (!own->titles)
        own->titles =
            RC_MAKE_ARRAY(l->arena, const rc_para *, own->count + 1);
    for (size_t i = 0; i < own->count; i++) {
        const rc_entry *e = &own->entries[i];
        entry_at at = entry_places(l, e);
        slice *s = &it->slices[i];
        own->titles[i] =
            set_prose(l, e->title, at.title_style,
                      h->right - h->contents.number_width - at.title_x, false);
        s->gap = h->styles[at.title_style].leading;
        if (e->level == 1 || (i && has_own_entries(own, i)))
            s->gap += h->contents.before_chapter;
        s->depth = para_depth(l, own->titles[i], at.title_style);
        /* no chapter without its first section, no entry alone */
        s->no_break = i == 1 || i + 1 == own->count
                      || (i && e->level > own->entries[i - 1].level);
    }
    it->start_slices = own->count < 2 ? own->count : 2;
}

static void
draw_contents(lay *l, item *it, const placed *p)
{
    contents_own *own = it->own;
    const rc_house *h = l->house;
    if (p->first == 0 && own->ruled && !p->fresh)
        draw_rule(l, p->page, h->rule_head, h->left, h->right,
                  p->y - h->contents.list_first);
    if (p->first == 0 && own->label.len && h->has_left_column)
        draw_text(l, own->label,
                  &(text_at){.page = p->page,
                             .element = make_element(
                                 l, own->tag, node_element(l, it->node),
                                 it->span),
                             .style = lay_style(l, RC_ROLE_CONTENTS_HEAD),
                             .x = h->left_x,
                             .y = p->y,
                             .width = h->left_text_width});
    rc_len y = p->y;
    for (size_t i = p->first; i < p->first + p->count; i++) {
        entry_at at = entry_places(l, &own->entries[i]);
        at.page = p->page;
        at.parent = node_element(l, own->nodes[i]);
        if (i > p->first)
            y += it->slices[i].gap;
        at.y = y;
        y = draw_entry(l, &own->entries[i], own->titles[i], &at);
    }
}

static const item_ops contents_ops = {measure_contents, draw_contents};

/* Entries under others stand in a TOC of their own inside. */
static void
nest(build *b, contents_own *own)
{
    enum { LEVELS = 4 };
    int open[LEVELS] = {node_make(b->l, RC_TAG_TOC, b->node), -1, -1, -1};
    int depth = 0;
    own->nodes = RC_MAKE_ARRAY(b->l->arena, int, own->count + 1);
    for (size_t i = 0; i < own->count; i++) {
        int level = own->entries[i].level;
        int want = level < 1 ? 0 : level - 1 >= LEVELS ? LEVELS - 1 : level - 1;
        if (want > depth + 1)
            want = depth + 1;
        if (i == 0)
            want = 0;
        for (; depth < want; depth++)
            open[depth + 1] = node_make(b->l, RC_TAG_TOC, open[depth]);
        depth = want;
        own->nodes[i] = open[depth];
    }
}

void
build_contents(build *b, const rc_block *block)
{
    lay *l = b->l;
    const rc_house *h = l->house;
    if (!block->as.contents.count)
        return;
    contents_own *own = RC_MAKE(l->arena, contents_own);
    *own = (contents_own){.entries = block->as.contents.at,
                          .count = block->as.contents.count,
                          .tag = heading_below(l)};
    switch (block->as.contents.of) {
    case RC_CONTENTS_CHAPTERS:
        own->label = h->words.chapters;
        break;
    case RC_CONTENTS_FIGURES:
        own->label = h->words.figures;
        break;
    case RC_CONTENTS_TABLES:
        own->label = h->words.tables;
        break;
    }
    if (b->pending_count) /* a side-head of the author's says it */
        own->label = (rc_str){0};
    own->ruled = b->out->count
                 && b->out->at[b->out->count - 1].kind == KIND_CONTENTS;
    if (own->label.len && !h->has_left_column && own->ruled) {
        rc_block *head = RC_MAKE(l->arena, rc_block);
        *head = (rc_block){.kind = RC_BLOCK_HEADING, .span = block->span,
                           .target = -1};
        head->as.heading.level = 3;
        head->as.heading.text = rc_prose_of(l->arena, own->label);
        build_heading(b, head);
        own->label = (rc_str){0};
        own->ruled = false;
    }
    nest(b, own);
    item *it = build_item(b, KIND_CONTENTS, &contents_ops, block, false);
    it->own = own;
}
