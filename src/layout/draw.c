/* What was placed, drawn once in reading order: elements and ink. */
#include "layout/inner.h"

/* -- elements -------------------------------------------------------------- */
rc_el
make_element(lay *l, rc_tag tag, rc_el parent, rc_span span)
{
    rc_el e = rc_builder_element(l->builder, tag, parent);
    rc_builder_element_of(l->builder, e)->origin = rc_origin_of(span);
    return e;
}

rc_el
node_element(lay *l, int at)
{
    lay_node *n = &l->nodes.at[at];
    if (n->element != RC_NO_ELEMENT)
        return n->element;
    rc_el parent =
        n->parent >= 0 ? node_element(l, n->parent) : RC_NO_ELEMENT;
    n->element = rc_builder_element(l->builder, n->tag, parent);
    rc_element *e = rc_builder_element_of(l->builder, n->element);
    e->list_numbered = n->numbered;
    if (n->title.len)
        rc_builder_more(l->builder, n->element)->title = n->title;
    if (n->lang.len)
        rc_builder_more(l->builder, n->element)->lang = n->lang;
    return n->element;
}

void
outline_add(lay *l, rc_str title, int level, int target)
{
    if (!title.len || target < 0 || l->dests[target] < 0)
        return;
    if (level > l->outline_level + 1)
        level = l->outline_level + 1;
    if (level < 1)
        level = 1;
    rc_builder_outline(l->builder, title, level, l->dests[target]);
    l->outline_level = level;
}

/* -- ink ------------------------------------------------------------------- */
void
draw_rule(lay *l, uint32_t page, rc_rule rule, rc_len x, rc_len right,
          rc_len y)
{
    if (rule.width <= 0)
        return;
    rc_builder_line(l->builder, page, RC_ARTIFACT_LAYOUT, (rc_point){x, y},
                    (rc_point){right, y}, rule.width, rule.colour);
}

static rc_prose_at
prose_at(const text_at *at)
{
    return (rc_prose_at){.element = at->element,
                         .style = at->style,
                         .x = at->x,
                         .y = at->y,
                         .width = at->width,
                         .align = at->align ? at->align : 'l',
                         .colour = at->colour ? at->colour - 1 : -2,
                         .strong = at->strong};
}

rc_len
draw_prose(lay *l, rc_prose p, const text_at *at)
{
    rc_canvas c = lay_canvas(l, at->page, at->element);
    rc_prose_at where = prose_at(at);
    return rc_prose_draw(&c, p, &where);
}

rc_len
draw_text(lay *l, rc_str text, const text_at *at)
{
    rc_mark mark = rc_arena_mark(l->scratch);
    rc_len last = draw_prose(l, rc_prose_of(l->scratch, text), at);
    rc_arena_rewind(l->scratch, mark);
    return last;
}

rc_len
draw_para(lay *l, rc_prose p, const rc_para *para, const text_at *at)
{
    rc_canvas c = lay_canvas(l, at->page, at->element);
    rc_prose_at where = prose_at(at);
    return rc_prose_lines(&c, p, para, 0, para->count, &where);
}

/* -- the walk -------------------------------------------------------------- */
/* Baselines of the notes, from the foot up, and the chains of those that go on
 * over a page. */
void
find_note_places(lay *l)
{
    rc_len leading = lay_role(l, RC_ROLE_FOOTNOTE)->leading;
    for (size_t i = 0; i < l->doc->note_count; i++)
        l->notes[i].first_place = -1;
    for (size_t p = 0; p < l->pages.count; p++) {
        const lay_page *pg = &l->pages.at[p];
        size_t lines = page_note_lines(l, (uint32_t)p);
        rc_len y = l->house->bottom - (rc_len)(lines - 1) * leading;
        for (size_t i = 0; i < pg->note_count; i++) {
            int at = (int)(pg->first_note + i);
            note_place *n = &l->note_places.at[at];
            n->page = (uint32_t)p;
            n->y = y;
            n->next = -1;
            y += (rc_len)n->count * leading;
            int *link = &l->notes[n->note].first_place;
            while (*link >= 0)
                link = &l->note_places.at[*link].next;
            *link = at;
        }
    }
}

typedef struct drawing {
    lay *l;
    uint32_t *left;       /* per group: places still to be drawn */
    bool *done;           /* per place */
    uint32_t begun;       /* pages that have their heads and feet */
    const placed *foot;   /* of an opening page that has bars at its foot */
} drawing;

static void
draw_opening_foot(drawing *d)
{
    if (d->foot)
        opening_draw_foot(d->l, &d->l->items.at[d->foot->item], d->foot);
    d->foot = NULL;
}

static void
draw_place(drawing *d, size_t at)
{
    lay *l = d->l;
    const placed *p = &l->places.at[at];
    item *it = &l->items.at[p->item];
    size_t group = lay_group(p->item);
    rc_mark mark = rc_arena_mark(l->scratch);
    if (d->foot && d->foot->page < p->page)
        draw_opening_foot(d);
    for (; d->begun <= p->page; d->begun++)
        draw_furniture(l, d->begun);
    if (it->ops->draw)
        it->ops->draw(l, it, p);
    draw_item_notes(l, it, p);
    rc_arena_rewind(l->scratch, mark);
    d->done[at] = true;
    if (it->kind == KIND_OPENING && opening_foot(l, it) > 0)
        d->foot = p;
    if (--d->left[group])
        return;
    rc_arena_free(l->lines[group]);
    l->lines[group] = NULL;
}

/* Text that goes on over a page is drawn to its end before what floated to the
 * head of that page: contents and tags have one order. */
static void
draw_rest(drawing *d, size_t at)
{
    const lay *l = d->l;
    uint32_t drawn = l->places.at[at].item, page = l->places.at[at].page;
    for (size_t i = at + 1;
         i < l->places.count && l->places.at[i].page <= page + 1; i++) {
        if (l->places.at[i].item != drawn)
            continue;
        page = l->places.at[i].page;
        draw_place(d, i);
    }
}

void
draw_document(lay *l)
{
    node_element(l, 0);
    l->canvas.lines = l->scratch;
    drawing d = {
        .l = l,
        .left = RC_MAKE_ARRAY(l->arena, uint32_t, l->group_count),
        .done = RC_MAKE_ARRAY(l->arena, bool, l->places.count + 1),
    };
    for (size_t i = 0; i < l->places.count; i++)
        d.left[lay_group(l->places.at[i].item)]++;
    for (size_t i = 0; i < l->places.count; i++) {
        if (d.done[i])
            continue;
        draw_place(&d, i);
        draw_rest(&d, i);
    }
    draw_opening_foot(&d);
    for (; d.begun < l->pages.count; d.begun++)
        draw_furniture(l, d.begun);
}
