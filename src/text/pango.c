/* The faces for Pango, on the slow road only: most reports never take it, and
 * to read through the faces once more costs more than to set a page.
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

/* A face that fontconfig cannot read, though HarfBuzz can, is reported and
 * stands for nothing. */
static void
add_face(rc_fonts *f, size_t index)
{
    rc_text_face *face = &f->faces[index];
    int before = pattern_count(f->config);
    if (FcConfigAppFontAddFile(f->config,
                               (const FcChar8 *)face->file.path.at))
        face->description = name_face(f, before, index);
    if (!face->description) {
        rc_text_report_face(&face->file, f->log);
        face->description = pango_font_description_new();
    }
}

static void
open_context(rc_fonts *f)
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
    pango_context_set_language(f->context, f->language);
}

static void
open_pango(rc_fonts *f)
{
    f->config = FcConfigCreate();
    for (size_t i = 0; i < f->face_count; i++)
        add_face(f, i);
    FcConfigSetCurrent(f->config);
    open_context(f);
}

/* fontconfig keeps its current configuration for good: leave it an empty one,
 * unless another rc_fonts has put its own there. */
static void
leave_config(rc_fonts *f)
{
    if (FcConfigGetCurrent() == f->config) {
        FcConfig *none = FcConfigCreate();
        FcConfigSetCurrent(none);
        FcConfigDestroy(none);
    }
    FcConfigDestroy(f->config);
}

void
rc_text_close_pango(rc_fonts *f)
{
    if (!f->map)
        return;
    for (size_t i = 0; i < f->face_count; i++)
        pango_font_description_free(f->faces[i].description);
    g_object_unref(f->context);
    /* Pango 1.50 forgets to give its reference back */
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), NULL);
    g_object_unref(f->map);
    leave_config(f);
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

PangoLayout *
rc_text_layout(rc_fonts *f)
{
    if (!f->map)
        open_pango(f);
    PangoLayout *l = pango_layout_new(f->context);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    return l;
}
