/* A table, set: shared by table.c (measures) and table_draw.c (draws). */
#ifndef RC_LAYOUT_TABLE_H
#define RC_LAYOUT_TABLE_H

#include "layout/inner.h"

typedef struct table_column {
    rc_len left, right;   /* of its text */
    char align;
    const rc_para *head;
    const rc_para *over;  /* over this column and some after it; or NULL */
} table_column;

typedef struct table_own {
    const rc_table *t;
    rc_len x, width;      /* of the grid */
    bool open;            /* number and headline over it: figure furniture */
    bool figures;         /* all columns but the first hold figures */
    bool dense;
    table_column *columns;
    const rc_para **cells; /* row by row */
    rc_len *heights;
    const rc_para *spanning;
    rc_prose spanning_prose;
    const rc_para *caption, *left_note, *back;
    /* from the top rule */
    rc_len spanning_y, head_y, sub_y, rows_y;
    rc_len repeat_shift;  /* rows_y less that of a repeated head */
    size_t head_lines, over_lines; /* 0: no heads over columns */
    rc_len tail;          /* from the closing rule to the last baseline */
    rc_len above;         /* caption over the table, without a left column */
    /* once drawn */
    rc_el table, body;
    rc_el *head_els;      /* TH a column, RC_NO_ELEMENT */
    rc_el *span_els;      /* by column: the TH over its head */
    rc_el group_el;
    rc_el group;          /* the Div round it */
    uint32_t first_page;
    rc_len caption_end;
} table_own;

rc_prose table_cell(const rc_table *t, size_t row, size_t column,
                    const rc_cell_text **cell);
int table_cell_style(const lay *l, const rc_row *row);
rc_len table_first_baseline(const lay *l, const table_own *own, size_t row,
                            const rc_para *para);
void draw_table(lay *l, item *it, const placed *p);

#endif
