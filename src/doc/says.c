/* What is read aloud in another way than it is printed: the marks of low bases
 * ("85*"), "*" in place of a figure, and abbreviations. */
#include "doc/internal.h"

#include <string.h>

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the mark of a low base at `at`, behind a digit; 0 none. */
static size_t
mark_at(rc_str s, size_t at)
{
    if (s.at[at] != '*' || !at || !is_digit(s.at[at - 1]))
        return 0;
    size_t n = 1;
    while (at + n < s.len && s.at[at + n] == '*')
        n++;
    return n <= 2 ? n : 0;
}

/* "base below 100": what `*` and `**` say. */
static rc_str
mark_words(rc_binder *b, size_t stars)
{
    int64_t limit = stars == 1 ? b->report->caution : b->report->counts;
    return rc_word_fill(b->a, b->words->base_below,
                        rc_print_int(b->a, limit));
}

rc_str
rc_says_marks(rc_binder *b, rc_str s)
{
    rc_buf out = {0};
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        size_t n = mark_at(s, i);
        if (!n)
            continue;
        rc_buf_printf(&out, "%.*s, %.*s", RC_STR(rc_str_part(s, from, i)),
                      RC_STR(mark_words(b, n)));
        from = i + n;
        i = from - 1;
    }
    if (!from)
        return s;
    rc_buf_add(&out, rc_str_part(s, from, s.len));
    rc_str done = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return done;
}

rc_str
rc_says_cell(rc_binder *b, rc_str text, bool figure)
{
    if (figure && rc_str_is(text, "*"))
        return b->words->less_than_half;
    if (figure && rc_str_is(text, "-"))
        return RC_LIT("0");
    if (!figure && (rc_str_is(text, "*") || rc_str_is(text, "**")))
        return mark_words(b, text.len);
    return (rc_str){0};
}

void
rc_column_sub(rc_binder *b, rc_table_column *column, rc_str sub)
{
    rc_str says = rc_says_marks(b, sub);
    column->sub = sub;
    column->sub_says = rc_str_eq(says, sub) ? (rc_str){0} : says;
}

/* -- abbreviations --------------------------------------------------------- */
/* ASCII letters and digits, and letters beyond ASCII (but not the dashes and
 * quotation marks of U+2000 on, whose first byte is E2). */
static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
           ((unsigned char)c >= 0xC3 && (unsigned char)c != 0xE2);
}

static bool
begins_word(rc_str s, size_t at)
{
    size_t before = at;
    while (before > 0 && ((unsigned char)s.at[before - 1] & 0xC0) == 0x80)
        before--; /* to the first byte of the character before */
    return before == 0 || !is_word(s.at[before - 1]);
}

static bool
ends_word(rc_str s, size_t end)
{
    return end >= s.len || !is_word(s.at[end]);
}

/* The longest abbreviation that is the word at `at`; -1 none. */
static int
abbreviation_at(const rc_says *t, rc_str s, size_t at)
{
    int best = -1;
    if (!begins_word(s, at))
        return best;
    for (size_t i = 0; i < t->count; i++) {
        rc_str name = t->at[i].name;
        bool longer = best < 0 || name.len > t->at[best].name.len;
        if (name.len && longer && at + name.len <= s.len &&
            memcmp(s.at + at, name.at, name.len) == 0 &&
            ends_word(s, at + name.len))
            best = (int)i;
    }
    return best;
}

/* "clinical commissioning groups (CCGs)": the text says it itself. */
static bool
is_explained(rc_str s, size_t at, rc_str expansion)
{
    if (at < 2 + expansion.len || s.at[at - 1] != '(' || s.at[at - 2] != ' ')
        return false;
    rc_str before = rc_str_part(s, at - 2 - expansion.len, at - 2);
    return rc_str_distance(before, expansion, 1) <= 1; /* or its capital */
}

static void
push(rc_binder *b, rc_inline_vec *out, const rc_inline *like, rc_str text,
     rc_str says, uint8_t style)
{
    if (!text.len)
        return;
    rc_inline *run = rc_vec_push(b->scratch, out);
    *run = *like;
    run->text = text;
    run->says = says;
    run->style |= style;
}

void
rc_says_split(rc_binder *b, const rc_inline *run, bool expands,
              rc_inline_vec *out)
{
    rc_says *t = &b->says;
    rc_str s = run->text;
    size_t from = 0;
    for (size_t i = 0; i < s.len;) {
        size_t stars = mark_at(s, i), n = stars;
        rc_str says = {0};
        uint8_t style = 0;
        if (stars) {
            says = rc_str_printf(b->a, ", %.*s",
                                 RC_STR(mark_words(b, stars)));
        } else if (expands && t->begins[(unsigned char)s.at[i]]) {
            int k = abbreviation_at(t, s, i);
            n = k >= 0 ? t->at[k].name.len : 0;
            if (k >= 0 && !t->said[k]) {
                t->said[k] = true;
                if (!is_explained(s, i, t->at[k].value)) {
                    says = t->at[k].value;
                    style = RC_STYLE_SHORT;
                }
            }
        }
        if (says.len) {
            push(b, out, run, rc_str_part(s, from, i), (rc_str){0}, 0);
            push(b, out, run, rc_str_part(s, i, i + n), says, style);
            from = i + n;
        }
        i += n ? n : 1;
    }
    push(b, out, run, rc_str_part(s, from, s.len), (rc_str){0}, 0);
}

void
rc_says_begin_chapter(rc_binder *b)
{
    if (b->says.count)
        memset(b->says.said, 0, b->says.count * sizeof *b->says.said);
}
