/* The block tree: what the report means, ready to print. Every string in it is
 * final (typographic quotes, figures in words or digits, "Figure 3.1"); only
 * page numbers are still missing. Knows no points and no colours. The other
 * narrow waist of the house: doc/ makes it, layout/, chart/ and export/ read
 * it as const. */
#ifndef RC_DOC_BLOCK_H
#define RC_DOC_BLOCK_H

#include "base/diag.h"
#include "base/image.h"
#include "base/num.h"

/* -- inline text --------------------------------------------------------- */
enum {
    RC_STYLE_EMPH = 1,
    RC_STYLE_STRONG = 2,
    RC_STYLE_SHORT = 4, /* an abbreviation: `says` is what it stands for */
};

typedef enum rc_inline_kind {
    RC_INLINE_TEXT,
    RC_INLINE_PAGE,  /* the page of `target`: layout fills in its label */
    RC_INLINE_NOTE,  /* the mark of note `note` */
    RC_INLINE_BREAK, /* a line end that the author asked for */
} rc_inline_kind;

typedef struct rc_inline {
    rc_inline_kind kind;
    int target;      /* a link to this target; -1 none */
    int note;        /* index into rc_doc.notes; -1 */
    uint8_t style;   /* RC_STYLE_* */
    rc_str text;
    rc_str url;      /* a link to this address; empty none */
    rc_str lang;     /* empty: the document's */
    rc_str says;     /* read aloud in place of the text; empty: the text */
    rc_span span;
} rc_inline;

/* A run of inline text. Adjacent inlines with the same link form one link. */
typedef struct rc_prose {
    const rc_inline *runs;
    size_t count;
} rc_prose;

/* -- charts -------------------------------------------------------------- */
/* A category as a fill: its net's side and its place in it, outermost first
 * (strongly agree is 0 of 2). Charts choose colours by it. */
typedef enum rc_side {
    RC_SIDE_POSITIVE, RC_SIDE_NEUTRAL, RC_SIDE_NEGATIVE, RC_SIDE_OUTSIDE,
} rc_side;

typedef struct rc_key {      /* an entry of the legend */
    rc_str label;
    rc_side side;
    int place, places;       /* 0-based place among `places` of its side */
} rc_key;

typedef struct rc_segment {
    int key;                 /* index into the chart's keys */
    double share;            /* 0..1 of the bar's whole: rc_figure_mark */
    int64_t count;           /* -1 not known; cuts the bar when counted */
    rc_str value;            /* "16", "*", "" (nothing to print) */
} rc_segment;

typedef struct rc_net_cell {
    rc_str value;            /* "64" */
    rc_str compare;          /* the whole's, or "" */
    int direction;           /* -1 lower, 0 none, 1 higher than the rest */
} rc_net_cell;

typedef struct rc_bar {
    rc_prose label;
    const rc_segment *segments; size_t segment_count; /* none: `absent` says */
    const rc_net_cell *nets; size_t net_count; /* as the chart's net_heads */
    rc_str absent;           /* "Not asked" in place of the bar */
    rc_str after;            /* text right of the bar ("Region (85*)") */
} rc_bar;

typedef struct rc_column_head { rc_str head, sub; } rc_column_head;

typedef struct rc_ranked_bar {
    rc_prose label;
    double share; rc_str value;
    bool named;              /* the headline speaks of it */
} rc_ranked_bar;

typedef struct rc_dot { int series; double share; rc_str value; } rc_dot;
typedef struct rc_dot_row {
    rc_prose label;
    const rc_dot *dots; size_t dot_count;
    bool has_whole; double whole; rc_str whole_value;
    const rc_str *numbers;   /* as number_heads: groups that have no mark */
    rc_str head;             /* over the row: what it and those below are of */
} rc_dot_row;

typedef struct rc_trend_point { int wave; double value; rc_str text; bool missing; } rc_trend_point;
typedef struct rc_trend_series {
    rc_str name;
    const rc_trend_point *points; size_t point_count; /* no line across gaps */
} rc_trend_series;

typedef enum rc_chart_type {
    RC_CHART_STACKED, RC_CHART_RANKED, RC_CHART_DOTS, RC_CHART_TREND,
} rc_chart_type;

/* What stands round every figure and table. */
typedef struct rc_furniture {
    rc_str number;           /* "Figure 3.1"; empty: none */
    int target;              /* its own target, -1 */
    rc_prose headline, subtitle;
    rc_str scope;            /* group it is about, where not the whole */
    const rc_prose *notes; size_t note_count; /* base first, source last; the
                                words "Base:" are strong inside */
    size_t said_count;       /* the first notes, which the alternative text
                                says too */
    bool floats;             /* may go to the head of the next page while the
                                text goes on; never out of its section */
    rc_str data_number;      /* "Data for Figure 3.1" */
    int data_target;         /* the data table's target; -1 none */
    rc_span span;
} rc_furniture;

typedef struct rc_chart {
    rc_chart_type type;
    rc_furniture fur;
    rc_str alt;              /* what is shown, every value */
    bool counted;            /* low base: counts, notched bars */
    rc_str unit;             /* "Per cent", "Number answering" */
    rc_prose low_note;       /* beside the bars, empty if none */
    const rc_key *keys; size_t key_count;
    const rc_column_head *net_heads; size_t net_count; /* sub: "England" */
    bool compare;            /* rows carry compare values */
    bool volume;             /* own number, and other groups beside it */
    const rc_bar *bars; size_t bar_count;             /* stacked */
    const rc_ranked_bar *ranked; size_t ranked_count; /* ranked */
    double maximum;          /* ranked: share of the longest bar; 0: largest */
    const rc_str *series; size_t series_count;        /* dots: names */
    const rc_column_head *number_heads; size_t number_count; /* dots: groups
                                shown as numbers, at the right */
    bool dense;              /* dots: low rows, one line each where it fits */
    const rc_dot_row *dot_rows; size_t dot_row_count;
    const rc_str *waves; const rc_str *wave_subs; size_t wave_count;
    const rc_trend_series *trend; size_t trend_count;
    double scale_end;        /* trend: end of the axis (1 for shares, 10) */
    rc_str whole_name;       /* dots: the upright's name in the legend */
    struct { rc_str name, title, text; }
        data;                /* its figures as CSV; empty: not asked for */
} rc_chart;

/* -- tables -------------------------------------------------------------- */
typedef enum rc_table_form {
    RC_TABLE_DATA,   /* full measure, figures right */
    RC_TABLE_DENSE,  /* the same with dense rows (at a glance, appendix C) */
    RC_TABLE_FACTS,  /* right column, caption and note at the left */
    RC_TABLE_TEXT,   /* a Markdown table in the run of text: right column */
} rc_table_form;

typedef enum rc_row_kind { RC_ROW_BODY, RC_ROW_GROUP, RC_ROW_TOTAL } rc_row_kind;

typedef struct rc_cell_text {
    rc_prose text;
    int direction;  /* arrow and tint: -1, 0, 1 */
    bool strong;
} rc_cell_text;

typedef struct rc_row {
    rc_row_kind kind;         /* GROUP: one cell over the whole row */
    const rc_cell_text *cells; size_t cell_count;
    rc_span span;
} rc_row;

typedef struct rc_table_column {
    rc_prose head; rc_str sub;
    rc_str sub_says;          /* read aloud in place of `sub`, or empty */
    char align;               /* 'l', 'r', 'c' */
    rc_prose over;            /* a head over this column and those after it, ... */
    size_t over_columns;      /* ... so many in all; 0: none begins here */
} rc_table_column;

typedef struct rc_table {
    rc_table_form form;
    rc_furniture fur;
    rc_str spanning;          /* a head over all figure columns: the unit */
    const rc_table_column *columns; size_t column_count;
    const rc_row *rows; size_t row_count;
    rc_str summary;           /* for screen readers */
    bool dense;               /* FACTS: low rows wherever it stands; else
                                 lower than data tables */
    rc_prose caption;         /* FACTS: "Who answered", at the left */
    rc_prose left_note;       /* FACTS: low-base note under the caption */
    bool arrow_key;           /* explains the arrows under the table */
    rc_prose arrow_words;     /* "higher", RC_INLINE_BREAK, "lower than the
                                 rest of ...": the arrows go before them */
    rc_prose back;            /* of a data table: to its figure, beside the
                                 base */
} rc_table;

/* -- blocks -------------------------------------------------------------- */
typedef enum rc_block_kind {
    RC_BLOCK_HEADING,   /* level 2: numbered section; 3: side-head; 4: head */
    RC_BLOCK_PARAGRAPH,
    RC_BLOCK_LIST,
    RC_BLOCK_QUOTES,    /* comments, each with its speaker */
    RC_BLOCK_BLOCK_QUOTE,
    RC_BLOCK_TABLE,
    RC_BLOCK_CHART,
    RC_BLOCK_BARS,      /* legend and bars without number: rc_chart, stacked */
    RC_BLOCK_FINDINGS,
    RC_BLOCK_SUMMARY,   /* "In this chapter" */
    RC_BLOCK_LEAD,
    RC_BLOCK_BRIEF,     /* "In brief" box */
    RC_BLOCK_DIAGRAM,   /* `figure` with columns */
    RC_BLOCK_NAMES,     /* `columns`: names in columns under heads */
    RC_BLOCK_CONTENTS,
    RC_BLOCK_FIELDS,    /* rows of name and value (inside cover) */
    RC_BLOCK_PAGE_BREAK,
    RC_BLOCK_MISSING,   /* an error was reported: draws nothing */
} rc_block_kind;

typedef struct rc_block rc_block;
typedef struct rc_blocks { const rc_block *at; size_t count; } rc_blocks;

typedef struct rc_list_item { rc_blocks blocks; } rc_list_item;

typedef struct rc_quote {
    rc_prose text;      /* without quotation marks: layout hangs them */
    rc_str speaker;     /* "Managerial lead", "From the comments" */
    rc_str lang;
} rc_quote;

typedef struct rc_finding {
    rc_str number;      /* "64%" or "9" */
    rc_prose words;     /* "agreed that ..." or "of the 12 agree ..." */
    rc_prose heading, text;
    rc_bar bar;
    rc_str alt;         /* of the bar */
} rc_finding;

typedef struct rc_summary_row {
    rc_prose clause, text;
    int target;         /* its page is printed at the right; -1 none */
} rc_summary_row;

typedef struct rc_names_column { rc_prose head; const rc_prose *names; size_t name_count; }
    rc_names_column;

typedef struct rc_diagram {
    rc_furniture fur;
    rc_str alt, image;        /* the file's path */
    const rc_image *picture;  /* NULL: columns */
    const rc_names_column *columns; size_t count;
} rc_diagram;

/* An entry of contents or of a list of figures. */
typedef struct rc_entry {
    int level;          /* 1, 2, 3; figures: 0 */
    rc_str number;      /* "3", "9.1", "A", "3.1"; may be empty */
    rc_prose title;
    int target;
} rc_entry;

typedef enum rc_contents_of {
    RC_CONTENTS_CHAPTERS, RC_CONTENTS_FIGURES, RC_CONTENTS_TABLES,
} rc_contents_of;

struct rc_block {
    rc_block_kind kind;
    rc_span span;
    int target;                        /* of a heading with a place; -1 */
    union {
        struct { int level; rc_str number; rc_prose text; bool in_contents; }
            heading;
        rc_prose paragraph;
        struct { bool ordered; int start; const rc_list_item *items;
                 size_t count; } list;
        struct { const rc_quote *at; size_t count; } quotes;
        rc_blocks children;            /* BLOCK_QUOTE */
        const rc_table *table;
        const rc_chart *chart;         /* CHART and BARS */
        struct { const rc_key *keys; size_t key_count; rc_prose bars_note;
                 const rc_finding *at; size_t count; bool counted; } findings;
        struct { rc_prose heading; const rc_summary_row *at; size_t count; }
            summary;
        rc_prose lead;
        struct { rc_prose heading; rc_blocks body; } brief;
        const rc_diagram *diagram;
        struct { rc_prose heading; const rc_names_column *columns; size_t count;
                 int across; /* columns side by side */ } names;
        struct { rc_contents_of of; const rc_entry *at; size_t count; }
            contents;
        struct { const rc_prose (*rows)[2]; size_t count; } fields;
    } as;
};

/* -- the document -------------------------------------------------------- */
/* A place that links, references and the outline lead to. Layout learns its
 * page. */
typedef struct rc_target {
    rc_str id;         /* "fig-overall"; unique; made up where not given */
    rc_span span;
} rc_target;

typedef struct rc_note {
    rc_str mark;       /* "7" */
    rc_blocks body;
    rc_span span;
} rc_note;

typedef struct rc_field { rc_str name, value; } rc_field; /* "report.title" */

/* One band of a cover or divider: a bar hung on the middle of its neutral. */
typedef struct rc_band {
    rc_str label;            /* over it (dividers), plain text */
    rc_str label_sub;        /* greyer: ": 28 responses" ... may be empty */
    const rc_segment *segments; size_t segment_count; /* keys of rc_doc.keys */
    int64_t base;
    bool counted;            /* low base: cut into responses */
} rc_band;

/* A chapter or section with an opening of its own, in reading order; nesting by
 * `depth` (1: a chapter of a part). Heads show `head_number`, `head_title`. */
typedef struct rc_section {
    int part;                /* index into rc_doc.parts */
    int depth;
    rc_str opening;          /* "chapter": master opening-chapter; "" none */
    rc_str number;           /* "9.2", "A", "" */
    rc_prose title;
    rc_str title_plain;
    bool in_contents;
    bool counts_only;
    int target;
    const rc_chart *lead_bar;/* opening's lead statement, or NULL */
    const rc_band *bands; size_t band_count; /* dividers */
    const rc_entry *sections; size_t section_count; /* dividers: listed */
    const rc_field *fields; size_t field_count; /* chapter.number,
                                chapter.title, group.* for its heads */
    rc_blocks blocks;
    rc_span span;
    rc_span opening_at;      /* where the opening is named */
} rc_section;

typedef struct rc_part {
    rc_str name;             /* "front" */
    rc_str master;           /* "cover" for a part that is one master, else "" */
    rc_str body_master;      /* "body" */
    bool roman;              /* its page numbers */
    bool numbered;           /* false: no page labels restart (cover) */
    rc_span span;            /* where the master is named */
} rc_part;

typedef struct rc_doc {
    rc_str title, author, subject, language, date; /* metadata; date ISO */
    bool draft;
    bool no_claim;  /* a draft, or a check failed and was allowed: the file
                       says of no standard that it conforms */
    /* report.*; cover.title, .subtitle, .for, .line (its first field),
     * .line.1, .line.2, .line.3 (left, axis, right) */
    const rc_field *fields; size_t field_count;
    const rc_part *parts; size_t part_count;
    const rc_section *sections; size_t section_count;
    const rc_target *targets; size_t target_count;
    const rc_note *notes; size_t note_count;   /* in order of their marks */
    const rc_key *keys; size_t key_count;      /* of the bands */
    const rc_band *bands; size_t band_count;   /* cover, best balance first */
} rc_doc;

/* SHA-256 of all that can reach a page, in `a`: trees of one digest are set
 * alike. Also counts the figures. */
rc_str rc_doc_digest(rc_arena *a, const rc_doc *doc, size_t *figures);
/* The block tree as text, one block a line: the reference of tests. */
void rc_doc_dump(const rc_doc *doc, FILE *to);
/* All of a prose's text (RC_INLINE_PAGE as "?"). */
rc_str rc_prose_plain(rc_arena *a, rc_prose p);

#endif
