/* Contents of pages. All geometry is brought to hundredths of a point first,
 * corners rather than widths, so that what touches on the page list touches
 * in the file, and positions never drift. */
#include "device/pdf.h"

#include <stdlib.h>
#include <string.h>

/* -- which operations belong to which element ---------------------------------- */

static int
compare_marks(const void *a, const void *b)
{
    const rc_pdf_mark *x = a, *y = b;
    return (x->op > y->op) - (x->op < y->op);
}

void
rc_pdf_make_marks(rc_pdf *d)
{
    const rc_pages *p = d->p;
    size_t kids = 0;
    d->first_kid = RC_MAKE_ARRAY(d->arena, uint32_t, p->element_count + 1);
    d->first_mark = RC_MAKE_ARRAY(d->arena, uint32_t, p->page_count + 1);
    for (size_t e = 0; e < p->element_count; e++) {
        const rc_element *el = &p->elements[e];
        d->first_kid[e] = (uint32_t)kids;
        kids += el->kid_count;
        for (size_t k = 0; k < el->kid_count; k++)
            if (el->kids[k].element == RC_NO_ELEMENT) {
                rc_assert(el->kids[k].page < p->page_count);
                d->first_mark[el->kids[k].page + 1]++;
            }
    }
    for (size_t i = 0; i < p->page_count; i++)
        d->first_mark[i + 1] += d->first_mark[i];
    size_t count = d->first_mark[p->page_count];
    d->marks = RC_MAKE_ARRAY(d->arena, rc_pdf_mark, count);
    d->mcid = RC_MAKE_ARRAY(d->arena, uint32_t, kids);
    uint32_t *fill = rc_heap_grow(NULL, p->page_count + 1, sizeof *fill);
    memcpy(fill, d->first_mark, (p->page_count + 1) * sizeof *fill);
    for (size_t e = 0; e < p->element_count; e++) {
        const rc_element *el = &p->elements[e];
        for (size_t k = 0; k < el->kid_count; k++) {
            const rc_kid *kid = &el->kids[k];
            if (kid->element == RC_NO_ELEMENT)
                d->marks[fill[kid->page]++] = (rc_pdf_mark){
                    .element = (rc_el)e,
                    .op = kid->op,
                    .op_count = kid->op_count,
                    .kid = d->first_kid[e] + (uint32_t)k};
        }
    }
    free(fill);
    for (size_t i = 0; i < p->page_count; i++) {
        uint32_t from = d->first_mark[i], to = d->first_mark[i + 1];
        qsort(d->marks + from, to - from, sizeof *d->marks, compare_marks);
        for (uint32_t m = from; m < to; m++)
            d->mcid[d->marks[m].kid] = m - from;
    }
}

/* -- the pen ---------------------------------------------------------------------- */

typedef struct pen {
    rc_pdf *d;
    rc_buf *out;
    const rc_page *page;
    int fill, stroke;      /* colours set, or -1 */
    rc_len width;          /* of lines, as set */
    bool round;            /* line caps are round */
    int face;
    rc_len size;
    bool in_text;
    int64_t tx, ty;        /* where the line of text begins, hundredths */
} pen;

static int64_t
flip(const pen *q, int64_t y)
{
    return rc_out_hundredths((int64_t)q->page->height - y);
}

static void
put_point(pen *q, int64_t x, int64_t y)
{
    rc_out_pair(q->out, rc_out_hundredths(x), flip(q, y));
}

/* 255ths with three decimals. */
static void
put_channel(rc_buf *b, uint8_t c)
{
    int n = (c * 1000 + 127) / 255;
    if (n == 1000 || n == 0) {
        rc_out_z(b, n ? "1 " : "0 ");
        return;
    }
    rc_out_char(b, '.');
    rc_out_char(b, (char)('0' + n / 100));
    rc_out_char(b, (char)('0' + n / 10 % 10));
    rc_out_char(b, (char)('0' + n % 10));
    rc_out_char(b, ' ');
}

static void
set_colour(pen *q, int *set, int colour, const char *operator)
{
    if (*set == colour)
        return;
    rc_assert(colour >= 0 && (size_t)colour < q->d->p->colour_count);
    const rc_rgb *c = &q->d->p->colours[colour];
    put_channel(q->out, c->r);
    put_channel(q->out, c->g);
    put_channel(q->out, c->b);
    rc_out_z(q->out, operator);
    *set = colour;
}

static void
set_fill(pen *q, int colour)
{
    set_colour(q, &q->fill, colour, "rg\n");
}

static void
set_stroke(pen *q, int colour, rc_len width, bool round)
{
    set_colour(q, &q->stroke, colour, "RG\n");
    if (q->round != round) {
        rc_out_z(q->out, round ? "1 J\n" : "0 J\n");
        q->round = round;
    }
    if (q->width != width) {
        rc_out_len(q->out, width);
        rc_out_z(q->out, "w\n");
        q->width = width;
    }
}

static void
begin_text(pen *q)
{
    if (q->in_text)
        return;
    rc_out_z(q->out, "BT\n");
    q->in_text = true;
    q->tx = q->ty = 0;
}

static void
end_text(pen *q)
{
    if (q->in_text)
        rc_out_z(q->out, "ET\n");
    q->in_text = false;
}

/* -- text --------------------------------------------------------------------------- */

/* Shows glyphs [from, to) of a run, the pen standing where the first would be
 * by the advances of those before. Between glyphs whose place by the widths
 * of the font is off by more than 1/50 pt stands a correction, in thousandths
 * of an em. `*off` is the error carried on: place by widths minus true
 * place, times 1000. */
static void
show_glyphs(pen *q, const rc_glyph_run *run, uint32_t from, uint32_t to,
            int64_t *off)
{
    enum { LEAST = 20 * 1000, MOST_BYTES = RC_OUT_INT + 6 };
    const rc_pdf_font *font = &q->d->fonts[run->face];
    rc_buf *b = q->out;
    bool array = false;
    int64_t size = run->size, error = *off;
    rc_out_z(b, " (");
    size_t start = b->len - 2;
    char *at = rc_out_room(b, (size_t)(to - from) * MOST_BYTES);
    for (uint32_t i = from; i < to; i++) {
        const rc_glyph *g = &run->glyphs[i];
        const rc_pdf_glyph *known = &font->glyphs[g->id];
        int64_t shift =
            run->offsets ? error - (int64_t)run->offsets[i].dx * 1000 : error;
        if (shift > LEAST || shift < -LEAST) {
            int64_t n = (shift + (shift < 0 ? -size / 2 : size / 2)) / size;
            *at++ = ')';
            at = rc_out_put_int(at, n);
            *at++ = '(';
            error -= n * size;
            array = true;
        }
        memcpy(at, known->code, sizeof known->code);
        at += known->length;
        error += known->width * size - (int64_t)g->advance * 1000;
    }
    b->len = (size_t)(at - b->at);
    *off = error;
    if (array)
        b->at[start] = '[';
    rc_out_z(b, array ? ")]TJ\n" : ")Tj\n");
}

static bool
is_blank(rc_str s)
{
    return rc_str_is(s, " ") || rc_str_is(s, "\xC2\xA0");
}

/* Must the cluster say in ActualText what its glyphs cannot? */
static bool
needs_words(const rc_pdf_font *font, const rc_glyph_run *run, uint32_t from,
            uint32_t to, rc_str text)
{
    if (to - from > 1)
        return true;
    uint32_t id = run->glyphs[from].id;
    return !rc_pdf_says(font, id, text) &&
           !(is_blank(rc_pdf_said(&font->glyphs[id])) && is_blank(text));
}

static void
begin_words(pen *q, rc_str text)
{
    rc_out_z(q->out, "/Span<</ActualText<FEFF");
    rc_out_utf16(q->out, text);
    rc_out_z(q->out, ">>>BDC\n");
}

static void
show_run(pen *q, const rc_glyph_run *run)
{
    const rc_pdf_font *font = &q->d->fonts[run->face];
    uint32_t shown = 0;
    int64_t off = 0;
    for (uint32_t i = 0; i < run->glyph_count && !run->rtl;) {
        if (!run->offsets && rc_pdf_is_plain(font, run, i)) {
            i++;
            continue;
        }
        uint32_t from = i;
        rc_str text = rc_pdf_cluster(run, &i);
        rc_len rise = rc_glyph_offset(run, from).dy;
        for (uint32_t j = from + 1; j < i && !rise; j++)
            rise = rc_glyph_offset(run, j).dy;
        bool words = needs_words(font, run, from, i, text);
        if (!words && !rise)
            continue;
        if (shown < from)
            show_glyphs(q, run, shown, from, &off);
        if (words)
            begin_words(q, text);
        for (uint32_t j = from; j < i; j++) {
            rc_out_len(q->out, -(int64_t)rc_glyph_offset(run, j).dy);
            rc_out_z(q->out, "Ts");
            show_glyphs(q, run, j, j + 1, &off);
        }
        rc_out_z(q->out, words ? "0 Ts EMC\n" : "0 Ts\n");
        shown = i;
    }
    if (run->rtl)
        begin_words(q, run->text);
    if (shown < run->glyph_count)
        show_glyphs(q, run, shown, run->glyph_count, &off);
    if (run->rtl)
        rc_out_z(q->out, "EMC\n");
}

static void
draw_text(pen *q, const rc_op *op)
{
    rc_assert(op->index < q->d->p->run_count);
    const rc_glyph_run *run = &q->d->p->runs[op->index];
    if (!run->glyph_count || run->size <= 0)
        return;
    begin_text(q);
    set_fill(q, op->colour);
    if (q->face != run->face || q->size != run->size) {
        rc_out_z(q->out, "/F");
        rc_out_int(q->out, run->face);
        rc_out_char(q->out, ' ');
        rc_out_len(q->out, run->size);
        rc_out_z(q->out, "Tf\n");
        q->face = run->face;
        q->size = run->size;
    }
    int64_t x = rc_out_hundredths(op->x), y = flip(q, op->y);
    rc_out_pair(q->out, x - q->tx, y - q->ty);
    rc_out_z(q->out, "Td");
    q->tx = x;
    q->ty = y;
    show_run(q, run);
}

/* -- shapes ------------------------------------------------------------------------- */

static void
put_rect(pen *q, int64_t x, int64_t y, int64_t width, int64_t height)
{
    int64_t left = rc_out_hundredths(x), right = rc_out_hundredths(x + width);
    int64_t top = flip(q, y), bottom = flip(q, y + height);
    rc_out_pair(q->out, left, bottom);
    rc_out_pair(q->out, right - left, top - bottom);
    rc_out_z(q->out, "re ");
}

static void
draw_rect(pen *q, const rc_op *op)
{
    if (op->colour >= 0) {
        set_fill(q, op->colour);
        put_rect(q, op->x, op->y, op->x2, op->y2);
        rc_out_z(q->out, "f\n");
    }
    if (op->stroke > 0 && op->stroke_colour >= 0) {
        set_stroke(q, op->stroke_colour, op->stroke, false);
        put_rect(q, op->x + op->stroke / 2, op->y + op->stroke / 2,
                 op->x2 - op->stroke, op->y2 - op->stroke);
        rc_out_z(q->out, "S\n");
    }
}

static void
draw_line(pen *q, const rc_op *op)
{
    if (op->colour < 0 || op->stroke <= 0)
        return;
    set_stroke(q, op->colour, op->stroke, false);
    put_point(q, op->x, op->y);
    rc_out_z(q->out, "m ");
    put_point(q, op->x2, op->y2);
    rc_out_z(q->out, "l S\n");
}

static void
draw_path(pen *q, const rc_op *op)
{
    if (op->colour < 0 || op->count < 3)
        return;
    rc_assert(op->index + (size_t)op->count <= q->d->p->point_count);
    const rc_point *at = &q->d->p->points[op->index];
    set_fill(q, op->colour);
    for (uint32_t i = 0; i < op->count; i++) {
        put_point(q, at[i].x, at[i].y);
        rc_out_z(q->out, i ? "l " : "m ");
    }
    rc_out_z(q->out, "f\n");
}

/* Four cubic curves; 0.5522847 is 4/3 (sqrt 2 - 1). */
static void
put_circle(pen *q, int64_t x, int64_t y, int64_t r)
{
    int64_t k = r * 5522847 / 10000000;
    const int64_t curve[4][6] = {
        {r, k, k, r, 0, r},
        {-k, r, -r, k, -r, 0},
        {-r, -k, -k, -r, 0, -r},
        {k, -r, r, -k, r, 0},
    };
    put_point(q, x + r, y);
    rc_out_z(q->out, "m ");
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 6; j += 2)
            put_point(q, x + curve[i][j], y + curve[i][j + 1]);
        rc_out_z(q->out, "c ");
    }
    rc_out_z(q->out, "h ");
}

/* A small circle is a line without length under round caps (ISO 32000-1,
 * 8.5.3.2): leaders are made of thousands, and curves would be most of the
 * file. */
static void
draw_dot(pen *q, const rc_op *op)
{
    set_stroke(q, op->colour, 2 * op->x2, true);
    for (int end = 0; end < 2; end++) {
        put_point(q, op->x, op->y);
        rc_out_z(q->out, end ? "l S\n" : "m ");
    }
}

static void
draw_circle(pen *q, const rc_op *op)
{
    enum { DOT = 4 * RC_PT };
    if (op->colour >= 0 && op->x2 <= DOT) {
        draw_dot(q, op);
    } else if (op->colour >= 0) {
        set_fill(q, op->colour);
        put_circle(q, op->x, op->y, op->x2);
        rc_out_z(q->out, "f\n");
    }
    if (op->stroke > 0 && op->stroke_colour >= 0) {
        set_stroke(q, op->stroke_colour, op->stroke, false);
        put_circle(q, op->x, op->y, op->x2 - op->stroke / 2);
        rc_out_z(q->out, "S\n");
    }
}

/* -- links --------------------------------------------------------------------------- */

static void
put_box(pen *q, int64_t x, int64_t y, int64_t width, int64_t height)
{
    rc_out_char(q->out, '[');
    put_point(q, x, y + height);
    put_point(q, x + width, y);
    rc_out_char(q->out, ']');
}

static void
add_link(pen *q, const rc_op *op)
{
    rc_pdf *d = q->d;
    if (op->element < 0)
        return;
    const rc_element *el = &d->p->elements[op->element];
    uint32_t index = (uint32_t)d->annots.count;
    rc_pdf_annot *annot = rc_vec_push(d->arena, &d->annots);
    *annot = (rc_pdf_annot){
        .object = rc_objects_add(d->objects, 1),
        .page = (uint32_t)(q->page - d->p->pages),
        .element = op->element,
        .next = UINT32_MAX,
    };
    uint32_t last = d->last_annot[op->element];
    if (last == UINT32_MAX)
        d->first_annot[op->element] = index;
    else
        d->annots.at[last].next = index;
    d->last_annot[op->element] = index;

    rc_buf *content = q->out, *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect");
    q->out = b;
    put_box(q, op->x, op->y, op->x2, op->y2);
    q->out = content;
    rc_out_z(b, "/StructParent ");
    rc_out_int(b, (int64_t)(d->p->page_count + index));
    rc_out_z(b, "/Contents");
    rc_out_text(b, el->more->link_text);
    if (el->more->link_url.len) {
        rc_out_z(b, "/A<</S/URI/URI");
        rc_out_literal(b, el->more->link_url);
        rc_out_z(b, ">>");
    } else if (el->link_dest >= 0) {
        rc_out_z(b, "/Dest");
        rc_pdf_put_dest(d, b, el->link_dest);
    }
    rc_objects_finish(d->objects, annot->object, rc_buf_str(b));
}

/* -- pages --------------------------------------------------------------------------- */

/* The unit square, made as large as its box. */
static void
draw_image(pen *q, const rc_op *op)
{
    rc_out_z(q->out, "q ");
    rc_out_len(q->out, op->x2);
    rc_out_z(q->out, "0 0 ");
    rc_out_len(q->out, op->y2);
    put_point(q, op->x, (int64_t)op->y + op->y2);
    rc_out_z(q->out, "cm/I");
    rc_out_int(q->out, op->stroke);
    rc_out_z(q->out, " Do Q\n");
}

static void
draw(pen *q, const rc_op *op)
{
    rc_op_kind kind = (rc_op_kind)op->kind;
    if (kind != RC_OP_TEXT && kind != RC_OP_LINKBOX)
        end_text(q);
    switch (kind) {
    case RC_OP_TEXT:
        draw_text(q, op);
        return;
    case RC_OP_RECT:
        draw_rect(q, op);
        return;
    case RC_OP_LINE:
        draw_line(q, op);
        return;
    case RC_OP_PATH:
        draw_path(q, op);
        return;
    case RC_OP_CIRCLE:
        draw_circle(q, op);
        return;
    case RC_OP_LINKBOX:
        add_link(q, op);
        return;
    case RC_OP_IMAGE:
        draw_image(q, op);
        return;
    }
    rc_panic("an operation of no known kind", __FILE__, __LINE__);
}

static void
begin_artifact(pen *q, rc_el kind)
{
    if (kind == RC_ARTIFACT_HEADER) {
        rc_out_z(q->out, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
    } else if (kind == RC_ARTIFACT_FOOTER) {
        rc_out_z(q->out, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
    } else if (kind == RC_ARTIFACT_BACKGROUND) {
        rc_out_z(q->out, "/Artifact<</Type/Background/BBox");
        put_box(q, 0, 0, q->page->width, q->page->height);
        rc_out_z(q->out, ">>BDC\n");
    } else {
        rc_out_z(q->out, "/Artifact<</Type/Layout>>BDC\n");
    }
}

/* Operations [from, to) as one marked-content sequence. A text object may
 * stay open around it only if there is nothing but text inside. */
static void
draw_sequence(pen *q, uint32_t from, uint32_t to, const rc_pdf_mark *mark,
              int64_t mcid)
{
    bool text = true;
    for (uint32_t i = from; i < to && text; i++)
        text = q->page->ops[i].kind == RC_OP_TEXT;
    if (text)
        begin_text(q);
    else
        end_text(q);
    if (mark) {
        rc_tag tag = q->d->p->elements[mark->element].tag;
        rc_out_char(q->out, '/');
        rc_out_z(q->out, rc_tag_name(tag));
        rc_out_z(q->out, "<</MCID ");
        rc_out_int(q->out, mcid);
        rc_out_z(q->out, ">>BDC\n");
    } else {
        begin_artifact(q, q->page->ops[from].element);
    }
    for (uint32_t i = from; i < to; i++)
        draw(q, &q->page->ops[i]);
    if (!text)
        end_text(q);
    rc_out_z(q->out, "EMC\n");
}

static void
draw_page(pen *q, uint32_t page)
{
    const rc_pdf *d = q->d;
    const rc_pdf_mark *mark = d->marks + d->first_mark[page];
    const rc_pdf_mark *end = d->marks + d->first_mark[page + 1];
    int64_t mcid = 0;
    uint32_t count = (uint32_t)q->page->op_count;
    for (uint32_t i = 0; i < count;) {
        const rc_op *op = &q->page->ops[i];
        if (op->kind == RC_OP_LINKBOX) {
            add_link(q, op);
            i++;
            continue;
        }
        if (mark < end && mark->op == i) {
            draw_sequence(q, i, i + mark->op_count, mark, mcid++);
            i += mark->op_count;
            mark++;
            continue;
        }
        rc_assert(op->element < RC_NO_ELEMENT); /* invariant 1 of page.h */
        uint32_t to = i + 1;
        while (to < count && q->page->ops[to].element == op->element)
            to++;
        draw_sequence(q, i, to, NULL, 0);
        i = to;
    }
    end_text(q);
}

static void
put_page(pen *q, uint32_t page, size_t first_annot)
{
    rc_pdf *d = q->d;
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Type/Page/MediaBox");
    q->out = b;
    put_box(q, 0, 0, q->page->width, q->page->height);
    rc_out_z(b, "/StructParents ");
    rc_out_int(b, page);
    if (d->annots.count > first_annot) {
        rc_out_z(b, "/Tabs/S/Annots[");
        for (size_t i = first_annot; i < d->annots.count; i++)
            rc_out_ref(b, d->annots.at[i].object);
        rc_out_char(b, ']');
    }
    rc_objects_finish(d->objects, rc_pdf_page(d, page), rc_buf_str(b));
}

void
rc_pdf_write_page(rc_pdf *d, uint32_t page, uint32_t parent)
{
    rc_buf *content = &d->kit->content;
    pen q = {.d = d,
             .out = content,
             .page = &d->p->pages[page],
             .fill = -1,
             .stroke = -1,
             .width = -1,
             .face = -1};
    size_t first_annot = d->annots.count;
    content->len = 0;
    draw_page(&q, page);
    uint32_t stream = rc_objects_add(d->objects, 1);
    rc_objects_finish_stream(d->objects, stream, rc_buf_str(content),
                             RC_FILTER_FLATE);
    uint32_t id = rc_pdf_page(d, page);
    rc_objects_ref(d->objects, id, "Contents", stream);
    rc_objects_ref(d->objects, id, "Resources", d->resources);
    rc_objects_ref(d->objects, id, "Parent", parent);
    put_page(&q, page, first_annot);
}
