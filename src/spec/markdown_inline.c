#include "spec/markdown_walk.h"

#include <string.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool
is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool
is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@')
           || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
at_limit(const md_walk *w)
{
    return w->cursor >= w->limit;
}

/* How far to look for what must be near: keeps odd texts linear. */
static size_t
horizon(const md_walk *w)
{
    enum { NEAR = 8192 };
    return w->limit > w->cursor + NEAR ? w->cursor + NEAR : w->limit;
}

static char
peek(const md_walk *w)
{
    return at_limit(w) ? '\0' : w->text.at[w->cursor];
}

static rc_str
rest(const md_walk *w)
{
    return rc_str_part(w->text, w->cursor, w->limit);
}

/* -- marks ----------------------------------------------------------------- */

static void
skip_blanks(md_walk *w)
{
    while (is_blank(peek(w)))
        w->cursor++;
}

/* Over a line end and what stands before the next line's words: blanks and the
 * marks of the block quotes around. */
static void
skip_line_end(md_walk *w)
{
    while (!at_limit(w) && !is_line_end(peek(w)))
        w->cursor++;
    if (peek(w) == '\r')
        w->cursor++;
    if (peek(w) == '\n')
        w->cursor++;
    skip_blanks(w);
    for (int i = 0; i < w->quotes && peek(w) == '>'; i++) {
        w->cursor++;
        skip_blanks(w);
    }
}

/* To `c`, if it is near. */
static bool
seek(md_walk *w, char c)
{
    const char *p = at_limit(w) ? NULL
                                : memchr(w->text.at + w->cursor, c,
                                         horizon(w) - w->cursor);
    if (p)
        w->cursor = (size_t)(p - w->text.at);
    return p;
}

static size_t
run_length(const md_walk *w, size_t at, char c)
{
    size_t n = 0;
    while (at + n < w->limit && w->text.at[at + n] == c)
        n++;
    return n;
}

static void
skip_emphasis(md_walk *w, size_t length)
{
    char c = peek(w);
    if ((c == '*' || c == '_') && run_length(w, w->cursor, c) >= length)
        w->cursor += length;
}

static void
skip_code(md_walk *w)
{
    if (!seek(w, '`'))
        return;
    size_t ticks = run_length(w, w->cursor, '`');
    for (size_t at = w->cursor + ticks; at < w->limit;) {
        size_t n = run_length(w, at, '`');
        if (n == ticks) {
            w->cursor = at + n;
            return;
        }
        at += n ? n : 1;
    }
}

/* The offset behind the bracket that closes the one at `at`; `at` if none. */
static size_t
closing(const md_walk *w, size_t at, char open, char close)
{
    size_t depth = 0, end = horizon(w);
    char quote = '\0';
    for (size_t i = at; i < end; i++) {
        char c = w->text.at[i];
        bool after_blank = i > at
                           && (is_blank(w->text.at[i - 1])
                               || is_line_end(w->text.at[i - 1]));
        if (c == '\\')
            i++;
        else if (quote)
            quote = c == quote ? '\0' : quote;
        else if ((c == '"' || c == '\'') && open == '(' && after_blank)
            quote = c; /* of a title */
        else if (c == open)
            depth++;
        else if (c == close && --depth == 0)
            return i + 1;
    }
    return at;
}

/* Over what closes a link: `](url "title")`, `][label]`, `]`, `>`. */
static void
skip_link_end(md_walk *w, bool is_auto)
{
    if (is_auto) {
        if (peek(w) == '>')
            w->cursor++;
        return;
    }
    if (!seek(w, ']'))
        return;
    w->cursor++;
    if (peek(w) == '(')
        w->cursor = closing(w, w->cursor, '(', ')');
    else if (peek(w) == '[')
        w->cursor = closing(w, w->cursor, '[', ']');
}

/* -- text ------------------------------------------------------------------ */

/* Length of the entity at the head of `s`; 0 if there is none. */
static size_t
entity_length(rc_str s)
{
    size_t i = 1;
    if (s.len < 3 || s.at[0] != '&')
        return 0;
    for (; i < s.len && i < 40 && s.at[i] != ';'; i++) {
        char c = s.at[i];
        bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z') || (c == '#' && i == 1);
        if (!fits)
            return 0;
    }
    return i > 1 && i < s.len && s.at[i] == ';' ? i + 1 : 0;
}

/* One step of the text against the source; false where they part. */
static bool
step_text(md_walk *w, rc_str literal, size_t *done)
{
    rc_str source = rest(w);
    size_t entity = entity_length(source);
    char c = literal.at[*done];
    if (entity
        && !rc_str_eq(rc_str_part(source, 0, entity),
                      rc_str_part(literal, *done, *done + entity))) {
        rc_utf8_next(literal, done);
        w->cursor += entity;
    } else if (source.len > 1 && source.at[0] == '\\' && source.at[1] == c
               && is_punctuation(c)) {
        w->cursor += 2;
        ++*done;
    } else if (source.len && source.at[0] == c) {
        w->cursor++;
        ++*done;
    } else {
        return false;
    }
    return true;
}

/* Where the cursor does not stand at the text (link definitions cut off the
 * head of a paragraph, a mark that was not foreseen): look ahead for its first
 * bytes. */
static void
find_text(md_walk *w, rc_str literal)
{
    enum { ENOUGH = 12 };
    size_t cursor = w->cursor, done = 0;
    if (!is_blank(literal.at[0]))
        skip_blanks(w);
    size_t start = w->cursor;
    if (step_text(w, literal, &done)) {
        w->cursor = start;
        return;
    }
    char head[ENOUGH + 1] = {0};
    rc_str part = rc_str_part(literal, 0, ENOUGH);
    memcpy(head, part.at, part.len);
    size_t found = rc_str_find(rc_str_part(w->text, start, horizon(w)), head,
                               0);
    w->cursor = found == SIZE_MAX ? cursor : start + found;
}

static void
skip_text(md_walk *w, rc_str literal)
{
    size_t done = 0;
    while (done < literal.len && step_text(w, literal, &done))
        ;
}

/* cmark prints a reference without a definition as it stands. An author who
 * means the brackets writes '\['. */
static void
refuse_lost_references(md_walk *w, size_t from, size_t to)
{
    rc_str s = rc_str_part(w->text, 0, to);
    for (size_t at = from; (at = rc_str_find(s, "[^", at)) != SIZE_MAX;) {
        size_t end = at + 2;
        bool escaped = at > from && s.at[at - 1] == '\\';
        while (end < to && s.at[end] != ']' && s.at[end] != '['
               && !is_blank(s.at[end]) && !is_line_end(s.at[end]))
            end++;
        if (!escaped && end < to && s.at[end] == ']' && end > at + 2)
            rc_log_error(w->log, "unknown-note", md_walk_span(w, at, end + 1),
                         "footnote '%.*s' is not defined",
                         RC_STR(rc_str_part(s, at + 2, end)));
        at = end;
    }
}

static void
add_text(md_walk *w, cmark_node *node, md_children *to)
{
    rc_str literal = rc_str_z(cmark_node_get_literal(node));
    if (literal.len == 0)
        return;
    find_text(w, literal);
    size_t from = w->cursor;
    skip_text(w, literal);
    rc_md_node *n = md_walk_add(w, to, RC_MD_TEXT, from, w->cursor);
    n->text = rc_str_copy(w->arena, literal);
    refuse_lost_references(w, from, w->cursor);
}

/* -- the others ------------------------------------------------------------ */

static void
add_break(md_walk *w, bool hard, md_children *to)
{
    size_t from = w->cursor;
    skip_line_end(w);
    rc_md_node *n = md_walk_add(w, to, hard ? RC_MD_BREAK : RC_MD_TEXT, from,
                                w->cursor);
    if (!hard)
        n->text = RC_LIT(" ");
}

static void
add_code(md_walk *w, cmark_node *node, md_children *to)
{
    seek(w, '`');
    size_t from = w->cursor;
    skip_code(w);
    rc_md_node *n = md_walk_add(w, to, RC_MD_CODE, from, w->cursor);
    n->text = md_walk_copy(w, cmark_node_get_literal(node));
}

static void
refuse_html(md_walk *w, cmark_node *node)
{
    seek(w, '<');
    size_t from = w->cursor;
    rc_str literal = rc_str_z(cmark_node_get_literal(node));
    w->cursor = from + literal.len < w->limit ? from + literal.len : w->limit;
    rc_diag_hint(rc_log_error(w->log, "raw-html",
                              md_walk_span(w, from, w->cursor),
                              "HTML has no place here"),
                 "a bracket that is meant as such is written '\\<'");
}

static void
add_note_reference(md_walk *w, cmark_node *node, md_children *to)
{
    int64_t number = 0;
    seek(w, '[');
    size_t from = w->cursor;
    if (seek(w, ']'))
        w->cursor++;
    rc_num_int(rc_str_z(cmark_node_get_literal(node)), &number);
    if (number < 1 || (uint64_t)number > w->note_count)
        return;
    if (w->in_note) {
        rc_log_error(w->log, "note-in-note", md_walk_span(w, from, w->cursor),
                     "a footnote cannot have a footnote");
        return;
    }
    md_walk_add(w, to, RC_MD_NOTE_REF, from, w->cursor)->note =
        (int)number - 1;
}

static void
add_emphasis(md_walk *w, cmark_node *node, bool strong, md_children *to)
{
    size_t from = w->cursor, length = strong ? 2 : 1;
    md_children own = {.parent = md_walk_add(
                           w, to, strong ? RC_MD_STRONG : RC_MD_EMPH, from,
                           from)};
    skip_emphasis(w, length);
    md_walk_inlines(w, node, &own);
    skip_emphasis(w, length);
    own.parent->span = md_walk_span(w, from, w->cursor);
}

static void
add_link(md_walk *w, cmark_node *node, md_children *to)
{
    bool is_auto = peek(w) == '<';
    if (!is_auto)
        seek(w, '[');
    size_t from = w->cursor;
    md_children own = {.parent = md_walk_add(w, to, RC_MD_LINK, from, from)};
    if (!at_limit(w))
        w->cursor++;
    own.parent->url = md_walk_copy(w, cmark_node_get_url(node));
    own.parent->title = md_walk_copy(w, cmark_node_get_title(node));
    md_walk_inlines(w, node, &own);
    skip_link_end(w, is_auto);
    own.parent->span = md_walk_span(w, from, w->cursor);
}

static void
refuse_image(md_walk *w, cmark_node *node)
{
    seek(w, '!');
    size_t from = w->cursor;
    if (seek(w, '[')) {
        size_t end = closing(w, w->cursor, '[', ']');
        w->cursor = end > w->cursor ? end - 1 : end;
    }
    skip_link_end(w, false);
    (void)node;
    rc_diag_hint(rc_log_error(w->log, "image-in-text",
                              md_walk_span(w, from, w->cursor),
                              "a picture cannot stand in a line"),
                 "use a ```figure block, which asks for its words too");
}

static void
add_inline(md_walk *w, cmark_node *node, md_children *to)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT)
        add_text(w, node, to);
    else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        add_break(w, type == CMARK_NODE_LINEBREAK, to);
    else if (type == CMARK_NODE_CODE)
        add_code(w, node, to);
    else if (type == CMARK_NODE_HTML_INLINE)
        refuse_html(w, node);
    else if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG)
        add_emphasis(w, node, type == CMARK_NODE_STRONG, to);
    else if (type == CMARK_NODE_LINK)
        add_link(w, node, to);
    else if (type == CMARK_NODE_IMAGE)
        refuse_image(w, node);
    else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
        add_note_reference(w, node, to);
}

void
md_walk_inlines(md_walk *w, cmark_node *of, md_children *to)
{
    if (!cmark_node_first_child(of) || !md_walk_down(w, w->cursor))
        return;
    for (cmark_node *n = cmark_node_first_child(of); n;
         n = cmark_node_next(n))
        add_inline(w, n, to);
    md_walk_up(w);
}
