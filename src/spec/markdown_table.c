#include "spec/markdown_walk.h"

#include <cmark-gfm-core-extensions.h>

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
    while (end > at && md_is_one_of(" \t", text[end - 1]))
        end--;
    *from = at;
    *to = end;
    return true;
}

/* The line of a table's head. Where words stand right above it, cmark gives
 * the table their line, and the words none. */
int
md_walk_head_line(cmark_node *table)
{
    cmark_node *second = cmark_node_next(cmark_node_first_child(table));
    return second ? cmark_node_get_start_line(second) - 2
                  : cmark_node_get_end_line(table) - 1;
}

static cells
row_cells(const md_walk *w, cmark_node *row)
{
    int number = cmark_node_get_start_line(row);
    size_t from = md_walk_start(w, row);
    bool header = cmark_gfm_extensions_get_table_row_is_header(row);
    if (header && number != md_walk_head_line(cmark_node_parent(row))) {
        number = md_walk_head_line(cmark_node_parent(row));
        from = md_walk_offset(w, number, 1);
        while (from < w->text.len && md_is_one_of("> \t", w->text.at[from]))
            from++;
    }
    rc_str line = md_walk_line(w, number);
    size_t end = (size_t)(line.at - w->text.at) + line.len;
    while (end > from && md_is_one_of(" \t", w->text.at[end - 1]))
        end--;
    while (from < end && md_is_one_of(" \t", w->text.at[from]))
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
                     "the row has more than the %d cells of its head",
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

void
md_walk_table(md_walk *w, cmark_node *node, md_children *to)
{
    const uint8_t *align = cmark_gfm_extensions_get_table_alignments(node);
    int columns = cmark_gfm_extensions_get_table_columns(node);
    size_t from = md_walk_start(w, node);
    if (md_walk_head_line(node) != cmark_node_get_start_line(node))
        from = md_walk_offset(w, md_walk_head_line(node), 1);
    md_children own = {.parent = md_walk_add(w, to, RC_MD_TABLE, from,
                                             md_walk_end(w, node))};
    for (cmark_node *row = cmark_node_first_child(node); row;
         row = cmark_node_next(row))
        add_row(w, row, align, columns, &own);
}

/* -- tables that are none ------------------------------------------------ */

/* A line of dashes, colons and bars under a line of cells. */
static bool
is_table_rule(rc_str line)
{
    bool dash = false, bar = false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        if (!md_is_one_of("|:- \t>", c))
            return false;
        dash = dash || c == '-';
        bar = bar || c == '|';
    }
    return dash && bar;
}

/* GFM takes a table whose head and rule differ in cells for a paragraph. */
void
md_walk_check_words(md_walk *w, cmark_node *node)
{
    int first = cmark_node_get_start_line(node);
    int last = cmark_node_get_end_line(node);
    for (int i = first + 1; i <= last; i++) {
        rc_str line = md_walk_line(w, i);
        size_t at = (size_t)(line.at - w->text.at);
        if (is_table_rule(line))
            rc_diag_hint(rc_log_error(w->log, "table-head",
                                      md_walk_span(w, at, at + line.len),
                                      "no table: the line above has not as "
                                      "many cells"),
                         "one '---' for each cell of the head");
    }
}
