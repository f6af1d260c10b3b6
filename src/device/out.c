#include "device/out.h"

#include <string.h>

void
rc_out_z(rc_buf *b, const char *z)
{
    size_t n = strlen(z);
    memcpy(rc_out_room(b, n), z, n);
    b->len += n;
}

static size_t
print_digits(char *to, uint64_t n)
{
    char digits[20];
    size_t count = 0;
    do
        digits[count++] = (char)('0' + n % 10);
    while (n /= 10);
    for (size_t i = 0; i < count; i++)
        to[i] = digits[count - 1 - i];
    return count;
}

void
rc_out_int(rc_buf *b, int64_t n)
{
    char *to = rc_out_room(b, 21), *at = to;
    if (n < 0)
        *at++ = '-';
    at += print_digits(at, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
    b->len += (size_t)(at - to);
}

void
rc_out_points(rc_buf *b, int64_t hundredths)
{
    char *to = rc_out_room(b, 24), *at = to;
    uint64_t n = (uint64_t)hundredths;
    if (hundredths < 0) {
        *at++ = '-';
        n = 0 - n;
    }
    uint64_t whole = n / 100, part = n % 100;
    if (whole || !part)
        at += print_digits(at, whole);
    if (part) {
        *at++ = '.';
        *at++ = (char)('0' + part / 10);
        if (part % 10)
            *at++ = (char)('0' + part % 10);
    }
    b->len += (size_t)(at - to);
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
    rc_out_char(b, ' ');
    rc_out_int(b, id);
    rc_out_z(b, " 0 R");
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

void
rc_out_hex(rc_buf *b, uint32_t value, int digits)
{
    char *to = rc_out_room(b, (size_t)digits);
    for (int i = 0; i < digits; i++)
        to[i] = "0123456789ABCDEF"[value >> 4 * (digits - 1 - i) & 15];
    b->len += (size_t)digits;
}

void
rc_out_utf16(rc_buf *b, rc_str utf8)
{
    for (size_t at = 0; at < utf8.len;) {
        uint32_t c = rc_utf8_next(utf8, &at);
        if (c >= 0x10000) {
            rc_out_hex(b, 0xD800 + ((c - 0x10000) >> 10), 4);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        rc_out_hex(b, c, 4);
    }
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
