#include "device/pdf.h"

#include "base/file.h"
#include "device/device.h"

#include <string.h>

enum { FANOUT = 64 };

/* Reads the profile that colours are meant in; empty without `path`. */
static bool
read_profile(rc_pdf *d, const char *path, rc_str *out)
{
    *out = (rc_str){0};
    if (!path || !*path)
        return true;
    if (!rc_file_read(d->arena, path, d->log, rc_span_none(), out))
        return false;
    if (out->len >= 128 && memcmp(out->at + 16, "RGB ", 4) == 0 &&
        memcmp(out->at + 36, "acsp", 4) == 0)
        return true;
    rc_log_add(d->log, RC_WORLD, "unusable-profile", rc_span_none(),
               "'%s' is no ICC profile for RGB", path);
    return false;
}

/* A node over the objects [first, first + count), page leaves below it. */
static void
write_pages_node(rc_pdf *d, uint32_t id, uint32_t first, uint32_t count,
                 uint32_t leaves)
{
    rc_objects_name(d->objects, id, "Type", "Pages");
    rc_objects_int(d->objects, id, "Count", (int32_t)leaves);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Kids[");
    for (uint32_t i = 0; i < count; i++)
        rc_out_ref(b, first + i);
    rc_out_char(b, ']');
    rc_objects_raw(d->objects, id, rc_buf_str(b));
}

/* The page tree from below: `count` objects from `first` on, each with `each`
 * leaves (the last with what remains), get parents until one is left. The
 * parents of pages are made first: page i's is at `*parents` + i / FANOUT. */
static void
write_page_tree(rc_pdf *d, uint32_t *parents)
{
    uint32_t first = d->first_page, leaves = (uint32_t)d->p->page_count;
    uint32_t count = leaves, each = 1;
    *parents = 0;
    do {
        uint32_t nodes = (count + FANOUT - 1) / FANOUT, made = 0;
        nodes = nodes ? nodes : 1;
        for (uint32_t i = 0; i < nodes; i++) {
            uint32_t id = rc_objects_add(d->objects);
            made = i ? made : id;
        }
        each *= FANOUT;
        for (uint32_t i = 0; i < nodes; i++) {
            uint32_t from = i * FANOUT;
            uint32_t kids = count - from < FANOUT ? count - from : FANOUT;
            uint32_t rest = leaves - i * each;
            write_pages_node(d, made + i, first + from, kids,
                             rest < each ? rest : each);
            for (uint32_t k = 0; *parents && k < kids; k++)
                rc_objects_ref(d->objects, first + from + k, "Parent",
                               made + i);
        }
        if (!*parents)
            *parents = made;
        first = made;
        count = nodes;
    } while (count > 1);
    d->page_root = first;
}

static void
make_annot_chains(rc_pdf *d)
{
    size_t n = d->p->element_count;
    d->first_annot = RC_MAKE_ARRAY(d->arena, uint32_t, n);
    d->last_annot = RC_MAKE_ARRAY(d->arena, uint32_t, n);
    memset(d->first_annot, 0xFF, n * sizeof *d->first_annot);
    memset(d->last_annot, 0xFF, n * sizeof *d->last_annot);
}

static bool
write_all(rc_pdf *d, const char *icc, rc_buf *out)
{
    const rc_pages *p = d->p;
    rc_objects *o = d->objects;
    rc_str profile;
    uint32_t catalog = rc_objects_add(o), info = rc_objects_add(o);
    bool ok = read_profile(d, icc, &profile);
    if (!rc_pdf_write_fonts(d) || !ok)
        return false;
    d->tree = rc_objects_add(o);
    for (size_t i = 0; i < p->page_count; i++) {
        uint32_t id = rc_objects_add(o);
        d->first_page = i ? d->first_page : id;
    }
    for (size_t i = 0; i < p->element_count; i++) {
        uint32_t id = rc_objects_add(o);
        d->first_element = i ? d->first_element : id;
    }
    uint32_t parents;
    write_page_tree(d, &parents);
    rc_pdf_make_marks(d);
    make_annot_chains(d);
    for (uint32_t i = 0; i < p->page_count; i++)
        rc_pdf_write_page(d, i, parents + i / FANOUT);
    rc_pdf_write_tree(d);
    rc_pdf_write_catalog(d, catalog, info, profile);
    rc_objects_write(o, catalog, info, out);
    return true;
}

bool
rc_pdf_write(const rc_pages *p, const char *icc, rc_log *log, rc_buf *out)
{
    rc_pdf d = {.p = p, .log = log, .arena = rc_arena_new()};
    d.objects = rc_objects_new(p->element_count + p->page_count * 8 + 1024);
    bool ok = write_all(&d, icc, out);
    rc_buf_free(&d.scratch);
    rc_objects_free(d.objects);
    rc_arena_free(d.arena);
    return ok;
}
