/* Runs of inline text. Values are put in here, printed by their place: the
 * maker follows the text and knows whether it stands at the head of a sentence
 * and inside brackets. Then the whole is made typographic. */
#include "doc/internal.h"

#include <string.h>

void
rc_prose_begin(rc_prose_maker *m, rc_binder *b, rc_spot_kind kind)
{
    *m = (rc_prose_maker){.b = b, .mark = rc_arena_mark(b->scratch)};
    m->spot.kind = kind;
    m->spot.head = true;
    m->check_numbers = kind == RC_SPOT_PROSE || kind == RC_SPOT_CELL;
}

static bool
same_look(const rc_inline *a, const rc_inline *b)
{
    return a->kind == RC_INLINE_TEXT && b->kind == RC_INLINE_TEXT &&
           a->style == b->style && a->target == b->target &&
           a->note == b->note && rc_str_eq(a->url, b->url) &&
           rc_str_eq(a->lang, b->lang) && rc_str_eq(a->says, b->says);
}

static rc_inline
plain_like(void)
{
    return (rc_inline){.kind = RC_INLINE_TEXT, .target = -1, .note = -1};
}

static void
add_run(rc_prose_maker *m, rc_str text, const rc_inline *like, rc_span at)
{
    if (!text.len)
        return;
    rc_inline *run = rc_vec_push(m->b->scratch, &m->runs);
    *run = *like;
    run->kind = RC_INLINE_TEXT;
    run->text = text;
    run->span = at;
}

/* -- where in the sentence are we ---------------------------------------- */

/* The word before a full stop is no abbreviation. */
static bool
ends_sentence(const rc_prose_maker *m)
{
    static const char *const abbreviations[] = {
        "e.g", "i.e", "cf", "vs",     "No", "Nos", "St", "Dr",
        "Mr",  "Mrs", "Ms", "approx", "p",  "pp",  NULL};
    if (m->word > sizeof m->word_text)
        return true;
    rc_str word = {m->word_text, m->word};
    while (word.len && word.at[word.len - 1] == '.')
        word.len--;
    for (size_t i = 0; abbreviations[i]; i++)
        if (rc_str_is(word, abbreviations[i]))
            return false;
    bool initial = word.len == 1 && word.at[0] >= 'A' && word.at[0] <= 'Z' &&
                   word.at[0] != 'I';
    return !initial;
}

static void
add_to_word(rc_prose_maker *m, char c)
{
    if (m->word < sizeof m->word_text)
        m->word_text[m->word] = c;
    m->word++;
}

static bool
is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
follow_char(rc_prose_maker *m, uint32_t c)
{
    if (is_letter(c)) { /* as most are; what follows would do the same */
        m->sentence_end = false;
        m->spot.head = false;
        add_to_word(m, (char)c);
        return;
    }
    bool space = c == ' ' || c == '\n' || c == 0xA0;
    bool stop = c == '.' || c == '!' || c == '?';
    bool closing =
        c == '"' || c == '\'' || c == ')' || c == 0x2019 || c == 0x201D;
    bool opening =
        c == '(' || c == '[' || c == 0x2018 || c == 0x201C || c == '"';
    if (c == '(' || c == '[')
        m->brackets++;
    else if ((c == ')' || c == ']') && m->brackets)
        m->brackets--;
    if (stop) {
        m->sentence_end = true;
    } else if (space) {
        if (m->sentence_end && ends_sentence(m))
            m->spot.head = true;
        m->sentence_end = false;
    } else if (!closing) {
        m->sentence_end = false;
        if (!opening)
            m->spot.head = false;
    }
    if (space || opening) {
        m->word = 0;
    } else if (!closing) {
        add_to_word(m, c < 0x80 ? (char)c : 'x');
    }
    m->spot.brackets = m->brackets > 0;
}

static void
follow(rc_prose_maker *m, rc_str s)
{
    for (size_t i = 0; i < s.len;)
        follow_char(m, rc_utf8_next(s, &i));
}

/* -- numbers typed by hand ----------------------------------------------- */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Years, "2013/14", ordinals and names with digits in them are words. */
static bool
is_typed_number(rc_str text, size_t from, size_t to)
{
    bool after_word = from > 0 && (is_word_char(text.at[from - 1]) ||
                                   (from > 1 && text.at[from - 1] == '-' &&
                                    is_word_char(text.at[from - 2])));
    if (after_word || (to < text.len && is_word_char(text.at[to])))
        return false;
    rc_str n = rc_str_part(text, from, to);
    bool year =
        n.len == 4 && (rc_str_starts(n, "19") || rc_str_starts(n, "20"));
    if (year)
        return false;
    bool after_year = n.len == 2 && from >= 5 && text.at[from - 1] == '/' &&
                      is_digit(text.at[from - 2]);
    return !after_year;
}

static rc_span
find_in_source(rc_prose_maker *m, rc_span at, rc_str needle)
{
    if (!at.source || at.to > at.source->text.len)
        return at;
    rc_str text = at.source->text;
    size_t from = m->number_from > at.from ? m->number_from : at.from;
    for (size_t i = from; i + needle.len <= at.to; i++) {
        if (text.at[i] == '{' && i + 1 < at.to && text.at[i + 1] == '{') {
            while (i + 1 < at.to &&
                   !(text.at[i] == '}' && text.at[i + 1] == '}'))
                i++;
            continue;
        }
        if (rc_str_eq(rc_str_part(text, i, i + needle.len), needle) &&
            (i == at.from || !is_digit(text.at[i - 1]))) {
            m->number_from = i + needle.len;
            return rc_span_make(at.source, i, i + needle.len);
        }
    }
    return at;
}

static void
check_numbers(rc_prose_maker *m, rc_str text, rc_span at)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i]))
            continue;
        size_t to = i + 1;
        while (to < text.len &&
               (is_digit(text.at[to]) ||
                ((text.at[to] == '.' || text.at[to] == ',') &&
                 to + 1 < text.len && is_digit(text.at[to + 1]))))
            to++;
        if (is_typed_number(text, i, to)) {
            rc_str n = rc_str_part(text, i, to);
            rc_diag *d = rc_log_warning(m->b->log, "typed-number",
                                        find_in_source(m, at, n),
                                        "'%.*s' is typed by hand", RC_STR(n));
            rc_diag_hint(d,
                         "take it from the data, or write "
                         "{{ literal \"%.*s\" }}",
                         RC_STR(n));
        }
        i = to;
    }
}

/* -- putting together ---------------------------------------------------- */

static bool
is_placeholder(uint32_t c)
{
    return c >= RC_PLACEHOLDER && c < RC_PLACEHOLDER + RC_PLACEHOLDER_COUNT;
}

static void
put_value(rc_prose_maker *m, uint32_t code, const rc_inline *like)
{
    const rc_held *h = rc_held_at(m->b, code);
    if (!h || h->failed)
        return;
    m->spot.said = &m->said;
    m->figure = h->value.kind == RC_VALUE_FIGURE;
    rc_str s = rc_print_value(m->b, &h->value, &m->spot, h->span);
    follow(m, s);
    add_run(m, s, like, h->span);
}

void
rc_prose_text(rc_prose_maker *m, rc_str text, const rc_inline *like, rc_span at)
{
    rc_inline plain = plain_like();
    if (!like)
        like = &plain;
    m->expands = m->spot.kind == RC_SPOT_PROSE;
    if (m->check_numbers && !(like->style & RC_STYLE_CODE_))
        check_numbers(m, text, at);
    size_t from = 0;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        uint32_t c = (unsigned char)text.at[i];
        if (c < 0x80)
            i++;
        else
            c = rc_utf8_next(text, &i);
        if (is_placeholder(c)) {
            add_run(m, rc_str_part(text, from, start), like, at);
            put_value(m, c, like);
            from = i;
        } else {
            follow_char(m, c);
        }
    }
    add_run(m, rc_str_part(text, from, text.len), like, at);
}

void
rc_prose_plain_text(rc_prose_maker *m, rc_str text, uint8_t style)
{
    rc_inline like = plain_like();
    like.style = style;
    follow(m, text);
    add_run(m, text, &like, rc_span_none());
}

void
rc_prose_break(rc_prose_maker *m)
{
    rc_inline *run = rc_vec_push(m->b->scratch, &m->runs);
    *run = plain_like();
    run->kind = RC_INLINE_BREAK;
    follow_char(m, ' ');
}

static void
add_ref_use(rc_prose_maker *m, size_t run, const rc_ref_use *use)
{
    void *slot = rc_vec_push(m->b->scratch, &m->refs);
    (void)slot;
    m->refs.at[m->refs.count - 1].run = run;
    m->refs.at[m->refs.count - 1].use = *use;
}

static void
put_reference(rc_prose_maker *m, const rc_md_node *n, const rc_inline *like)
{
    rc_binder *b = m->b;
    rc_ref_use use = {
        .id = rc_held_text(b, rc_str_part(n->url, 1, n->url.len), n->span),
        .scope = rc_plan_scope(b, b->plan),
        .span = n->span,
        .head = m->spot.head,
    };
    bool page = rc_str_is(n->title, "page");
    if (n->title.len && !page) {
        rc_diag *d =
            rc_log_error(b->log, "reference", n->span,
                         "a reference cannot print '%.*s'", RC_STR(n->title));
        rc_diag_hint(d, "write \"page\", or nothing");
    }
    size_t first = m->runs.count;
    if (n->first) {
        rc_prose_inlines(m, n->first, like);
        use.keep = true;
    } else {
        rc_inline *run = rc_vec_push(b->scratch, &m->runs);
        *run = *like;
        run->span = n->span;
        use.page = page;
        follow_char(m, 'x');
    }
    if (page) {
        rc_inline *run = rc_vec_push(b->scratch, &m->runs);
        *run = *like;
        run->kind = RC_INLINE_PAGE;
        run->span = n->span;
    }
    for (size_t i = first; i < m->runs.count; i++) {
        rc_ref_use each = use;
        each.keep = use.keep || m->runs.at[i].kind == RC_INLINE_PAGE;
        add_ref_use(m, i, &each);
    }
}

static void
put_link(rc_prose_maker *m, const rc_md_node *n, const rc_inline *like)
{
    rc_inline inner = *like;
    if (rc_str_starts(n->url, "#")) {
        put_reference(m, n, like);
        return;
    }
    if (!n->first) {
        rc_diag *d = rc_log_error(m->b->log, "reference", n->span,
                                  "a link without words");
        rc_diag_hint(d, "a reference to an id is written [](#id)");
        return;
    }
    if (rc_str_starts(n->url, "lang:")) {
        inner.lang = rc_str_part(n->url, 5, n->url.len);
        rc_language_check(m->b->log, inner.lang, n->span);
    } else {
        inner.url = n->url;
    }
    rc_prose_inlines(m, n->first, &inner);
}

void
rc_prose_inlines(rc_prose_maker *m, const rc_md_node *n, const rc_inline *like)
{
    rc_inline plain = plain_like();
    if (!like)
        like = &plain;
    for (; n; n = n->next) {
        rc_inline inner = *like;
        switch (n->kind) {
        case RC_MD_TEXT:
            rc_prose_text(m, n->text, like, n->span);
            break;
        case RC_MD_CODE:
            inner.style |= RC_STYLE_CODE_;
            rc_prose_text(m, n->text, &inner, n->span);
            break;
        case RC_MD_BREAK:
            rc_prose_break(m);
            break;
        case RC_MD_EMPH:
            inner.style |= RC_STYLE_EMPH;
            rc_prose_inlines(m, n->first, &inner);
            break;
        case RC_MD_STRONG:
            inner.style |= RC_STYLE_STRONG;
            rc_prose_inlines(m, n->first, &inner);
            break;
        case RC_MD_LINK:
            put_link(m, n, like);
            break;
        case RC_MD_NOTE_REF: {
            int note = rc_bind_note(m->b, n);
            if (note < 0)
                break;
            rc_inline *run = rc_vec_push(m->b->scratch, &m->runs);
            *run = *like;
            run->kind = RC_INLINE_NOTE;
            run->span = n->span;
            run->note = note;
            break;
        }
        default:
            rc_prose_inlines(m, n->first, like);
            break;
        }
    }
}

/* Runs of one look become one, in place; the texts are copied to `text`, one
 * behind the other. References learn where their runs are now. Returns how
 * many runs are left. */
static size_t
join_runs(rc_prose_maker *m, char *text)
{
    rc_inline *runs = m->runs.at;
    size_t n = 0, ref = 0;
    for (size_t i = 0; i < m->runs.count; i++) {
        rc_inline run = runs[i];
        bool is_ref = ref < m->refs.count && m->refs.at[ref].run == i;
        bool before_ref = n && runs[n - 1].target == -2;
        run.style &= RC_STYLE_EMPH | RC_STYLE_STRONG;
        if (run.text.len)
            memcpy(text, run.text.at, run.text.len);
        run.text.at = text;
        text += run.text.len;
        if (!is_ref && !before_ref && n && same_look(&runs[n - 1], &run)) {
            runs[n - 1].text.len += run.text.len;
            continue;
        }
        if (is_ref) {
            run.target = -2; /* until rc_refs_finish */
            m->refs.at[ref++].run = n;
        }
        runs[n++] = run;
    }
    return n;
}

/* Runs that are read aloud in another way than they are printed become runs of
 * their own. */
static void
say_runs(rc_prose_maker *m)
{
    rc_binder *b = m->b;
    rc_inline_vec out = {0};
    size_t ref = 0;
    bool cell = m->spot.kind == RC_SPOT_CELL && m->runs.count == 1;
    for (size_t i = 0; i < m->runs.count; i++) {
        const rc_inline *run = &m->runs.at[i];
        bool is_ref = ref < m->refs.count && m->refs.at[ref].run == i;
        if (is_ref)
            m->refs.at[ref++].run = out.count;
        rc_str says = cell ? rc_says_cell(b, run->text, m->figure)
                           : (rc_str){0};
        if (run->kind == RC_INLINE_TEXT && !is_ref && !says.len) {
            rc_says_split(b, run, m->expands, &out);
            continue;
        }
        rc_inline *same = rc_vec_push(b->scratch, &out);
        *same = *run;
        same->says = says;
    }
    m->runs = out;
}

rc_prose
rc_prose_end(rc_prose_maker *m)
{
    rc_binder *b = m->b;
    size_t bytes = 0;
    rc_typo(b->scratch, m->runs.at, m->runs.count);
    for (size_t i = 0; i < m->runs.count; i++)
        bytes += m->runs.at[i].text.len;
    m->runs.count = join_runs(m, RC_MAKE_ARRAY(b->a, char, bytes));
    say_runs(m);
    size_t n = m->runs.count;
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, n);
    for (size_t i = 0; i < n; i++) {
        runs[i] = m->runs.at[i];
        if (runs[i].url.len)
            runs[i].url = rc_str_copy(b->a, runs[i].url);
        if (runs[i].lang.len)
            runs[i].lang = rc_str_copy(b->a, runs[i].lang);
    }
    for (size_t i = 0; i < m->refs.count; i++) {
        rc_ref_use use = m->refs.at[i].use;
        use.run = &runs[m->refs.at[i].run];
        rc_ref_use_later(b, &use);
    }
    rc_arena_rewind(b->scratch, m->mark);
    return (rc_prose){runs, n};
}

/* -- short cuts ---------------------------------------------------------- */

rc_prose
rc_prose_from(rc_binder *b, rc_str text)
{
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_PROSE);
    rc_prose_plain_text(&m, text, 0);
    return rc_prose_end(&m);
}

/* The byte 1 begins and ends strong text. */
rc_prose
rc_prose_strong(rc_binder *b, rc_str text)
{
    rc_prose_maker m;
    rc_prose_begin(&m, b, RC_SPOT_PROSE);
    uint8_t style = 0;
    size_t from = 0;
    for (;;) {
        size_t at = rc_str_find(text, "\1", from);
        size_t end = at == SIZE_MAX ? text.len : at;
        rc_prose_plain_text(&m, rc_str_part(text, from, end), style);
        if (at == SIZE_MAX)
            break;
        style ^= RC_STYLE_STRONG;
        from = at + 1;
    }
    return rc_prose_end(&m);
}

static bool
has_markup(rc_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '*' || c == '_' || c == '[' || c == '`' || c == '<' ||
            c == '\\' || c == '&')
            return true;
    }
    return false;
}

rc_prose
rc_prose_author(rc_binder *b, rc_str text, rc_span at, rc_spot_kind kind)
{
    rc_prose_maker m;
    rc_prose_begin(&m, b, kind);
    m.check_numbers = true;
    if (!has_markup(text)) {
        rc_prose_text(&m, text, NULL, at);
        return rc_prose_end(&m);
    }
    rc_md_origin origin = rc_tree_origin(b, text, at);
    const rc_md *md = rc_tree_parse(b, text, &origin);
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    for (const rc_md_node *n = md->document->first; n; n = n->next) {
        if (n != md->document->first)
            rc_prose_plain_text(&m, RC_LIT(" "), 0);
        rc_prose_inlines(&m, n->first, NULL);
    }
    rc_md_leave(b);
    return rc_prose_end(&m);
}

rc_prose
rc_prose_node(rc_binder *b, const rc_node *n, rc_spot_kind kind)
{
    if (n->kind != RC_NODE_SCALAR) {
        rc_node_expected(n, "words", b->log);
        return (rc_prose){0};
    }
    return rc_prose_author(b, n->scalar, n->span, kind);
}

rc_prose
rc_prose_no_notes(rc_binder *b, rc_prose p)
{
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, p.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < p.count; i++) {
        if (p.runs[i].kind == RC_INLINE_NOTE)
            continue;
        runs[n] = p.runs[i];
        runs[n].target = -1;
        runs[n].url = (rc_str){0};
        if (p.runs[i].target == -2)
            rc_ref_use_again(b, &p.runs[i], &runs[n]);
        n++;
    }
    return (rc_prose){runs, n};
}
