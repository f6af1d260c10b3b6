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

#include <hb.h>

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

static void
set_says(rc_pdf_glyph *g, rc_str text)
{
    rc_assert(text.len <= UINT16_MAX);
    g->says_at = text.at;
    g->says_len = (uint16_t)text.len;
    g->byte = text.len == 1 ? (int16_t)((uint8_t)text.at[0] + 1) : 0;
}

/* The glyph stands alone for `text`. The same answer in whatever order the
 * texts come: one character before several, the lowest first. */
static void
note_says(rc_pdf_font *font, uint32_t id, rc_str text)
{
    rc_str said = rc_pdf_said(&font->glyphs[id]);
    if (!text.len || rc_pdf_says(font, id, text))
        return;
    uint32_t old = only_code(said), new = only_code(text);
    if (!said.len || (new && (!old || new < old)) ||
        (!new && !old && rc_str_cmp(text, said) < 0))
        set_says(&font->glyphs[id], text);
}

static void
note_run(rc_pdf_font *font, const rc_glyph_run *run)
{
    for (uint32_t i = 0; i < run->glyph_count;) {
        rc_assert(run->glyphs[i].id < font->glyph_count);
        if (rc_pdf_is_plain(font, run, i)) {
            i++;
            continue;
        }
        uint32_t from = i;
        rc_str text = rc_pdf_cluster(run, &i);
        for (uint32_t j = from; j < i; j++) {
            rc_assert(run->glyphs[j].id < font->glyph_count);
            font->glyphs[run->glyphs[j].id].seen = true;
        }
        if (i - from == 1)
            note_says(font, run->glyphs[from].id, text);
    }
}

static void
say_code(rc_pdf *d, rc_pdf_glyph *g, uint32_t code)
{
    rc_buf b = {0};
    rc_buf_code(&b, code);
    set_says(g, rc_str_copy(d->arena, rc_buf_str(&b)));
    rc_buf_free(&b);
}

/* Glyphs that only stand in clusters with others: what the font's own table of
 * characters says of them, or the replacement character. */
static void
fill_gaps(rc_pdf *d, rc_pdf_font *font, const uint16_t *ids, uint32_t count)
{
    hb_font_t *hb = rc_pdf_face_font(font->face);
    bool gaps = false;
    for (uint32_t i = 0; i < count; i++)
        gaps |= !font->glyphs[ids[i]].says_len;
    if (!gaps)
        return;
    hb_set_t *codes = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(hb), codes);
    hb_codepoint_t code = HB_SET_VALUE_INVALID, id;
    while (hb_set_next(codes, &code))
        if (code >= ' ' && hb_font_get_nominal_glyph(hb, code, &id) &&
            id < font->glyph_count && font->glyphs[id].seen &&
            !font->glyphs[id].says_len)
            say_code(d, &font->glyphs[id], code);
    hb_set_destroy(codes);
    for (uint32_t i = 0; i < count; i++)
        if (!font->glyphs[ids[i]].says_len)
            set_says(&font->glyphs[ids[i]], RC_LIT("\xEF\xBF\xBD"));
}

/* -- its objects ------------------------------------------------------------------ */

static uint32_t
write_to_unicode(rc_pdf *d, const rc_pdf_font *font, rc_pdf_subset *s)
{
    uint32_t count = s->count;
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\n"
                "begincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
                "/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
                "/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\n"
                "endcodespacerange\n");
    for (uint32_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            rc_out_int(b, count - i < 100 ? count - i : 100);
            rc_out_z(b, " beginbfchar\n");
        }
        rc_out_char(b, '<');
        rc_out_hex(b, s->fresh[i], 4);
        rc_out_z(b, "><");
        rc_out_utf16(b, rc_pdf_said(&font->glyphs[s->ids[i]]));
        rc_out_z(b, ">\n");
        if (i % 100 == 99 || i + 1 == count)
            rc_out_z(b, "endbfchar\n");
    }
    rc_out_z(b, "endcmap\nCMapName currentdict/CMap defineresource pop\n"
                "end\nend\n");
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish_stream(
        d->objects, id, rc_pdf_subset_deflate(s, rc_buf_str(b), d->objects),
        RC_FILTER_DEFLATED);
    return id;
}

static void
write_font(rc_pdf *d, const rc_pdf_font *font, rc_pdf_subset *s)
{
    rc_objects *o = d->objects;
    uint32_t stream = rc_objects_add(o, 1);
    rc_objects_int(o, stream, "Length1", (int32_t)s->length);
    rc_objects_finish_stream(o, stream, s->stream, RC_FILTER_DEFLATED);

    uint32_t descriptor = rc_objects_add(o, 1);
    rc_objects_ref(o, descriptor, "FontFile2", stream);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Type/FontDescriptor/FontName");
    rc_out_name(b, s->name);
    rc_buf_add(b, rc_pdf_face_descriptor(font->face));
    rc_objects_finish(o, descriptor, rc_buf_str(b));

    uint32_t cid = rc_objects_add(o, 1);
    rc_objects_name(o, cid, "Type", "Font");
    rc_objects_name(o, cid, "Subtype", "CIDFontType2");
    rc_objects_name(o, cid, "CIDToGIDMap", "Identity");
    rc_objects_ref(o, cid, "FontDescriptor", descriptor);
    b = rc_pdf_scratch(d);
    rc_out_z(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                "/Supplement 0>>/BaseFont");
    rc_out_name(b, s->name);
    rc_buf_add(b, s->widths_entry);
    rc_objects_finish(o, cid, rc_buf_str(b));

    rc_objects_name(o, font->object, "Type", "Font");
    rc_objects_name(o, font->object, "Subtype", "Type0");
    rc_objects_name(o, font->object, "Encoding", "Identity-H");
    rc_objects_ref(o, font->object, "ToUnicode", write_to_unicode(d, font, s));
    b = rc_pdf_scratch(d);
    rc_out_z(b, "/BaseFont");
    rc_out_name(b, s->name);
    rc_out_z(b, "/DescendantFonts[");
    rc_out_ref(b, cid);
    rc_out_char(b, ']');
    rc_objects_finish(o, font->object, rc_buf_str(b));
}

/* -- all of them -------------------------------------------------------------------- */

static bool
unusable(rc_pdf *d, size_t face, const char *why)
{
    const rc_page_face *f = &d->p->faces[face];
    rc_log_add(d->log, RC_WORLD, "missing-font", rc_span_none(),
               "cannot embed the font '%.*s' (%.*s): %s", RC_STR(f->name),
               RC_STR(f->path), why);
    return false;
}

static bool
open_font(rc_pdf *d, size_t index)
{
    rc_pdf_font *font = &d->fonts[index];
    const char *why;
    font->face = rc_pdf_kit_face(d->kit, d->p->faces[index].path, &why);
    if (!font->face)
        return unusable(d, index, why);
    font->glyph_count = rc_pdf_face_glyphs(font->face);
    font->glyphs = RC_MAKE_ARRAY(d->arena, rc_pdf_glyph, font->glyph_count);
    return true;
}

static char *
put_byte(char *to, uint8_t byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *to++ = '\\';
    *to++ = byte == '\r' ? 'r' : (char)byte;
    return to;
}

static void
number_glyphs(rc_pdf_font *font, const rc_pdf_subset *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        rc_pdf_glyph *g = &font->glyphs[s->ids[i]];
        g->width = s->widths[i];
        char *to = put_byte(g->code, (uint8_t)(s->fresh[i] >> 8));
        to = put_byte(to, (uint8_t)s->fresh[i]);
        g->length = (uint8_t)(to - g->code);
    }
}

static bool
finish_font(rc_pdf *d, size_t index)
{
    rc_pdf_font *font = &d->fonts[index];
    uint16_t *ids = RC_MAKE_ARRAY(d->arena, uint16_t, font->glyph_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < font->glyph_count; i++)
        if (font->glyphs[i].seen)
            ids[count++] = (uint16_t)i;
    fill_gaps(d, font, ids, count);
    rc_pdf_subset *s = rc_pdf_face_subset(font->face, ids, count, d->objects);
    if (!s)
        return unusable(d, index, "HarfBuzz cannot subset it");
    font->object = rc_objects_add(d->objects, 1);
    number_glyphs(font, s);
    write_font(d, font, s);
    return true;
}

static void
write_resources(rc_pdf *d)
{
    d->resources = rc_objects_add(d->objects, 1);
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Font<<");
    for (size_t i = 0; i < d->p->face_count; i++) {
        if (!d->fonts[i].face)
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
    bool *used = RC_MAKE_ARRAY(d->arena, bool, p->face_count);
    d->fonts = RC_MAKE_ARRAY(d->arena, rc_pdf_font, p->face_count);
    for (size_t i = 0; i < p->run_count; i++) {
        int face = p->runs[i].face;
        rc_assert(face >= 0 && (size_t)face < p->face_count);
        used[face] = true;
    }
    for (size_t i = 0; i < p->face_count; i++)
        if (used[i])
            ok &= open_font(d, i);
    for (size_t i = 0; i < p->run_count && ok; i++)
        note_run(&d->fonts[p->runs[i].face], &p->runs[i]);
    for (size_t i = 0; i < p->face_count && ok; i++)
        if (used[i])
            ok = finish_font(d, i);
    if (ok)
        write_resources(d);
    return ok;
}
