/* Setting a paragraph, the fast road: words from the cache, a greedy breaker,
 * lines of parts. The slow road (slow.c) gives the same through PangoLayout;
 * the tests hold the two against each other.
 *
 *   runs      what the caller gave       "The |area team| works"
 *   stretches runs shaped as one         style and raise alike
 *   pieces    words, cut at stretches
 *   atoms     from break to break        "full-" "time " "work"
 *   lines     atoms, greedily
 *   parts     of a line: alike in style, raise, colour and tag (part.c)
 *
 * Invariants:
 *  1. pieces and atoms are in text order; an atom never ends inside a space;
 *  2. the width of a stretch of text is counted from the glyphs of whole
 *     words, so a cut at a hyphen does not change what fits; the cut halves
 *     are shaped anew for the page. PangoLayout does the same;
 *  3. one space at which a line was broken stays as the line's last glyph, so
 *     that extracted text keeps its words apart; it counts in no width. */
#include "text/inner.h"

#include <string.h>

rc_len
rc_text_clamp(int64_t x)
{
    return x > INT32_MAX ? INT32_MAX : x < INT32_MIN ? INT32_MIN : (rc_len)x;
}

int16_t
rc_text_offset(int x)
{
    return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
}

/* -- joining the runs --------------------------------------------------------- */

/* U+2028 or U+2029 at `at`? Three bytes, E2 80 A8 or A9. In the joined text
 * they are a line feed, every other control character is a space. */
static bool
is_separator(rc_str s, size_t at)
{
    return at + 2 < s.len && (uint8_t)s.at[at] == 0xE2 &&
           (uint8_t)s.at[at + 1] == 0x80 &&
           ((uint8_t)s.at[at + 2] & 0xFE) == 0xA8;
}

static bool
is_plain_run(rc_fonts *f, const rc_text_face *face, uint32_t style, rc_str s)
{
    if (!f->styles.at[style].latin)
        return false;
    for (size_t at = 0; at < s.len;) {
        uint8_t byte = (uint8_t)s.at[at];
        if (byte == ' ' || byte == '\n') {
            at++;
        } else if (byte < 0x80) {
            if (!rc_text_is_plain(face, byte))
                return false;
            at++;
        } else if (!rc_text_is_plain(face, rc_utf8_next(s, &at))) {
            return false;
        }
    }
    return true;
}

/* Copies a run's text with its white space made plain; returns the length,
 * which is never more than it was. */
static size_t
copy_plain(char *to, rc_str s)
{
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (is_separator(s, i)) {
            c = '\n';
            i += 2;
        } else if ((uint8_t)c < 0x20 || c == 0x7F) {
            c = ' ';
        }
        to[len++] = c;
    }
    return len;
}

static void
join_runs(rc_setting *s)
{
    const rc_text_spec *spec = s->spec;
    rc_fonts *f = s->fonts;
    size_t len = 0;
    for (size_t i = 0; i < spec->count; i++)
        len += spec->runs[i].text.len;
    rc_assert(len < UINT32_MAX);
    char *text = RC_MAKE_ARRAY(s->arena, char, len + 1);
    s->plain = true;
    f->run_ends.count = 0;
    f->stretches.count = 0;
    size_t at = 0;
    for (size_t i = 0; i < spec->count; i++) {
        const rc_text_run *run = &spec->runs[i];
        size_t from = at;
        at += copy_plain(text + at, run->text);
        *rc_pool_push(&f->run_ends) = (uint32_t)at;
        if (at == from)
            continue;
        uint32_t style =
            rc_text_style_index(f, run->face, run->size, run->lang);
        rc_str part = {text + from, at - from};
        if (s->plain)
            s->plain = is_plain_run(f, &f->faces[run->face], style, part);
        rc_stretch *last = f->stretches.count
                               ? &f->stretches.at[f->stretches.count - 1]
                               : NULL;
        if (last && last->style == style && last->raise == run->raise)
            last->to = (uint32_t)at;
        else
            *rc_pool_push(&f->stretches) = (rc_stretch){
                (uint32_t)from, (uint32_t)at, style, run->raise};
    }
    s->text = (rc_str){text, at};
    s->bytes = text;
}

uint32_t
rc_text_run_at(const rc_fonts *f, uint32_t at)
{
    size_t low = 0, high = f->run_ends.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->run_ends.at[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

void
rc_text_warn_overfull(const rc_setting *s, uint32_t from, uint32_t to)
{
    rc_str word = rc_str_part(s->text, from, to);
    while (word.len > 40 || (word.len && word.len < to - from &&
                             ((uint8_t)word.at[word.len] & 0xC0) == 0x80))
        word.len--;
    rc_diag *d = rc_log_warning(
        s->log, "overfull-line",
        s->spec->runs[rc_text_run_at(s->fonts, from)].span,
        "'%.*s' is wider than its column and was broken", RC_STR(word));
    rc_diag_hint(d, "shorten it, or let it break with U+200B or a hyphen");
}

/* -- atoms ---------------------------------------------------------------------- */

/* A place among the glyphs of the pieces, moving forward only, so that long
 * words cost what they are long. */
typedef struct rc_cursor {
    uint32_t piece, glyph;
} rc_cursor;

/* Width of the glyphs from the cursor up to byte `to`, where it then stands. */
static int64_t
advance_to(const rc_fonts *f, rc_cursor *c, uint32_t to)
{
    int64_t width = 0;
    while (c->piece < f->pieces.count) {
        const rc_piece *p = &f->pieces.at[c->piece];
        const rc_word *w = p->word;
        if (p->from >= to)
            break;
        if (c->glyph == 0 && p->to <= to) {
            width += w->width;
            c->glyph = w->glyph_count;
        }
        while (c->glyph < w->glyph_count &&
               p->from + w->glyphs[c->glyph].cluster < to)
            width += w->glyphs[c->glyph++].advance;
        if (c->glyph < w->glyph_count)
            break;
        c->piece++;
        c->glyph = 0;
    }
    return width;
}

/* Adds the pieces of the word [from, to); `stretch` is where it begins. False
 * if one of them kerns against spaces. */
static bool
add_pieces(rc_setting *s, uint32_t from, uint32_t to, uint32_t stretch)
{
    rc_fonts *f = s->fonts;
    bool inert = true;
    while (from < to) {
        const rc_stretch *st = &f->stretches.at[stretch];
        uint32_t end = st->to < to ? st->to : to;
        const rc_word *w =
            rc_word_lookup(f, st->style, rc_str_part(s->text, from, end));
        inert &= w->inert;
        *rc_pool_push(&f->pieces) = (rc_piece){from, end, stretch, w};
        from = end;
        stretch++;
    }
    return inert;
}

/* Closes the atom at byte `to`, with what follows up to `next`. */
static void
end_atom(rc_fonts *f, rc_atom *a, uint32_t to, uint32_t next, bool hard)
{
    a->to = to;
    a->next = next;
    a->hard = hard;
    *rc_pool_push(&f->atoms) = *a;
    uint32_t piece = a->piece;
    while (piece < f->pieces.count && f->pieces.at[piece].to <= next)
        piece++;
    *a = (rc_atom){.from = next, .piece = piece};
}

/* Adds the word [from, to) to the open atom, ending it at each place inside
 * the word where a line may end. */
static void
add_word(rc_setting *s, rc_atom *a, uint32_t from, uint32_t to,
         uint32_t first_piece)
{
    rc_fonts *f = s->fonts;
    const rc_word *w = f->pieces.at[first_piece].word;
    if (first_piece + 1 < f->pieces.count)
        w = rc_word_lookup(f, RC_NO_STYLE, rc_str_part(s->text, from, to));
    rc_cursor cursor = {first_piece, 0};
    for (uint32_t i = 0; i < w->break_count; i++) {
        uint32_t stop = from + w->breaks[i];
        a->width += advance_to(f, &cursor, stop);
        end_atom(f, a, stop, stop, false);
    }
    a->width += advance_to(f, &cursor, to);
}

/* The spaces from `at` on: their end, width, and whether a separator is among
 * them. */
static uint32_t
skip_spaces(rc_setting *s, uint32_t at, uint32_t *stretch, int64_t *width,
            bool *hard)
{
    rc_fonts *f = s->fonts;
    *width = 0;
    *hard = false;
    while (at < s->text.len && !*hard) {
        while (f->stretches.at[*stretch].to <= at)
            ++*stretch;
        if (s->text.at[at] == '\n')
            *hard = true;
        else if (s->text.at[at] == ' ')
            *width += f->styles.at[f->stretches.at[*stretch].style].space;
        else
            break;
        at++;
    }
    return at;
}

static uint32_t
word_end(rc_str text, uint32_t at)
{
    while (at < text.len && text.at[at] != ' ' && text.at[at] != '\n')
        at++;
    return at;
}

static uint32_t
code_before(rc_str s, uint32_t at)
{
    size_t i = at;
    while (i > 0 && ((uint8_t)s.at[--i] & 0xC0) == 0x80)
        ;
    return rc_utf8_next(s, &i);
}

/* Cuts the text into atoms. False if the paragraph must take the slow road. */
static bool
make_atoms(rc_setting *s)
{
    rc_fonts *f = s->fonts;
    f->pieces.count = 0;
    f->atoms.count = 0;
    uint32_t stretch = 0, at = 0, len = (uint32_t)s->text.len;
    rc_atom atom = {0};
    while (at < len) {
        while (f->stretches.at[stretch].to <= at)
            stretch++;
        uint32_t end = word_end(s->text, at);
        bool word = end > at;
        if (word) {
            uint32_t first = (uint32_t)f->pieces.count;
            if (!add_pieces(s, at, end, stretch))
                return false;
            add_word(s, &atom, at, end, first);
        }
        int64_t space;
        bool hard;
        at = skip_spaces(s, end, &stretch, &space, &hard);
        size_t next = at;
        if (hard || at == len || !word ||
            rc_word_gap(f, code_before(s->text, end),
                        rc_utf8_next(s->text, &next))) {
            atom.space = space;
            end_atom(f, &atom, end, at, hard);
        } else {
            atom.width += space;
        }
    }
    return true;
}

/* -- the breaker ------------------------------------------------------------------ */

/* How many lines the atoms need in `width`. */
static size_t
count_lines(const rc_fonts *f, int64_t width)
{
    size_t lines = 0;
    bool open = false;
    int64_t used = 0;
    for (size_t i = 0; i < f->atoms.count; i++) {
        const rc_atom *a = &f->atoms.at[i];
        if (open && used + a->width > width)
            open = false;
        if (!open) {
            used = 0;
            lines++;
            open = true;
        }
        used += a->width + a->space;
        if (a->hard)
            open = false;
    }
    return lines;
}

/* The narrowest measure that needs no more lines and breaks no word. */
static int64_t
balanced_width(const rc_fonts *f, int64_t width)
{
    int64_t low = 1;
    for (size_t i = 0; i < f->atoms.count; i++)
        if (f->atoms.at[i].width > low)
            low = f->atoms.at[i].width;
    if (low > width)
        return width;
    size_t lines = count_lines(f, width);
    int64_t high = width;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (count_lines(f, middle) <= lines)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Moves the cursor over as many clusters before byte `end` as fit `width`, at
 * least one; returns the byte where it stops, their width in *taken. */
static uint32_t
fit_clusters(const rc_fonts *f, rc_cursor *c, uint32_t end, int64_t width,
             int64_t *taken)
{
    *taken = 0;
    bool any = false;
    while (c->piece < f->pieces.count) {
        const rc_piece *p = &f->pieces.at[c->piece];
        const rc_word *w = p->word;
        while (c->glyph < w->glyph_count) {
            uint32_t i = c->glyph, cluster = w->glyphs[i].cluster;
            int64_t sum = 0;
            for (; i < w->glyph_count && w->glyphs[i].cluster == cluster; i++)
                sum += w->glyphs[i].advance;
            uint32_t at = p->from + cluster;
            if (at >= end)
                return end;
            if (any && *taken + sum > width)
                return at;
            *taken += sum;
            c->glyph = i;
            any = true;
        }
        c->piece++;
        c->glyph = 0;
    }
    return end;
}

static void
add_line(rc_fonts *f, const rc_text_line *line)
{
    *rc_pool_push(&f->lines) = *line;
}

/* An atom that no line can hold, at the start of a line: full lines of it are
 * cut off, the rest comes back in *a. */
static void
break_atom(rc_setting *s, rc_atom *a, int64_t width)
{
    rc_fonts *f = s->fonts;
    s->overfull = true;
    if (s->log)
        rc_text_warn_overfull(s, a->from, a->to);
    rc_cursor cursor = {a->piece, 0};
    (void)advance_to(f, &cursor, a->from);
    while (a->width > width) {
        int64_t taken;
        uint32_t stop = fit_clusters(f, &cursor, a->to, width, &taken);
        if (stop >= a->to)
            return;
        add_line(f, &(rc_text_line){a->from, stop, stop, a->piece});
        a->from = stop;
        a->width -= taken;
        a->piece = cursor.piece;
    }
}

static void
break_lines(rc_setting *s, int64_t width)
{
    rc_fonts *f = s->fonts;
    f->lines.count = 0;
    rc_text_line line = {0};
    bool open = false;
    int64_t used = 0;
    for (size_t i = 0; i < f->atoms.count; i++) {
        rc_atom a = f->atoms.at[i];
        if (open && used + a.width > width) {
            add_line(f, &line);
            open = false;
        }
        if (!open) {
            used = 0;
            if (a.width > width)
                break_atom(s, &a, width);
            line = (rc_text_line){.from = a.from, .piece = a.piece};
            open = true;
        }
        line.to = a.to;
        line.next = a.next;
        used += a.width + a.space;
        if (a.hard) {
            add_line(f, &line);
            open = false;
        }
    }
    if (open)
        add_line(f, &line);
}

const rc_para *
rc_text_set(rc_arena *a, rc_fonts *f, const rc_text_spec *spec, rc_log *log)
{
    rc_kept *kept = rc_kept_find(f, spec);
    if (kept && kept->para)
        return kept->para;
    rc_setting s = {.arena = a, .fonts = f, .spec = spec, .log = log};
    rc_words_trim(f);
    join_runs(&s);
    f->out_glyphs.count = 0;
    f->out_parts.count = 0;
    f->out_lines.count = 0;
    if (!s.text.len)
        return rc_text_finish(&s);
    if (!s.plain || !make_atoms(&s))
        return rc_text_set_slow(&s);
    int64_t width = spec->width > 0 ? spec->width : INT64_MAX / 2;
    if (spec->balance && spec->width > 0)
        width = balanced_width(f, width);
    break_lines(&s, width);
    if (s.overfull) /* what is said of it is said each time */
        kept = NULL;
    if (kept) {
        s.arena = f->kept_arena;
        s.bytes = RC_MAKE_ARRAY(s.arena, char, s.text.len);
        memcpy(s.bytes, s.text.at, s.text.len);
        s.text.at = s.bytes;
    }
    for (size_t i = 0; i < f->lines.count; i++)
        rc_text_emit_line(&s, &f->lines.at[i], i + 1 == f->lines.count);
    const rc_para *para = rc_text_finish(&s);
    if (kept)
        rc_kept_add(f, kept, para);
    return para;
}

rc_len
rc_text_width(rc_fonts *f, rc_str text, int face, rc_len size)
{
    uint32_t style = rc_text_style_index(f, face, size, (rc_str){0});
    if (!is_plain_run(f, &f->faces[face], style, text))
        return rc_text_width_slow(f, text, face, size);
    rc_words_trim(f);
    int64_t width = 0;
    for (uint32_t at = 0; at < text.len;) {
        if (text.at[at] == ' ' || text.at[at] == '\n') {
            width += f->styles.at[style].space;
            at++;
            continue;
        }
        uint32_t end = word_end(text, at);
        const rc_word *w =
            rc_word_lookup(f, style, rc_str_part(text, at, end));
        if (!w->inert)
            return rc_text_width_slow(f, text, face, size);
        width += w->width;
        at = end;
    }
    return rc_text_clamp(width);
}
