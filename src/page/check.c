/* The invariants of page.h, checked on the finished list. A break is a mistake
 * of this program, so every one of them is named, with the author's line that
 * caused the element where it is known. Nothing here trusts an index. */
#include "page/page.h"

#include <stdlib.h>
#include <string.h>

typedef struct checker {
    const rc_pages *p;
    FILE *to;
    bool sound;
    bool is_tree;  /* elements can be walked */
    uint8_t *seen; /* per operation of all pages: content kids over it */
    size_t *first; /* per page: its first operation in `seen` */
} checker;

/* -- saying so ---------------------------------------------------------------- */
static void RC_PRINTF(2, 0)
put_break(checker *c, const char *format, va_list ap)
{
    c->sound = false;
    vfprintf(c->to, format, ap);
    putc('\n', c->to);
}

static void RC_PRINTF(2, 3)
broken(checker *c, const char *format, ...)
{
    fputs("page list: ", c->to);
    va_list ap;
    va_start(ap, format);
    put_break(c, format, ap);
    va_end(ap);
}

static void RC_PRINTF(3, 4)
broken_element(checker *c, rc_el e, const char *format, ...)
{
    const rc_element *at = &c->p->elements[e];
    fprintf(c->to, "page list: element %d (%s", (int)e, rc_tag_name(at->tag));
    if (at->origin.source) {
        size_t line, column;
        rc_span_place(rc_span_make(at->origin.source, at->origin.from,
                                   at->origin.to),
                      &line, &column);
        fprintf(c->to, ", %.*s:%zu:%zu", RC_STR(at->origin.source->path), line,
                column);
    }
    fputs("): ", c->to);
    va_list ap;
    va_start(ap, format);
    put_break(c, format, ap);
    va_end(ap);
}

static void RC_PRINTF(4, 5)
broken_op(checker *c, size_t page, size_t op, const char *format, ...)
{
    fprintf(c->to, "page list: page %zu, operation %zu: ", page + 1, op);
    va_list ap;
    va_start(ap, format);
    put_break(c, format, ap);
    va_end(ap);
}

/* -- operations --------------------------------------------------------------- */
static bool
is_element(const checker *c, rc_el e)
{
    return e >= 0 && (size_t)e < c->p->element_count;
}

static bool
is_artifact(rc_el e)
{
    return e <= RC_ARTIFACT_LAYOUT && e >= RC_ARTIFACT_BACKGROUND;
}

static void
check_colour(checker *c, size_t page, size_t i, int colour)
{
    if (colour < -1 || colour >= (int)c->p->colour_count)
        broken_op(c, page, i, "no such colour: %d", colour);
}

static void
check_run(checker *c, size_t page, size_t i, const rc_op *op)
{
    if (op->index >= c->p->run_count) {
        broken_op(c, page, i, "no such run: %u", (unsigned)op->index);
        return;
    }
    const rc_glyph_run *run = &c->p->runs[op->index];
    if (run->face < 0 || (size_t)run->face >= c->p->face_count)
        broken_op(c, page, i, "no such face: %d", run->face);
    if (run->size <= 0)
        broken_op(c, page, i, "text without size");
    for (uint32_t g = 0; g < run->glyph_count; g++) {
        if (run->glyphs[g].id == 0)
            broken_op(c, page, i, "glyph 0 in '%.*s'", RC_STR(run->text));
        if (run->glyphs[g].cluster >= run->text.len)
            broken_op(c, page, i, "glyph beyond its text '%.*s'",
                      RC_STR(run->text));
    }
}

static void
check_shape(checker *c, size_t page, size_t i, const rc_op *op)
{
    switch ((rc_op_kind)op->kind) {
    case RC_OP_TEXT:
        check_run(c, page, i, op);
        if (op->colour < 0)
            broken_op(c, page, i, "text without colour");
        return;
    case RC_OP_RECT:
        if (op->x2 < 0 || op->y2 < 0)
            broken_op(c, page, i, "rectangle of negative size");
        return;
    case RC_OP_LINE:
        if (op->colour < 0)
            broken_op(c, page, i, "line without colour");
        return;
    case RC_OP_PATH:
        if (op->count < 3 || op->index > c->p->point_count
            || op->count > c->p->point_count - op->index)
            broken_op(c, page, i, "path of %u points from %u",
                      (unsigned)op->count, (unsigned)op->index);
        return;
    case RC_OP_CIRCLE:
        if (op->x2 < 0)
            broken_op(c, page, i, "circle of negative radius");
        return;
    case RC_OP_LINKBOX:
        if (op->x2 <= 0 || op->y2 <= 0)
            broken_op(c, page, i, "link box without size");
        if (!is_element(c, op->element)
            || c->p->elements[op->element].tag != RC_TAG_LINK)
            broken_op(c, page, i, "link box of no Link");
        return;
    case RC_OP_IMAGE:
        if (op->x2 <= 0 || op->y2 <= 0)
            broken_op(c, page, i, "picture without size");
        if (op->stroke < 0 || (size_t)op->stroke >= c->p->image_count)
            broken_op(c, page, i, "no picture of number %d", (int)op->stroke);
        return;
    }
    broken_op(c, page, i, "no such operation: %d", op->kind);
}

static void
check_ops(checker *c)
{
    for (size_t page = 0; page < c->p->page_count; page++) {
        const rc_page *pg = &c->p->pages[page];
        if (pg->width <= 0 || pg->height <= 0)
            broken(c, "page %zu has no size", page + 1);
        for (size_t i = 0; i < pg->op_count; i++) {
            const rc_op *op = &pg->ops[i];
            check_colour(c, page, i, op->colour);
            check_colour(c, page, i, op->stroke_colour);
            check_shape(c, page, i, op);
            if (is_artifact(op->element))
                continue;
            if (!is_element(c, op->element))
                broken_op(c, page, i, "neither element nor artifact");
            else if (op->kind != RC_OP_LINKBOX
                     && c->seen[c->first[page] + i] != 1)
                broken_op(c, page, i, "in %d content kids, not in one",
                          c->seen[c->first[page] + i]);
        }
    }
}

/* -- the tree ----------------------------------------------------------------- */
static void
check_content_kid(checker *c, rc_el e, const rc_kid *kid)
{
    if (kid->page >= c->p->page_count || !kid->op_count
        || kid->op >= c->p->pages[kid->page].op_count
        || kid->op_count > c->p->pages[kid->page].op_count - kid->op) {
        broken_element(c, e, "content is no stretch of page %u",
                       (unsigned)kid->page + 1);
        return;
    }
    for (uint32_t i = 0; i < kid->op_count; i++) {
        const rc_op *op = &c->p->pages[kid->page].ops[kid->op + i];
        uint8_t *seen = &c->seen[c->first[kid->page] + kid->op + i];
        *seen = *seen < 2 ? (uint8_t)(*seen + 1) : *seen;
        if (op->element != e)
            broken_element(c, e, "content of element %d on page %u",
                           (int)op->element, (unsigned)kid->page + 1);
    }
}

/* Every element but the first is the kid of its parent, once; parents come
 * before their children, so there is no ring. */
static void
check_kids(checker *c)
{
    const rc_pages *p = c->p;
    uint8_t *found = rc_heap_grow(NULL, p->element_count, 1);
    memset(found, 0, p->element_count);
    for (rc_el e = 0; (size_t)e < p->element_count; e++) {
        const rc_element *at = &p->elements[e];
        for (size_t k = 0; k < at->kid_count; k++) {
            const rc_kid *kid = &at->kids[k];
            if (kid->element == RC_NO_ELEMENT) {
                check_content_kid(c, e, kid);
            } else if (!is_element(c, kid->element) || kid->element <= e) {
                broken_element(c, e, "no such kid: %d", (int)kid->element);
                c->is_tree = false;
            } else if (p->elements[kid->element].parent != e
                       || found[kid->element]) {
                broken_element(c, kid->element, "also a kid of element %d",
                               (int)e);
                c->is_tree = false;
            } else {
                found[kid->element] = 1;
            }
        }
        if (e > 0 && !found[e])
            broken_element(c, e, "is nobody's kid");
    }
    free(found);
}

static bool
is_grouping(rc_tag tag)
{
    switch (tag) {
    case RC_TAG_DOCUMENT: case RC_TAG_PART: case RC_TAG_SECT:
    case RC_TAG_DIV: case RC_TAG_BLOCK_QUOTE:
        return true;
    default:
        return false;
    }
}

/* ISO 32000-1, 14.8.4: which tags stand only under which. */
static bool
may_stand_under(rc_tag tag, rc_tag parent)
{
    switch (tag) {
    case RC_TAG_DOCUMENT:
        return false;
    case RC_TAG_PART:
        return parent == RC_TAG_DOCUMENT || parent == RC_TAG_PART;
    case RC_TAG_SECT:
        return is_grouping(parent);
    case RC_TAG_THEAD: case RC_TAG_TBODY:
        return parent == RC_TAG_TABLE;
    case RC_TAG_TR:
        return parent == RC_TAG_TABLE || parent == RC_TAG_THEAD
               || parent == RC_TAG_TBODY;
    case RC_TAG_TH: case RC_TAG_TD:
        return parent == RC_TAG_TR;
    case RC_TAG_LI:
        return parent == RC_TAG_L;
    case RC_TAG_LBODY:
        return parent == RC_TAG_LI;
    case RC_TAG_LBL:
        return parent == RC_TAG_LI || parent == RC_TAG_NOTE
               || parent == RC_TAG_TOCI || parent == RC_TAG_REFERENCE
               || parent == RC_TAG_LINK;
    case RC_TAG_TOCI:
        return parent == RC_TAG_TOC;
    default:
        break;
    }
    switch (parent) { /* which hold nothing else */
    case RC_TAG_TABLE:
        return tag == RC_TAG_CAPTION;
    case RC_TAG_L: case RC_TAG_TOC:
        return tag == RC_TAG_CAPTION || tag == parent;
    case RC_TAG_THEAD: case RC_TAG_TBODY: case RC_TAG_TR: case RC_TAG_LI:
        return false;
    default:
        return true;
    }
}

static bool
may_hold_text(rc_tag tag)
{
    switch (tag) {
    case RC_TAG_DOCUMENT: case RC_TAG_PART: case RC_TAG_SECT: case RC_TAG_L:
    case RC_TAG_LI: case RC_TAG_TABLE: case RC_TAG_THEAD: case RC_TAG_TBODY:
    case RC_TAG_TR: case RC_TAG_TOC:
        return false;
    default:
        return true;
    }
}

static void
check_place(checker *c, rc_el e)
{
    const rc_element *at = &c->p->elements[e];
    if (e == 0) {
        if (at->tag != RC_TAG_DOCUMENT)
            broken_element(c, e, "the first element is no Document");
    } else if (!is_element(c, at->parent) || at->parent >= e) {
        broken_element(c, e, "no such parent: %d", (int)at->parent);
        c->is_tree = false;
    } else {
        rc_tag parent = c->p->elements[at->parent].tag;
        if (!may_stand_under(at->tag, parent))
            broken_element(c, e, "must not stand under %s",
                           rc_tag_name(parent));
    }
    if (may_hold_text(at->tag))
        return;
    for (size_t k = 0; k < at->kid_count; k++)
        if (at->kids[k].element == RC_NO_ELEMENT) {
            broken_element(c, e, "holds text itself");
            return;
        }
}

/* -- what each tag needs -------------------------------------------------------- */
static void
check_box(checker *c, rc_el e)
{
    const rc_element *at = &c->p->elements[e];
    if (!at->more->has_box)
        broken_element(c, e, "no box");
    else if (at->more->box.width <= 0 || at->more->box.height <= 0)
        broken_element(c, e, "an empty box");
    else if (at->more->box_page >= c->p->page_count)
        broken_element(c, e, "a box on no page");
}

static void
check_link(checker *c, rc_el e)
{
    const rc_element *at = &c->p->elements[e];
    if (at->link_dest >= 0 && (size_t)at->link_dest >= c->p->dest_count)
        broken_element(c, e, "no such destination: %d", at->link_dest);
    if (at->link_dest < 0 && !at->more->link_url.len)
        broken_element(c, e, "leads nowhere");
    if (!at->more->link_text.len)
        broken_element(c, e, "no contents");
    if (!at->kid_count)
        broken_element(c, e, "nothing to see");
}

static void
check_cell(checker *c, rc_el e)
{
    const rc_element *at = &c->p->elements[e];
    if (at->tag == RC_TAG_TH && at->scope == RC_SCOPE_NONE)
        broken_element(c, e, "no scope");
    for (size_t i = 0; i < at->header_count; i++)
        if (!is_element(c, at->headers[i])
            || c->p->elements[at->headers[i]].tag != RC_TAG_TH)
            broken_element(c, e, "header %d is no TH", (int)at->headers[i]);
}

static void
check_needs(checker *c, rc_el e)
{
    const rc_element *at = &c->p->elements[e];
    switch (at->tag) {
    case RC_TAG_FIGURE:
        if (!at->more->alt.len && !c->p->no_claim)
            broken_element(c, e, "no alternative text");
        check_box(c, e);
        return;
    case RC_TAG_LINK:
        check_link(c, e);
        return;
    case RC_TAG_TH:
    case RC_TAG_TD:
        check_cell(c, e);
        return;
    case RC_TAG_NOTE:
        if (!at->more->id.len)
            broken_element(c, e, "no id");
        return;
    case RC_TAG_H1: case RC_TAG_H2: case RC_TAG_H3: case RC_TAG_H4:
    case RC_TAG_H5: case RC_TAG_H6:
        if (!at->kid_count)
            broken_element(c, e, "an empty heading");
        return;
    default:
        return;
    }
}

/* -- notes ------------------------------------------------------------------------ */
typedef struct note_id {
    rc_str id;
    rc_el element;
} note_id;

static int
compare_ids(const void *a, const void *b)
{
    const note_id *x = a, *y = b;
    int order = rc_str_cmp(x->id, y->id);
    return order ? order : (x->element > y->element) - (x->element < y->element);
}

static void
check_note_ids(checker *c)
{
    size_t count = 0;
    note_id *ids = rc_heap_grow(NULL, c->p->element_count + 1, sizeof *ids);
    for (rc_el e = 0; (size_t)e < c->p->element_count; e++)
        if (c->p->elements[e].tag == RC_TAG_NOTE)
            ids[count++] = (note_id){c->p->elements[e].more->id, e};
    qsort(ids, count, sizeof *ids, compare_ids);
    for (size_t i = 1; i < count; i++)
        if (ids[i].id.len && rc_str_eq(ids[i].id, ids[i - 1].id))
            broken_element(c, ids[i].element, "the id of element %d",
                           (int)ids[i - 1].element);
    free(ids);
}

/* -- in reading order ------------------------------------------------------------- */
/* The next element of the tree in reading order, or RC_NO_ELEMENT. `next` is
 * the kid to go on with, per element. */
static rc_el
following(const checker *c, rc_el e, size_t *next)
{
    while (e >= 0) {
        const rc_element *at = &c->p->elements[e];
        while (next[e] < at->kid_count) {
            rc_el kid = at->kids[next[e]++].element;
            if (kid >= 0)
                return kid;
        }
        e = at->parent;
    }
    return RC_NO_ELEMENT;
}

static void
check_headings(checker *c)
{
    size_t *next = rc_heap_grow(NULL, c->p->element_count, sizeof *next);
    memset(next, 0, c->p->element_count * sizeof *next);
    int before = 0;
    for (rc_el e = 0; e >= 0; e = following(c, e, next)) {
        rc_tag tag = c->p->elements[e].tag;
        if (tag < RC_TAG_H1 || tag > RC_TAG_H6)
            continue;
        int level = (int)tag - RC_TAG_H1 + 1;
        if (!before && level != 1)
            broken_element(c, e, "the first heading is no H1");
        else if (before && level > before + 1)
            broken_element(c, e, "follows H%d", before);
        before = level;
    }
    free(next);
}

/* -- tables ----------------------------------------------------------------------- */
enum { MOST_COLUMNS = 1024 };

typedef struct grid {
    int held[MOST_COLUMNS]; /* rows that a span from above still fills */
    int columns;            /* of the first row; 0 before it */
} grid;

static void
check_row(checker *c, rc_el row, grid *g)
{
    const rc_element *at = &c->p->elements[row];
    int column = 0, until = 0;
    for (size_t k = 0; k < at->kid_count; k++) {
        if (!is_element(c, at->kids[k].element))
            continue;
        const rc_element *cell = &c->p->elements[at->kids[k].element];
        int wide = cell->col_span > 1 ? cell->col_span : 1;
        int high = cell->row_span > 1 ? cell->row_span : 1;
        while (column < MOST_COLUMNS && g->held[column])
            column++;
        if (wide > MOST_COLUMNS - column) {
            broken_element(c, row, "too many columns");
            return;
        }
        for (int i = 0; i < wide; i++)
            g->held[column++] = high;
    }
    for (int i = 0; i < MOST_COLUMNS; i++)
        if (g->held[i]) {
            until = i + 1;
            g->held[i]--;
        }
    if (!g->columns)
        g->columns = until;
    else if (until != g->columns)
        broken_element(c, row, "%d columns, not %d", until, g->columns);
}

static void
check_table(checker *c, rc_el table)
{
    grid *g = rc_heap_grow(NULL, 1, sizeof *g);
    memset(g, 0, sizeof *g);
    const rc_element *at = &c->p->elements[table];
    for (size_t k = 0; k < at->kid_count; k++) {
        rc_el kid = at->kids[k].element;
        if (!is_element(c, kid))
            continue;
        if (c->p->elements[kid].tag == RC_TAG_TR)
            check_row(c, kid, g);
        const rc_element *part = &c->p->elements[kid];
        if (part->tag != RC_TAG_THEAD && part->tag != RC_TAG_TBODY)
            continue;
        for (size_t i = 0; i < part->kid_count; i++)
            if (is_element(c, part->kids[i].element))
                check_row(c, part->kids[i].element, g);
    }
    if (!g->columns)
        broken_element(c, table, "no rows");
    free(g);
}

/* -- destinations and outline -------------------------------------------------------- */
static void
check_places(checker *c)
{
    const rc_pages *p = c->p;
    for (size_t i = 0; i < p->dest_count; i++) {
        if (p->dests[i].page >= p->page_count)
            broken(c, "destination '%.*s' is on no page",
                   RC_STR(p->dests[i].name));
        if (p->dests[i].element != RC_NO_ELEMENT
            && !is_element(c, p->dests[i].element))
            broken(c, "destination '%.*s' has no element",
                   RC_STR(p->dests[i].name));
    }
    int before = 0;
    for (size_t i = 0; i < p->outline_count; i++) {
        const rc_outline_entry *o = &p->outline[i];
        if (o->dest < 0 || (size_t)o->dest >= p->dest_count)
            broken(c, "outline entry '%.*s' leads nowhere",
                   RC_STR(o->title));
        if (o->level < 1 || o->level > before + 1)
            broken(c, "outline entry '%.*s' skips to level %d",
                   RC_STR(o->title), o->level);
        if (!o->title.len)
            broken(c, "outline entry %zu has no title", i);
        before = o->level;
    }
}

static void
check_elements(checker *c)
{
    for (rc_el e = 0; (size_t)e < c->p->element_count; e++) {
        if ((unsigned)c->p->elements[e].tag >= RC_TAG_COUNT) {
            broken(c, "element %d has no tag", (int)e);
            return;
        }
        check_place(c, e);
    }
    check_kids(c);
    if (!c->is_tree)
        return;
    for (rc_el e = 0; (size_t)e < c->p->element_count; e++) {
        check_needs(c, e);
        if (c->p->elements[e].tag == RC_TAG_TABLE)
            check_table(c, e);
    }
    check_headings(c);
    check_note_ids(c);
}

bool
rc_page_check(const rc_pages *p, FILE *to)
{
    checker c = {.p = p, .to = to, .sound = true, .is_tree = true};
    size_t ops = 0;
    c.first = rc_heap_grow(NULL, p->page_count + 1, sizeof *c.first);
    for (size_t i = 0; i < p->page_count; i++) {
        c.first[i] = ops;
        ops += p->pages[i].op_count;
    }
    c.seen = rc_heap_grow(NULL, ops + 1, 1);
    memset(c.seen, 0, ops + 1);
    if (p->element_count)
        check_elements(&c);
    else
        broken(&c, "no Document");
    check_ops(&c);
    check_places(&c);
    free(c.seen);
    free(c.first);
    return c.sound;
}
