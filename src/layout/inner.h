/* The inside of the room: items, slices, pages, and the machine that turns one
 * into the other.
 *
 * The block tree becomes a flat list of *items* in reading order (build.c);
 * each is measured once into *slices*, its unbreakable parts (a line of text,
 * a row, a whole figure). flow.c gives slices to pages, which is arithmetic
 * only and may be done again when page numbers change; at the end draw.c walks
 * what was placed, once, and writes the page list.
 *
 * 1. A slice has a reference line (the baseline of a line of text, the top
 *    rule of a figure), and ends `depth` below it. The next slice's reference
 *    stands `gap` below that end.
 * 2. Drawing follows reading order, so that elements are made in it. Containers
 *    (Part, Sect, L, LI ...) are nodes, made when their first child is drawn.
 * 3. Measuring keeps what it sets: a paragraph is shaped once, and again only
 *    when a page number inside it changes. It is kept with what the items
 *    near it set, and forgotten when these are drawn: the page list has its
 *    own copy of what it shows, and the two are never whole in memory
 *    together. What the fonts keep (text.h) is in neither. */
#ifndef RC_LAYOUT_INNER_H
#define RC_LAYOUT_INNER_H

#include "layout/layout.h"

#include "chart/chart.h"

typedef struct lay lay;
typedef struct item item;
typedef struct placed placed;

/* What an item is to its neighbours: gaps depend on it. */
typedef enum kind {
    KIND_TEXT,     /* a paragraph */
    KIND_BULLET,   /* the first paragraph of a list item */
    KIND_HEAD,     /* a head in the text */
    KIND_SIDE,     /* a side-head that found no text to stand beside */
    KIND_LEAD,
    KIND_QUOTE,
    KIND_NAMES,
    KIND_CONTENTS,
    KIND_SECTION,  /* a title that may stand in mid-page */
    KIND_OPENING,  /* the title on a page of its own */
    KIND_FIGURE,   /* full measure, under a rule: charts, tables, diagrams */
    KIND_FACTS,
    KIND_TABLE,    /* in the right column */
    KIND_BOX,
    KIND_SUMMARY,
    KIND_FINDINGS,
    KIND_BARS,
    KIND_FIELDS,
    KIND_BREAK,    /* the next item starts a page */
    KIND_COVER,    /* a page drawn from its master alone */
} kind;

/* The state of a page being filled; copied to try something out. */
typedef struct flow {
    rc_len y;       /* end of what was placed last */
    rc_len left_y;  /* end of what stands in the left column; 0 nothing */
    rc_len bottom;  /* of the frame, less what is kept free above its foot */
    bool fresh;     /* nothing on the page yet */
    const item *last;
    size_t note_lines; /* in the foot of the page */
    size_t notes;
} flow;

typedef struct slice {
    rc_len gap, depth;
    uint32_t note;       /* first of `note_count` in lay.marks */
    uint16_t note_count;
    bool no_break;       /* never a page's first slice */
} slice;

typedef struct item_ops {
    /* Sets slices, left_depth, head. May be called again. */
    void (*measure)(lay *l, item *it);
    void (*draw)(lay *l, item *it, const placed *p);
} item_ops;

struct item {
    const item_ops *ops;
    kind kind;
    bool keep_next;      /* on the page of the first slices of the next */
    bool measured;
    bool has_page;       /* its text holds page numbers */
    bool same_run;       /* belongs to the list or row of quotes before it */
    bool sided;          /* has a side-head */
    bool own_page;       /* starts a page */
    bool floats;         /* may stand at the head of the next page instead */
    bool ends_in_figure; /* a paragraph before a floating figure that ends a
                            section */
    bool top_rule;       /* begins at the frame's top, not a baseline */
    bool rest_top_rule;  /* so does its rest on the next page */
    int section;
    int node;            /* container of what it draws */
    int target;          /* -1 */
    int second_target;   /* a figure's; -1 */
    const rc_block *block;
    rc_span span;
    void *own;           /* of its kind */
    slice *slices;
    size_t slice_count;
    size_t start_least;  /* lines under a title in the run, if it has them */
    bool lead_in;        /* its last lines stay with the beginning of the next */
    size_t start_slices; /* at least so many beside what is kept with it */
    size_t start_whole;  /* all of them, if they are no more than this */
    rc_len left_depth;   /* end of the left column's text below the first
                            reference; 0 none */
    rc_len head;         /* repeated above the first slice of a later page */
    struct side *sides;
    size_t side_count;
};

typedef RC_VEC(item) item_list;

/* Slices of an item on a page; `y` is the first one's reference. */
struct placed {
    uint32_t item, page;
    uint32_t first, count;
    rc_len y;
    bool fresh;  /* first on its page */
};

/* A head in the left column, drawn before the text it stands beside. */
typedef struct side {
    rc_prose prose;
    int style;
    rc_tag tag;
    int node;
    int target;
    rc_str outline; /* title in the outline; empty none */
    int outline_level;
    const rc_para *para;
} side;

/* A container of the tag tree, made with its first child. */
typedef struct lay_node {
    rc_tag tag;
    int parent;
    rc_el element; /* RC_NO_ELEMENT: not made yet */
    rc_str lang, title;
    bool numbered;
} lay_node;

typedef struct lay_page {
    int section;              /* whose heads it shows; -1 none */
    int part;
    const rc_master *opening; /* master of the opening on it, or NULL */
    int number;
    bool roman;
    rc_str label;
    size_t first_note, note_count; /* in lay.note_places */
    bool drawn;
} lay_page;

typedef struct note_place {
    int note;
    size_t first, count; /* lines */
    uint32_t page;
    rc_len y;            /* first baseline; set before drawing */
    int next;            /* the note's rest, in lay.note_places; -1 */
} note_place;

/* A note, set: lines of all its paragraphs. */
typedef struct note_set {
    item_list items;
    size_t lines;
    bool built, measured, has_page, drawn;
    int node;      /* its Note */
    bool placed;   /* on a page of this pass */
    int first_place; /* in lay.note_places; set before drawing */
    int dest;
    int back;        /* the destination of its mark; -1 until that is drawn */
} note_set;

typedef struct target_place {
    uint32_t page;
    rc_len y;
    rc_str label;
    bool known;
} target_place;

enum { MOST_WAITING = 4 };

struct lay {
    rc_arena *arena;   /* until the page list is finished */
    rc_arena *scratch; /* rewound after each use */
    rc_arena **lines;  /* what is set: [0] in notes, [1 + n] in a group */
    size_t group_count;
    const rc_doc *doc;
    const rc_house *house;
    rc_log *log;
    rc_builder *builder;
    rc_canvas canvas;  /* while measuring: without builder */
    item_list items;
    RC_VEC(lay_node) nodes;
    RC_VEC(placed) places;
    RC_VEC(lay_page) pages;
    RC_VEC(note_place) note_places;
    RC_VEC(int) marks; /* notes in the order of slices */
    note_set *notes;
    target_place *where, *were; /* of this pass and the one before */
    int *dests;
    RC_VEC(rc_span) complained;
    /* flow */
    flow now;
    size_t waiting[MOST_WAITING]; /* items that float to the next page */
    size_t waiting_count;
    int carried_note;  /* of which lines are left for the next page; -1 */
    size_t carried_line;
    /* build */
    int headings[8];   /* ranks of the headings now open */
    size_t heading_count;
    int outline_level; /* of the entry before */
    rc_len note_indent; /* of notes' text: marks of all widths fit before it */
    bool has_pages;    /* some item holds page numbers */
    int part;          /* of the page being filled */
    bool break_due;    /* the next item starts a page */
};

/* -- layout.c -- */
rc_len lay_max(rc_len a, rc_len b);
/* The group of an item, whose lines are kept in lay.lines[group]. */
size_t lay_group(size_t at);
/* Paragraphs are now set in the arena of this group. */
void lay_lines(lay *l, size_t group);
int lay_style(const lay *l, rc_role role); /* index of a role's style */
const rc_text_style *lay_role(const lay *l, rc_role role);
/* The canvas for a page, with elements under `parent`. */
rc_canvas lay_canvas(const lay *l, uint32_t page, rc_el parent);
bool prose_has_page(rc_prose p);
bool prose_is_empty(rc_prose p);

/* -- build.c: the document as items -- */
typedef struct build {
    lay *l;
    item_list *out;
    int section, node;
    int section_node; /* `##` open a Sect under it; -1 where they do not */
    rc_len x, width;
    int style;
    const rc_block *taken; /* stands elsewhere, or NULL */
    bool may_side;      /* the left column is free for side-heads */
    bool in_list;
    side pending[4];    /* side-heads that wait for their text */
    size_t pending_count;
} build;
void build_document(lay *l);
void build_blocks(build *b, rc_blocks blocks);
int node_make(lay *l, rc_tag tag, int parent);
/* A new item at the end, with the pending side-heads if it can bear them. */
item *build_item(build *b, kind k, const item_ops *ops, const rc_block *block,
                 bool takes_side);
/* The tag of a heading of this rank, and the stack of open headings. */
rc_tag heading_open(lay *l, int rank);
rc_tag heading_below(const lay *l); /* one below the open one */

/* -- flow.c -- */
void flow_pass(lay *l);
void measure_item(lay *l, item *it);
void measure_item_at(lay *l, size_t at); /* one of lay.items */
/* Items that are never broken, one under the other from y (the first
 * reference): the end of the last. Draws when `page` is not NULL. */
rc_len stack_items(lay *l, item_list *items, rc_len y, const uint32_t *page);
rc_len note_foot(const lay *l, const flow *f); /* what notes take */
size_t note_room(const lay *l, const flow *f); /* lines that still fit */
rc_len section_start(const lay *l, const item *before, const item *it,
                     rc_len y);
size_t lay_count(size_t n, size_t least);
rc_str roman_number(rc_arena *a, int n);
rc_len snap_up(const rc_house *h, rc_len y);

/* -- draw.c -- */
rc_el node_element(lay *l, int node);
rc_el make_element(lay *l, rc_tag tag, rc_el parent, rc_span span);
/* Where each note stands, from the foot of its page up. */
void find_note_places(lay *l);
void draw_document(lay *l);
void draw_rule(lay *l, uint32_t page, rc_rule rule, rc_len x, rc_len right,
               rc_len y);
void outline_add(lay *l, rc_str title, int level, int target);
/* Draws a prose and gives its last baseline. */
typedef struct text_at {
    uint32_t page;
    rc_el element;
    int style;
    rc_len x, y, width;
    char align; /* 0 is 'l' */
    bool strong;
    int colour; /* 0 the style's, else 1 + index */
} text_at;
rc_len draw_prose(lay *l, rc_prose p, const text_at *at);
rc_len draw_text(lay *l, rc_str text, const text_at *at);
/* The same for lines set before. */
rc_len draw_para(lay *l, rc_prose p, const rc_para *para, const text_at *at);
const rc_para *set_prose(lay *l, rc_prose p, int style, rc_len width,
                         bool strong);
rc_len para_depth(const lay *l, const rc_para *para, int style);
/* Reserves slices and says which notes a prose marks. */
void item_slices(lay *l, item *it, size_t count);
void slice_notes(lay *l, slice *s, rc_prose p);
void slice_line_notes(lay *l, slice *s, rc_prose p, const rc_line *line);

/* -- para.c, list.c, quote.c, note.c ... : blocks -- */
typedef enum list_mark { MARK_NONE, MARK_BAR, MARK_NUMBER } list_mark;
typedef struct text_own {
    rc_prose prose;
    int style;
    rc_tag tag;
    rc_len x, width;
    rc_str lang;
    const rc_para *para;
    list_mark mark;
    int item_node;      /* LI, for its Lbl */
    rc_str number;      /* MARK_NUMBER */
    rc_el element;      /* once drawn */
    rc_str outline; int outline_level;
} text_own;
text_own *build_text(build *b, kind k, rc_prose p, rc_tag tag,
                     const rc_block *block, bool takes_side);
void flush_sides(build *b);
void measure_sides(lay *l, item *it);
void draw_sides(lay *l, item *it, const placed *p);
void build_list(build *b, const rc_block *block);
void build_quotes(build *b, const rc_block *block);
void build_block_quote(build *b, const rc_block *block);
void build_heading(build *b, const rc_block *block);
void build_lead(build *b, const rc_block *block);
void build_brief(build *b, const rc_block *block);
void build_findings(build *b, const rc_block *block);
void build_summary(build *b, const rc_block *block);
void build_table(build *b, const rc_block *block);
void build_chart(build *b, const rc_block *block);
void build_diagram(build *b, const rc_block *block);
void build_names(build *b, const rc_block *block);
void build_section_title(build *b, const rc_block *block, rc_tag tag);
void build_fields(build *b, const rc_block *block);
void build_contents(build *b, const rc_block *block);
/* Returns how many of the section's first blocks the opening has taken;
 * b->taken is one more of them, further down. */
size_t build_opening(build *b, const rc_section *s);
void build_cover(build *b, const rc_part *part);
const rc_master *section_master(const lay *l, const rc_section *s);

/* opening.c: what flow asks of titles */
rc_len opening_top(const lay *l, const item *it);  /* first on a page */
rc_len opening_foot(lay *l, const item *it); /* kept free at its foot */
/* What is kept free for; drawn, and read, after all that begins on the page. */
void opening_draw_foot(lay *l, const item *it, const placed *p);
const rc_master *section_rules(const lay *l, const item *it);
rc_len section_facts(const lay *l, const item *it); /* title to facts table */
bool ends_page(const lay *l, const item *it); /* nothing follows on its page */
int cover_part(const item *it);
rc_len fields_top(const lay *l, const item *it);

rc_el figure_element(lay *l, const item *it); /* where links to it lead */
bool furniture_has_page(const rc_furniture *f);
void note_measure(lay *l, int note);
size_t page_note_lines(const lay *l, uint32_t page); /* in its foot */
void draw_notes(lay *l, uint32_t page);       /* rule over them */
void draw_item_notes(lay *l, const item *it, const placed *p);

typedef struct entry_at {
    uint32_t page;
    rc_el parent;
    rc_len y;
    rc_len number_x; char number_align;
    rc_len title_x;
    int number_style, title_style;
    int number_colour; /* -2 the style's */
} entry_at;
rc_len draw_entry(lay *l, const rc_entry *e, const rc_para *title,
                  const entry_at *at);

/* furniture.c */
void draw_furniture(lay *l, uint32_t page);
void suggest_master(lay *l, rc_diag *d, rc_str name, rc_str start);
rc_str resolve_fields(lay *l, const rc_field_text *f, int section,
                      const lay_page *pg);

#endif
