/* Pictures in the PDF: eight bits of red, green and blue, without
 * transparency, each written once. */
#include "device/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "device/picture.h"

static void
put_pixels(rc_buf *out, cairo_surface_t *picture, const rc_image *image)
{
    const uint8_t *data = cairo_image_surface_get_data(picture);
    size_t stride = (size_t)cairo_image_surface_get_stride(picture);
    size_t len = (size_t)image->width * image->height * 3;
    uint8_t *rgb = rc_heap_grow(NULL, len, 1), *to = rgb;
    for (size_t y = 0; y < image->height; y++)
        for (size_t x = 0; x < image->width; x++) {
            uint32_t pixel;
            memcpy(&pixel, data + y * stride + 4 * x, 4);
            *to++ = (uint8_t)(pixel >> 16);
            *to++ = (uint8_t)(pixel >> 8);
            *to++ = (uint8_t)pixel;
        }
    rc_buf_bytes(out, rgb, len);
    free(rgb);
}

static bool
write_image(rc_pdf *d, uint32_t id, const rc_image *image)
{
    cairo_surface_t *picture = rc_picture_open(image, d->log);
    if (!picture)
        return false;
    rc_buf pixels = {0};
    put_pixels(&pixels, picture, image);
    cairo_surface_destroy(picture);
    rc_objects_name(d->objects, id, "Type", "XObject");
    rc_objects_name(d->objects, id, "Subtype", "Image");
    rc_objects_name(d->objects, id, "ColorSpace", "DeviceRGB");
    rc_objects_int(d->objects, id, "Width", (int32_t)image->width);
    rc_objects_int(d->objects, id, "Height", (int32_t)image->height);
    rc_objects_int(d->objects, id, "BitsPerComponent", 8);
    rc_objects_finish_stream(d->objects, id, rc_buf_str(&pixels),
                             RC_FILTER_FLATE);
    rc_buf_free(&pixels);
    return true;
}

bool
rc_pdf_write_images(rc_pdf *d)
{
    bool ok = true;
    size_t n = d->p->image_count;
    if (!n)
        return true;
    d->images = RC_MAKE_ARRAY(d->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        d->images[i] = rc_objects_add(d->objects, 1);
        ok &= write_image(d, d->images[i], d->p->images[i]);
    }
    return ok;
}
