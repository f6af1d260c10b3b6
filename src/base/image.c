#include "base/image.h"

#include <string.h>

#include "base/file.h"

enum { HEAD = 24, MOST_SIDE = 32767 };

/* Four bytes, the highest first. */
static uint32_t
number(const char *at)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++)
        n = n << 8 | (uint8_t)at[i];
    return n;
}

static bool
refuse(rc_log *log, rc_span at, const char *what)
{
    rc_diag *d = rc_log_error(log, "unusable-image", at, "the image %s", what);
    rc_diag_hint(d, "save it as PNG, at most %d pixels wide and high",
                 MOST_SIDE);
    return false;
}

bool
rc_image_read(rc_arena *a, const char *path, rc_log *log, rc_span at,
              rc_image *out)
{
    static const char begins[] = "\x89PNG\r\n\x1A\n\0\0\0\15IHDR";
    *out = (rc_image){.span = at};
    if (!rc_file_read(a, path, log, at, &out->png))
        return false;
    if (out->png.len < HEAD
        || memcmp(out->png.at, begins, sizeof begins - 1) != 0)
        return refuse(log, at, "is no PNG");
    out->width = number(out->png.at + 16);
    out->height = number(out->png.at + 20);
    if (!out->width || !out->height)
        return refuse(log, at, "has no size");
    if (out->width > MOST_SIDE || out->height > MOST_SIDE)
        return refuse(log, at, "is too large");
    return true;
}
