/* Typography, once the values are in: straight quotes become curly ones (the
 * outer pair single, as British books have it), "--" an en dash, "..." an
 * ellipsis, and spaces that must not break become no-break spaces: "273 leads",
 * "95% level", "Figure 3.1", "9 October".
 *
 * The runs of a prose are read as one text, so that a quote may open in one
 * run and close in another. */
#include "doc/internal.h"

#define NBSP 0xA0u
enum { NEAR = 2000 }; /* bytes a quotation may be long to be looked for */

typedef struct typo {
    rc_str in;
    size_t pos;
    rc_buf out;
    uint32_t before; /* the character before, 0 at the start */
    char quotes[8];  /* open quotes: '"' or '\'' */
    int depth;
    size_t token; /* where in `out` the word at hand starts */
    size_t run;   /* where in `out` the run at hand starts */
} typo;

static bool
is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

static bool
is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* True where a quote mark after this character opens. */
static bool
opens_after(uint32_t c)
{
    return c == 0 || c == ' ' || c == '\n' || c == NBSP || c == '(' ||
           c == '[' || c == '/' || c == 0x2013 || c == 0x2014 || c == 0x2018 ||
           c == 0x201C;
}

static uint32_t
peek(const typo *t)
{
    size_t at = t->pos;
    return at < t->in.len ? rc_utf8_next(t->in, &at) : 0;
}

static void
put(typo *t, uint32_t c)
{
    rc_buf_code(&t->out, c);
    t->before = c;
}

static void
open_quote(typo *t, char mark)
{
    put(t, t->depth % 2 ? 0x201C : 0x2018);
    if (t->depth < (int)sizeof t->quotes)
        t->quotes[t->depth] = mark;
    t->depth++;
}

static void
close_quote(typo *t)
{
    t->depth--;
    put(t, t->depth % 2 ? 0x201D : 0x2019);
}

static bool
is_open(const typo *t, char mark)
{
    return t->depth > 0 && t->depth <= (int)sizeof t->quotes &&
           t->quotes[t->depth - 1] == mark;
}

/* Some mark further on that can close a single quote opened here: one that
 * follows a letter or stop and stands before no letter. */
static bool
has_closing_single(const typo *t)
{
    uint32_t before = 0;
    rc_str near = rc_str_part(t->in, 0, t->pos + NEAR);
    for (size_t i = t->pos; i < near.len;) {
        uint32_t c = rc_utf8_next(t->in, &i);
        if (c == '\'' && before && before != ' ') {
            size_t at = i;
            uint32_t next = at < t->in.len ? rc_utf8_next(t->in, &at) : 0;
            if (!is_letter(next) && !is_digit(next))
                return true;
        }
        before = c;
    }
    return false;
}

static void
put_double(typo *t)
{
    if (is_open(t, '"') && !opens_after(t->before))
        close_quote(t);
    else if (opens_after(t->before))
        open_quote(t, '"');
    else
        put(t, 0x2019);
}

static void
put_single(typo *t)
{
    uint32_t next = peek(t);
    bool before_word = is_letter(next) || is_digit(next);
    if (opens_after(t->before) && before_word && !is_digit(next) &&
        has_closing_single(t)) {
        open_quote(t, '\'');
        return;
    }
    if (is_open(t, '\'') && !before_word && t->before != 's')
        close_quote(t);
    else if (is_open(t, '\'') && !before_word && !has_closing_single(t))
        close_quote(t);
    else
        put(t, 0x2019);
}

static bool
word_in(rc_str w, const char *const *list)
{
    for (; *list; list++)
        if (rc_str_is(w, *list))
            return true;
    return false;
}

/* "273", "64%", "1,204", "9", but no year. */
static bool
is_number(rc_str w)
{
    size_t digits = 0;
    size_t i = 0;
    while (i < w.len && (w.at[i] == '(' || w.at[i] == '['))
        i++;
    rc_str rest = rc_str_part(w, i, w.len);
    if (rc_str_starts(rest, "\u2212"))
        i += 3;
    else if (rc_str_starts(rest, "\u00b1"))
        i += 2;
    size_t from = i;
    for (; i < w.len; i++) {
        if (is_digit((unsigned char)w.at[i]))
            digits++;
        else if (w.at[i] != ',' && w.at[i] != '.' && w.at[i] != '%')
            return false;
    }
    if (!digits || w.at[w.len - 1] == ',' || w.at[w.len - 1] == '.')
        return false;
    bool year = digits == 4 && w.len - from == 4 &&
                (w.at[from] == '1' || w.at[from] == '2');
    return !year;
}

/* A space between the word before (in `out`) and the one that follows. */
static uint32_t
space_between(const typo *t)
{
    static const char *const loose[] = {
        "of",       "and",    "to",        "or",      "in",         "were",
        "was",      "are",    "is",        "at",      "with",       "on",
        "by",       "for",    "from",      "as",      "but",        "that",
        "said",     "agreed", "disagreed", "agree",   "disagree",   "who",
        "compared", "had",    "have",      "overall", "nationally", "did",
        "do",       "the",    "neither",   "out",     "more",       "fewer",
        NULL};
    static const char *const names[] = {
        "Figure",  "Figures", "Table",    "Tables",  "Chapter", "chapter",
        "Section", "section", "Appendix", "Page",    "page",    "Part",
        "Wave",    "wave",    "Note",     "Version", NULL};
    rc_str out = rc_buf_str(&t->out);
    rc_str before = rc_str_part(out, t->token, out.len);
    if (!before.len)
        return ' ';
    size_t end = t->pos;
    while (end < t->in.len && t->in.at[end] != ' ' && t->in.at[end] != '\n')
        end++;
    rc_str next = rc_str_part(t->in, t->pos, end);
    if (!next.len)
        return ' ';
    while (before.len && (before.at[0] == '(' || before.at[0] == '['))
        before = rc_str_part(before, 1, before.len);
    char first = next.at[0];
    if (is_number(before) &&
        ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))) {
        rc_str word = next;
        while (word.len && !is_letter((unsigned char)word.at[word.len - 1]))
            word.len--;
        return word_in(word, loose) ? ' ' : NBSP;
    }
    bool numbered = is_digit((unsigned char)first) ||
                    (first >= 'A' && first <= 'Z' &&
                     (next.len == 1 || !is_letter((unsigned char)next.at[1])));
    if (numbered && word_in(before, names))
        return NBSP;
    if (rc_str_is(before, "per") && rc_str_starts(next, "cent"))
        return NBSP;
    return ' ';
}

static void
step(typo *t)
{
    uint32_t c = rc_utf8_next(t->in, &t->pos);
    if (c == '"') {
        put_double(t);
    } else if (c == '\'') {
        put_single(t);
    } else if (c == '-' && peek(t) == '-') {
        t->pos++;
        if (t->before == ' ' && t->out.len > t->run) {
            t->out.len--; /* the dash stays with the word before it */
            put(t, NBSP);
        }
        put(t, 0x2013);
    } else if (c == '.' &&
               rc_str_starts(rc_str_part(t->in, t->pos, t->in.len), "..")) {
        t->pos += 2;
        put(t, 0x2026);
    } else if (c == ' ') {
        put(t, space_between(t));
        t->token = t->out.len;
    } else {
        if (c == NBSP || c == '\n')
            t->token = t->out.len + (c == NBSP ? 2u : 1u);
        put(t, c);
    }
}

/* Letters stay as they are, and most of a text is letters. */
static void
copy_plain(typo *t, size_t end)
{
    size_t from = t->pos;
    while (t->pos < end) {
        char c = t->in.at[t->pos];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ','))
            break;
        t->pos++;
    }
    if (t->pos == from)
        return;
    rc_buf_bytes(&t->out, t->in.at + from, t->pos - from);
    t->before = (unsigned char)t->in.at[t->pos - 1];
}

static bool
needs_work(rc_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '"' || c == '\'' || c == '.' || (c >= '0' && c <= '9') ||
            (c == '-' && i + 1 < s.len && s.at[i + 1] == '-') ||
            (c == 'p' && rc_str_starts(rc_str_part(s, i, s.len), "per cent")) ||
            (c == ' ' && i + 2 < s.len && s.at[i + 1] >= 'A' &&
             s.at[i + 1] <= 'Z' && !is_letter((unsigned char)s.at[i + 2])))
            return true;
    }
    return false;
}

void
rc_typo(rc_arena *a, rc_inline *runs, size_t count)
{
    rc_typo_inside(a, runs, count, 0);
}

void
rc_typo_inside(rc_arena *a, rc_inline *runs, size_t count, int depth)
{
    rc_buf whole = {0};
    bool work = false;
    for (size_t i = 0; i < count && !work; i++)
        work = runs[i].kind == RC_INLINE_TEXT && needs_work(runs[i].text);
    if (!work)
        return;
    for (size_t i = 0; i < count; i++)
        if (runs[i].kind == RC_INLINE_TEXT)
            rc_buf_add(&whole, runs[i].text);
    typo t = {.in = rc_buf_str(&whole), .depth = depth};
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        if (runs[i].kind != RC_INLINE_TEXT)
            continue;
        end += runs[i].text.len;
        size_t from = t.run = t.out.len;
        while (t.pos < end) {
            copy_plain(&t, end);
            if (t.pos < end)
                step(&t);
        }
        rc_str out = rc_buf_str(&t.out);
        runs[i].text = rc_str_copy(a, rc_str_part(out, from, out.len));
    }
    rc_buf_free(&t.out);
    rc_buf_free(&whole);
}

rc_str
rc_typo_text(rc_arena *a, rc_str text)
{
    rc_inline run = {.kind = RC_INLINE_TEXT, .text = text};
    rc_typo(a, &run, 1);
    return run.text;
}
