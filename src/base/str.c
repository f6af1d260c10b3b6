#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
rc_str_cmp(rc_str a, rc_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool
rc_str_ends(rc_str s, const char *z)
{
    size_t n = strlen(z);
    return s.len >= n && rc_str_is(rc_str_part(s, s.len - n, s.len), z);
}

size_t
rc_str_find(rc_str s, const char *needle, size_t from)
{
    size_t n = strlen(needle);
    if (n == 0)
        return from <= s.len ? from : SIZE_MAX;
    while (from < s.len && s.len - from >= n) {
        const char *p = memchr(s.at + from, needle[0], s.len - from - n + 1);
        if (!p)
            break;
        if (memcmp(p, needle, n) == 0)
            return (size_t)(p - s.at);
        from = (size_t)(p - s.at) + 1;
    }
    return SIZE_MAX;
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

rc_str
rc_str_trim(rc_str s)
{
    size_t from = 0, to = s.len;
    while (from < to && is_blank(s.at[from]))
        from++;
    while (to > from && is_blank(s.at[to - 1]))
        to--;
    return rc_str_part(s, from, to);
}

/* -- making ---------------------------------------------------------------- */

rc_str
rc_str_copy(rc_arena *a, rc_str s)
{
    rc_assert(s.len < SIZE_MAX);
    char *p = rc_arena_array(a, s.len + 1, 1);
    if (s.len)
        memcpy(p, s.at, s.len);
    return (rc_str){p, s.len};
}

const char *
rc_str_cz(rc_arena *a, rc_str s)
{
    return rc_str_copy(a, s).at;
}

rc_str
rc_str_join(rc_arena *a, rc_str one, rc_str two, rc_str three)
{
    size_t len = one.len + two.len + three.len;
    char *p = rc_arena_array(a, len + 1, 1), *at = p;
    const rc_str parts[] = {one, two, three};
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].len)
            memcpy(at, parts[i].at, parts[i].len);
        at += parts[i].len;
    }
    return (rc_str){p, len};
}

rc_str
rc_str_vprintf(rc_arena *a, const char *format, va_list ap)
{
    char brief[256]; /* most texts fit, and are formatted once */
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(brief, sizeof brief, format, again);
    va_end(again);
    rc_assert(n >= 0);
    if ((size_t)n < sizeof brief)
        return rc_str_copy(a, (rc_str){brief, (size_t)n});
    char *p = rc_arena_array(a, (size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, format, ap);
    return (rc_str){p, (size_t)n};
}

rc_str
rc_str_printf(rc_arena *a, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    rc_str s = rc_str_vprintf(a, format, ap);
    va_end(ap);
    return s;
}

/* -- buffers --------------------------------------------------------------- */

static void
buf_reserve(rc_buf *b, size_t more)
{
    if (b->room - b->len >= more)
        return;
    size_t room = b->room ? b->room : 64;
    while (room - b->len < more && room <= SIZE_MAX / 2)
        room *= 2;
    /* an impossible size ends the process inside rc_heap_grow */
    if (room - b->len < more)
        room = SIZE_MAX;
    b->at = rc_heap_grow(b->at, room, 1);
    b->room = room;
}

void
rc_buf_bytes(rc_buf *b, const void *at, size_t len)
{
    if (len == 0)
        return;
    buf_reserve(b, len);
    memcpy(b->at + b->len, at, len);
    b->len += len;
}

void
rc_buf_add(rc_buf *b, rc_str s)
{
    rc_buf_bytes(b, s.at, s.len);
}

void
rc_buf_z(rc_buf *b, const char *z)
{
    rc_buf_bytes(b, z, strlen(z));
}

void
rc_buf_char(rc_buf *b, char c)
{
    buf_reserve(b, 1);
    b->at[b->len++] = c;
}

void
rc_buf_code(rc_buf *b, uint32_t c)
{
    if (c < 0x80) {
        rc_buf_char(b, (char)c);
        return;
    }
    int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    unsigned char bytes[4];
    bytes[0] = (unsigned char)(lead[tail] | (c >> (6 * tail)));
    for (int i = 1; i <= tail; i++)
        bytes[i] = (unsigned char)(0x80 | ((c >> (6 * (tail - i))) & 0x3F));
    rc_buf_bytes(b, bytes, (size_t)tail + 1);
}

void
rc_buf_csv(rc_buf *b, rc_str cell, bool always)
{
    bool quoted = always;
    for (size_t i = 0; i < cell.len && !quoted; i++)
        quoted = cell.at[i] == ',' || cell.at[i] == '"' ||
                 cell.at[i] == '\n' || cell.at[i] == '\r';
    if (!quoted) {
        rc_buf_add(b, cell);
        return;
    }
    rc_buf_char(b, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"')
            rc_buf_char(b, '"');
        rc_buf_char(b, cell.at[i]);
    }
    rc_buf_char(b, '"');
}

void
rc_buf_printf(rc_buf *b, const char *format, ...)
{
    va_list ap, again;
    va_start(ap, format);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    rc_assert(n >= 0);
    buf_reserve(b, (size_t)n + 1);
    vsnprintf(b->at + b->len, (size_t)n + 1, format, ap);
    b->len += (size_t)n;
    va_end(ap);
}

rc_str
rc_buf_str(const rc_buf *b)
{
    return b->len ? (rc_str){b->at, b->len} : (rc_str){"", 0};
}

void
rc_buf_xml(rc_buf *b, rc_str s)
{
    for (size_t pos = 0; pos < s.len;) {
        uint32_t c = rc_utf8_next(s, &pos);
        if (c == '&')
            rc_buf_z(b, "&amp;");
        else if (c == '<')
            rc_buf_z(b, "&lt;");
        else if (c == '>')
            rc_buf_z(b, "&gt;");
        else if (c == '"')
            rc_buf_z(b, "&quot;");
        else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0xFFFE ||
                 c == 0xFFFF)
            rc_buf_code(b, 0xFFFD);
        else
            rc_buf_code(b, c);
    }
}

void
rc_buf_free(rc_buf *b)
{
    free(b->at);
    *b = (rc_buf){0};
}

/* -- UTF-8 ----------------------------------------------------------------- */

/* Length of the well-formed sequence at s.at[pos] (RFC 3629, table of section
 * 4), and its code point; 0 when it is ill-formed. */
static size_t
sequence(rc_str s, size_t pos, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)s.at + pos;
    size_t left = s.len - pos;
    uint32_t c = p[0];
    if (c < 0x80) {
        *code = c;
        return 1;
    }
    size_t n = c >= 0xC2 && c <= 0xDF   ? 2
               : c >= 0xE0 && c <= 0xEF ? 3
               : c >= 0xF0 && c <= 0xF4 ? 4
                                        : 0;
    if (n == 0 || left < n)
        return 0;
    c &= 0x7Fu >> n;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    bool over_long = (n == 3 && c < 0x800) || (n == 4 && c < 0x10000);
    if (over_long || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return n;
}

uint32_t
rc_utf8_decode(rc_str s, size_t *pos)
{
    uint32_t code = 0xFFFD;
    size_t n = sequence(s, *pos, &code);
    *pos += n ? n : 1;
    return code;
}

bool
rc_utf8_valid(rc_str s, size_t *bad)
{
    for (size_t pos = 0; pos < s.len;) {
        uint32_t code;
        size_t n = (uint8_t)s.at[pos] < 0x80 ? 1 : sequence(s, pos, &code);
        if (n == 0) {
            *bad = pos;
            return false;
        }
        pos += n;
    }
    return true;
}

/* -- distance -------------------------------------------------------------- */

static size_t
min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

static size_t
decode(rc_str s, uint32_t *out)
{
    size_t n = 0;
    for (size_t pos = 0; pos < s.len;)
        out[n++] = rc_utf8_next(s, &pos);
    return n;
}

/* Optimal string alignment, three rows of the table at a time. */
static size_t
table_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb,
               size_t limit, size_t *rows)
{
    size_t *before = rows, *last = rows + nb + 1, *now = rows + 2 * (nb + 1);
    for (size_t j = 0; j <= nb; j++)
        last[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t least = now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t swap_cost = a[i - 1] != b[j - 1];
            now[j] = min3(last[j] + 1, now[j - 1] + 1, last[j - 1] + swap_cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
            if (now[j] < least)
                least = now[j];
        }
        /* a swap reaches back two rows and adds one: wait for that too */
        if (least > limit + 1)
            return limit + 1;
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[nb] > limit ? limit + 1 : last[nb];
}

size_t
rc_str_distance(rc_str a, rc_str b, size_t limit)
{
    rc_assert(limit < SIZE_MAX - 1);
    uint32_t *codes = rc_heap_grow(NULL, a.len + b.len, sizeof *codes);
    size_t na = decode(a, codes), nb = decode(b, codes + na);
    size_t apart = na > nb ? na - nb : nb - na;
    size_t found = limit + 1;
    if (apart <= limit) {
        size_t *rows = rc_heap_grow(NULL, 3 * (nb + 1), sizeof *rows);
        found = table_distance(codes, na, codes + na, nb, limit, rows);
        free(rows);
    }
    free(codes);
    return found;
}
