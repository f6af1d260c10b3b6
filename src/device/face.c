#include "device/face.h"

#include <stdlib.h>
#include <string.h>

#include <hb-ot.h>
#include <hb-subset.h>

#include "device/out.h"

/* Volumes of one report use each face for nearly the same text. */
enum { SUBSETS = 6 };

struct rc_pdf_face {
    rc_arena *arena;
    rc_str path, name, descriptor;
    uint32_t glyphs;
    unsigned upem;
    hb_font_t *font; /* the whole file */
    hb_face_t *lean; /* what a subset is made of */
    rc_pdf_subset subsets[SUBSETS];
    uint32_t next; /* the one to go, when all are there */
};

/* -- what the file says of itself ------------------------------------------ */

static int
thousandths(int64_t units, unsigned upem)
{
    int64_t n = units * 1000, half = upem / 2;
    return (int)((n + (n < 0 ? -half : half)) / (int64_t)upem);
}

static int
table_int16(hb_face_t *face, hb_tag_t tag, unsigned at)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    unsigned len;
    const char *data = hb_blob_get_data(blob, &len);
    int value = 0;
    if (at + 2 <= len)
        value = (int16_t)(uint16_t)((uint8_t)data[at] << 8 |
                                    (uint8_t)data[at + 1]);
    hb_blob_destroy(blob);
    return value;
}

static void
put_descriptor(rc_buf *b, const rc_pdf_face *f)
{
    hb_face_t *face = hb_font_get_face(f->font);
    const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    int angle = table_int16(face, HB_TAG('p', 'o', 's', 't'), 4);
    int weight = table_int16(face, HB_TAG('O', 'S', '/', '2'), 4);
    hb_font_extents_t extents;
    hb_font_get_h_extents(f->font, &extents);
    hb_position_t cap = 0;
    if (!hb_ot_metrics_get_position(f->font, HB_OT_METRICS_TAG_CAP_HEIGHT,
                                    &cap) ||
        cap <= 0)
        cap = extents.ascender;
    rc_out_z(b, "/Flags ");
    rc_out_int(b, angle ? 4 + 64 : 4); /* symbolic, italic */
    rc_out_z(b, "/FontBBox[");
    for (unsigned i = 0; i < 4; i++) {
        rc_out_int(b, thousandths(table_int16(face, head, 36 + 2 * i),
                                  f->upem));
        rc_out_char(b, ' ');
    }
    rc_out_z(b, "]/ItalicAngle ");
    rc_out_int(b, angle);
    rc_out_z(b, "/Ascent ");
    rc_out_int(b, thousandths(extents.ascender, f->upem));
    rc_out_z(b, "/Descent ");
    rc_out_int(b, thousandths(extents.descender, f->upem));
    rc_out_z(b, "/CapHeight ");
    rc_out_int(b, thousandths(cap, f->upem));
    rc_out_z(b, "/StemV "); /* no table has it: a usual estimate */
    rc_out_int(b, 50 + (weight / 65) * (weight / 65));
}

static rc_str
postscript_name(rc_arena *a, hb_face_t *face)
{
    char name[128];
    unsigned len = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        hb_language_from_string("en", -1), &len, name);
    return rc_str_copy(a, len ? (rc_str){name, len} : RC_LIT("Font"));
}

/* A face of the tables that a subset has, and no others: HarfBuzz would read
 * through all characters and layout only to drop them. */
static hb_face_t *
lean_face(hb_face_t *face)
{
    static const char tables[][5] = {"glyf", "head", "hhea",
                                     "hmtx", "loca", "maxp"};
    hb_face_t *lean = hb_face_builder_create();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        hb_tag_t tag = hb_tag_from_string(tables[i], 4);
        hb_blob_t *blob = hb_face_reference_table(face, tag);
        hb_face_builder_add_table(lean, tag, blob);
        hb_blob_destroy(blob);
    }
    return lean;
}

/* -- opening ---------------------------------------------------------------- */

static bool
has_outlines(hb_face_t *face)
{
    hb_blob_t *glyf =
        hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    unsigned len = hb_blob_get_length(glyf);
    hb_blob_destroy(glyf);
    return len;
}

static const char *
trouble(hb_face_t *face)
{
    unsigned glyphs = hb_face_get_glyph_count(face);
    if (!glyphs || glyphs > UINT16_MAX)
        return "it is no font";
    return has_outlines(face) ? NULL : "it has no TrueType outlines";
}

rc_pdf_face *
rc_pdf_face_open(rc_str path, const char **why)
{
    rc_arena *a = rc_arena_new();
    const char *name = rc_str_cz(a, path);
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(name);
    hb_face_t *face = blob ? hb_face_create(blob, 0) : NULL;
    hb_blob_destroy(blob);
    *why = face ? trouble(face) : "the file cannot be read";
    if (*why) {
        hb_face_destroy(face);
        rc_arena_free(a);
        return NULL;
    }
    rc_pdf_face *f = RC_MAKE(a, rc_pdf_face);
    *f = (rc_pdf_face){.arena = a,
                       .path = {name, path.len},
                       .name = postscript_name(a, face),
                       .glyphs = hb_face_get_glyph_count(face),
                       .upem = hb_face_get_upem(face),
                       .font = hb_font_create(face),
                       .lean = lean_face(face)};
    hb_face_destroy(face);
    rc_buf b = {0};
    put_descriptor(&b, f);
    f->descriptor = rc_str_copy(a, rc_buf_str(&b));
    rc_buf_free(&b);
    return f;
}

static void
drop_subset(rc_pdf_subset *s)
{
    rc_arena_free(s->arena);
    rc_buf_free(&s->said);
    rc_buf_free(&s->deflated);
    *s = (rc_pdf_subset){0};
}

void
rc_pdf_face_close(rc_pdf_face *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < SUBSETS; i++)
        drop_subset(&f->subsets[i]);
    hb_face_destroy(f->lean);
    hb_font_destroy(f->font);
    rc_arena_free(f->arena);
}

rc_str
rc_pdf_face_path(const rc_pdf_face *f)
{
    return f->path;
}

uint32_t
rc_pdf_face_glyphs(const rc_pdf_face *f)
{
    return f->glyphs;
}

hb_font_t *
rc_pdf_face_font(const rc_pdf_face *f)
{
    return f->font;
}

rc_str
rc_pdf_face_descriptor(const rc_pdf_face *f)
{
    return f->descriptor;
}

/* -- subsets ------------------------------------------------------------------ */

/* Six letters that tell this subset from others of the font. */
static rc_str
subset_name(const rc_pdf_face *f, const rc_pdf_subset *s)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (uint32_t i = 0; i < s->count; i++)
        h = (h ^ s->ids[i]) * 0x100000001B3u;
    char tag[7] = "";
    for (int i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    return rc_str_printf(s->arena, "%s+%.*s", tag, RC_STR(f->name));
}

static rc_str
widths_entry(const rc_pdf_subset *s)
{
    rc_buf b = {0};
    rc_out_z(&b, "/DW 0/W[");
    for (uint32_t i = 0; i < s->count; i++) {
        bool follows = i && s->fresh[i - 1] + 1 == s->fresh[i];
        if (!follows) {
            rc_out_z(&b, i ? "]" : "");
            rc_out_int(&b, s->fresh[i]);
        }
        rc_out_char(&b, follows ? ' ' : '[');
        rc_out_int(&b, s->widths[i]);
    }
    rc_out_z(&b, s->count ? "]]" : "]");
    rc_str entry = rc_str_copy(s->arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return entry;
}

/* The subset as a font file, or NULL; fills `fresh`. */
static hb_blob_t *
make_file(const rc_pdf_face *f, const rc_pdf_subset *s, uint16_t *fresh)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        rc_out_of_memory();
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t i = 0; i < s->count; i++)
        hb_set_add(glyphs, s->ids[i]);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(f->lean, input);
    hb_subset_input_destroy(input);
    if (!plan)
        return NULL;
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (uint32_t i = 0; i < s->count; i++) {
        fresh[i] = (uint16_t)hb_map_get(map, s->ids[i]);
        rc_assert(!i || fresh[i - 1] < fresh[i]); /* their order is kept */
    }
    hb_face_t *small = hb_subset_plan_execute_or_fail(plan);
    hb_subset_plan_destroy(plan);
    hb_blob_t *file = small ? hb_face_reference_blob(small) : NULL;
    hb_face_destroy(small);
    return file;
}

/* Fills in what follows from the ids. */
static bool
make_subset(const rc_pdf_face *f, rc_pdf_subset *s, rc_objects *objects)
{
    uint16_t *fresh = RC_MAKE_ARRAY(s->arena, uint16_t, s->count);
    int32_t *widths = RC_MAKE_ARRAY(s->arena, int32_t, s->count);
    hb_blob_t *file = make_file(f, s, fresh);
    if (!file)
        return false;
    for (uint32_t i = 0; i < s->count; i++)
        widths[i] = thousandths(hb_font_get_glyph_h_advance(f->font,
                                                            s->ids[i]),
                                f->upem);
    s->fresh = fresh;
    s->widths = widths;
    s->name = subset_name(f, s);
    s->widths_entry = widths_entry(s);
    unsigned len;
    const char *data = hb_blob_get_data(file, &len);
    s->length = len;
    s->stream = rc_str_copy(s->arena,
                            rc_objects_deflate(objects, (rc_str){data, len}));
    hb_blob_destroy(file);
    return true;
}

rc_pdf_subset *
rc_pdf_face_subset(rc_pdf_face *f, const uint16_t *ids, uint32_t count,
                   rc_objects *objects)
{
    for (size_t i = 0; i < SUBSETS; i++) {
        rc_pdf_subset *s = &f->subsets[i];
        if (s->arena && s->count == count &&
            memcmp(s->ids, ids, count * sizeof *ids) == 0)
            return s;
    }
    rc_pdf_subset *s = &f->subsets[f->next];
    drop_subset(s);
    s->count = count;
    s->arena = rc_arena_new();
    uint16_t *own = RC_MAKE_ARRAY(s->arena, uint16_t, count);
    memcpy(own, ids, count * sizeof *ids);
    s->ids = own;
    if (!make_subset(f, s, objects)) {
        drop_subset(s);
        return NULL;
    }
    f->next = (f->next + 1) % SUBSETS;
    return s;
}

rc_str
rc_pdf_subset_deflate(rc_pdf_subset *s, rc_str said, rc_objects *objects)
{
    if (!rc_str_eq(rc_buf_str(&s->said), said)) {
        s->said.len = s->deflated.len = 0;
        rc_buf_add(&s->said, said);
        rc_buf_add(&s->deflated, rc_objects_deflate(objects, said));
    }
    return rc_buf_str(&s->deflated);
}
