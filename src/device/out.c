#include "device/out.h"

#include <string.h>

void
rc_out_grow(rc_buf *b, size_t n)
{
    size_t room = b->room * 2 > b->len + n ? b->room * 2 : b->len + n;
    b->at = rc_heap_grow(b->at, room, 1);
    b->room = room;
}

/* Two digits at a time: numbers are most of a page, and each division waits
 * for the one before it. */
static const char pairs[] = "00010203040506070809"
                            "10111213141516171819"
                            "20212223242526272829"
                            "30313233343536373839"
                            "40414243444546474849"
                            "50515253545556575859"
                            "60616263646566676869"
                            "70717273747576777879"
                            "80818283848586878889"
                            "90919293949596979899";

static char *
put_pair(char *to, uint32_t n)
{
    memcpy(to, pairs + 2 * n, 2);
    return to + 2;
}

static char *
put_below_100(char *to, uint32_t n)
{
    if (n >= 10)
        return put_pair(to, n);
    *to = (char)('0' + n);
    return to + 1;
}

static char *
put_digits(char *to, uint64_t n)
{
    if (n < 100)
        return put_below_100(to, (uint32_t)n);
    if (n < 10000)
        return put_pair(put_below_100(to, (uint32_t)n / 100),
                        (uint32_t)n % 100);
    return put_pair(put_digits(to, n / 100), (uint32_t)(n % 100));
}

/* The sign, and `*n` without it. */
static char *
put_sign(char *to, int64_t n, uint64_t *size)
{
    *size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (n < 0)
        *to++ = '-';
    return to;
}

char *
rc_out_put_int(char *to, int64_t n)
{
    uint64_t size;
    to = put_sign(to, n, &size);
    return put_digits(to, size);
}

void
rc_out_int(rc_buf *b, int64_t n)
{
    char *to = rc_out_room(b, RC_OUT_INT);
    b->len += (size_t)(rc_out_put_int(to, n) - to);
}

enum { POINTS = RC_OUT_INT + 1 };

static char *
put_points(char *to, int64_t hundredths)
{
    uint64_t n;
    to = put_sign(to, hundredths, &n);
    uint64_t whole = n / 100;
    uint32_t part = (uint32_t)(n % 100);
    if (whole || !part)
        to = put_digits(to, whole);
    if (part) {
        *to++ = '.';
        to = put_pair(to, part);
        to -= part % 10 == 0;
    }
    return to;
}

void
rc_out_points(rc_buf *b, int64_t hundredths)
{
    char *to = rc_out_room(b, POINTS);
    b->len += (size_t)(put_points(to, hundredths) - to);
}

void
rc_out_pair(rc_buf *b, int64_t x, int64_t y)
{
    char *from = rc_out_room(b, 2 * POINTS + 2), *to = put_points(from, x);
    *to++ = ' ';
    to = put_points(to, y);
    *to++ = ' ';
    b->len += (size_t)(to - from);
}

void
rc_out_len(rc_buf *b, int64_t len)
{
    rc_out_points(b, rc_out_hundredths(len));
    rc_out_char(b, ' ');
}

void
rc_out_ref(rc_buf *b, uint32_t id)
{
    static const char end[] = " 0 R";
    char *from = rc_out_room(b, RC_OUT_INT + sizeof end), *to = from;
    *to++ = ' ';
    to = put_digits(to, id);
    memcpy(to, end, sizeof end - 1);
    b->len += (size_t)(to - from) + sizeof end - 1;
}

void
rc_out_literal(rc_buf *b, rc_str s)
{
    char *to = rc_out_room(b, s.len * 2 + 2), *at = to;
    *at++ = '(';
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '(' || c == ')' || c == '\\') {
            *at++ = '\\';
        } else if (c == '\r') {
            *at++ = '\\';
            c = 'r';
        }
        *at++ = c;
    }
    *at++ = ')';
    b->len += (size_t)(at - to);
}

static char *
put_hex(char *to, uint32_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        *to++ = "0123456789ABCDEF"[value >> shift & 15];
    return to;
}

void
rc_out_hex(rc_buf *b, uint32_t value, int digits)
{
    (void)put_hex(rc_out_room(b, (size_t)digits), value, digits);
    b->len += (size_t)digits;
}

void
rc_out_utf16(rc_buf *b, rc_str utf8)
{
    /* no byte makes more than four digits */
    char *from = rc_out_room(b, utf8.len * 4), *to = from;
    for (size_t at = 0; at < utf8.len;) {
        uint32_t c = rc_utf8_next(utf8, &at);
        if (c >= 0x10000) {
            to = put_hex(to, 0xD800 + ((c - 0x10000) >> 10), 4);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        to = put_hex(to, c, 4);
    }
    b->len += (size_t)(to - from);
}

void
rc_out_text(rc_buf *b, rc_str utf8)
{
    bool plain = true;
    for (size_t i = 0; i < utf8.len && plain; i++)
        plain = utf8.at[i] >= 0x20 && utf8.at[i] < 0x7F;
    if (plain) {
        rc_out_literal(b, utf8);
        return;
    }
    rc_out_z(b, "<FEFF");
    rc_out_utf16(b, utf8);
    rc_out_char(b, '>');
}

void
rc_out_name(rc_buf *b, rc_str name)
{
    rc_out_char(b, '/');
    /* PDF/A: at most 127 bytes */
    for (size_t i = 0; i < name.len && i < 120; i++) {
        char c = name.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || c == '-' || c == '+' ||
                     c == '_' || c == '.';
        rc_out_char(b, plain ? c : '-');
    }
}
