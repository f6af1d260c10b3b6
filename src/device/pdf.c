#include "device/pdf.h"

#include "base/file.h"
#include "device/device.h"

#include <string.h>

enum { FANOUT = 64 };

/* The profile that colours are meant in, deflated; empty without `path`. */
static bool
read_profile(rc_pdf *d, const char *path, rc_str *out)
{
    rc_pdf_kit *kit = d->kit;
    rc_str data;
    *out = (rc_str){0};
    if (!path || !*path)
        return true;
    if (!rc_str_is(rc_buf_str(&kit->profile_path), path)) {
        kit->profile_path.len = kit->profile.len = 0;
        if (!rc_file_read(d->arena, path, d->log, rc_span_none(), &data))
            return false;
        if (data.len < 128 || memcmp(data.at + 16, "RGB ", 4) != 0 ||
            memcmp(data.at + 36, "acsp", 4) != 0) {
            rc_log_add(d->log, RC_WORLD, "unusable-profile", rc_span_none(),
                       "'%s' is no ICC profile for RGB", path);
            return false;
        }
        rc_buf_z(&kit->profile_path, path);
        rc_buf_add(&kit->profile, rc_objects_deflate(d->objects, data));
    }
    *out = rc_buf_str(&kit->profile);
    return true;
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
    rc_objects_finish(d->objects, id, rc_buf_str(b));
}

static uint32_t
least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t
nodes_over(uint32_t count)
{
    return count ? (count - 1) / FANOUT + 1 : 1;
}

/* The page tree from below: level by level a node for each FANOUT objects of
 * the level under it, until there is one. */
static void
write_page_tree(rc_pdf *d)
{
    uint32_t leaves = (uint32_t)d->p->page_count, each = FANOUT;
    uint32_t first = d->first_page, count = leaves, node = d->page_parents;
    for (;;) {
        uint32_t nodes = nodes_over(count);
        uint32_t above =
            nodes > 1 ? rc_objects_add(d->objects, nodes_over(nodes)) : 0;
        for (uint32_t i = 0; i < nodes; i++) {
            uint32_t from = i * FANOUT;
            if (above)
                rc_objects_ref(d->objects, node + i, "Parent",
                               above + i / FANOUT);
            write_pages_node(d, node + i, first + from,
                             least(count - from, FANOUT),
                             least(leaves - i * each, each));
        }
        if (!above)
            break;
        first = node;
        node = above;
        count = nodes;
        each *= FANOUT;
    }
    d->page_root = node;
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
write_all(rc_pdf *d, const char *icc)
{
    const rc_pages *p = d->p;
    rc_objects *o = d->objects;
    rc_str profile;
    d->date = rc_pdf_full_date(d->arena, p->date);
    uint32_t catalog = rc_objects_add(o, 1), info = rc_objects_add(o, 1);
    bool ok = read_profile(d, icc, &profile);
    if (!rc_pdf_write_images(d) || !rc_pdf_write_fonts(d) || !ok)
        return false;
    d->tree = rc_objects_add(o, 1);
    d->first_page = rc_objects_add(o, p->page_count);
    d->page_parents = rc_objects_add(o, nodes_over((uint32_t)p->page_count));
    d->first_element = rc_objects_add(o, p->element_count);
    write_page_tree(d);
    rc_pdf_make_marks(d);
    make_annot_chains(d);
    for (uint32_t i = 0; i < p->page_count; i++)
        rc_pdf_write_page(d, i, d->page_parents + i / FANOUT);
    rc_pdf_write_tree(d);
    rc_pdf_write_catalog(d, catalog, info, profile);
    rc_objects_end(o, catalog, info);
    return true;
}

static bool
write_with(rc_pdf_kit *kit, const rc_pages *p, const char *icc, rc_log *log,
           rc_buf *out)
{
    rc_pdf d = {.p = p,
                .log = log,
                .kit = kit,
                .arena = kit->file,
                .objects = kit->objects};
    out->len = 0;
    rc_objects_begin(d.objects, out);
    bool ok = write_all(&d, icc);
    if (!ok)
        out->len = 0;
    rc_arena_rewind(kit->file, (rc_mark){0});
    return ok;
}

bool
rc_pdf_write(const rc_pages *p, const char *icc, rc_pdf_kit *kit, rc_log *log,
             rc_buf *out)
{
    rc_pdf_kit *own = kit ? NULL : rc_pdf_kit_new();
    bool ok = write_with(own ? own : kit, p, icc, log, out);
    rc_pdf_kit_free(own);
    return ok;
}
