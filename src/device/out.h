/* Printing PDF syntax into a buffer, with whole numbers only. */
#ifndef RC_DEVICE_OUT_H
#define RC_DEVICE_OUT_H

#include "base/num.h"

void rc_out_grow(rc_buf *b, size_t n); /* seldom */

/* Room for `n` more bytes; returns where they go. */
static inline char *
rc_out_room(rc_buf *b, size_t n)
{
    if (b->room - b->len < n)
        rc_out_grow(b, n);
    return b->at + b->len;
}

static inline void
rc_out_char(rc_buf *b, char c)
{
    *rc_out_room(b, 1) = c;
    b->len++;
}

/* Hundredths of a point of a length, half away from zero. */
static inline int64_t
rc_out_hundredths(int64_t len)
{
    int64_t n = len * 100;
    return (n + (n < 0 ? -RC_PT / 2 : RC_PT / 2)) / RC_PT;
}

/* Here, where the compiler knows how long a literal is. */
static inline void
rc_out_z(rc_buf *b, const char *z)
{
    size_t n = strlen(z);
    memcpy(rc_out_room(b, n), z, n);
    b->len += n;
}

enum { RC_OUT_INT = 20 }; /* bytes of the longest */
/* The number at `to`; returns the end. */
char *rc_out_put_int(char *to, int64_t n);

void rc_out_int(rc_buf *b, int64_t n);
/* A number given in hundredths: 1250 is written 12.5. */
void rc_out_points(rc_buf *b, int64_t hundredths);
/* Two of them, each followed by a space. */
void rc_out_pair(rc_buf *b, int64_t x, int64_t y);
/* A length followed by a space. */
void rc_out_len(rc_buf *b, int64_t len);
void rc_out_ref(rc_buf *b, uint32_t id);
/* "(bytes)" with what must be escaped. */
void rc_out_literal(rc_buf *b, rc_str s);
/* A text string: literal if it is plain ASCII, else UTF-16 in hex. */
void rc_out_text(rc_buf *b, rc_str utf8);
/* The text as UTF-16BE in hex digits, without brackets. */
void rc_out_utf16(rc_buf *b, rc_str utf8);
void rc_out_hex(rc_buf *b, uint32_t value, int digits);
/* A name, "/" and all, for names of ASCII letters, digits, '-', '+'. */
void rc_out_name(rc_buf *b, rc_str name);

#endif
