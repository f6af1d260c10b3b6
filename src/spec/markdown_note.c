#include "spec/markdown_walk.h"

/* The number of the added line at which a node begins, from 0, empty ones not
 * counted; -1 in the text itself. */
static int
added_line(const md_walk *w, cmark_node *n)
{
    int line = cmark_node_get_start_line(n) - (int)w->line_count;
    return line > 0 ? (line - 2) / 2 : -1;
}

/* The label of the definition that begins on this line, with its place; false
 * if none does. */
static bool
definition_label(const md_walk *w, int line, rc_str *label)
{
    rc_str s = md_walk_line(w, line);
    size_t at = 0, end;
    while (at < s.len && md_is_one_of("> \t", s.at[at]))
        at++;
    if (!rc_str_starts(rc_str_part(s, at, s.len), "[^"))
        return false;
    for (end = at + 2; end < s.len && !md_is_one_of("] \t", s.at[end]);)
        end++;
    *label = rc_str_part(s, at + 2, end);
    return label->len && end + 1 < s.len && s.at[end] == ']'
           && s.at[end + 1] == ':';
}

static rc_span
label_span(const md_walk *w, rc_str label)
{
    size_t at = (size_t)(label.at - w->text.at);
    return md_walk_span(w, at - 2, at + label.len + 1);
}

static void
mark_lines(const md_walk *w, cmark_node *node, bool *taken)
{
    int last = cmark_node_get_end_line(node);
    for (int i = cmark_node_get_start_line(node); i <= last; i++)
        if (i > 0 && (size_t)i <= w->line_count)
            taken[i - 1] = true;
}

/* Marks the lines that lie in blocks of words: no definition begins there, or
 * it is one that cmark kept. */
static void
mark_taken_lines(const md_walk *w, cmark_node *document, bool *taken)
{
    cmark_iter *iter = cmark_iter_new(document);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(n);
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_CODE_BLOCK
            || type == CMARK_NODE_HTML_BLOCK || md_is_table(n))
            mark_lines(w, n, taken);
        else if (type == CMARK_NODE_FOOTNOTE_DEFINITION
                 && added_line(w, n) < 0)
            taken[cmark_node_get_start_line(n) - 1] = true;
    }
    cmark_iter_free(iter);
}

/* cmark forgets definitions that nothing refers to, and second ones. */
void
md_walk_check_notes(md_walk *w, cmark_node *document,
                        const rc_md_note *notes)
{
    bool *taken = RC_MAKE_ARRAY(w->arena, bool, w->line_count);
    mark_taken_lines(w, document, taken);
    for (size_t i = 0; i < w->line_count; i++) {
        rc_str label;
        if (taken[i] || !definition_label(w, (int)i + 1, &label))
            continue;
        const rc_md_note *first = NULL;
        for (size_t k = 0; k < w->note_count && !first; k++)
            if (rc_str_eq(notes[k].label, label))
                first = &notes[k];
        if (first)
            rc_diag_also(rc_log_error(w->log, "doubled-note",
                                      label_span(w, label),
                                      "footnote '%.*s' is defined twice",
                                      RC_STR(label)),
                         first->span, "first defined here");
        else
            rc_log_error(w->log, "unused-note", label_span(w, label),
                         "nothing refers to footnote '%.*s'", RC_STR(label));
    }
}

/* -- notes from one text to another ------------------------------------------ */

/* The next "[^label]" from *at on that defines nothing; *at moves behind it. */
static bool
next_mark(rc_str s, size_t *at, rc_str *label)
{
    for (size_t from; (from = rc_str_find(s, "[^", *at)) != SIZE_MAX;) {
        size_t end = from + 2;
        while (end < s.len && !md_is_one_of("[] \t\r\n", s.at[end]))
            end++;
        *at = end;
        *label = rc_str_part(s, from + 2, end);
        if (label->len && end < s.len && s.at[end] == ']'
            && (end + 1 == s.len || s.at[end + 1] != ':'))
            return true;
    }
    return false;
}

static int
note_around(const md_walk *w, rc_str label)
{
    for (size_t i = 0; i < w->around->note_count; i++)
        if (rc_str_eq(w->around->notes[i].label, label))
            return (int)i;
    return -1;
}

/* A definition, after an empty line, of each note around that is marked. */
static void
add_definitions(md_walk *w, rc_buf *out)
{
    size_t at = 0;
    rc_str label;
    while (next_mark(w->text, &at, &label)) {
        int note = note_around(w, label);
        if (note < 0)
            continue;
        *rc_vec_push(w->arena, &w->around_notes) = note;
        rc_buf_printf(out, "\n\n[^%.*s]: x", RC_STR(label));
    }
}

/* How many backquotes or tildes begin the line; 0 if fewer than three. */
static size_t
fence_of(rc_str line, char *of)
{
    size_t from = 0, at;
    while (from < line.len && md_is_one_of("> \t", line.at[from]))
        from++;
    for (at = from; at < line.len && md_is_one_of("`~", line.at[at])
                    && line.at[at] == line.at[from];)
        at++;
    *of = at > from ? line.at[from] : 0;
    return at - from >= 3 ? at - from : 0;
}

/* The marks in fences, in one paragraph. In a text that ends in a fence they
 * would be part of it. */
static void
add_marks(const md_walk *w, rc_buf *out)
{
    size_t was = out->len, fence = 0;
    char of = 0, here;
    for (size_t i = 0; i < w->line_count; i++) {
        rc_str line = md_walk_line(w, (int)i + 1), label;
        size_t at = 0, marks = fence_of(line, &here);
        if (!fence && marks) {
            fence = marks;
            of = here;
        } else if (marks >= fence && here == of) {
            fence = 0;
        }
        while (fence && next_mark(line, &at, &label))
            rc_buf_printf(out, "%s[^%.*s]", out->len == was ? "\n\n" : " ",
                          RC_STR(label));
    }
    if (fence)
        out->len = was;
}

rc_str
md_walk_with_notes(md_walk *w)
{
    if (rc_str_find(w->text, "[^", 0) == SIZE_MAX)
        return w->text;
    rc_buf out = {0};
    rc_buf_add(&out, w->text);
    if (w->around)
        add_definitions(w, &out);
    else
        add_marks(w, &out);
    rc_str text = rc_str_copy(w->arena, rc_buf_str(&out));
    rc_buf_free(&out);
    return text;
}

void
md_walk_drop_marks(const md_walk *w, cmark_node *document)
{
    for (cmark_node *n = cmark_node_first_child(document), *next; n; n = next) {
        next = cmark_node_next(n);
        if (!md_is_note(n) && added_line(w, n) >= 0)
            cmark_node_free(n);
    }
}

bool
md_is_note(cmark_node *n)
{
    return cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION;
}

/* cmark has put the definitions at the end of the document, in the order in
 * which they are referred to. */
rc_md_note *
md_walk_notes(md_walk *w, cmark_node *document)
{
    rc_md_note *notes = RC_MAKE_ARRAY(w->arena, rc_md_note, w->note_count);
    size_t count = 0;
    w->in_note = true;
    for (cmark_node *n = cmark_node_first_child(document); n;
         n = cmark_node_next(n)) {
        if (!md_is_note(n))
            continue;
        rc_md_note *note = &notes[count++];
        int added = added_line(w, n);
        if (added >= 0) {
            rc_assert((size_t)added < w->around_notes.count);
            note->outer = w->around_notes.at[added];
            note->label = w->around->notes[note->outer].label;
            note->span = w->around->notes[note->outer].span;
            continue;
        }
        note->outer = -1;
        size_t from = md_walk_start(w, n);
        md_children root = {0};
        md_children own = {.parent = md_walk_add(w, &root, RC_MD_DOCUMENT,
                                                 from, md_walk_end(w, n))};
        note->label = RC_LIT("");
        note->span = own.parent->span;
        if (definition_label(w, cmark_node_get_start_line(n), &note->label))
            note->span = label_span(w, note->label);
        note->label = rc_str_copy(w->arena, note->label);
        note->body = own.parent;
        md_walk_blocks(w, n, &own);
    }
    w->in_note = false;
    return notes;
}
