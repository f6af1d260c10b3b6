#include "device/picture.h"

#include <string.h>

typedef struct png_reader {
    rc_str png;
    size_t at;
} png_reader;

static cairo_status_t
read_png(void *closure, unsigned char *to, unsigned int len)
{
    png_reader *r = closure;
    if (len > r->png.len - r->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, r->png.at + r->at, len);
    r->at += len;
    return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
rc_picture_open(const rc_image *image, rc_log *log)
{
    png_reader r = {image->png, 0};
    cairo_surface_t *png =
        cairo_image_surface_create_from_png_stream(read_png, &r);
    cairo_surface_t *paper = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)image->width, (int)image->height);
    cairo_t *cr = cairo_create(paper);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_surface(cr, png, 0, 0);
    cairo_paint(cr);
    cairo_status_t status = cairo_surface_status(png);
    if (!status)
        status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(png);
    cairo_surface_flush(paper);
    if (!status)
        return paper;
    cairo_surface_destroy(paper);
    rc_log_error(log, "unusable-image", image->span,
                 "the image cannot be drawn: %s",
                 cairo_status_to_string(status));
    return NULL;
}
