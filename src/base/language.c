/* A tag is read part by part, as its grammar has them (RFC 5646, 2.1): each
 * part says by its length and letters what it can be. Old tags that are kept
 * for their age ("i-klingon") are not known here: all have newer ones. */
#include "base/language.h"

#include <string.h>

#include "base/language_codes.h"

typedef struct language_tag {
    rc_str tag;
    size_t at;   /* where the rest begins */
    rc_str part; /* the part in hand; empty at the end */
    char low[9]; /* the same in lower case; "" if it is longer than any */
} language_tag;

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void
next(language_tag *t)
{
    size_t end = t->at;
    while (end < t->tag.len && t->tag.at[end] != '-')
        end++;
    t->part = rc_str_part(t->tag, t->at, end);
    t->at = end + 1;
    memset(t->low, 0, sizeof t->low);
    for (size_t i = 0; t->part.len < sizeof t->low && i < t->part.len; i++)
        t->low[i] = lower(t->part.at[i]);
}

/* `least` to `most` letters and digits, or letters alone. */
static bool
has_form(const language_tag *t, size_t least, size_t most, bool digits)
{
    if (t->part.len < least || t->part.len > most)
        return false;
    for (size_t i = 0; i < t->part.len; i++)
        if (!is_letter(t->part.at[i])
            && !(digits && is_digit(t->part.at[i])))
            return false;
    return true;
}

/* Whether `codes`, each of `width` letters, have the first of `part`. */
static bool
has_code(const char *codes, const char *part, size_t width)
{
    for (; *codes; codes += width)
        if (memcmp(codes, part, width) == 0)
            return true;
    return false;
}

/* -- languages ------------------------------------------------------------- */
typedef enum short_by { BY_CODE, BY_LONG_CODE, BY_NAME } short_by;

static bool
same_letters(rc_str a, rc_str b)
{
    for (size_t i = 0; a.len == b.len && i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return a.len == b.len;
}

/* The code of two letters; empty if there is none. */
static rc_str
find_short(rc_str s, short_by by)
{
    rc_str all = rc_str_z(rc_language_short);
    for (size_t at = 0; at < all.len;) {
        size_t end = rc_str_find(all, "\n", at);
        const rc_str fields[] = {
            [BY_CODE] = rc_str_part(all, at, at + 2),
            [BY_LONG_CODE] = rc_str_part(all, at + 2, at + 5),
            [BY_NAME] = rc_str_part(all, at + 5, end),
        };
        if (same_letters(fields[by], s))
            return fields[BY_CODE];
        at = end + 1;
    }
    return (rc_str){0};
}

static bool
is_long(const language_tag *t)
{
    return has_form(t, 3, 3, false)
           && has_code(rc_language_long[t->low[0] - 'a'], t->low + 1, 2);
}

static bool
is_language(const language_tag *t)
{
    return has_form(t, 2, 2, false) ? find_short(t->part, BY_CODE).len > 0
                                    : is_long(t);
}

/* -- what follows a language ----------------------------------------------- */
static bool
is_script(const language_tag *t)
{
    return has_form(t, 4, 4, false) && has_code(rc_language_scripts, t->low, 4);
}

/* A country, or the number of a part of the world (UN M.49). */
static bool
is_region(const language_tag *t)
{
    if (has_form(t, 2, 2, false))
        return has_code(rc_language_countries, t->low, 2);
    return t->part.len == 3 && is_digit(t->low[0]) && is_digit(t->low[1])
           && is_digit(t->low[2]);
}

static bool
is_variant(const language_tag *t)
{
    return has_form(t, 5, 8, true)
           || (has_form(t, 4, 4, true) && is_digit(t->low[0]));
}

/* "u-ca-gregory", "x-ours": a letter, and parts that belong to it. */
static bool
skip_extension(language_tag *t)
{
    bool own = t->low[0] == 'x';
    rc_str letter = t->part;
    if (!has_form(t, 1, 1, true))
        return false;
    next(t);
    if (!has_form(t, own ? 1 : 2, 8, true)) {
        t->part = letter; /* that is alone */
        return false;
    }
    while (has_form(t, own ? 1 : 2, 8, true))
        next(t);
    return true;
}

/* The part that does not belong where it stands; empty if all do. */
static rc_str
find_stray(language_tag *t)
{
    next(t);
    if (is_long(t))
        next(t); /* zh-yue */
    if (is_script(t))
        next(t);
    if (is_region(t))
        next(t);
    while (is_variant(t))
        next(t);
    while (t->part.len && skip_extension(t))
        ;
    return t->part;
}

/* -- what is wrong --------------------------------------------------------- */
static rc_diag *
refuse(rc_log *log, rc_str tag, rc_span at)
{
    rc_diag *d = rc_log_check(log, "unknown-language", at,
                              "unknown language '%.*s'", RC_STR(tag));
    rc_diag_hint(d, "a tag of BCP 47: 'en', or with the country 'en-GB'");
    return d;
}

static void
refuse_language(rc_log *log, const language_tag *t, rc_span at)
{
    rc_diag *d = refuse(log, t->tag, at);
    rc_str code = find_short(t->part, BY_LONG_CODE);
    if (!code.len)
        code = find_short(t->part, BY_NAME);
    if (code.len)
        rc_diag_hint(d, "did you mean '%.*s%.*s'?", RC_STR(code),
                     RC_STR(rc_str_part(t->tag, t->part.len, t->tag.len)));
}

static void
refuse_part(rc_log *log, rc_str tag, rc_str part, rc_span at)
{
    rc_diag *d = refuse(log, tag, at);
    size_t from = (size_t)(part.at - tag.at);
    if (same_letters(part, RC_LIT("uk"))) /* ISO 3166 keeps it for GB */
        rc_diag_hint(d, "did you mean '%.*sGB%.*s'?",
                     RC_STR(rc_str_part(tag, 0, from)),
                     RC_STR(rc_str_part(tag, from + 2, tag.len)));
    else if (part.len)
        rc_diag_hint(d, "'%.*s' is no country, script or variant there",
                     RC_STR(part));
}

bool
rc_language_check(rc_log *log, rc_str tag, rc_span at)
{
    language_tag t = {.tag = tag};
    size_t low = rc_str_find(tag, "_", 0);
    if (low != SIZE_MAX) {
        rc_diag_hint(refuse(log, tag, at), "did you mean '%.*s-%.*s'?",
                     RC_STR(rc_str_part(tag, 0, low)),
                     RC_STR(rc_str_part(tag, low + 1, tag.len)));
        return false;
    }
    next(&t);
    if (!is_language(&t)) {
        refuse_language(log, &t, at);
        return false;
    }
    rc_str stray = find_stray(&t);
    bool ends_in_hyphen = tag.at[tag.len - 1] == '-';
    if (!stray.len && t.at <= tag.len) /* "en--GB" */
        stray = rc_str_part(tag, t.at, tag.len);
    if (stray.len || ends_in_hyphen)
        refuse_part(log, tag, stray, at);
    return !stray.len && !ends_in_hyphen;
}
