/* A page as a picture: cairo draws the same operations from the same list,
 * glyphs by number from the font files as unhinted outlines. */
#include "device/device.h"

#include "device/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-ft.h>
#include <cairo.h>
#include <libdeflate.h>

/* The FreeType library of one picture. cairo keeps fonts for a while after
 * their last use, and with them the faces: the library goes with the last. */
typedef struct library {
    FT_Library freetype;
    size_t users;
} library;

typedef struct held_face {
    library *library;
    FT_Face face;
} held_face;

typedef struct canvas {
    const rc_pages *p;
    const rc_page *page;
    rc_log *log;
    cairo_t *cr;
    library *library;
    cairo_font_face_t **faces; /* one a face, or NULL */
    rc_arena *arena;
    bool ok;
} canvas;

static double
points(int64_t len)
{
    return (double)len / RC_PT;
}

/* -- faces -------------------------------------------------------------------- */

static library *
open_library(void)
{
    library *l = rc_heap_grow(NULL, 1, sizeof *l);
    l->users = 1;
    if (FT_Init_FreeType(&l->freetype))
        rc_out_of_memory();
    return l;
}

static void
leave_library(library *l)
{
    if (--l->users)
        return;
    FT_Done_FreeType(l->freetype);
    free(l);
}

static void
drop_face(void *at)
{
    held_face *held = at;
    FT_Done_Face(held->face);
    leave_library(held->library);
    free(held);
}

static cairo_font_face_t *
open_face(canvas *c, int index)
{
    static const cairo_user_data_key_t key;
    const rc_page_face *f = &c->p->faces[index];
    held_face *held = rc_heap_grow(NULL, 1, sizeof *held);
    held->library = c->library;
    if (FT_New_Face(c->library->freetype, rc_str_cz(c->arena, f->path), 0,
                    &held->face)) {
        free(held);
        rc_log_add(c->log, RC_WORLD, "missing-font", rc_span_none(),
                   "cannot read the font '%.*s' (%.*s)", RC_STR(f->name),
                   RC_STR(f->path));
        return NULL;
    }
    c->library->users++;
    cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(
        held->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (cairo_font_face_set_user_data(face, &key, held, drop_face))
        rc_out_of_memory();
    return face;
}

static cairo_font_face_t *
face_of(canvas *c, int index)
{
    rc_assert(index >= 0 && (size_t)index < c->p->face_count);
    if (!c->faces[index] && c->ok) {
        c->faces[index] = open_face(c, index);
        c->ok = c->faces[index] != NULL;
    }
    return c->faces[index];
}

/* -- operations ------------------------------------------------------------------ */

static void
set_colour(canvas *c, int colour)
{
    rc_assert(colour >= 0 && (size_t)colour < c->p->colour_count);
    const rc_rgb *rgb = &c->p->colours[colour];
    cairo_set_source_rgb(c->cr, rgb->r / 255.0, rgb->g / 255.0,
                         rgb->b / 255.0);
}

static void
draw_text(canvas *c, const rc_op *op)
{
    rc_assert(op->index < c->p->run_count);
    const rc_glyph_run *run = &c->p->runs[op->index];
    cairo_font_face_t *face = face_of(c, run->face);
    if (!face || !run->glyph_count || run->size <= 0)
        return;
    cairo_glyph_t *glyphs =
        rc_heap_grow(NULL, run->glyph_count, sizeof *glyphs);
    int64_t x = op->x;
    for (uint32_t i = 0; i < run->glyph_count; i++) {
        const rc_glyph *g = &run->glyphs[i];
        rc_offset off = rc_glyph_offset(run, i);
        glyphs[i] = (cairo_glyph_t){g->id, points(x + off.dx),
                                    points((int64_t)op->y + off.dy)};
        x += g->advance;
    }
    set_colour(c, op->colour);
    cairo_set_font_face(c->cr, face);
    cairo_set_font_size(c->cr, points(run->size));
    /* cairo_show_glyphs would put each glyph on a whole pixel */
    cairo_glyph_path(c->cr, glyphs, (int)run->glyph_count);
    cairo_fill(c->cr);
    free(glyphs);
}

/* Strokes the path, or fills it where `stroke` is 0. */
static void
paint(canvas *c, int colour, rc_len stroke)
{
    set_colour(c, colour);
    if (stroke > 0) {
        cairo_set_line_width(c->cr, points(stroke));
        cairo_stroke(c->cr);
    } else {
        cairo_fill(c->cr);
    }
}

static void
draw_rect(canvas *c, const rc_op *op)
{
    if (op->colour >= 0) {
        cairo_rectangle(c->cr, points(op->x), points(op->y), points(op->x2),
                        points(op->y2));
        paint(c, op->colour, 0);
    }
    if (op->stroke > 0 && op->stroke_colour >= 0) {
        double half = points(op->stroke) / 2;
        cairo_rectangle(c->cr, points(op->x) + half, points(op->y) + half,
                        points(op->x2) - 2 * half, points(op->y2) - 2 * half);
        paint(c, op->stroke_colour, op->stroke);
    }
}

static void
draw_line(canvas *c, const rc_op *op)
{
    if (op->colour < 0 || op->stroke <= 0)
        return;
    cairo_move_to(c->cr, points(op->x), points(op->y));
    cairo_line_to(c->cr, points(op->x2), points(op->y2));
    paint(c, op->colour, op->stroke);
}

static void
draw_path(canvas *c, const rc_op *op)
{
    if (op->colour < 0 || op->count < 3)
        return;
    rc_assert(op->index + (size_t)op->count <= c->p->point_count);
    const rc_point *at = &c->p->points[op->index];
    for (uint32_t i = 0; i < op->count; i++)
        cairo_line_to(c->cr, points(at[i].x), points(at[i].y));
    cairo_close_path(c->cr);
    paint(c, op->colour, 0);
}

static void
add_circle(canvas *c, const rc_op *op, double radius)
{
    cairo_new_sub_path(c->cr);
    cairo_arc(c->cr, points(op->x), points(op->y), radius, 0,
              6.283185307179586);
    cairo_close_path(c->cr);
}

static void
draw_circle(canvas *c, const rc_op *op)
{
    if (op->colour >= 0) {
        add_circle(c, op, points(op->x2));
        paint(c, op->colour, 0);
    }
    if (op->stroke > 0 && op->stroke_colour >= 0) {
        add_circle(c, op, points(op->x2) - points(op->stroke) / 2);
        paint(c, op->stroke_colour, op->stroke);
    }
}

static void
draw_picture(canvas *c, const rc_op *op)
{
    const rc_image *image = c->p->images[op->stroke];
    cairo_surface_t *picture = rc_picture_open(image, c->log);
    if (!picture) {
        c->ok = false;
        return;
    }
    cairo_save(c->cr);
    cairo_translate(c->cr, points(op->x), points(op->y));
    cairo_scale(c->cr, points(op->x2) / image->width,
                points(op->y2) / image->height);
    cairo_set_source_surface(c->cr, picture, 0, 0);
    cairo_pattern_t *source = cairo_get_source(c->cr);
    cairo_pattern_set_extend(source, CAIRO_EXTEND_PAD);
    double wide = 1, high = 0; /* a pixel of its own, in those of the page */
    cairo_user_to_device_distance(c->cr, &wide, &high);
    if (wide >= 1) /* not smoothed, as in the PDF */
        cairo_pattern_set_filter(source, CAIRO_FILTER_NEAREST);
    cairo_rectangle(c->cr, 0, 0, image->width, image->height);
    cairo_fill(c->cr);
    cairo_restore(c->cr);
    cairo_surface_destroy(picture);
}

static void
draw(canvas *c, const rc_op *op)
{
    switch ((rc_op_kind)op->kind) {
    case RC_OP_TEXT:
        draw_text(c, op);
        return;
    case RC_OP_RECT:
        draw_rect(c, op);
        return;
    case RC_OP_LINE:
        draw_line(c, op);
        return;
    case RC_OP_PATH:
        draw_path(c, op);
        return;
    case RC_OP_CIRCLE:
        draw_circle(c, op);
        return;
    case RC_OP_LINKBOX:
        return;
    case RC_OP_IMAGE:
        draw_picture(c, op);
        return;
    }
    rc_panic("an operation of no known kind", __FILE__, __LINE__);
}

/* -- the picture -------------------------------------------------------------------- */

static void
draw_page(canvas *c)
{
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_paint(c->cr);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(c->cr, options);
    cairo_font_options_destroy(options);
    for (size_t i = 0; i < c->page->op_count; i++)
        draw(c, &c->page->ops[i]);
}

/* -- the file ------------------------------------------------------------------------ */

static void
put_number(rc_buf *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        rc_buf_char(out, (char)(uint8_t)(n >> shift));
}

static void
put_chunk(rc_buf *out, const char *type, const void *data, size_t len)
{
    rc_assert(len < INT32_MAX);
    put_number(out, (uint32_t)len);
    size_t from = out->len;
    rc_buf_bytes(out, type, 4);
    if (len)
        rc_buf_bytes(out, data, len);
    put_number(out, libdeflate_crc32(0, out->at + from, out->len - from));
}

/* Rows of red, green, blue, each after its filter, none: pages are mostly
 * plain colour, and libdeflate is four times as fast as cairo's own writer. */
static void
put_image(rc_buf *out, cairo_surface_t *surface)
{
    size_t width = (size_t)cairo_image_surface_get_width(surface);
    size_t height = (size_t)cairo_image_surface_get_height(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const uint8_t *data = cairo_image_surface_get_data(surface);
    size_t row = 1 + 3 * width, len = row * height;
    uint8_t *raw = rc_heap_grow(NULL, len, 1), *to = raw;
    for (size_t y = 0; y < height; y++) {
        *to++ = 0;
        for (size_t x = 0; x < width; x++) {
            uint32_t pixel;
            memcpy(&pixel, data + y * stride + 4 * x, 4);
            *to++ = (uint8_t)(pixel >> 16);
            *to++ = (uint8_t)(pixel >> 8);
            *to++ = (uint8_t)pixel;
        }
    }
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    if (!c)
        rc_out_of_memory();
    size_t bound = libdeflate_zlib_compress_bound(c, len);
    uint8_t *packed = rc_heap_grow(NULL, bound, 1);
    size_t n = libdeflate_zlib_compress(c, raw, len, packed, bound);
    put_chunk(out, "IDAT", packed, n);
    libdeflate_free_compressor(c);
    free(packed);
    free(raw);
}

static void
put_png(rc_buf *out, cairo_surface_t *surface)
{
    static const char signature[8] = "\x89PNG\r\n\x1A\n";
    rc_buf head = {0};
    put_number(&head, (uint32_t)cairo_image_surface_get_width(surface));
    put_number(&head, (uint32_t)cairo_image_surface_get_height(surface));
    rc_buf_bytes(&head, "\10\2\0\0\0", 5); /* 8 bits, RGB */
    rc_buf_bytes(out, signature, sizeof signature);
    put_chunk(out, "IHDR", head.at, head.len);
    put_chunk(out, "sRGB", "", 1); /* perceptual */
    put_image(out, surface);
    put_chunk(out, "IEND", NULL, 0);
    rc_buf_free(&head);
}

bool
rc_png_write(const rc_pages *p, size_t page, double dpi, rc_log *log,
             rc_buf *out)
{
    rc_assert(page < p->page_count && dpi > 0);
    canvas c = {.p = p,
                .page = &p->pages[page],
                .log = log,
                .arena = rc_arena_new(),
                .library = open_library(),
                .ok = true};
    c.faces = RC_MAKE_ARRAY(c.arena, cairo_font_face_t *, p->face_count);
    double scale = dpi / 72.0;
    double width = ceil(points(c.page->width) * scale - 1e-6);
    double height = ceil(points(c.page->height) * scale - 1e-6);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, width < 32767 ? (int)width : 32768,
        height < 32767 ? (int)height : 32768);
    c.cr = cairo_create(surface);
    cairo_scale(c.cr, scale, scale);
    draw_page(&c);
    cairo_status_t status = cairo_status(c.cr);
    cairo_destroy(c.cr);
    cairo_surface_flush(surface);
    if (c.ok && !status)
        put_png(out, surface);
    if (c.ok && status)
        rc_log_add(log, RC_WORLD, "no-picture", rc_span_none(),
                   "cannot draw page %zu at this resolution: %s", page + 1,
                   cairo_status_to_string(status));
    cairo_surface_destroy(surface);
    for (size_t i = 0; i < p->face_count; i++)
        if (c.faces[i])
            cairo_font_face_destroy(c.faces[i]);
    leave_library(c.library);
    rc_arena_free(c.arena);
    return c.ok && !status;
}
