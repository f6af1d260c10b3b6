/* Fonts: Type0 with Identity-H over a TrueType subset. The subset's glyph
 * numbers are the character codes.
 *
 * Every glyph that is used has a ToUnicode entry: the text of its cluster
 * where it stands alone, of the cheapest such text when it says several things
 * (a no-break space shares its glyph with the space). Where that is not what
 * a cluster says, the content has ActualText as well. */
#include "device/pdf.h"

#include <stdlib.h>
#include <string.h>

#include <hb-ot.h>
#include <hb-subset.h>

/* -- what glyphs say ---------------------------------------------------------- */

/* One code point? Then it, else 0. */
static uint32_t
only_code(rc_str s)
{
    if (!s.len)
        return 0;
    size_t at = 0;
    uint32_t c = rc_utf8_next(s, &at);
    return at == s.len ? c : 0;
}

/* The glyph stands alone for `text`. The same answer in whatever order the
 * texts come: one character before several, the lowest first. */
static void
note_says(rc_pdf_font *font, uint32_t id, rc_str text)
{
    rc_str *says = &font->says[id];
    if (!text.len || rc_pdf_says(font, id, text))
        return;
    uint32_t old = only_code(*says), new = only_code(text);
    if (!says->len || (new && (!old || new < old)) ||
        (!new && !old && rc_str_cmp(text, *says) < 0))
        *says = text;
}

static void
note_run(rc_pdf_font *font, const rc_glyph_run *run)
{
    for (uint32_t i = 0; i < run->glyph_count;) {
        uint32_t from = i;
        rc_str text = rc_pdf_cluster(run, &i);
        for (uint32_t j = from; j < i; j++) {
            rc_assert(run->glyphs[j].id < font->glyph_count);
            font->seen[run->glyphs[j].id] = 1;
        }
        if (i - from == 1)
            note_says(font, run->glyphs[from].id, text);
    }
}

/* Glyphs that only stand in clusters with others: what the font's own table of
 * characters says of them, or the replacement character. */
static void
fill_gaps(rc_pdf *d, rc_pdf_font *font, hb_font_t *hb)
{
    bool gaps = false;
    for (uint32_t i = 0; i < font->glyph_count; i++)
        gaps |= font->seen[i] && !font->says[i].len;
    if (!gaps)
        return;
    hb_set_t *codes = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(hb), codes);
    hb_codepoint_t code = HB_SET_VALUE_INVALID, id;
    while (hb_set_next(codes, &code))
        if (code >= ' ' && hb_font_get_nominal_glyph(hb, code, &id) &&
            id < font->glyph_count && font->seen[id] &&
            !font->says[id].len) {
            rc_buf b = {0};
            rc_buf_code(&b, code);
            font->says[id] = rc_str_copy(d->arena, rc_buf_str(&b));
            rc_buf_free(&b);
        }
    hb_set_destroy(codes);
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i] && !font->says[i].len)
            font->says[i] = RC_LIT("\xEF\xBF\xBD");
}

/* -- the subset ----------------------------------------------------------------- */

static bool
unusable(rc_pdf *d, int face, const char *why)
{
    const rc_page_face *f = &d->p->faces[face];
    rc_log_add(d->log, RC_WORLD, "missing-font", rc_span_none(),
               "cannot embed the font '%.*s' (%.*s): %s", RC_STR(f->name),
               RC_STR(f->path), why);
    return false;
}

static hb_subset_input_t *
subset_input(const rc_pdf_font *font)
{
    static const char drop[][5] = {"GSUB", "GPOS", "GDEF", "kern", "name",
                                   "post", "OS/2", "cmap", "DSIG", "gasp",
                                   "Silt", "Silf", "meta"};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        rc_out_of_memory();
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *tables =
        hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
        hb_set_add(tables, hb_tag_from_string(drop[i], 4));
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i])
            hb_set_add(glyphs, i);
    return input;
}

/* The subset's bytes as a blob, or NULL; fills font->fresh. */
static hb_blob_t *
subset(rc_pdf_font *font, hb_face_t *face)
{
    hb_subset_input_t *input = subset_input(font);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (!plan)
        return NULL;
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i])
            font->fresh[i] = (uint16_t)hb_map_get(map, i);
    hb_face_t *small = hb_subset_plan_execute_or_fail(plan);
    hb_subset_plan_destroy(plan);
    if (!small)
        return NULL;
    hb_blob_t *blob = hb_face_reference_blob(small);
    hb_face_destroy(small);
    return blob;
}

/* -- its objects ------------------------------------------------------------------ */

/* Six letters that tell this subset from others of the font. */
static void
put_tag(rc_buf *b, const rc_pdf_font *font)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i])
            h = (h ^ i) * 0x100000001B3u;
    for (int i = 0; i < 6; i++, h /= 26)
        rc_out_char(b, (char)('A' + h % 26));
    rc_out_char(b, '+');
}

static rc_str
base_name(rc_pdf *d, const rc_pdf_font *font, hb_face_t *face)
{
    char name[128];
    unsigned len = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME,
                        hb_language_from_string("en", -1), &len, name);
    rc_buf b = {0};
    put_tag(&b, font);
    rc_buf_add(&b, len ? (rc_str){name, len} : RC_LIT("Font"));
    rc_str s = rc_str_copy(d->arena, rc_buf_str(&b));
    rc_buf_free(&b);
    return s;
}

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
put_descriptor(rc_buf *b, rc_str name, hb_font_t *hb)
{
    hb_face_t *face = hb_font_get_face(hb);
    unsigned upem = hb_face_get_upem(face);
    const hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    int angle = table_int16(face, HB_TAG('p', 'o', 's', 't'), 4);
    int weight = table_int16(face, HB_TAG('O', 'S', '/', '2'), 4);
    hb_font_extents_t extents;
    hb_font_get_h_extents(hb, &extents);
    hb_position_t cap = 0;
    if (!hb_ot_metrics_get_position(hb, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap) ||
        cap <= 0)
        cap = extents.ascender;
    rc_out_z(b, "/Type/FontDescriptor/FontName");
    rc_out_name(b, name);
    rc_out_z(b, "/Flags ");
    rc_out_int(b, angle ? 4 + 64 : 4); /* symbolic, italic */
    rc_out_z(b, "/FontBBox[");
    for (unsigned i = 0; i < 4; i++) {
        rc_out_int(b, thousandths(table_int16(face, head, 36 + 2 * i), upem));
        rc_out_char(b, ' ');
    }
    rc_out_z(b, "]/ItalicAngle ");
    rc_out_int(b, angle);
    rc_out_z(b, "/Ascent ");
    rc_out_int(b, thousandths(extents.ascender, upem));
    rc_out_z(b, "/Descent ");
    rc_out_int(b, thousandths(extents.descender, upem));
    rc_out_z(b, "/CapHeight ");
    rc_out_int(b, thousandths(cap, upem));
    rc_out_z(b, "/StemV "); /* no table has it: a usual estimate */
    rc_out_int(b, 50 + (weight / 65) * (weight / 65));
}

/* Old numbers of the glyphs in use, in the order of the new ones. */
static uint32_t *
by_fresh(rc_pdf *d, const rc_pdf_font *font, uint32_t *count)
{
    uint32_t *ids = RC_MAKE_ARRAY(d->arena, uint32_t, font->glyph_count);
    *count = 0;
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i]) { /* the subset keeps their order */
            rc_assert(*count == 0 ||
                      font->fresh[ids[*count - 1]] < font->fresh[i]);
            ids[(*count)++] = i;
        }
    return ids;
}

static void
put_widths(rc_buf *b, const rc_pdf_font *font, const uint32_t *ids,
           uint32_t count)
{
    rc_out_z(b, "/DW 0/W[");
    for (uint32_t i = 0; i < count; i++) {
        uint16_t id = font->fresh[ids[i]];
        bool follows = i && font->fresh[ids[i - 1]] + 1 == id;
        if (!follows) {
            rc_out_z(b, i ? "]" : "");
            rc_out_int(b, id);
        }
        rc_out_char(b, follows ? ' ' : '[');
        rc_out_int(b, font->widths[ids[i]]);
    }
    rc_out_z(b, count ? "]]" : "]");
}

static uint32_t
write_to_unicode(rc_pdf *d, const rc_pdf_font *font, const uint32_t *ids,
                 uint32_t count)
{
    rc_buf b = {0};
    rc_out_z(&b, "/CIDInit/ProcSet findresource begin\n12 dict begin\n"
                 "begincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
                 "/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
                 "/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\n"
                 "endcodespacerange\n");
    for (uint32_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            rc_out_int(&b, count - i < 100 ? count - i : 100);
            rc_out_z(&b, " beginbfchar\n");
        }
        rc_out_char(&b, '<');
        rc_out_hex(&b, font->fresh[ids[i]], 4);
        rc_out_z(&b, "><");
        rc_out_utf16(&b, font->says[ids[i]]);
        rc_out_z(&b, ">\n");
        if (i % 100 == 99 || i + 1 == count)
            rc_out_z(&b, "endbfchar\n");
    }
    rc_out_z(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\n"
                 "end\nend\n");
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish_stream(d->objects, id, rc_buf_str(&b), RC_FILTER_FLATE);
    rc_buf_free(&b);
    return id;
}

static void
write_font(rc_pdf *d, rc_pdf_font *font, hb_font_t *hb, hb_blob_t *file)
{
    rc_objects *o = d->objects;
    uint32_t count;
    const uint32_t *ids = by_fresh(d, font, &count);
    rc_str name = base_name(d, font, hb_font_get_face(hb));

    unsigned len;
    const char *data = hb_blob_get_data(file, &len);
    uint32_t stream = rc_objects_add(o, 1);
    rc_objects_int(o, stream, "Length1", (int32_t)len);
    rc_objects_finish_stream(o, stream, (rc_str){data, len}, RC_FILTER_FLATE);

    uint32_t descriptor = rc_objects_add(o, 1);
    rc_objects_ref(o, descriptor, "FontFile2", stream);
    rc_buf *b = rc_pdf_scratch(d);
    put_descriptor(b, name, hb);
    rc_objects_finish(o, descriptor, rc_buf_str(b));

    uint32_t cid = rc_objects_add(o, 1);
    rc_objects_name(o, cid, "Type", "Font");
    rc_objects_name(o, cid, "Subtype", "CIDFontType2");
    rc_objects_name(o, cid, "CIDToGIDMap", "Identity");
    rc_objects_ref(o, cid, "FontDescriptor", descriptor);
    b = rc_pdf_scratch(d);
    rc_out_z(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                "/Supplement 0>>/BaseFont");
    rc_out_name(b, name);
    put_widths(b, font, ids, count);
    rc_objects_finish(o, cid, rc_buf_str(b));

    rc_objects_name(o, font->object, "Type", "Font");
    rc_objects_name(o, font->object, "Subtype", "Type0");
    rc_objects_name(o, font->object, "Encoding", "Identity-H");
    rc_objects_ref(o, font->object, "ToUnicode",
                   write_to_unicode(d, font, ids, count));
    b = rc_pdf_scratch(d);
    rc_out_z(b, "/BaseFont");
    rc_out_name(b, name);
    rc_out_z(b, "/DescendantFonts[");
    rc_out_ref(b, cid);
    rc_out_char(b, ']');
    rc_objects_finish(o, font->object, rc_buf_str(b));
}

/* -- all of them -------------------------------------------------------------------- */

static bool
open_font(rc_pdf *d, int index, hb_font_t **out)
{
    rc_pdf_font *font = &d->fonts[index];
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(
        rc_str_cz(d->arena, d->p->faces[index].path));
    if (!blob)
        return unusable(d, index, "the file cannot be read");
    hb_face_t *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    *out = hb_font_create(face);
    hb_face_destroy(face);
    font->glyph_count = hb_face_get_glyph_count(face);
    if (!font->glyph_count || font->glyph_count > UINT16_MAX)
        return unusable(d, index, "it is no font");
    hb_blob_t *glyf =
        hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    unsigned len = hb_blob_get_length(glyf);
    hb_blob_destroy(glyf);
    if (!len)
        return unusable(d, index, "it has no TrueType outlines");
    font->says = RC_MAKE_ARRAY(d->arena, rc_str, font->glyph_count);
    font->seen = RC_MAKE_ARRAY(d->arena, uint8_t, font->glyph_count);
    font->fresh = RC_MAKE_ARRAY(d->arena, uint16_t, font->glyph_count);
    font->widths = RC_MAKE_ARRAY(d->arena, int32_t, font->glyph_count);
    return true;
}

static bool
finish_font(rc_pdf *d, int index, hb_font_t *hb)
{
    rc_pdf_font *font = &d->fonts[index];
    hb_face_t *face = hb_font_get_face(hb);
    fill_gaps(d, font, hb);
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->seen[i])
            font->widths[i] = thousandths(hb_font_get_glyph_h_advance(hb, i),
                                          hb_face_get_upem(face));
    hb_blob_t *file = subset(font, face);
    if (!file)
        return unusable(d, index, "HarfBuzz cannot subset it");
    write_font(d, font, hb, file);
    hb_blob_destroy(file);
    return true;
}

static void
write_resources(rc_pdf *d)
{
    d->resources = rc_objects_add(d->objects, 1);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Font<<");
    for (size_t i = 0; i < d->p->face_count; i++) {
        if (!d->fonts[i].used)
            continue;
        rc_out_z(b, "/F");
        rc_out_int(b, (int64_t)i);
        rc_out_ref(b, d->fonts[i].object);
    }
    rc_out_z(b, d->p->image_count ? ">>/XObject<<" : "");
    for (size_t i = 0; i < d->p->image_count; i++) {
        rc_out_z(b, "/I");
        rc_out_int(b, (int64_t)i);
        rc_out_ref(b, d->images[i]);
    }
    rc_out_z(b, ">>");
    rc_objects_finish(d->objects, d->resources, rc_buf_str(b));
}

bool
rc_pdf_write_fonts(rc_pdf *d)
{
    const rc_pages *p = d->p;
    bool ok = true;
    hb_font_t **hb = RC_MAKE_ARRAY(d->arena, hb_font_t *, p->face_count);
    d->fonts = RC_MAKE_ARRAY(d->arena, rc_pdf_font, p->face_count);
    for (size_t i = 0; i < p->run_count; i++) {
        int face = p->runs[i].face;
        rc_assert(face >= 0 && (size_t)face < p->face_count);
        if (!d->fonts[face].used) {
            d->fonts[face].used = true;
            ok &= open_font(d, face, &hb[face]);
        }
        if (ok)
            note_run(&d->fonts[face], &p->runs[i]);
    }
    for (size_t i = 0; i < p->face_count && ok; i++)
        if (d->fonts[i].used) {
            d->fonts[i].object = rc_objects_add(d->objects, 1);
            ok = finish_font(d, (int)i, hb[i]);
        }
    for (size_t i = 0; i < p->face_count; i++)
        if (hb[i])
            hb_font_destroy(hb[i]);
    if (ok)
        write_resources(d);
    return ok;
}
