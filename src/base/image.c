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

/* CRC-32, as each chunk has it over its type and data. */
static uint32_t
crc(rc_str s)
{
    uint32_t c = 0xFFFFFFFFu;
    for (size_t i = 0; i < s.len; i++) {
        c ^= (unsigned char)s.at[i];
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    }
    return ~c;
}

/* Looks at every chunk: NULL, or what is wrong with the file. */
static const char *
broken(rc_str png)
{
    enum { FIRST = 8, FRAME = 12 };
    bool pixels = false;
    for (size_t at = FIRST;;) {
        if (png.len - at < FRAME)
            return "is cut short";
        size_t len = number(png.at + at);
        if (len > png.len - at - FRAME)
            return "is cut short";
        rc_str chunk = rc_str_part(png, at + 4, at + 8 + len);
        if (number(png.at + at + 8 + len) != crc(chunk))
            return "is damaged";
        pixels = pixels || rc_str_starts(chunk, "IDAT");
        if (rc_str_starts(chunk, "IEND"))
            return pixels ? NULL : "has no pixels";
        at += len + FRAME;
    }
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
    const char *wrong = broken(out->png);
    return wrong ? refuse(log, at, wrong) : true;
}
