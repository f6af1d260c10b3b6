#include "spec/markdown_walk.h"

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
        else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
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
