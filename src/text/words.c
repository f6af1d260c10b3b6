/* The cache of shaped words: a survey report says the same few thousand words
 * again and again. A word is shaped once, alone, which equals its shape
 * within a paragraph because (1) the paragraph is plain (fonts.c), and (2) both
 * its ends leave the space alone, which is tried out once for each character
 * of each face; where a face kerns against the space the paragraph takes the
 * slow road. */
#include "text/inner.h"

#include <string.h>

/* Beyond these the cache starts afresh, so that memory stays bounded. */
enum { WORDS_MOST = 60000, WORD_BYTES_MOST = 12 << 20 };

static uint64_t
hash_word(uint32_t style, rc_str s)
{
    uint64_t h = 0xCBF29CE484222325u ^ style; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (uint8_t)s.at[i]) * 0x100000001B3u;
    return h ^ h >> 29;
}

void
rc_words_trim(rc_fonts *f)
{
    if (f->word_count < WORDS_MOST &&
        rc_arena_size(f->word_arena) < WORD_BYTES_MOST)
        return;
    rc_arena_free(f->word_arena);
    f->word_arena = rc_arena_new();
    memset(f->words, 0, f->word_room * sizeof *f->words);
    f->word_count = 0;
}

static void
insert(rc_word **table, size_t room, rc_word *w)
{
    size_t i = w->hash & (room - 1);
    while (table[i])
        i = (i + 1) & (room - 1);
    table[i] = w;
}

static void
grow(rc_fonts *f)
{
    size_t room = f->word_room ? f->word_room * 2 : 1024;
    rc_word **table = rc_heap_grow(NULL, room, sizeof *table);
    memset(table, 0, room * sizeof *table);
    for (size_t i = 0; i < f->word_room; i++)
        if (f->words[i])
            insert(table, room, f->words[i]);
    free(f->words);
    f->words = table;
    f->word_room = room;
}

/* -- where a word may be broken --------------------------------------------- */

static bool
is_letter_or_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

static bool
is_quote(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201D &&
                                     c != 0x201A && c != 0x201B);
}

static bool
is_closer(uint32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' ||
           c == '?' || c == ')' || c == '%' || is_quote(c);
}

/* Words that surely cannot be broken (Unicode annex 14): openers, letters and
 * digits with single . , : ' between them, closers. All others ask Pango. */
static bool
is_whole(rc_str s)
{
    size_t i = 0;
    uint32_t c = 0;
    while (i < s.len) {
        size_t at = i;
        c = rc_utf8_next(s, &i);
        if (c != '(' && !is_quote(c)) {
            i = at;
            break;
        }
    }
    bool after_letter = false;
    while (i < s.len) {
        size_t at = i;
        c = rc_utf8_next(s, &i);
        if (is_letter_or_digit(c)) {
            after_letter = true;
            continue;
        }
        size_t next = i;
        if (!after_letter || !is_closer(c))
            return false;
        if (c != '!' && c != '?' && c != ')' && c != '%' && i < s.len &&
            is_letter_or_digit(rc_utf8_next(s, &next))) {
            after_letter = false;
            continue;
        }
        i = at;
        break;
    }
    while (i < s.len)
        if (!is_closer(rc_utf8_next(s, &i)))
            return false;
    return true;
}

/* Letters before byte `at` that stand together. */
static size_t
letters_before(rc_str s, size_t at)
{
    size_t n = 0;
    while (at > 0) {
        size_t i = at;
        while (i > 0 && ((uint8_t)s.at[--i] & 0xC0) == 0x80)
            ;
        at = i;
        if (!is_letter_or_digit(rc_utf8_next(s, &i)))
            break;
        n++;
    }
    return n;
}

static size_t
letters_after(rc_str s, size_t at)
{
    size_t n = 0;
    while (at < s.len && is_letter_or_digit(rc_utf8_next(s, &at)))
        n++;
    return n;
}

bool
rc_text_may_break(rc_str text, size_t at)
{
    enum { LEAST_BEFORE = 3, LEAST_AFTER = 6 };
    if (at == 0 || at >= text.len)
        return true;
    char before = text.at[at - 1], after = text.at[at];
    if (before == '.' && after >= '0' && after <= '9')
        return letters_before(text, at - 1) != 1;
    return before != '-'
           || (letters_before(text, at - 1) >= LEAST_BEFORE
               && letters_after(text, at) >= LEAST_AFTER);
}

static void
ask_breaks(rc_fonts *f, rc_word *w, PangoLanguage *language)
{
    glong chars = g_utf8_strlen(w->text, w->len);
    size_t need = (size_t)chars + 1;
    f->attrs.count = 0;
    rc_pool_reserve(&f->attrs, need);
    pango_get_log_attrs(w->text, (int)w->len, 0, language, f->attrs.at,
                        (int)need);
    uint32_t *breaks = RC_MAKE_ARRAY(f->word_arena, uint32_t, need);
    rc_str s = {w->text, w->len};
    size_t at = 0;
    for (size_t i = 0; at < s.len; i++) {
        if (at > 0 && f->attrs.at[i].is_line_break && rc_text_may_break(s, at))
            breaks[w->break_count++] = (uint32_t)at;
        (void)rc_utf8_next(s, &at);
    }
    w->breaks = breaks;
}

/* -- shaping ----------------------------------------------------------------- */

static int64_t
width_of(rc_fonts *f, const rc_text_style *style, rc_str text)
{
    rc_text_shape(f, style, text);
    unsigned count;
    const hb_glyph_position_t *p =
        hb_buffer_get_glyph_positions(f->buffer, &count);
    int64_t width = 0;
    for (unsigned i = 0; i < count; i++)
        width += p[i].x_advance;
    return width;
}

/* Does `c` shape the same with spaces beside it? */
static bool
is_inert(rc_fonts *f, const rc_text_style *style, uint32_t c)
{
    rc_text_face *face = &f->faces[style->face];
    if (c >= RC_INERT_END)
        return false;
    uint8_t bit = (uint8_t)(1u << (c % 8));
    if (!(face->tried[c / 8] & bit)) {
        char text[16];
        size_t n = (size_t)g_unichar_to_utf8(c, text);
        text[n] = ' ';
        memcpy(text + n + 1, text, n);
        int64_t both = width_of(f, style, (rc_str){text, 2 * n + 1});
        int64_t alone = width_of(f, style, (rc_str){text, n});
        face->tried[c / 8] |= bit;
        if (both == 2 * alone + style->space)
            face->inert[c / 8] |= bit;
    }
    return face->inert[c / 8] & bit;
}

static uint32_t
last_code(rc_str s)
{
    size_t at = s.len;
    while (at > 0 && ((uint8_t)s.at[--at] & 0xC0) == 0x80)
        ;
    return at < s.len ? rc_utf8_next(s, &at) : 0;
}

static void
shape(rc_fonts *f, rc_word *w)
{
    const rc_text_style *style = &f->styles.at[w->style];
    rc_text_shape(f, style, (rc_str){w->text, w->len});
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(f->buffer, &count);
    const hb_glyph_position_t *place =
        hb_buffer_get_glyph_positions(f->buffer, NULL);
    rc_shaped *out = RC_MAKE_ARRAY(f->word_arena, rc_shaped, count);
    int64_t width = 0;
    for (unsigned i = 0; i < count; i++) {
        rc_assert(info[i].codepoint != 0); /* plain: the face has it */
        out[i] = (rc_shaped){
            .id = (uint16_t)info[i].codepoint,
            .advance = place[i].x_advance,
            .dx = rc_text_offset(place[i].x_offset),
            .dy = rc_text_offset(-place[i].y_offset),
            .cluster = info[i].cluster,
        };
        width += place[i].x_advance;
    }
    w->glyphs = out;
    w->glyph_count = count;
    w->width = width;
    rc_str s = {w->text, w->len};
    size_t first = 0;
    w->inert = is_inert(f, style, rc_utf8_next(s, &first)) &&
               is_inert(f, style, last_code(s));
}

const rc_word *
rc_word_lookup(rc_fonts *f, uint32_t style, rc_str text)
{
    rc_assert(text.len > 0);
    uint64_t hash = hash_word(style, text);
    if (f->word_room) {
        size_t i = hash & (f->word_room - 1);
        for (const rc_word *w; (w = f->words[i]) != NULL;
             i = (i + 1) & (f->word_room - 1))
            if (w->hash == hash && w->style == style && w->len == text.len &&
                memcmp(w->text, text.at, text.len) == 0)
                return w;
    }
    rc_word *w = RC_MAKE(f->word_arena, rc_word);
    *w = (rc_word){.hash = hash,
                   .style = style,
                   .len = (uint32_t)text.len,
                   .text = rc_str_copy(f->word_arena, text).at};
    if (style != RC_NO_STYLE)
        shape(f, w);
    if (!is_whole(text))
        ask_breaks(f, w,
                   style == RC_NO_STYLE ? f->language
                                        : f->styles.at[style].language);
    if (f->word_count * 2 >= f->word_room)
        grow(f);
    insert(f->words, f->word_room, w);
    f->word_count++;
    return w;
}

bool
rc_word_gap(rc_fonts *f, uint32_t before, uint32_t after)
{
    if (is_letter_or_digit(after) &&
        (is_letter_or_digit(before) || is_closer(before)))
        return true;
    char bytes[16];
    int n = g_unichar_to_utf8(before, bytes);
    bytes[n++] = ' ';
    int at = n;
    n += g_unichar_to_utf8(after, bytes + n);
    const rc_word *w =
        rc_word_lookup(f, RC_NO_STYLE, (rc_str){bytes, (size_t)n});
    for (uint32_t i = 0; i < w->break_count; i++)
        if (w->breaks[i] == (uint32_t)at)
            return true;
    return false;
}
