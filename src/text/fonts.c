/* Faces from files, and from nowhere else.
 *
 * HarfBuzz has each face once, and a font of it at each size. Words on the
 * fast road are shaped with those, which is what Pango would do with them: a
 * PangoFont of each size would cost a search and two threads.
 *
 * A private fontconfig configuration holds just the given files, each renamed
 * to a family of its own, so that a description finds exactly one file: no
 * matching by weight or style is left to chance. It is made the current one
 * before the font map exists, because a new Pango font map starts a thread
 * that calls FcInit, which would otherwise read the system's fonts.
 *
 * Hinting is off and positions are not rounded: the same text takes the same
 * room at every resolution. */
#include "text/inner.h"

#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>

static const char family_prefix[] = "recto-face-";

/* Renames the patterns that came with the newest file: the first is the face,
 * further ones (named instances, other faces of a collection) go unused. */
static PangoFontDescription *
name_face(rc_fonts *f, int from, size_t index)
{
    FcFontSet *set = FcConfigGetFonts(f->config, FcSetApplication);
    if (!set || set->nfont <= from)
        return NULL;
    for (int i = from; i < set->nfont; i++) {
        FcPattern *p = set->fonts[i];
        rc_str name = rc_str_printf(f->arena, "%s%d", family_prefix,
                                    i == from ? (int)index : -1);
        FcPatternDel(p, FC_FAMILY);
        FcPatternDel(p, FC_FAMILYLANG);
        FcPatternDel(p, FC_FULLNAME);
        FcPatternDel(p, FC_FULLNAMELANG);
        FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name.at);
    }
    return pango_fc_font_description_from_pattern(set->fonts[from], FALSE);
}

static int
pattern_count(FcConfig *config)
{
    FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
    return set ? set->nfont : 0;
}

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

bool
rc_text_is_plain(const rc_text_face *face, uint32_t code)
{
    return code < RC_PLAIN_END && (face->plain[code / 8] >> (code % 8) & 1);
}

int
rc_text_face_of(PangoFont *font)
{
    FcChar8 *family = NULL;
    if (!font || !PANGO_IS_FC_FONT(font) ||
        FcPatternGetString(pango_fc_font_get_pattern(PANGO_FC_FONT(font)),
                           FC_FAMILY, 0, &family) != FcResultMatch)
        return -1;
    rc_str name = rc_str_z((const char *)family);
    if (!rc_str_starts(name, family_prefix))
        return -1;
    int64_t index;
    if (!rc_num_int(rc_str_part(name, sizeof family_prefix - 1, name.len),
                    &index))
        return -1;
    return (int)index;
}

static void
open_context(rc_fonts *f, rc_str language)
{
    f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), f->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(f->map), 72.0);
    f->context = pango_font_map_create_context(f->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(f->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(f->context, FALSE);
    pango_context_set_base_dir(f->context, PANGO_DIRECTION_LTR);
    f->language = pango_language_from_string(
        rc_str_cz(f->arena, language.len ? language : RC_LIT("en")));
    pango_context_set_language(f->context, f->language);
}

/* The face for HarfBuzz, and for Pango under a name of its own. */
static bool
open_face(rc_fonts *f, size_t index)
{
    rc_text_face *face = &f->faces[index];
    hb_blob_t *file = hb_blob_create_from_file(face->file.path.at);
    face->shapes = hb_face_create(file, 0);
    hb_blob_destroy(file);
    int before = pattern_count(f->config);
    if (!hb_face_get_glyph_count(face->shapes) ||
        !FcConfigAppFontAddFile(f->config,
                                (const FcChar8 *)face->file.path.at))
        return false;
    face->description = name_face(f, before, index);
    note_plain(face);
    return face->description != NULL;
}

static void
report_face(const rc_font_file *file, rc_log *log)
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
    f->faces = RC_MAKE_ARRAY(f->arena, rc_text_face, count);
    f->face_count = count;
    f->config = FcConfigCreate();

    bool ok = count > 0;
    for (size_t i = 0; i < count; i++) {
        rc_text_face *face = &f->faces[i];
        face->file.name = rc_str_copy(f->arena, files[i].name);
        face->file.path = rc_str_copy(f->arena, files[i].path);
        face->file.span = files[i].span;
        if (!open_face(f, i)) {
            report_face(&face->file, log);
            ok = false;
        }
    }
    if (!ok) {
        rc_fonts_close(f);
        return NULL;
    }
    FcConfigSetCurrent(f->config);
    open_context(f, language);
    f->buffer = hb_buffer_create();
    return f;
}

/* fontconfig keeps its current configuration for good: leave it an empty one,
 * unless another rc_fonts has put its own there. */
static void
leave_config(rc_fonts *f)
{
    if (f->map && FcConfigGetCurrent() == f->config) {
        FcConfig *none = FcConfigCreate();
        FcConfigSetCurrent(none);
        FcConfigDestroy(none);
    }
    FcConfigDestroy(f->config);
}

void
rc_fonts_close(rc_fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->styles.count; i++)
        hb_font_destroy(f->styles.at[i].font);
    for (size_t i = 0; i < f->face_count; i++) {
        hb_face_destroy(f->faces[i].shapes);
        if (f->faces[i].description)
            pango_font_description_free(f->faces[i].description);
    }
    hb_buffer_destroy(f->buffer);
    if (f->context)
        g_object_unref(f->context);
    if (f->map) { /* Pango 1.50 forgets to give its reference back */
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), NULL);
        g_object_unref(f->map);
    }
    leave_config(f);
    rc_arena_free(f->word_arena);
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

PangoLayout *
rc_text_layout(rc_fonts *f)
{
    PangoLayout *l = pango_layout_new(f->context);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    return l;
}
