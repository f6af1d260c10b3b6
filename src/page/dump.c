#include "page/page.h"

#include <stdlib.h>

static void
put_len(rc_len len, FILE *to)
{
    char text[16];
    size_t n = rc_len_print(len, text);
    fprintf(to, " %.*s", (int)n, text);
}

/* In double quotes, so that one operation stays on one line. */
static void
put_quoted(rc_str s, FILE *to)
{
    putc('"', to);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\')
            fprintf(to, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", to);
        else if (c < 0x20 || c == 0x7F)
            fprintf(to, "\\x%02x", (unsigned)c);
        else
            putc(c, to);
    }
    putc('"', to);
}

static void
put_attribute(const char *name, rc_str value, FILE *to)
{
    if (!value.len)
        return;
    fprintf(to, " %s=", name);
    put_quoted(value, to);
}

static void
put_colour(const rc_pages *p, const char *name, int colour, FILE *to)
{
    if (colour < 0)
        return;
    fprintf(to, " %s", name);
    if ((size_t)colour < p->colour_count && p->colours[colour].name.len)
        fprintf(to, "%.*s", RC_STR(p->colours[colour].name));
    else
        fprintf(to, "#%d", colour);
}

/* -- operations ------------------------------------------------------------- */
static void
put_owner(const rc_pages *p, rc_el e, FILE *to)
{
    switch (e) {
    case RC_NO_ELEMENT:
        fputs(" none", to);
        return;
    case RC_ARTIFACT_LAYOUT:
        fputs(" artifact:layout", to);
        return;
    case RC_ARTIFACT_HEADER:
        fputs(" artifact:header", to);
        return;
    case RC_ARTIFACT_FOOTER:
        fputs(" artifact:footer", to);
        return;
    case RC_ARTIFACT_BACKGROUND:
        fputs(" artifact:background", to);
        return;
    }
    if (e >= 0 && (size_t)e < p->element_count)
        fprintf(to, " %s", rc_tag_name(p->elements[e].tag));
    else
        fprintf(to, " element:%d", (int)e);
}

static void
put_text(const rc_pages *p, const rc_op *op, FILE *to)
{
    put_len(op->x, to);
    put_len(op->y, to);
    if (op->index >= p->run_count) {
        fputs(" no-run", to);
        return;
    }
    const rc_glyph_run *run = &p->runs[op->index];
    if (run->face >= 0 && (size_t)run->face < p->face_count)
        fprintf(to, " %.*s", RC_STR(p->faces[run->face].name));
    else
        fprintf(to, " face:%d", run->face);
    put_len(run->size, to);
    put_colour(p, "", op->colour, to);
    if (run->rtl)
        fputs(" rtl", to);
    putc(' ', to);
    put_quoted(run->text, to);
}

static void
put_points(const rc_pages *p, const rc_op *op, FILE *to)
{
    for (size_t i = 0; i < op->count && op->index + i < p->point_count; i++) {
        put_len(p->points[op->index + i].x, to);
        put_len(p->points[op->index + i].y, to);
    }
}

static void
put_stroke(const rc_pages *p, const rc_op *op, FILE *to)
{
    if (op->stroke <= 0)
        return;
    put_colour(p, "stroke=", op->stroke_colour, to);
    fputs(" width", to);
    put_len(op->stroke, to);
}

static void
put_op(const rc_pages *p, const rc_op *op, FILE *to)
{
    static const char *const names[] = {
        [RC_OP_TEXT] = "text",     [RC_OP_RECT] = "rect",
        [RC_OP_LINE] = "line",     [RC_OP_PATH] = "path",
        [RC_OP_CIRCLE] = "circle", [RC_OP_LINKBOX] = "linkbox",
        [RC_OP_IMAGE] = "image",
    };
    if (op->kind > RC_OP_IMAGE) {
        fprintf(to, "operation %d\n", op->kind);
        return;
    }
    fputs(names[op->kind], to);
    put_owner(p, op->element, to);
    switch ((rc_op_kind)op->kind) {
    case RC_OP_TEXT:
        put_text(p, op, to);
        break;
    case RC_OP_RECT:
    case RC_OP_LINKBOX:
        put_len(op->x, to);
        put_len(op->y, to);
        put_len(op->x2, to);
        put_len(op->y2, to);
        put_colour(p, "fill=", op->colour, to);
        put_stroke(p, op, to);
        break;
    case RC_OP_IMAGE:
        put_len(op->x, to);
        put_len(op->y, to);
        put_len(op->x2, to);
        put_len(op->y2, to);
        fprintf(to, " %ux%u", p->images[op->stroke]->width,
                p->images[op->stroke]->height);
        break;
    case RC_OP_LINE:
        put_len(op->x, to);
        put_len(op->y, to);
        put_len(op->x2, to);
        put_len(op->y2, to);
        fputs(" width", to);
        put_len(op->stroke, to);
        put_colour(p, "", op->colour, to);
        break;
    case RC_OP_PATH:
        put_points(p, op, to);
        put_colour(p, "fill=", op->colour, to);
        break;
    case RC_OP_CIRCLE:
        put_len(op->x, to);
        put_len(op->y, to);
        put_len(op->x2, to);
        put_colour(p, "fill=", op->colour, to);
        put_stroke(p, op, to);
        break;
    }
    putc('\n', to);
}

void
rc_page_dump(const rc_pages *p, FILE *to)
{
    for (size_t i = 0; i < p->page_count; i++) {
        const rc_page *page = &p->pages[i];
        fprintf(to, "page %zu", i + 1);
        put_len(page->width, to);
        put_len(page->height, to);
        put_attribute("label", page->label, to);
        putc('\n', to);
        for (size_t k = 0; k < page->op_count; k++)
            put_op(p, &page->ops[k], to);
    }
}

/* -- the structure tree ------------------------------------------------------- */
/* The text of a content kid. A reader of the tree must not see two words run
 * together, so a space parts runs that do not touch: more than a tenth of the
 * size apart along the line, or on another line. A raised mark that begins
 * where the last run ended touches it. */
static bool
touches(const rc_op *before, const rc_glyph_run *run, const rc_op *op)
{
    int64_t end = (int64_t)before->x + run->width;
    int64_t gap = (int64_t)op->x - end;
    int64_t drop = (int64_t)op->y - before->y;
    int64_t near = run->size / 10;
    return gap <= near && gap >= -near && drop < run->size
           && drop > -run->size;
}

static bool
ends_in_space(rc_str s)
{
    return s.len && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\n');
}

static void
kid_text(const rc_pages *p, const rc_kid *kid, rc_buf *out)
{
    if (kid->page >= p->page_count)
        return;
    const rc_page *page = &p->pages[kid->page];
    const rc_op *before = NULL;
    for (uint32_t i = 0; i < kid->op_count; i++) {
        if ((size_t)kid->op + i >= page->op_count)
            return;
        const rc_op *op = &page->ops[kid->op + i];
        if (op->kind != RC_OP_TEXT || op->index >= p->run_count)
            continue;
        const rc_glyph_run *run = &p->runs[op->index];
        if (before && !touches(before, &p->runs[before->index], op)
            && !ends_in_space(rc_buf_str(out)))
            rc_buf_char(out, ' ');
        rc_buf_add(out, run->text);
        before = op;
    }
}

/* Content only: the text then stands on the element's own line. */
static bool
has_child_elements(const rc_element *e)
{
    for (size_t i = 0; i < e->kid_count; i++)
        if (e->kids[i].element >= 0)
            return true;
    return false;
}

static void
indent(size_t depth, FILE *to)
{
    for (size_t i = 0; i < depth; i++)
        fputs("  ", to);
}

static void
put_attributes(const rc_pages *p, const rc_element *e, FILE *to)
{
    put_attribute("lang", e->more->lang, to);
    put_attribute("title", e->more->title, to);
    put_attribute("alt", e->more->alt, to);
    put_attribute("actual", e->more->actual, to);
    put_attribute("expansion", e->more->expansion, to);
    put_attribute("id", e->more->id, to);
    if (e->scope != RC_SCOPE_NONE)
        fprintf(to, " scope=%s",
                e->scope == RC_SCOPE_COLUMN ? "column" : "row");
    if (e->col_span > 1)
        fprintf(to, " colspan=%d", e->col_span);
    if (e->row_span > 1)
        fprintf(to, " rowspan=%d", e->row_span);
    if (e->header_count)
        fprintf(to, " headers=%u", (unsigned)e->header_count);
    if (e->list_numbered)
        fputs(" numbered", to);
    if (e->tag != RC_TAG_LINK)
        return;
    if (e->link_dest >= 0 && (size_t)e->link_dest < p->dest_count)
        fprintf(to, " to=%.*s", RC_STR(p->dests[e->link_dest].name));
    put_attribute("url", e->more->link_url, to);
    put_attribute("contents", e->more->link_text, to);
    put_attribute("file", e->more->file.name, to);
}

static void
put_element(const rc_pages *p, const rc_element *e, size_t depth, rc_buf *text,
            FILE *to)
{
    indent(depth, to);
    fputs(rc_tag_name(e->tag), to);
    put_attributes(p, e, to);
    if (!has_child_elements(e)) {
        text->len = 0;
        for (size_t i = 0; i < e->kid_count; i++) {
            if (i > 0 && text->len && !ends_in_space(rc_buf_str(text)))
                rc_buf_char(text, ' ');
            kid_text(p, &e->kids[i], text);
        }
        if (text->len) {
            putc(' ', to);
            put_quoted(rc_str_trim(rc_buf_str(text)), to);
        }
    }
    putc('\n', to);
}

typedef struct frame {
    rc_el element;
    size_t next; /* kid */
} frame;

/* Nests of lists may be deep: the stack is on the heap. */
void
rc_page_dump_tags(const rc_pages *p, FILE *to)
{
    if (!p->element_count)
        return;
    rc_buf text = {0};
    frame *stack = rc_heap_grow(NULL, p->element_count, sizeof *stack);
    size_t depth = 1;
    stack[0] = (frame){0};
    put_element(p, &p->elements[0], 0, &text, to);
    while (depth) {
        frame *f = &stack[depth - 1];
        const rc_element *e = &p->elements[f->element];
        if (f->next == e->kid_count || !has_child_elements(e)) {
            depth--;
            continue;
        }
        const rc_kid *kid = &e->kids[f->next++];
        /* children follow their parents; anything else would not end */
        if (kid->element > f->element
            && (size_t)kid->element < p->element_count) {
            stack[depth] = (frame){.element = kid->element};
            put_element(p, &p->elements[kid->element], depth, &text, to);
            depth++;
        } else if (kid->element < 0) {
            text.len = 0;
            kid_text(p, kid, &text);
            if (!text.len)
                continue;
            indent(depth, to);
            put_quoted(rc_buf_str(&text), to);
            putc('\n', to);
        }
    }
    free(stack);
    rc_buf_free(&text);
}
