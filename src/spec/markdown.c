#include "spec/markdown.h"

#include "spec/markdown_walk.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 256 * 1024 * 1024 }; /* cmark counts bytes in an int */

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

bool
md_is_one_of(const char *set, char c)
{
    return c && strchr(set, c);
}

bool
md_is_table(cmark_node *n) /* its type has no name outside of the extension */
{
    return cmark_gfm_extensions_get_table_columns(n) > 0;
}

size_t
md_walk_start(const md_walk *w, cmark_node *node)
{
    return md_walk_offset(w, cmark_node_get_start_line(node),
                          cmark_node_get_start_column(node));
}

/* The end of the last line that cmark counts to the node. */
size_t
md_walk_end(const md_walk *w, cmark_node *node)
{
    int line = cmark_node_get_end_line(node);
    size_t from = md_walk_start(w, node);
    size_t end = md_walk_offset(w, line, 1) + md_walk_line(w, line).len;
    while (end > from && md_is_one_of(" \t\r\n", w->text.at[end - 1]))
        end--;
    return end;
}

/* -- paragraphs and headings --------------------------------------------- */

/* Inline children of a block whose words lie in [from, end). */
static void
add_words(md_walk *w, cmark_node *node, md_children *own, size_t from,
          size_t end)
{
    w->cursor = from;
    w->limit = end > from ? end : from;
    md_walk_inlines(w, node, own);
}

static void
add_paragraph(md_walk *w, cmark_node *node, md_children *to)
{
    cmark_node *next = cmark_node_next(node);
    bool lost = cmark_node_get_start_line(node) == 0 && next
                && md_is_table(next);
    size_t from = md_walk_start(w, lost ? next : node);
    size_t end = lost ? md_walk_offset(w, md_walk_head_line(next), 1)
                      : md_walk_end(w, node);
    md_children own = {.parent = md_walk_add(w, to, RC_MD_PARAGRAPH, from,
                                             from)};
    add_words(w, node, &own, from, end);
    own.parent->span = md_walk_span(w, from, w->cursor);
    md_walk_check_words(w, node);
}

static bool
is_id(rc_str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9') || md_is_one_of("-_.:", c)
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
    size_t from = md_walk_start(w, node), words = from;
    md_children own = {.parent = md_walk_add(w, to, RC_MD_HEADING, from,
                                             from)};
    own.parent->level = cmark_node_get_heading_level(node);
    rc_str s = rc_str_part(w->text, from, w->text.len);
    if (rc_str_starts(s, "#"))
        while (words < w->text.len && md_is_one_of("# \t", w->text.at[words]))
            words++;
    add_words(w, node, &own, words, md_walk_end(w, node));
    take_id(w, &own, words, w->cursor);
    own.parent->span = md_walk_span(w, from, w->cursor);
}

/* -- fenced blocks ------------------------------------------------------- */

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

/* A line inside a block that begins another one: the first was not closed. */
static rc_str
fence_inside(rc_str text, size_t length, char mark)
{
    for (size_t from = 0; from < text.len;) {
        size_t end = rc_str_find(text, "\n", from);
        end = end < text.len ? end : text.len;
        rc_str line = rc_str_trim(rc_str_part(text, from, end));
        size_t n = 0;
        while (n < line.len && line.at[n] == mark)
            n++;
        if (n >= length && n < line.len)
            return line;
        from = end + 1;
    }
    return (rc_str){0};
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
        if (end == SIZE_MAX)
            end = n->text.len;
        rc_str there = md_walk_line(w, ++line);
        size_t same = 0, stop = (size_t)(there.at - w->text.at) + there.len;
        while (same < end - from && same < there.len
               && n->text.at[end - same - 1] == w->text.at[stop - same - 1])
            same++;
        rc_piece piece = {.there = (uint32_t)(end - same),
                          .from = (uint32_t)(stop - same),
                          .len = (uint32_t)(same + (stop < w->text.len))};
        md_walk_lead(w, piece, &pieces);
        from = end + 1;
    }
    n->pieces = (rc_pieces){source, pieces.at, pieces.count};
}

static void
add_fence(md_walk *w, cmark_node *node, md_children *to)
{
    int length = 0, offset = 0;
    char mark = '\0';
    size_t from = md_walk_start(w, node);
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
    rc_md_node *n = md_walk_add(w, to, RC_MD_FENCE, from, md_walk_end(w, node));
    n->info = rc_str_trim(md_walk_copy(w, cmark_node_get_fence_info(node)));
    n->text = md_walk_copy(w, cmark_node_get_literal(node));
    lead_lines(w, node, n);
    rc_str inner = fence_inside(n->text, (size_t)length, mark);
    n->unclosed = inner.len || !is_closed(w, node, (size_t)length, mark);
    if (!n->unclosed)
        return;
    char line[] = "``````";
    int shown = length < 6 ? length : 6;
    memset(line, mark, (size_t)shown);
    rc_diag *d = rc_log_error(w->log, "unclosed-fence",
                              md_walk_span(w, from, from + first.len),
                              "this block is never closed");
    rc_diag_hint(d, "it ends with a line of %.*s", shown, line);
    size_t at = SIZE_MAX;
    if (inner.len)
        at = rc_str_find(w->text, rc_str_cz(w->arena, inner),
                         from + first.len);
    if (at != SIZE_MAX)
        rc_diag_also(d, md_walk_span(w, at, at + inner.len),
                     "another begins before");
}

/* -- containers ---------------------------------------------------------- */

static void
add_container(md_walk *w, cmark_node *node, rc_md_kind kind, md_children *to)
{
    size_t from = md_walk_start(w, node), end = md_walk_end(w, node);
    md_children own = {.parent = md_walk_add(w, to, kind, from,
                                             end > from ? end : from)};
    if (kind == RC_MD_LIST) {
        own.parent->ordered =
            cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        own.parent->start = cmark_node_get_list_start(node);
        own.parent->tight = cmark_node_get_list_tight(node);
    }
    w->quotes += kind == RC_MD_BLOCK_QUOTE;
    md_walk_blocks(w, node, &own);
    w->quotes -= kind == RC_MD_BLOCK_QUOTE;
}

static void
refuse_html(md_walk *w, cmark_node *node)
{
    size_t from = md_walk_start(w, node);
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
    else if (md_is_table(node))
        md_walk_table(w, node, to);
    else if (type == CMARK_NODE_LIST)
        add_container(w, node, RC_MD_LIST, to);
    else if (type == CMARK_NODE_ITEM)
        add_container(w, node, RC_MD_ITEM, to);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        add_container(w, node, RC_MD_BLOCK_QUOTE, to);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        md_walk_add(w, to, RC_MD_RULE, md_walk_start(w, node),
                    md_walk_end(w, node));
    else if (type == CMARK_NODE_HTML_BLOCK)
        refuse_html(w, node);
}

void
md_walk_blocks(md_walk *w, cmark_node *of, md_children *to)
{
    if (!cmark_node_first_child(of) || !md_walk_down(w, md_walk_start(w, of)))
        return;
    for (cmark_node *n = cmark_node_first_child(of); n;
         n = cmark_node_next(n))
        add_block(w, n, to);
    md_walk_up(w);
}

/* -- the whole ----------------------------------------------------------- */

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

/* cmark's time grows with the square of a table's columns. */
static bool
has_sane_tables(const md_walk *w)
{
    enum { MOST_BARS = 1000 };
    for (size_t i = 0; i < w->line_count; i++) {
        size_t bars = 0, from = w->lines[i], end = w->lines[i + 1];
        for (size_t at = from; at < end; at++)
            bars += w->text.at[at] == '|';
        if (bars <= MOST_BARS)
            continue;
        rc_log_error(w->log, "table-row", md_walk_span(w, from, from + 1),
                     "a table cannot have more than %d columns", MOST_BARS);
        return false;
    }
    return true;
}

static cmark_node *
parse(md_walk *w, cmark_mem *mem)
{
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, mem);
    if (has_sane_tables(w))
        cmark_parser_attach_syntax_extension(
            parser, cmark_find_syntax_extension("table"));
    rc_str text = md_walk_with_notes(w);
    cmark_parser_feed(parser, text.len ? text.at : "", text.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    md_walk_drop_marks(w, document);
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
        w->note_count += md_is_note(n);
    md_walk_blocks(w, document, &own);
    rc_md_note *notes = md_walk_notes(w, document);
    md_walk_check_notes(w, document, notes);
    md->notes = notes;
    md->note_count = w->note_count;
}

const rc_md *
rc_markdown(rc_arena *a, rc_str text, const rc_md_origin *origins,
            size_t origin_count, rc_log *log)
{
    return rc_markdown_inside(a, text, origins, origin_count, NULL, log);
}

const rc_md *
rc_markdown_inside(rc_arena *a, rc_str text, const rc_md_origin *origins,
                   size_t origin_count, const rc_md *around, rc_log *log)
{
    md_walk w = {.arena = a, .text = text, .log = log, .origins = origins,
                 .origin_count = origin_count, .around = around};
    rc_md *md = RC_MAKE(a, rc_md);
    if (text.len > LONGEST) {
        rc_log_error(log, "too-long", md_walk_span(&w, 0, 0),
                     "the chapter is longer than 256 MB");
        w.text = RC_LIT("");
    }
    md_walk_lines(&w);
    cmark_mem mem = {zeroed, grown, free};
    cmark_node *document = parse(&w, &mem);
    add_document(&w, document, md);
    cmark_node_free(document);
    return md;
}
