#include "spec/markdown.h"

#include "spec/markdown_walk.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 256 * 1024 * 1024 }; /* cmark counts bytes in an int */

static void add_blocks(md_walk *w, cmark_node *of, md_children *to);

/* -- nodes ----------------------------------------------------------------- */

rc_md_node *
md_walk_add(md_walk *w, md_children *to, rc_md_kind kind, size_t from,
            size_t to_byte)
{
    rc_md_node *n = RC_MAKE(w->arena, rc_md_node);
    n->kind = kind;
    n->span = md_walk_span(w, from, to_byte);
    n->note = -1;
    n->parent = to->parent;
    n->text = n->info = n->url = n->title = n->id = RC_LIT("");
    if (to->last)
        to->last->next = n;
    else if (to->parent)
        to->parent->first = n;
    to->last = n;
    return n;
}

rc_str
md_walk_copy(md_walk *w, const char *z)
{
    return rc_str_copy(w->arena, rc_str_z(z));
}

bool
md_walk_down(md_walk *w, size_t at)
{
    if (w->depth == MD_DEEPEST) {
        rc_log_error(w->log, "nested-too-deep", md_walk_span(w, at, at + 1),
                     "nested more than %d levels deep", MD_DEEPEST);
        return false;
    }
    w->depth++;
    return true;
}

void
md_walk_up(md_walk *w)
{
    w->depth--;
}

static bool
is_one_of(const char *set, char c)
{
    return c && strchr(set, c);
}

static bool
is_table(cmark_node *n) /* its type has no name outside of the extension */
{
    return cmark_gfm_extensions_get_table_columns(n) > 0;
}

static size_t
start_of(const md_walk *w, cmark_node *node)
{
    return md_walk_offset(w, cmark_node_get_start_line(node),
                          cmark_node_get_start_column(node));
}

/* The end of the last line that cmark counts to the node. */
static size_t
end_of(const md_walk *w, cmark_node *node)
{
    int line = cmark_node_get_end_line(node);
    size_t from = start_of(w, node);
    size_t end = md_walk_offset(w, line, 1) + md_walk_line(w, line).len;
    while (end > from && is_one_of(" \t\r\n", w->text.at[end - 1]))
        end--;
    return end;
}

/* -- paragraphs and headings ------------------------------------------------ */

/* Inline children of a block whose words begin at `from`. */
static void
add_words(md_walk *w, cmark_node *node, md_children *own, size_t from)
{
    w->cursor = from;
    w->limit = end_of(w, node);
    if (w->limit < from)
        w->limit = from;
    md_walk_inlines(w, node, own);
}

static void
add_paragraph(md_walk *w, cmark_node *node, md_children *to)
{
    size_t from = start_of(w, node);
    md_children own = {.parent = md_walk_add(w, to, RC_MD_PARAGRAPH, from,
                                             from)};
    add_words(w, node, &own, from);
    own.parent->span = md_walk_span(w, from, w->cursor);
}

static bool
is_id(rc_str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9') || is_one_of("-_.:", c)
                    || (unsigned char)c >= 0x80;
        if (!fits)
            return false;
    }
    return id.len > 0;
}

static size_t
find_last(rc_str s, const char *what)
{
    size_t last = SIZE_MAX;
    for (size_t at = 0; (at = rc_str_find(s, what, at)) != SIZE_MAX; at++)
        last = at;
    return last;
}

/* Takes `{#id}` off the end of a heading whose words lie in [from, to). */
static void
take_id(md_walk *w, md_children *own, size_t from, size_t to)
{
    rc_md_node *last = own->last;
    if (!last || last->kind != RC_MD_TEXT)
        return;
    rc_str text = rc_str_trim(last->text);
    size_t open = find_last(last->text, "{#");
    rc_str source = rc_str_part(w->text, from, to);
    size_t place = find_last(source, "{#");
    if (open == SIZE_MAX || place == SIZE_MAX
        || (place > 0 && source.at[place - 1] == '\\'))
        return;
    size_t end = (size_t)(text.at + text.len - last->text.at);
    rc_str id = rc_str_part(last->text, open + 2, end);
    bool closed = id.len && id.at[id.len - 1] == '}';
    id.len -= closed;
    if (!closed || !is_id(id)) {
        rc_diag_hint(
            rc_log_error(w->log, "heading-id",
                         md_walk_span(w, from + place, to),
                         "'%.*s' is no name for a heading",
                         RC_STR(rc_str_part(last->text, open, end))),
            "{#name} ends the line; letters, digits, '-', '_', '.', ':'");
        return;
    }
    own->parent->id = id;
    last->text = rc_str_part(last->text, 0, open);
    while (last->text.len && last->text.at[last->text.len - 1] == ' ')
        last->text.len--;
}

static void
add_heading(md_walk *w, cmark_node *node, md_children *to)
{
    size_t from = start_of(w, node), words = from;
    md_children own = {.parent = md_walk_add(w, to, RC_MD_HEADING, from,
                                             from)};
    own.parent->level = cmark_node_get_heading_level(node);
    rc_str s = rc_str_part(w->text, from, w->text.len);
    if (rc_str_starts(s, "#"))
        while (words < w->text.len && is_one_of("# \t", w->text.at[words]))
            words++;
    add_words(w, node, &own, words);
    take_id(w, &own, words, w->cursor);
    own.parent->span = md_walk_span(w, from, w->cursor);
}

/* -- fenced blocks ---------------------------------------------------------- */

/* The last line of a fenced block, if it closes it. */
static bool
is_closed(md_walk *w, cmark_node *node, size_t length, char mark)
{
    int last = cmark_node_get_end_line(node);
    if (last <= cmark_node_get_start_line(node))
        return false;
    rc_str line = rc_str_trim(md_walk_line(w, last));
    size_t n = 0;
    while (line.len && (line.at[0] == '>' || line.at[0] == ' '))
        line = rc_str_part(line, 1, line.len);
    while (n < line.len && line.at[n] == mark)
        n++;
    return n >= length && n == line.len;
}

/* Each line of the block is the end of a line of the text: what stands before
 * it there (indents, marks of quotes) is cut off. */
static void
lead_lines(md_walk *w, cmark_node *node, rc_md_node *n)
{
    md_pieces pieces = {0};
    int line = cmark_node_get_start_line(node);
    const rc_source *source = md_walk_source(w, md_walk_offset(w, line, 1));
    for (size_t from = 0; from < n->text.len;) {
        size_t end = rc_str_find(n->text, "\n", from);
        end = end == SIZE_MAX ? n->text.len : end + 1;
        size_t start = md_walk_offset(w, ++line, 1);
        size_t there = md_walk_offset(w, line + 1, 1);
        size_t same = 0;
        while (same < end - from && same < there - start
               && n->text.at[end - same - 1] == w->text.at[there - same - 1])
            same++;
        rc_piece piece = {.there = (uint32_t)(end - same),
                          .from = (uint32_t)(there - same),
                          .len = (uint32_t)same};
        md_walk_lead(w, piece, source, &pieces);
        from = end;
    }
    n->pieces = (rc_pieces){source, pieces.at, pieces.count};
}

static void
add_fence(md_walk *w, cmark_node *node, md_children *to)
{
    int length = 0, offset = 0;
    char mark = '\0';
    size_t from = start_of(w, node);
    rc_str first = rc_str_part(
        w->text, from,
        md_walk_offset(w, cmark_node_get_start_line(node), 1)
            + md_walk_line(w, cmark_node_get_start_line(node)).len);
    if (!cmark_node_get_fenced(node, &length, &offset, &mark)) {
        rc_diag_hint(rc_log_error(w->log, "indented-code",
                                  md_walk_span(w, from, from + first.len),
                                  "a text indented by four is code to "
                                  "Markdown"),
                     "indent it by less than four, or by its list item");
        return;
    }
    rc_md_node *n = md_walk_add(w, to, RC_MD_FENCE, from, end_of(w, node));
    n->info = rc_str_trim(md_walk_copy(w, cmark_node_get_fence_info(node)));
    n->text = md_walk_copy(w, cmark_node_get_literal(node));
    lead_lines(w, node, n);
    if (!is_closed(w, node, (size_t)length, mark))
        rc_diag_hint(rc_log_error(w->log, "unclosed-fence",
                                  md_walk_span(w, from, from + first.len),
                                  "this block is never closed"),
                     "it ends with a line of %d '%c'", length, mark);
}

/* -- tables ----------------------------------------------------------------- */

typedef struct cells {
    size_t at, end; /* of the row that is left */
} cells;

/* The next cell of a row, without the blanks around it; false at its end. */
static bool
next_cell(const md_walk *w, cells *row, size_t *from, size_t *to)
{
    const char *text = w->text.at;
    if (row->at >= row->end)
        return false;
    size_t at = row->at, end = at;
    while (end < row->end && text[end] != '|')
        end += text[end] == '\\' && end + 1 < row->end ? 2 : 1;
    row->at = end + 1;
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    while (end > at && is_one_of(" \t", text[end - 1]))
        end--;
    *from = at;
    *to = end;
    return true;
}

static cells
row_cells(const md_walk *w, cmark_node *row)
{
    size_t from = start_of(w, row);
    rc_str line = md_walk_line(w, cmark_node_get_start_line(row));
    size_t end = (size_t)(line.at - w->text.at) + line.len;
    while (end > from && is_one_of(" \t", w->text.at[end - 1]))
        end--;
    while (from < end && is_one_of(" \t", w->text.at[from]))
        from++;
    if (from < end && w->text.at[from] == '|')
        from++;
    return (cells){from, end};
}

/* GFM drops what is more than the head has. */
static void
refuse_more_cells(md_walk *w, cells left, int columns)
{
    size_t from, to;
    if (next_cell(w, &left, &from, &to))
        rc_log_error(w->log, "table-row", md_walk_span(w, from, to),
                     "the row has more cells than the table's head, %d",
                     columns);
}

static void
add_row(md_walk *w, cmark_node *node, const uint8_t *align, int columns,
        md_children *to)
{
    cells left = row_cells(w, node);
    md_children own = {.parent = md_walk_add(w, to, RC_MD_ROW, left.at,
                                             left.end)};
    own.parent->header = cmark_gfm_extensions_get_table_row_is_header(node);
    int column = 0;
    for (cmark_node *c = cmark_node_first_child(node); c;
         c = cmark_node_next(c), column++) {
        size_t from = left.end, end = left.end;
        next_cell(w, &left, &from, &end);
        md_children cell = {.parent = md_walk_add(w, &own, RC_MD_CELL, from,
                                                  end)};
        if (column < columns)
            cell.parent->align = (char)align[column];
        w->cursor = from;
        w->limit = end;
        md_walk_inlines(w, c, &cell);
    }
    refuse_more_cells(w, left, columns);
}

static void
add_table(md_walk *w, cmark_node *node, md_children *to)
{
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(node);
    int columns = cmark_gfm_extensions_get_table_columns(node);
    md_children own = {.parent = md_walk_add(w, to, RC_MD_TABLE,
                                             start_of(w, node),
                                             end_of(w, node))};
    for (cmark_node *row = cmark_node_first_child(node); row;
         row = cmark_node_next(row))
        add_row(w, row, align, columns, &own);
}

/* -- containers ------------------------------------------------------------- */

static void
add_container(md_walk *w, cmark_node *node, rc_md_kind kind, md_children *to)
{
    size_t from = start_of(w, node), end = end_of(w, node);
    md_children own = {.parent = md_walk_add(w, to, kind, from,
                                             end > from ? end : from)};
    if (kind == RC_MD_LIST) {
        own.parent->ordered =
            cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        own.parent->start = cmark_node_get_list_start(node);
        own.parent->tight = cmark_node_get_list_tight(node);
    }
    w->quotes += kind == RC_MD_BLOCK_QUOTE;
    add_blocks(w, node, &own);
    w->quotes -= kind == RC_MD_BLOCK_QUOTE;
}

static void
refuse_html(md_walk *w, cmark_node *node)
{
    size_t from = start_of(w, node);
    rc_str line = md_walk_line(w, cmark_node_get_start_line(node));
    size_t end = (size_t)(line.at - w->text.at) + line.len;
    rc_diag_hint(rc_log_error(w->log, "raw-html", md_walk_span(w, from, end),
                              "HTML has no place here"),
                 "a bracket that is meant as such is written '\\<'");
}

static void
add_block(md_walk *w, cmark_node *node, md_children *to)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH)
        add_paragraph(w, node, to);
    else if (type == CMARK_NODE_HEADING)
        add_heading(w, node, to);
    else if (type == CMARK_NODE_CODE_BLOCK)
        add_fence(w, node, to);
    else if (is_table(node))
        add_table(w, node, to);
    else if (type == CMARK_NODE_LIST)
        add_container(w, node, RC_MD_LIST, to);
    else if (type == CMARK_NODE_ITEM)
        add_container(w, node, RC_MD_ITEM, to);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        add_container(w, node, RC_MD_BLOCK_QUOTE, to);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        md_walk_add(w, to, RC_MD_RULE, start_of(w, node), end_of(w, node));
    else if (type == CMARK_NODE_HTML_BLOCK)
        refuse_html(w, node);
}

static void
add_blocks(md_walk *w, cmark_node *of, md_children *to)
{
    if (!cmark_node_first_child(of) || !md_walk_down(w, start_of(w, of)))
        return;
    for (cmark_node *n = cmark_node_first_child(of); n;
         n = cmark_node_next(n))
        add_block(w, n, to);
    md_walk_up(w);
}

/* -- footnotes -------------------------------------------------------------- */

/* The label of the definition that begins on this line, with its place; false
 * if none does. */
static bool
definition_label(const md_walk *w, int line, rc_str *label)
{
    rc_str s = md_walk_line(w, line);
    size_t at = 0, end;
    while (at < s.len && is_one_of("> \t", s.at[at]))
        at++;
    if (!rc_str_starts(rc_str_part(s, at, s.len), "[^"))
        return false;
    for (end = at + 2; end < s.len && !is_one_of("] \t", s.at[end]);)
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
            || type == CMARK_NODE_HTML_BLOCK || is_table(n))
            mark_lines(w, n, taken);
        else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
            taken[cmark_node_get_start_line(n) - 1] = true;
    }
    cmark_iter_free(iter);
}

/* cmark forgets definitions that nothing refers to, and second ones. */
static void
refuse_lost_definitions(md_walk *w, cmark_node *document,
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

static bool
is_definition(cmark_node *n)
{
    return cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION;
}

/* cmark has put the definitions at the end of the document, in the order in
 * which they are referred to. */
static rc_md_note *
add_notes(md_walk *w, cmark_node *document)
{
    rc_md_note *notes = RC_MAKE_ARRAY(w->arena, rc_md_note, w->note_count);
    size_t count = 0;
    w->in_note = true;
    for (cmark_node *n = cmark_node_first_child(document); n;
         n = cmark_node_next(n)) {
        if (!is_definition(n))
            continue;
        rc_md_note *note = &notes[count++];
        size_t from = start_of(w, n);
        md_children root = {0};
        md_children own = {.parent = md_walk_add(w, &root, RC_MD_DOCUMENT,
                                                 from, end_of(w, n))};
        note->label = RC_LIT("");
        note->span = own.parent->span;
        if (definition_label(w, cmark_node_get_start_line(n), &note->label))
            note->span = label_span(w, note->label);
        note->label = rc_str_copy(w->arena, note->label);
        note->body = own.parent;
        add_blocks(w, n, &own);
    }
    w->in_note = false;
    return notes;
}

/* -- the whole -------------------------------------------------------------- */

static void *
zeroed(size_t count, size_t size)
{
    void *p = rc_heap_grow(NULL, count, size);
    return memset(p, 0, count * size);
}

static void *
grown(void *old, size_t size)
{
    return rc_heap_grow(old, size, 1);
}

static cmark_node *
parse(rc_str text, cmark_mem *mem)
{
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, mem);
    cmark_parser_attach_syntax_extension(parser,
                                         cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text.at, text.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

static void
add_document(md_walk *w, cmark_node *document, rc_md *md)
{
    md_children root = {0};
    md_children own = {.parent = md_walk_add(w, &root, RC_MD_DOCUMENT, 0,
                                             w->text.len)};
    md->document = own.parent;
    for (cmark_node *n = cmark_node_first_child(document); n;
         n = cmark_node_next(n))
        w->note_count += is_definition(n);
    add_blocks(w, document, &own);
    rc_md_note *notes = add_notes(w, document);
    refuse_lost_definitions(w, document, notes);
    md->notes = notes;
    md->note_count = w->note_count;
}

const rc_md *
rc_markdown(rc_arena *a, rc_str text, const rc_md_origin *origins,
            size_t origin_count, rc_log *log)
{
    md_walk w = {.arena = a, .text = text, .log = log, .origins = origins,
                 .origin_count = origin_count};
    rc_md *md = RC_MAKE(a, rc_md);
    if (text.len > LONGEST) {
        rc_log_error(log, "too-long", md_walk_span(&w, 0, 0),
                     "the chapter is longer than 256 MB");
        w.text = RC_LIT("");
    }
    md_walk_lines(&w);
    cmark_mem mem = {zeroed, grown, free};
    cmark_node *document = parse(w.text, &mem);
    add_document(&w, document, md);
    cmark_node_free(document);
    return md;
}
