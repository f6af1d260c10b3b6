/* An expression as tokens. Lua's own scanner keeps lines but no columns; this
 * one finds the column of a mistake, and agrees with Lua on where a token ends.
 * What is ill-formed becomes a token of its own: Lua has reported it. */
#include "script/internal.h"

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char
at(rc_str e, size_t i)
{
    return i < e.len ? e.at[i] : '\0';
}

/* The end of a long bracket "[[...]]" or "[=[...]=]" that opens at `i`, or `i`
 * where none opens. */
static size_t
long_end(rc_str e, size_t i)
{
    size_t level = 0, j = i + 1;
    while (at(e, j) == '=') {
        level++;
        j++;
    }
    if (at(e, i) != '[' || at(e, j) != '[')
        return i;
    for (j++; j < e.len; j++) {
        if (e.at[j] != ']')
            continue;
        size_t k = 0;
        while (at(e, j + 1 + k) == '=')
            k++;
        if (k == level && at(e, j + 1 + k) == ']')
            return j + k + 2;
    }
    return e.len;
}

static size_t
quoted_end(rc_str e, size_t i)
{
    char quote = e.at[i++];
    while (i < e.len && e.at[i] != quote) {
        if (e.at[i] == '\\')
            i++;
        i++;
    }
    return i < e.len ? i + 1 : e.len;
}

static size_t
skip_blanks(rc_str e, size_t i)
{
    while (i < e.len) {
        char c = e.at[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            i++;
        } else if (c == '-' && at(e, i + 1) == '-') {
            size_t end = long_end(e, i + 2);
            if (end == i + 2) {
                while (end < e.len && e.at[end] != '\n')
                    end++;
            }
            i = end;
        } else {
            break;
        }
    }
    return i;
}

static size_t
other_end(rc_str e, size_t i)
{
    static const char *const long_ones[] = {"...", "..", "==", "~=", "<=",
                                            ">=",  "//", "<<", ">>", "::"};
    rc_str rest = rc_str_part(e, i, e.len);
    for (size_t k = 0; k < sizeof long_ones / sizeof *long_ones; k++) {
        if (rc_str_starts(rest, long_ones[k]))
            return i + rc_str_z(long_ones[k]).len;
    }
    size_t end = i;
    (void)rc_utf8_next(e, &end);
    return end;
}

static rc_token
next_token(rc_str e, size_t i)
{
    rc_token t = {.from = i};
    char c = e.at[i];
    if (is_letter(c)) {
        t.kind = RC_TOKEN_NAME;
        for (t.to = i; is_letter(at(e, t.to)) || is_digit(at(e, t.to));)
            t.to++;
    } else if (is_digit(c) || (c == '.' && is_digit(at(e, i + 1)))) {
        t.kind = RC_TOKEN_NUMBER;
        for (t.to = i; is_letter(at(e, t.to)) || is_digit(at(e, t.to)) ||
                       at(e, t.to) == '.';)
            t.to++;
    } else if (c == '"' || c == '\'') {
        t.kind = RC_TOKEN_STRING;
        t.to = quoted_end(e, i);
    } else if (c == '[' && long_end(e, i) != i) {
        t.kind = RC_TOKEN_STRING;
        t.to = long_end(e, i);
    } else {
        t.kind = RC_TOKEN_OTHER;
        t.to = other_end(e, i);
    }
    return t;
}

rc_tokens
rc_tokens_make(rc_arena *a, rc_str expression)
{
    RC_VEC(rc_token) v = {0};
    for (size_t i = skip_blanks(expression, 0); i < expression.len;) {
        rc_token t = next_token(expression, i);
        *rc_vec_push(a, &v) = t;
        i = skip_blanks(expression, t.to);
    }
    return (rc_tokens){v.at, v.count};
}

/* What stands for a token while figures learn of "==". */
static rc_str
equal_token(rc_str e, rc_token t)
{
    rc_str text = rc_str_part(e, t.from, t.to);
    if (t.kind != RC_TOKEN_OTHER)
        return text;
    return rc_str_is(text, "==")   ? RC_LIT("<=__is|")
           : rc_str_is(text, "~=") ? RC_LIT("<__is|")
                                   : text;
}

static rc_str
rewrite(rc_arena *a, rc_str e, rc_tokens t, bool spread, bool equal)
{
    enum { LONGEST = 7 }; /* of "<=__is|" */
    char *out = RC_MAKE_ARRAY(a, char, e.len + t.count * (LONGEST + 1) + 1);
    size_t len = 0, from = 0;
    for (size_t i = 0; i < t.count; i++) {
        for (; !spread && from < t.at[i].from; from++)
            out[len++] = e.at[from];
        rc_str text = equal ? equal_token(e, t.at[i])
                            : rc_str_part(e, t.at[i].from, t.at[i].to);
        for (size_t j = 0; j < text.len; j++)
            out[len++] = text.at[j];
        from = t.at[i].to;
        if (spread)
            out[len++] = '\n';
    }
    for (; !spread && from < e.len; from++)
        out[len++] = e.at[from];
    return (rc_str){out, len};
}

rc_str
rc_tokens_spread(rc_arena *a, rc_str expression, rc_tokens t)
{
    return rewrite(a, expression, t, true, false);
}

rc_str
rc_tokens_equal(rc_arena *a, rc_str expression, rc_tokens t, bool spread)
{
    return rewrite(a, expression, t, spread, true);
}

size_t
rc_tokens_on_line(rc_str expression, rc_tokens t, int line)
{
    int at_line = RC_FIRST_LINE;
    for (size_t i = 0; i < t.count; i++) {
        for (size_t j = t.at[i].from; j < t.at[i].to; j++)
            at_line += expression.at[j] == '\n'; /* in a long text */
        if (line <= at_line)
            return i;
        at_line++;
    }
    return t.count;
}
