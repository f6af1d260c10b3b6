/* The builder grows in heap arrays of its own, which the list's arena takes
 * over at the end; glyphs and texts go there at once. A builder that is freed
 * unfinished gives its arrays back.
 *
 * Kids of all elements live in one array, chained per element: elements are
 * many and have few kids, and most get them alternately.
 *
 * 1. A content kid covers operations that stand side by side on one page and
 *    belong to one element. It is extended only while it is the element's
 *    last kid and its last operation the page's last: a child element begun
 *    in between keeps its place in the reading order.
 * 2. Link boxes are no ink and join no content kid. */
#include "page/page.h"

#include <stdlib.h>
#include <string.h>

#define NO_KID UINT32_MAX

typedef struct chained_kid {
    rc_kid kid;
    uint32_t next; /* of the same element, or NO_KID */
} chained_kid;

typedef struct chain {
    uint32_t first, last; /* valid while count > 0 */
    uint32_t count;
    uint32_t more; /* 1 + index into mores; 0 none */
} chain;

typedef struct page_ops {
    rc_op *at;
    size_t count, room;
} page_ops;

/* A growing array on the heap. */
#define GROWING(T)    \
    struct {          \
        T *at;        \
        size_t count; \
        size_t room;  \
    }

struct rc_builder {
    rc_arena *arena;
    rc_pages *meta;
    bool finished;
    GROWING(rc_page) pages;
    GROWING(page_ops) ops; /* one a page */
    GROWING(rc_element) elements;
    GROWING(chain) chains; /* one an element */
    GROWING(rc_element_more *) mores;
    GROWING(chained_kid) kids;
    GROWING(rc_glyph_run) runs;
    GROWING(rc_point) points;
    GROWING(const rc_image *) images;
    GROWING(rc_dest) dests;
    GROWING(rc_outline_entry) outline;
};

static void *
grown(void *at, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return at;
    size_t wider = *room ? *room + *room / 2 : 32;
    at = rc_heap_grow(at, wider, size);
    *room = wider;
    return at;
}

/* A new zeroed element at the end. */
#define PUSH(v)                                                            \
    ((v)->at = grown((v)->at, &(v)->room, (v)->count, sizeof *(v)->at),    \
     memset(&(v)->at[(v)->count], 0, sizeof *(v)->at),                     \
     &(v)->at[(v)->count++])

rc_builder *
rc_builder_new(rc_arena *a)
{
    rc_builder *b = rc_heap_grow(NULL, 1, sizeof *b);
    memset(b, 0, sizeof *b);
    b->arena = a;
    b->meta = RC_MAKE(a, rc_pages);
    return b;
}

void
rc_builder_free(rc_builder *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->ops.count; i++)
        free(b->ops.at[i].at);
    free(b->pages.at);
    free(b->ops.at);
    free(b->elements.at);
    free(b->chains.at);
    free(b->mores.at);
    free(b->kids.at);
    free(b->runs.at);
    free(b->points.at);
    free(b->dests.at);
    free(b->outline.at);
    free(b);
}

rc_pages *
rc_builder_meta(rc_builder *b)
{
    return b->meta;
}

/* -- pages and elements --------------------------------------------------- */
uint32_t
rc_builder_page(rc_builder *b, rc_len width, rc_len height)
{
    rc_assert(!b->finished);
    rc_assert(b->pages.count < UINT32_MAX);
    rc_page *p = PUSH(&b->pages);
    p->width = width;
    p->height = height;
    (void)PUSH(&b->ops);
    return (uint32_t)(b->pages.count - 1);
}

rc_page *
rc_builder_page_of(rc_builder *b, uint32_t page)
{
    rc_assert(page < b->pages.count);
    return &b->pages.at[page];
}

uint32_t
rc_builder_page_count(const rc_builder *b)
{
    return (uint32_t)b->pages.count;
}

static bool
has_element(const rc_builder *b, rc_el e)
{
    return e >= 0 && (size_t)e < b->elements.count;
}

static void
add_kid(rc_builder *b, rc_el parent, rc_kid kid)
{
    rc_assert(b->kids.count < NO_KID);
    uint32_t at = (uint32_t)b->kids.count;
    chained_kid *k = PUSH(&b->kids);
    k->kid = kid;
    k->next = NO_KID;
    chain *c = &b->chains.at[parent];
    if (c->count++)
        b->kids.at[c->last].next = at;
    else
        c->first = at;
    c->last = at;
}

static const rc_element_more nothing_more;

rc_el
rc_builder_element(rc_builder *b, rc_tag tag, rc_el parent)
{
    rc_assert(!b->finished);
    rc_assert(parent == RC_NO_ELEMENT ? b->elements.count == 0
                                      : has_element(b, parent));
    rc_assert(b->elements.count < INT32_MAX);
    rc_el e = (rc_el)b->elements.count;
    rc_element *made = PUSH(&b->elements);
    made->tag = tag;
    made->parent = parent;
    made->link_dest = -1;
    made->more = &nothing_more;
    (void)PUSH(&b->chains);
    if (parent != RC_NO_ELEMENT)
        add_kid(b, parent, (rc_kid){.element = e});
    return e;
}

rc_element *
rc_builder_element_of(rc_builder *b, rc_el e)
{
    rc_assert(has_element(b, e));
    return &b->elements.at[e];
}

rc_element_more *
rc_builder_more(rc_builder *b, rc_el e)
{
    rc_assert(has_element(b, e));
    rc_assert(!b->finished);
    uint32_t *at = &b->chains.at[e].more;
    if (!*at) {
        rc_element_more *more = RC_MAKE(b->arena, rc_element_more);
        *PUSH(&b->mores) = more;
        *at = (uint32_t)b->mores.count;
        b->elements.at[e].more = more;
    }
    return b->mores.at[*at - 1];
}

void
rc_builder_headers(rc_builder *b, rc_el cell, const rc_el *headers,
                   size_t count)
{
    rc_assert(has_element(b, cell));
    rc_el *copy = RC_MAKE_ARRAY(b->arena, rc_el, count);
    for (size_t i = 0; i < count; i++)
        copy[i] = headers[i];
    b->elements.at[cell].headers = copy;
    b->elements.at[cell].header_count = (uint32_t)count;
}

/* -- drawing ---------------------------------------------------------------- */
/* The operation at the end of the page has come to element `e`. */
static void
note_content(rc_builder *b, uint32_t page, rc_el e)
{
    uint32_t op = (uint32_t)(b->ops.at[page].count - 1);
    const chain *c = &b->chains.at[e];
    if (c->count) {
        rc_kid *last = &b->kids.at[c->last].kid;
        if (last->element == RC_NO_ELEMENT && last->page == page
            && last->op + last->op_count == op) {
            last->op_count++;
            return;
        }
    }
    add_kid(b, e,
            (rc_kid){.element = RC_NO_ELEMENT,
                     .page = page,
                     .op = op,
                     .op_count = 1});
}

static rc_op *
add_op(rc_builder *b, uint32_t page, rc_el e, rc_op_kind kind)
{
    rc_assert(!b->finished);
    rc_assert(page < b->pages.count);
    rc_assert(has_element(b, e)
              || (e <= RC_ARTIFACT_LAYOUT && e >= RC_ARTIFACT_BACKGROUND));
    rc_assert(b->ops.at[page].count < UINT32_MAX);
    rc_op *op = PUSH(&b->ops.at[page]);
    op->kind = (uint8_t)kind;
    op->element = e;
    op->colour = -1;
    op->stroke_colour = -1;
    if (e >= 0 && kind != RC_OP_LINKBOX)
        note_content(b, page, e);
    return op;
}

static int16_t
colour_index(int colour)
{
    rc_assert(colour >= -1 && colour <= INT16_MAX);
    return (int16_t)colour;
}

/* What a run points to moves into the list's arena, so that whoever set the
 * text may forget it at once, unless it is sure to last. */
static rc_glyph_run
kept_run(rc_builder *b, const rc_glyph_run *run)
{
    rc_glyph_run kept = *run;
    if (run->lasting)
        return kept;
    rc_glyph *glyphs = RC_MAKE_ARRAY(b->arena, rc_glyph, run->glyph_count);
    char *text = RC_MAKE_ARRAY(b->arena, char, run->text.len);
    if (run->glyph_count)
        memcpy(glyphs, run->glyphs, run->glyph_count * sizeof *glyphs);
    if (run->text.len)
        memcpy(text, run->text.at, run->text.len);
    kept.glyphs = glyphs;
    if (run->offsets) {
        rc_offset *offsets =
            RC_MAKE_ARRAY(b->arena, rc_offset, run->glyph_count);
        memcpy(offsets, run->offsets, run->glyph_count * sizeof *offsets);
        kept.offsets = offsets;
    }
    kept.text.at = text;
    return kept;
}

void
rc_builder_text(rc_builder *b, uint32_t page, rc_el e, const rc_glyph_run *run,
                rc_len x, rc_len baseline, int colour)
{
    rc_assert(b->runs.count < UINT32_MAX);
    rc_op *op = add_op(b, page, e, RC_OP_TEXT);
    op->colour = colour_index(colour);
    op->x = x;
    op->y = baseline;
    op->index = (uint32_t)b->runs.count;
    rc_glyph_run kept = kept_run(b, run);
    *PUSH(&b->runs) = kept;
}

void
rc_builder_rect(rc_builder *b, uint32_t page, rc_el e, rc_box box, int colour,
                int stroke_colour, rc_len stroke)
{
    rc_op *op = add_op(b, page, e, RC_OP_RECT);
    op->colour = colour_index(colour);
    op->stroke_colour = colour_index(stroke_colour);
    op->stroke = stroke;
    op->x = box.x;
    op->y = box.y;
    op->x2 = box.width;
    op->y2 = box.height;
}

void
rc_builder_line(rc_builder *b, uint32_t page, rc_el e, rc_point from,
                rc_point to, rc_len width, int colour)
{
    rc_op *op = add_op(b, page, e, RC_OP_LINE);
    op->colour = colour_index(colour);
    op->stroke = width;
    op->x = from.x;
    op->y = from.y;
    op->x2 = to.x;
    op->y2 = to.y;
}

void
rc_builder_path(rc_builder *b, uint32_t page, rc_el e, const rc_point *points,
                size_t count, int colour)
{
    rc_assert(count < UINT32_MAX - b->points.count);
    rc_op *op = add_op(b, page, e, RC_OP_PATH);
    op->colour = colour_index(colour);
    op->index = (uint32_t)b->points.count;
    op->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        *PUSH(&b->points) = points[i];
}

void
rc_builder_circle(rc_builder *b, uint32_t page, rc_el e, rc_point centre,
                  rc_len radius, int colour, int stroke_colour, rc_len stroke)
{
    rc_op *op = add_op(b, page, e, RC_OP_CIRCLE);
    op->colour = colour_index(colour);
    op->stroke_colour = colour_index(stroke_colour);
    op->stroke = stroke;
    op->x = centre.x;
    op->y = centre.y;
    op->x2 = radius;
}

void
rc_builder_image(rc_builder *b, uint32_t page, rc_el e, rc_box box,
                 const rc_image *image)
{
    size_t at = 0;
    while (at < b->images.count
           && !rc_str_eq(b->images.at[at]->png, image->png))
        at++;
    if (at == b->images.count)
        *PUSH(&b->images) = image;
    rc_op *op = add_op(b, page, e, RC_OP_IMAGE);
    op->stroke = (rc_len)at;
    op->x = box.x;
    op->y = box.y;
    op->x2 = box.width;
    op->y2 = box.height;
}

void
rc_builder_linkbox(rc_builder *b, uint32_t page, rc_el link, rc_box box)
{
    rc_op *op = add_op(b, page, link, RC_OP_LINKBOX);
    op->x = box.x;
    op->y = box.y;
    op->x2 = box.width;
    op->y2 = box.height;
}

int
rc_builder_dest(rc_builder *b, rc_str name, uint32_t page, rc_len x, rc_len y,
                rc_el element)
{
    rc_assert(!b->finished);
    rc_assert(b->dests.count < INT32_MAX);
    *PUSH(&b->dests) = (rc_dest){
        .name = name, .page = page, .x = x, .y = y, .element = element};
    return (int)(b->dests.count - 1);
}

void
rc_builder_dest_element(rc_builder *b, int dest, rc_el element)
{
    rc_assert(!b->finished);
    rc_assert(dest >= 0 && (size_t)dest < b->dests.count);
    rc_assert(has_element(b, element));
    b->dests.at[dest].element = element;
}

void
rc_builder_outline(rc_builder *b, rc_str title, int level, int dest)
{
    rc_assert(!b->finished);
    *PUSH(&b->outline) =
        (rc_outline_entry){.title = title, .level = level, .dest = dest};
}

/* -- finishing -------------------------------------------------------------- */
/* A growing array cut to its size and given to the list's arena: it is never
 * whole in memory twice. */
static void *
given(rc_arena *a, void *at, size_t count, size_t size)
{
    if (!count) {
        free(at);
        return NULL;
    }
    at = rc_heap_grow(at, count, size);
    rc_arena_adopt(a, at, count * size);
    return at;
}

#define FINISH(b, v, to, to_count)                           \
    do {                                                     \
        (to_count) = (b)->v.count;                           \
        (to) = given((b)->arena, (b)->v.at, (b)->v.count,    \
                     sizeof *(b)->v.at);                     \
        (b)->v.at = NULL;                                    \
    } while (0)

static void
finish_ops(rc_builder *b)
{
    for (size_t i = 0; i < b->pages.count; i++)
        FINISH(b, ops.at[i], b->pages.at[i].ops, b->pages.at[i].op_count);
}

/* All kids in one array, an element's side by side. */
static void
finish_kids(rc_builder *b)
{
    rc_kid *all = RC_MAKE_ARRAY(b->arena, rc_kid, b->kids.count);
    for (size_t i = 0; i < b->elements.count; i++) {
        const chain *c = &b->chains.at[i];
        b->elements.at[i].kids = all;
        b->elements.at[i].kid_count = c->count;
        uint32_t at = c->first;
        for (uint32_t k = 0; k < c->count; k++) {
            *all++ = b->kids.at[at].kid;
            at = b->kids.at[at].next;
        }
    }
    free(b->kids.at);
    b->kids.at = NULL;
}

/* Strings are the makers' until now: they move into the list's arena. */
static void
keep(rc_builder *b, rc_str *s)
{
    *s = s->len ? rc_str_copy(b->arena, *s) : (rc_str){0};
}

static void
keep_strings(rc_builder *b)
{
    for (size_t i = 0; i < b->pages.count; i++)
        keep(b, &b->pages.at[i].label);
    for (size_t i = 0; i < b->mores.count; i++) {
        rc_element_more *m = b->mores.at[i];
        rc_str *all[] = {&m->alt, &m->actual, &m->lang, &m->title,
                         &m->id,  &m->link_url, &m->link_text,
                         &m->expansion, &m->file.name, &m->file.title,
                         &m->file.text};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            keep(b, all[k]);
    }
    for (size_t i = 0; i < b->dests.count; i++)
        keep(b, &b->dests.at[i].name);
    for (size_t i = 0; i < b->outline.count; i++)
        keep(b, &b->outline.at[i].title);
    rc_pages *p = b->meta;
    rc_str *all[] = {&p->title,    &p->author,  &p->subject, &p->keywords,
                     &p->language, &p->creator, &p->date};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        keep(b, all[k]);
}

rc_pages *
rc_builder_finish(rc_builder *b)
{
    rc_assert(!b->finished);
    b->finished = true;
    keep_strings(b);
    finish_ops(b);
    finish_kids(b);
    rc_pages *p = b->meta;
    FINISH(b, pages, p->pages, p->page_count);
    FINISH(b, elements, p->elements, p->element_count);
    FINISH(b, runs, p->runs, p->run_count);
    FINISH(b, points, p->points, p->point_count);
    FINISH(b, images, p->images, p->image_count);
    FINISH(b, dests, p->dests, p->dest_count);
    FINISH(b, outline, p->outline, p->outline_count);
    return p;
}
