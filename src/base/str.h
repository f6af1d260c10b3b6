/* Strings: slices of UTF-8, never NUL-terminated unless a function says so. */
#ifndef RC_BASE_STR_H
#define RC_BASE_STR_H

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"

typedef struct rc_str {
    const char *at;
    size_t len;
} rc_str;

#define RC_LIT(s) ((rc_str){("" s), sizeof(s) - 1})
#define RC_STR(s) (int)(s).len, (s).at /* for "%.*s" */

/* The shortest stand here whole: they are called for every character of every
 * text, and next to their caller the compiler knows how long a literal is. */

/* Borrowed; NULL gives empty. */
static inline rc_str
rc_str_z(const char *z)
{
    return z ? (rc_str){z, strlen(z)} : (rc_str){"", 0};
}

static inline bool
rc_str_eq(rc_str a, rc_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool
rc_str_is(rc_str a, const char *z)
{
    return rc_str_eq(a, (rc_str){z, strlen(z)});
}

static inline bool
rc_str_starts(rc_str s, const char *z)
{
    size_t n = strlen(z);
    return s.len >= n && (n == 0 || memcmp(s.at, z, n) == 0);
}

/* FNV-1a, for tables in memory: short keys, nobody's to choose but the
 * author's. Goes on from `h`; the first begins with RC_STR_HASH. */
#define RC_STR_HASH 2166136261u
static inline uint32_t
rc_str_hash(uint32_t h, rc_str s)
{
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.at[i]) * 16777619u;
    return h;
}

/* Clamped. */
static inline rc_str
rc_str_part(rc_str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (rc_str){s.at ? s.at + from : "", to - from};
}

int rc_str_cmp(rc_str a, rc_str b); /* bytewise, total */
bool rc_str_ends(rc_str s, const char *z);
/* Offset of the first `needle` in `s` at or after `from`; SIZE_MAX if none. */
size_t rc_str_find(rc_str s, const char *needle, size_t from);
rc_str rc_str_trim(rc_str s); /* ASCII white space at both ends */

rc_str rc_str_copy(rc_arena *a, rc_str s); /* the copy is NUL-terminated */
const char *rc_str_cz(rc_arena *a, rc_str s); /* NUL-terminated copy */
/* One after another, without the price of a format. */
rc_str rc_str_join(rc_arena *a, rc_str one, rc_str two, rc_str three);
rc_str rc_str_printf(rc_arena *a, const char *format, ...) RC_PRINTF(2, 3);
rc_str rc_str_vprintf(rc_arena *a, const char *format, va_list ap)
    RC_PRINTF(2, 0);

/* A growing byte buffer on the heap. Zero-initialise; free when done. */
typedef struct rc_buf {
    char *at;
    size_t len;
    size_t room;
} rc_buf;
void rc_buf_add(rc_buf *b, rc_str s);
void rc_buf_bytes(rc_buf *b, const void *at, size_t len);
void rc_buf_z(rc_buf *b, const char *z);
void rc_buf_char(rc_buf *b, char c);
void rc_buf_code(rc_buf *b, uint32_t code); /* one code point as UTF-8 */
/* Text as XML has it, in elements and in attributes. Control characters that XML
 * 1.0 (2.2) cannot hold become U+FFFD. */
void rc_buf_xml(rc_buf *b, rc_str s);
/* As a cell of CSV: in quotes where it must be, or `always` (RFC 4180). */
void rc_buf_csv(rc_buf *b, rc_str cell, bool always);
void rc_buf_printf(rc_buf *b, const char *format, ...) RC_PRINTF(2, 3);
rc_str rc_buf_str(const rc_buf *b); /* borrowed until the next change */
void rc_buf_free(rc_buf *b);

/* The code point at *pos, which moves behind it. Ill-formed bytes give
 * 0xFFFD and move one byte; *pos must be < s.len. */
uint32_t rc_utf8_decode(rc_str s, size_t *pos); /* of any length */
static inline uint32_t
rc_utf8_next(rc_str s, size_t *pos)
{
    uint8_t byte = (uint8_t)s.at[*pos];
    if (byte >= 0x80) /* seldom */
        return rc_utf8_decode(s, pos);
    ++*pos;
    return byte;
}

/* True if s is well-formed UTF-8 (no surrogates, nothing over-long, RFC 3629);
 * else *bad is the offset of the first bad byte. */
bool rc_utf8_valid(rc_str s, size_t *bad);

/* The edit distance (Damerau-Levenshtein, adjacent swaps count one), at most
 * `limit` + 1. For "did you mean". */
size_t rc_str_distance(rc_str a, rc_str b, size_t limit);

#endif
