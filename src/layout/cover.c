/* Covers: pages drawn from their master alone, with the survey's own bars. */
#include "layout/inner.h"

typedef struct cover_own {
    const rc_part *part;
    int index;
    const rc_master *master;
} cover_own;

int
cover_part(const item *it)
{
    const cover_own *own = it->own;
    return own->index;
}

static void
measure_cover(lay *l, item *it)
{
    item_slices(l, it, 1);
    it->start_slices = 1;
}

/* One field of a place: its last baseline, or `y` if it is empty. */
static rc_len
draw_place_field(lay *l, const item *it, const text_at *at,
                 const rc_field_text *f, int part)
{
    if (!f->text.len)
        return at->y;
    (void)part;
    rc_str text = resolve_fields(l, f, -1, NULL);
    if (!text.len)
        return at->y;
    text_at where = *at;
    where.element =
        make_element(l, RC_TAG_P, node_element(l, it->node), f->span);
    where.strong = f->strong;
    return draw_text(l, text, &where);
}

static rc_len
draw_place(lay *l, const item *it, const rc_place *place, uint32_t page,
           rc_len last)
{
    const rc_house *h = l->house;
    const cover_own *own = it->own;
    rc_len y = place->below ? last + place->y : place->y;
    if (place->kind == RC_PLACE_RULE) {
        draw_rule(l, page, place->rule, h->left, h->right, y);
        return y;
    }
    text_at at = {.page = page, .style = place->style, .y = y};
    bool alone = !place->axis.text.len && !place->right.text.len;
    at.x = h->left;
    at.width = alone ? h->right - h->left : h->axis - h->left;
    if (at.width <= 0)
        at.width = h->right - h->left;
    rc_len end = draw_place_field(l, it, &at, &place->left, own->index);
    at.x = h->axis;
    at.width = h->right_width;
    rc_len more = draw_place_field(l, it, &at, &place->axis, own->index);
    end = lay_max(end, more);
    at.x = h->right;
    at.align = 'r';
    more = draw_place_field(l, it, &at, &place->right, own->index);
    return lay_max(end, more);
}

static void
draw_cover(lay *l, item *it, const placed *p)
{
    const cover_own *own = it->own;
    const rc_master *m = own->master;
    if (!m)
        return;
    rc_len last = 0;
    for (size_t i = 0; i < m->place_count; i++)
        last = draw_place(l, it, &m->places[i], p->page, last);
    if (m->bands.of != RC_BANDS_NONE && l->doc->band_count) {
        rc_canvas c = lay_canvas(l, p->page, RC_ARTIFACT_BACKGROUND);
        rc_chart_bands(&c, &m->bands, l->doc->keys, l->doc->key_count,
                       l->doc->bands, l->doc->band_count,
                       last + l->house->body_leading * 2);
    }
}

static const item_ops cover_ops = {measure_cover, draw_cover};

void
build_cover(build *b, const rc_part *part)
{
    lay *l = b->l;
    cover_own *own = RC_MAKE(l->arena, cover_own);
    *own = (cover_own){.part = part,
                       .index = (int)(part - l->doc->parts),
                       .master = rc_house_master(l->house, part->master)};
    if (!own->master) {
        rc_diag *d = rc_log_error(l->log, "unknown-master", part->span,
                                  "the house style '%.*s' has no master "
                                  "'%.*s'",
                                  RC_STR(l->house->name),
                                  RC_STR(part->master));
        suggest_master(l, d, part->master, RC_LIT(""));
    }
    item *it = build_item(b, KIND_COVER, &cover_ops, NULL, false);
    it->own = own;
    it->own_page = true;
}
