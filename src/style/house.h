/* The house style: every measure, colour, face and word of a look, read from
 * layouts/NAME/house.yaml with defaults, units and located errors. Knows no
 * survey. Lengths in points in the file, rc_len here; colours are indices into
 * `colours`, faces into `faces`. docs/house-format.md documents every key. */
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
    rc_span span;         /* where house.yaml names it */
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
    RC_ROLE_RUNNING_TITLE,   /* the running head's left field */
    RC_ROLE_DATA_LINK,       /* "Data: page 71", beside a figure's base */
    RC_ROLE_LOW_NOTE,        /* beside the bars of a small base */
    RC_ROLE_BESIDE,          /* volumes: values of the groups beside */
    RC_ROLE_AXIS_LABEL,      /* numbers of a dot or trend axis */
    RC_ROLE_MARK_VALUE,      /* values at dots */
    RC_ROLE_POINT_VALUE,     /* values over trend points */
    RC_ROLE_BAR_LABEL,       /* beside bars without a number (openings) */
    RC_ROLE_BAR_AFTER,       /* right of them: "Region (85*)" */
    RC_ROLE_BAND_LABEL,      /* over a divider's bands */
    RC_ROLE_DIVIDER_ENTRY,   /* a divider's list of sections */
    RC_ROLE_CONTENTS_HEAD,   /* "Chapters", "Figures" */
    RC_ROLE_SUMMARY_PAGE,    /* page numbers in a chapter's summary */
    RC_ROLE_FACTS_CAPTION,   /* "Who answered" */
    RC_ROLE_FACTS_CAPTION_DENSE, /* the same in runs-on sections */
    RC_ROLE_FIELD,           /* rows of the inside cover */
    RC_ROLE_NAMES_HEAD, RC_ROLE_NAMES, /* names in columns */
    RC_ROLE_DIAGRAM_HEAD, RC_ROLE_DIAGRAM,
    RC_ROLE_LEAD_VALUE,      /* values in the bar of a lead statement */
} rc_role;
enum { RC_ROLE_COUNT = RC_ROLE_LEAD_VALUE + 1 };

typedef struct rc_text_style {
    rc_str name;
    int face;          /* regular */
    int strong, emph, strong_emph; /* faces for bold and italic runs inside */
    rc_len size, leading;
    int colour;        /* -1: by contrast (values in bars) */
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
typedef struct rc_field_text {
    rc_str text;
    rc_span span;
    bool strong; /* stood between ** and ** in the file (taken off) */
} rc_field_text;

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
    rc_len label_gap;     /* between label and label_sub, to the right */
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
    rc_len foot_left_step;    /* from one left field to the next */
    rc_len after_title;       /* title's last baseline to the first text's */
    rc_len lead_bar_bottom;   /* y of the foot of the lead statement's bar */
    rc_len fields_baseline;   /* of a row's text under the rule above it */
    rc_len contents_first;    /* dividers: from the title's last baseline */
    rc_len contents_row, contents_title; /* step; title right of its number */
    bool rule_above;          /* the opening starts under rule_open when it
                                 runs on in mid-page */
    rc_len number_raise;      /* of a number over its title's baseline */
    rc_len bars_bottom;       /* the section's first bars stand at the foot of
                                 the opening's page and end here; 0 they stand
                                 where the author put them */
    rc_len foot_clear;        /* free between the last baseline and what stands
                                 at the foot; 0 as after a figure */
    bool no_head, no_foot;    /* an opening's pages go without the body's:
                                 "none" was said */
} rc_master;

typedef struct rc_house {
    rc_str name;
    rc_len page_width, page_height;
    rc_len left, right, top, bottom; /* the frame */
    rc_len axis;
    bool has_left_column;            /* false: left-column blocks stand above,
                                        and left_* are those of the right */
    rc_len left_x, left_width, left_text_width;
    rc_len right_x, right_width;
    rc_len first_baseline, unit, body_leading;
    const rc_face *faces; size_t face_count;
    const rc_colour *colours; size_t colour_count;
    double contrast_text, contrast_large, contrast_parts;
    rc_rule rule_open, rule_close, rule_head, rule_row;
    const rc_text_style *styles; size_t style_count;
    int role[RC_ROLE_COUNT];         /* index into styles */
    int ink, paper, link;            /* colours by use; link: that of links */
    struct { rc_len paragraph, section, bullet, before_figure,
             after_figure, after_raster;
             rc_len after_lead;      /* to a rule or the next baseline */
             rc_len before_section, after_section; /* `##` titles in the run:
                                        last baseline to title, to next */
             rc_len raster;          /* blocks snap to this after first_baseline */
             int keep_lines;         /* a side-head keeps with so many lines */
             int last_lines;         /* and starts in none of the last ones */
             int orphans, widows;
             int section_lines; } space; /* of text under a title in the run */
    const rc_master *masters; size_t master_count;
    struct { rc_len bar_width, bar_height, raise, indent; int colour;
             rc_len number_right; /* right edge of numbers, from the text's
                                     left edge */ } list;
    struct { rc_len radius, raster, from, to;
             rc_len number1_right, number2_left, title2, number3_left, title3,
             before_chapter;
             rc_len first;           /* title's last baseline to first entry */
             rc_len list_rule;       /* last entry to the rule before a list
                                        of figures or tables */
             rc_len list_first;      /* that rule to the list's first entry */
             rc_len figure_title;    /* right of a figure's number */
             rc_len number_width;    /* kept free at the right for pages */
             rc_len raise;           /* middle of a leader's dots over the
                                        baseline */
             int leader_colour, number1_colour, number2_colour; } contents;
    struct { rc_len row, dense_row; rc_str continued;
             rc_len spanning;        /* last baseline above to the unit's */
             rc_len head;            /* the same to the first column head's */
             rc_len head_spanned;    /* the unit's baseline to the heads' */
             rc_len second_line;     /* head to its second line */
             rc_len rule, rule_second; /* last head (second line) to rule */
             rc_len middle;          /* text baseline under a row's middle */
             rc_len row_padding;     /* row = max(row, lines + padding) */
             rc_len tight_row, tight_padding; /* the same of joined tables */
             rc_len column_gap, first_column; /* least widths */
             rc_len tint_width, tint_pad; /* of a tinted cell; right of text */
             rc_len arrow, arrow_height, arrow_gap; /* arrow left of text */
             rc_len key;             /* close rule to the arrows' key */
             rc_len key_gap;         /* between its entries */
             rc_len note; } table;   /* key to the first note */
    struct { int fill, bar_colour; rc_len bar_width, inset;
             rc_len head, text;      /* top to heading; heading to text */
             rc_len bottom;          /* last baseline to the box's foot */
             rc_len before, after; } box; /* from the last baseline or rule;
                                        the foot to the next baseline */
    struct { rc_len head;            /* top rule to the first head baseline */
             rc_len rule;            /* last head baseline to the head rule */
             rc_len row, dense_row;
             rc_len caption_note;    /* caption to the note under it */
             rc_len dense_caption_note;
             rc_len after; } facts;  /* close rule to the next baseline */
    struct { rc_len before;          /* last baseline to the legend's */
             rc_len legend_rule;     /* legend's last baseline to the rule */
             rc_len heading, text;   /* rule to heading; heading to text */
             rc_len number, words;   /* rule to number; number to words */
             rc_len bar, bar_height; /* last baseline to bar's top */
             rc_len after;           /* bar (or words) to the next rule */
             } findings;
    struct { rc_len first;           /* rule to the first row's baseline */
             rc_len row;             /* last baseline to the next row's */
             rc_len rule;            /* last baseline to the hairline, or the
                                        closing rule */
             rc_len text_width;
             rc_len before;          /* last baseline to the top rule */
             rc_len after; } summary; /* closing rule to the next baseline */
    struct { rc_len rule_below;      /* last baseline to the hairline */
             rc_len rule_above;      /* hairline to the next baseline */
             rc_len indent; } quotes; /* of block quotes in the run */
    struct { rc_len gap;             /* between columns */
             rc_len head;            /* head's last baseline to first name */
             rc_len row;             /* name to name */
             rc_len turn;            /* second lines, to the right */
             int columns; } names;   /* when the directive names none */
    struct { rc_len gap;             /* between columns */
             rc_len inset;           /* of text in a column */
             rc_len head, item;      /* top to head; last head to item; */
             rc_len next;            /* item's last baseline to the next's */
             rc_len bottom;          /* last baseline to the foot */
             int fill, bar_colour; rc_len bar; } diagram; /* bar: on top */
    struct { rc_len mark_size_pct, mark_raise_pct; rc_len rule_width, rule,
             rule_above, indent;
             rc_len gap;             /* text above to the rule, at least */
             int rule_colour; } footnote; /* _pct: whole per cent */
    struct { rc_len underline, offset; } link_line;
    struct {
        struct { rc_len headline, subtitle, legend, column_heads, second_line,
                 rule, base, note;
                 rc_len scope;       /* figure number to scope */
                 } step;
        struct { rc_len column[8]; size_t columns; rc_len row, swatch, text;
                 rc_len drop;        /* swatch's foot under the baseline */
                 rc_len gap; }       /* between entries that flow */
            legend;
        /* Baselines under the middle of what they stand in. */
        struct { rc_len label, net, value; } middle;
        rc_len label_gap;   /* labels_above: last baseline to the bar's top */
        rc_len label_top;   /* labels_above: hairline to the label's first
                               baseline */
        /* fills by net, outermost category first */
        const rc_fill *positive; size_t positive_count;
        const rc_fill *neutral;  size_t neutral_count;
        const rc_fill *negative; size_t negative_count;
        const rc_fill *outside;  size_t outside_count;
        struct { rc_len width, bar, gap, minimum, row, row_padding, row_unit,
                 value_padding; rc_len net_right[8]; size_t nets; bool star;
                 rc_len row_tight; } /* least padding, in figures that would
                                        be taller than a page */
            stacked;
        struct { rc_len value, word, arrow, row; rc_str higher, lower;
                 rc_len arrow_height, arrow_gap; }
            compare;
        struct { rc_len notch_length, notch_low, notch_width;
                 int notch_colour; rc_len outlined_width; int outlined_colour;
                 rc_len bar_width; int bar_colour;
                 rc_len notch_low_under; /* bars lower than this: notch_low */
                 rc_len step;        /* number or scope to the note */
                 rc_len indent;      /* of its text */
                 rc_len bar_rise, bar_drop; } /* over first baseline, under
                                        the last */
            low;
        struct { rc_len width; rc_len right[8]; size_t columns; } volume;
        struct { rc_len bar, longest, row, tall_row, value; int named, others; }
            ranked;
        struct { rc_len line, circle, square, square_line, triangle,
                 whole_width, whole_height, label, nearer, move;
                 int colour[8]; size_t colours;
                 int line_colour, whole_colour;
                 rc_len halo;        /* paper round each mark */
                 int step;           /* gridlines, per cent */
                 rc_len row_padding;
                 rc_len dense_row, dense_padding, dense_whole; /* low rows */
                 rc_len dense_label; /* width of their labels */
                 rc_len dense_head;  /* height of a head over rows */
                 rc_len dense_drop; } /* its baseline over their top */
            dots;
        struct { rc_len height, line, point, value; rc_str missing;
                 int colour[8]; size_t colours; /* one a series */
                 rc_len ring;        /* paper round each point */
                 rc_len top;         /* unit's baseline to the top gridline */
                 rc_len wave, wave_second; /* axis to wave; to second line */
                 rc_len bottom;      /* last wave baseline to the hairline */
                 rc_len inset;       /* first and last wave from the ends */
                 rc_len axis_gap;    /* numbers' right edge from the axis */
                 rc_len name;        /* series name right of the last point */
                 rc_len missing_rise; /* word over the axis */
                 int steps; }        /* gridlines over the axis, about */
            trend;
        /* bars without a number: openings, a region above the whole */
        struct { rc_len first;       /* legend's last baseline to bar's top */
                 rc_len bar, gap, width; } bars;
        int tint_higher, tint_lower;
        bool labels_above;  /* labels over their bars (one-column looks) */
    } chart;
    /* What the style itself writes; the report's words are the document's. */
    struct { rc_str chapters, figures, tables; /* heads in the contents */
             rc_str chapter, page, data; /* "Chapter 9", "page 71", "Data:" */
             rc_str in_brief, in_chapter, note, note_back;
             rc_str quote_open, quote_close; } words;
} rc_house;

/* Reads and checks house.yaml: unknown keys, missing roles, wrong units,
 * colours below the contrast it names (parts and text) are errors. NULL when
 * it cannot be used. */
const rc_house *rc_house_read(rc_arena *a, const rc_source *source,
                              rc_log *log);

/* A field of the report, {{ report.title }}, in the texts of masters. */
typedef struct rc_house_field { rc_str name; rc_span span; } rc_house_field;
typedef struct rc_house_fields {
    const rc_house_field *at;
    size_t count;
} rc_house_fields;
/* The same, and the fields of all masters, which are there too when the house
 * style cannot be used: so that one run tells every mistake. */
const rc_house *rc_house_read_all(rc_arena *a, const rc_source *source,
                                  rc_log *log, rc_house_fields *fields);
/* Those that are none of `names` are errors. */
void rc_house_check_fields(const rc_house_fields *fields, const rc_str *names,
                           size_t count, rc_log *log);
int rc_house_style(const rc_house *h, rc_str name);   /* index or -1 */
int rc_house_colour(const rc_house *h, rc_str name);  /* index or -1 */
const rc_master *rc_house_master(const rc_house *h, rc_str name); /* or NULL */
/* Contrast ratio of two colours (WCAG 2.2, relative luminance), 1..21. */
double rc_colour_contrast(rc_colour a, rc_colour b);
/* The colour of text on a fill: paper or ink, whichever contrasts more. */
int rc_house_ink_on(const rc_house *h, int fill_colour);

#endif
