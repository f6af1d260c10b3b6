/* Faces from files, and from nowhere else.
 *
 * HarfBuzz has each face once, and a font of it at each size. Words on the
 * fast road are shaped with those, which is what Pango would do with them: a
 * PangoFont of each size would cost a search and two threads. Pango's own map
 * of the faces (pango.c) is made for the first paragraph that needs it. */
#include "text/inner.h"

#include <string.h>

static void
set_bit(uint8_t *bits, uint32_t i)
{
    bits[i / 8] = (uint8_t)(bits[i / 8] | 1u << (i % 8));
}

/* Left to right, Latin or common script, no combining, nothing that is white
 * space to Pango but U+0020, no emoji: shaping a word alone equals shaping it
 * in its paragraph, and a space is the only thing trimmed at a line's end. */
static bool
may_be_plain(uint32_t c)
{
    static const struct { uint32_t from, to; } ranges[] = {
        {0x21, 0x7E},     {0xA0, 0xAC},     {0xAE, 0x24F},
        {0x1E00, 0x1EFF}, {0x2010, 0x2027}, {0x202F, 0x205E},
        {0x2070, 0x209C}, {0x20A0, 0x20BF}, {0x2100, 0x2125},
        {0x2127, 0x218B}, {0x2190, 0x22FF}, {0x25A0, 0x25FC},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

static void
note_plain(rc_text_face *face)
{
    hb_set_t *codes = hb_set_create();
    hb_face_collect_unicodes(face->shapes, codes);
    hb_codepoint_t c = HB_SET_VALUE_INVALID;
    while (hb_set_next(codes, &c) && c < RC_PLAIN_END)
        if (may_be_plain(c))
            set_bit(face->plain, c);
    hb_set_destroy(codes);
}

static bool
open_face(rc_text_face *face)
{
    hb_blob_t *file = hb_blob_create_from_file(face->file.path.at);
    face->shapes = hb_face_create(file, 0);
    hb_blob_destroy(file);
    if (!hb_face_get_glyph_count(face->shapes))
        return false;
    note_plain(face);
    return true;
}

void
rc_text_report_face(const rc_font_file *file, rc_log *log)
{
    rc_diag *d = rc_log_add(log, RC_WORLD, "missing-font", file->span,
                            "cannot read the font '%.*s' (%.*s)",
                            RC_STR(file->name), RC_STR(file->path));
    rc_diag_hint(d, "put the file there, or name another");
}

rc_fonts *
rc_fonts_open(const rc_font_file *files, size_t count, rc_str language,
              rc_log *log)
{
    rc_fonts *f = rc_heap_grow(NULL, 1, sizeof *f);
    memset(f, 0, sizeof *f);
    f->arena = rc_arena_new();
    f->word_arena = rc_arena_new();
    f->kept_arena = rc_arena_new();
    f->faces = RC_MAKE_ARRAY(f->arena, rc_text_face, count);
    rc_assert(count <= INT16_MAX); /* glyph runs keep it in 16 bits */
    f->face_count = count;
    f->log = log;

    bool ok = count > 0;
    for (size_t i = 0; i < count; i++) {
        rc_text_face *face = &f->faces[i];
        face->file.name = rc_str_copy(f->arena, files[i].name);
        face->file.path = rc_str_copy(f->arena, files[i].path);
        face->file.span = files[i].span;
        if (!open_face(face)) {
            rc_text_report_face(&face->file, log);
            ok = false;
        }
    }
    if (!ok) {
        rc_fonts_close(f);
        return NULL;
    }
    f->language = pango_language_from_string(
        rc_str_cz(f->arena, language.len ? language : RC_LIT("en")));
    f->buffer = hb_buffer_create();
    return f;
}

void
rc_fonts_close(rc_fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->styles.count; i++)
        hb_font_destroy(f->styles.at[i].font);
    rc_text_close_pango(f);
    for (size_t i = 0; i < f->face_count; i++)
        hb_face_destroy(f->faces[i].shapes);
    hb_buffer_destroy(f->buffer);
    rc_arena_free(f->word_arena);
    rc_arena_free(f->kept_arena);
    rc_arena_free(f->arena);
    free(f->words);
    free(f->styles.at);
    free(f->stretches.at);
    free(f->pieces.at);
    free(f->atoms.at);
    free(f->lines.at);
    free(f->out_glyphs.at);
    free(f->out_parts.at);
    free(f->out_lines.at);
    free(f->run_ends.at);
    free(f->attrs.at);
    free(f);
}

const rc_font_file *
rc_fonts_file(const rc_fonts *f, int face)
{
    rc_assert(face >= 0 && (size_t)face < f->face_count);
    return &f->faces[face].file;
}

static PangoLanguage *
language_of(rc_fonts *f, rc_str lang)
{
    char name[64];
    if (!lang.len || lang.len >= sizeof name)
        return f->language;
    memcpy(name, lang.at, lang.len);
    name[lang.len] = 0;
    return pango_language_from_string(name); /* interned by Pango */
}

void
rc_text_shape(rc_fonts *f, const rc_text_style *style, rc_str text)
{
    hb_buffer_t *b = f->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_add_utf8(b, text.at, (int)text.len, 0, (int)text.len);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_script(b, HB_SCRIPT_LATIN);
    hb_buffer_set_language(
        b, hb_language_from_string(pango_language_to_string(style->language),
                                   -1));
    hb_shape(style->font, b, NULL, 0);
}

static void
measure_space(rc_fonts *f, rc_text_style *s)
{
    rc_text_shape(f, s, RC_LIT(" "));
    rc_assert(hb_buffer_get_length(f->buffer) == 1);
    s->space_glyph = hb_buffer_get_glyph_infos(f->buffer, NULL)->codepoint;
    s->space = hb_buffer_get_glyph_positions(f->buffer, NULL)->x_advance;
}

uint32_t
rc_text_style_index(rc_fonts *f, int face, rc_len size, rc_str lang)
{
    rc_assert(face >= 0 && (size_t)face < f->face_count && size > 0);
    PangoLanguage *language = language_of(f, lang);
    for (size_t i = 0; i < f->styles.count; i++) {
        const rc_text_style *s = &f->styles.at[i];
        if (s->face == face && s->size == size && s->language == language)
            return (uint32_t)i;
    }
    rc_text_style *s = rc_pool_push(&f->styles);
    *s = (rc_text_style){.face = face, .size = size, .language = language};
    s->font = hb_font_create(f->faces[face].shapes);
    hb_font_set_scale(s->font, size, size);
    s->latin =
        pango_language_includes_script(language, PANGO_SCRIPT_LATIN) != 0;
    measure_space(f, s);
    return (uint32_t)(f->styles.count - 1);
}
