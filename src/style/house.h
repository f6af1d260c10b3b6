/* The house style: every measure, colour, face and word of a look, read from
 * layouts/NAME/house.yaml with defaults, units and located errors. Knows no
 * survey. Lengths in points in the file, rc_len here; colours are indices into
 * `colours`, faces into `faces`. docs/layout-format.md documents every key. */
#ifndef RC_STYLE_HOUSE_H
#define RC_STYLE_HOUSE_H

#include "spec/yaml.h"

typedef struct rc_colour {
    rc_str name;
    uint8_t r, g, b;
} rc_colour;

typedef struct rc_face {
    rc_str family, style; /* "sans", "semibold" */
    rc_str file;          /* name in fonts/ */
} rc_face;

/* Text roles the program itself asks for. The names in the file are these in
 * lower case with '-': cover-title, side-head, ... All must be there. */
typedef enum rc_role {
    RC_ROLE_COVER_TITLE, RC_ROLE_COVER_SUB, RC_ROLE_COVER_LINE,
    RC_ROLE_PART_TITLE, RC_ROLE_OPENING_NUMBER, RC_ROLE_TITLE,
    RC_ROLE_TITLE_NUMBER, RC_ROLE_SECTION_TITLE, RC_ROLE_SECTION_NUMBER,
    RC_ROLE_LEAD, RC_ROLE_BODY, RC_ROLE_SIDE_HEAD, RC_ROLE_HEAD,
    RC_ROLE_BOX_HEAD, RC_ROLE_BOX, RC_ROLE_QUOTE, RC_ROLE_SPEAKER,
    RC_ROLE_KEY_NUMBER, RC_ROLE_KEY_WORDS, RC_ROLE_HEADLINE, RC_ROLE_SUBTITLE,
    RC_ROLE_FIGURE_NUMBER, RC_ROLE_SCOPE, RC_ROLE_LABEL, RC_ROLE_LEGEND,
    RC_ROLE_VALUE, RC_ROLE_NET, RC_ROLE_COLUMN_HEAD, RC_ROLE_COLUMN_SUB,
    RC_ROLE_COMPARE_VALUE, RC_ROLE_COMPARE_WORD, RC_ROLE_CELL,
    RC_ROLE_TABLE_GROUP, RC_ROLE_CONTENTS_1, RC_ROLE_CONTENTS_2,
    RC_ROLE_CONTENTS_FIGURE, RC_ROLE_NOTE, RC_ROLE_FOOTNOTE,
    RC_ROLE_RUNNING_HEAD, RC_ROLE_PAGE_NUMBER, RC_ROLE_FOOT,
} rc_role;
enum { RC_ROLE_COUNT = RC_ROLE_FOOT + 1 };

typedef struct rc_text_style {
    rc_str name;
    int face;          /* regular */
    int strong, emph, strong_emph; /* faces for bold and italic runs inside */
    rc_len size, leading;
    int colour;        /* -1: by contrast */
    rc_len shift;      /* optical, to the right */
    bool left_column;  /* stands in the left column where the grid has one */
    bool balance;
    rc_len before, after; /* extra space */
    rc_len width;      /* measure; 0: that of its column */
    rc_len hang;
    int lines;         /* at most; 0: any number */
} rc_text_style;

typedef struct rc_outline { int colour; rc_len width; } rc_outline; /* colour -1 none */
typedef struct rc_fill { int colour; rc_outline outline; } rc_fill;

/* A rule across the measure. */
typedef struct rc_rule { rc_len width; int colour; } rc_rule;

/* Text of a head, foot or cover: literal text and fields {{ report.x }},
 * resolved by layout from the document's fields. */
typedef struct rc_field_text { rc_str text; rc_span span; } rc_field_text;

typedef enum rc_place_kind { RC_PLACE_TEXT, RC_PLACE_RULE } rc_place_kind;
typedef struct rc_place {
    rc_place_kind kind;
    int style;              /* index into house->styles (text) */
    rc_rule rule;
    bool below;             /* y counts from the last baseline before */
    rc_len y;
    rc_field_text left, axis, right;
} rc_place;

typedef enum rc_bands_of { RC_BANDS_NONE, RC_BANDS_ITEMS, RC_BANDS_GROUPS }
    rc_bands_of;
typedef struct rc_bands_style {
    rc_bands_of of;
    rc_len middle, scale; /* x of the middle of the neutral part; 100 % */
    rc_len height, gap, pitch;
    rc_len label;         /* label's baseline above the band; 0 none */
    bool cells;           /* cut into responses */
    rc_len cell_gap;
    int neutral;          /* colour of the neutral part */
} rc_bands_style;

/* A master: how a kind of page is furnished, and how an opening begins. */
typedef struct rc_master {
    rc_str name;
    bool has_head, has_foot;
    rc_len head_y, foot_y;
    rc_field_text head_left, head_axis, head_right;
    rc_field_text foot_left[3];   size_t foot_left_count;
    rc_field_text foot_axis, foot_right;
    /* openings; 0 where the master has none */
    rc_len title, title_below_rule, at_top, summary_rule, lead_bar, facts,
        line, rule, text;
    int number_style, text_style; /* index into styles, -1 none */
    bool runs_on, contents;
    rc_len fields_y, fields_row;
    const rc_place *places; size_t place_count;
    rc_bands_style bands;
    rc_span span;
} rc_master;

typedef struct rc_house {
    rc_str name;
    rc_len page_width, page_height;
    rc_len left, right, top, bottom; /* the frame */
    rc_len axis;
    bool has_left_column;            /* false: left-column blocks stand above */
    rc_len left_x, left_width, left_text_width;
    rc_len right_x, right_width;
    rc_len first_baseline, unit, body_leading;
    const rc_face *faces; size_t face_count;
    const rc_colour *colours; size_t colour_count;
    double contrast_text, contrast_parts;
    rc_rule rule_open, rule_close, rule_head, rule_row;
    const rc_text_style *styles; size_t style_count;
    int role[RC_ROLE_COUNT];         /* index into styles */
    int ink, paper, link;            /* colours by use; link: that of links */
    struct { rc_len paragraph, section, bullet, before_figure,
             after_figure, after_raster; } space;
    const rc_master *masters; size_t master_count;
    struct { rc_len bar_width, bar_height, raise, indent; int colour; } list;
    struct { int levels; rc_len radius, raster, from, to;
             rc_len number1_right, number2_left, title2, number3_left, title3,
             before_chapter; } contents;
    struct { rc_len row, dense_row; rc_str continued; } table;
    struct { int fill, bar_colour; rc_len bar_width, inset; } box;
    struct { rc_len mark_size_pct, mark_raise_pct; rc_len rule_width, rule,
             rule_above, indent; } footnote; /* _pct: whole per cent */
    struct { rc_len underline, offset; } link_line;
    struct {
        struct { rc_len headline, subtitle, legend, column_heads, second_line,
                 rule, base, note; } step;
        struct { rc_len column[8]; size_t columns; rc_len row, swatch, text; }
            legend;
        /* fills by net, outermost category first */
        const rc_fill *positive; size_t positive_count;
        const rc_fill *neutral;  size_t neutral_count;
        const rc_fill *negative; size_t negative_count;
        const rc_fill *outside;  size_t outside_count;
        struct { rc_len width, bar, gap, minimum, row, row_padding, row_unit,
                 value_padding; rc_len net_right[8]; size_t nets; bool star; }
            stacked;
        struct { rc_len value, word, arrow, row; rc_str higher, lower; }
            compare;
        struct { rc_str head; rc_len notch_length, notch_low, notch_width;
                 int notch_colour; rc_len outlined_width; int outlined_colour;
                 rc_field_text note; rc_len bar_width; int bar_colour; }
            low;
        struct { rc_len width; rc_len right[8]; size_t columns; } volume;
        rc_str caution_mark, counts_mark;
        struct { rc_len bar, longest, row, tall_row, value; int named, others; }
            ranked;
        struct { rc_len line, circle, square, square_line, triangle,
                 whole_width, whole_height, label, nearer, move;
                 int colour[8]; size_t colours; } dots;
        struct { rc_len height, line, point, value; rc_str missing; } trend;
        int tint_higher, tint_lower;
        bool labels_above;  /* labels over their bars (one-column looks) */
    } chart;
    struct { rc_str figure, table, base, source, per_cent, appendix, contents,
             figures, tables, chapter, page, data, in_brief, in_chapter,
             who_answered, from_comments, bars; } words;
} rc_house;

/* Reads and checks house.yaml: unknown keys, missing roles, wrong units,
 * colours below the contrast it names (parts and text) are errors. NULL when
 * it cannot be used. */
const rc_house *rc_house_read(rc_arena *a, const rc_source *source,
                              rc_log *log);
int rc_house_style(const rc_house *h, rc_str name);   /* index or -1 */
int rc_house_colour(const rc_house *h, rc_str name);  /* index or -1 */
const rc_master *rc_house_master(const rc_house *h, rc_str name); /* or NULL */
/* Contrast ratio of two colours (WCAG 2.2, relative luminance), 1..21. */
double rc_colour_contrast(rc_colour a, rc_colour b);
/* The colour of text on a fill: paper or ink, whichever contrasts more. */
int rc_house_ink_on(const rc_house *h, int fill_colour);

#endif
