/* The page list: what each page shows and how it is tagged; knows no survey
 * and no house style. One narrow waist of the house: layout and charts write
 * it through the builder, devices read it as const.
 *
 * Geometry is rc_len (1/1024 pt), origin top left, y down. Text sits on a
 * baseline. Colours and faces are indices into the list's own tables.
 *
 * Invariants (rc_page_check):
 *  1. every operation has an element, or an artifact kind;
 *  2. a figure has alternative text and a box; a link has contents and a
 *     destination that exists; a TH has a scope;
 *  3. headings never skip a level, and the first is H1;
 *  4. an element's children stand in reading order: child elements and content
 *     in the order in which they were begun or drawn; every operation with ink
 *     that is no artifact lies in exactly one content kid;
 *  5. elements stand where PDF 1.7 (14.8.4) wants them: LI under L, TR under a
 *     table or its parts, cells under TR, the rows of a table equally long;
 *     no text directly under Document, Part, Sect, L, LI, Table, THead,
 *     TBody, TR. */
#ifndef RC_PAGE_PAGE_H
#define RC_PAGE_PAGE_H

#include "base/diag.h"
#include "base/image.h"
#include "base/num.h"

typedef struct rc_glyph {
    rc_len advance;   /* to the next glyph */
    uint16_t id;      /* in the font file; 0 never reaches a page */
    uint16_t cluster; /* byte in the run's text where it begins */
} rc_glyph;

/* Where a glyph is drawn, from where it stands; y down; within 32 points. */
typedef struct rc_offset { int16_t dx, dy; } rc_offset;

/* Glyphs of one face, size and direction; at most 64 KiB of text. Devices
 * never shape. */
typedef struct rc_glyph_run {
    int16_t face;
    bool rtl;
    bool lasting; /* what it points to outlives the page list: not copied */
    rc_len size;
    rc_len width;
    uint32_t glyph_count;
    const rc_glyph *glyphs; /* in drawing order, left to right */
    rc_str text;            /* what they say, logical order */
    const rc_offset *offsets; /* one a glyph; NULL: all stand where they are
                                 (nearly always) */
} rc_glyph_run;

static inline rc_offset
rc_glyph_offset(const rc_glyph_run *run, uint32_t glyph)
{
    return run->offsets ? run->offsets[glyph] : (rc_offset){0, 0};
}

typedef enum rc_tag {
    RC_TAG_DOCUMENT, RC_TAG_PART, RC_TAG_SECT, RC_TAG_DIV,
    RC_TAG_H1, RC_TAG_H2, RC_TAG_H3, RC_TAG_H4, RC_TAG_H5, RC_TAG_H6,
    RC_TAG_P, RC_TAG_L, RC_TAG_LI, RC_TAG_LBL, RC_TAG_LBODY,
    RC_TAG_TABLE, RC_TAG_THEAD, RC_TAG_TBODY, RC_TAG_TR, RC_TAG_TH, RC_TAG_TD,
    RC_TAG_CAPTION, RC_TAG_FIGURE, RC_TAG_LINK, RC_TAG_REFERENCE, RC_TAG_NOTE,
    RC_TAG_BLOCK_QUOTE, RC_TAG_TOC, RC_TAG_TOCI, RC_TAG_SPAN, RC_TAG_EM,
    RC_TAG_STRONG,
} rc_tag;
enum { RC_TAG_COUNT = RC_TAG_STRONG + 1 };
const char *rc_tag_name(rc_tag tag); /* "Document", "H1", "LBody", ... (EM and
                                        STRONG are Span in PDF 1.7) */

typedef int32_t rc_el; /* an element's index; RC_ARTIFACT_* are negative */
#define RC_NO_ELEMENT ((rc_el)-1)
#define RC_ARTIFACT_LAYOUT ((rc_el)-2)     /* rules, decoration */
#define RC_ARTIFACT_HEADER ((rc_el)-3)     /* pagination, header */
#define RC_ARTIFACT_FOOTER ((rc_el)-4)     /* pagination, footer */
#define RC_ARTIFACT_BACKGROUND ((rc_el)-5) /* bands of covers */

typedef enum rc_scope { RC_SCOPE_NONE, RC_SCOPE_COLUMN, RC_SCOPE_ROW }
    rc_scope;

typedef struct rc_box { rc_len x, y, width, height; } rc_box;

/* A child of an element: an element, or a stretch of operations of a page. */
typedef struct rc_kid {
    rc_el element; /* >= 0, or RC_NO_ELEMENT: content */
    uint32_t page, op, op_count;
} rc_kid;

/* What few elements have. */
/* A file that goes with an element: its data, say. */
typedef struct rc_file { rc_str name, title, text; } rc_file; /* UTF-8 */

typedef struct rc_element_more {
    rc_str alt, actual, lang, title; /* empty: none */
    rc_str expansion;                /* what an abbreviation stands for */
    rc_str id;                       /* notes: unique */
    rc_str link_url;
    rc_str link_text;                /* the annotation's Contents */
    rc_file file;                    /* CSV, attached; names are unique */
    rc_box box; uint32_t box_page; bool has_box; /* figures, tables */
} rc_element_more;

/* Where in a file it was caused; a span without row and column, because a
 * report has thousands. */
typedef struct rc_origin { const rc_source *source; uint32_t from, to; } rc_origin;

static inline rc_origin
rc_origin_of(rc_span s)
{
    return (rc_origin){s.source, s.from, s.to};
}

typedef struct rc_element {
    rc_tag tag;
    rc_el parent;
    const rc_element_more *more;     /* never NULL */
    const rc_el *headers;            /* of a TD or TH */
    const rc_kid *kids;
    uint32_t header_count, kid_count;
    int link_dest;                   /* of a LINK: index into dests, or -1 */
    rc_scope scope;
    uint16_t col_span, row_span;     /* 0 or 1: none */
    bool list_numbered;
    rc_origin origin;
} rc_element;

typedef enum rc_op_kind {
    RC_OP_TEXT,    /* run at x, y (baseline) in a colour */
    RC_OP_RECT,    /* filled; with `stroke` > 0 an outline drawn inside */
    RC_OP_LINE,    /* from x, y to x2, y2, `stroke` wide, in `colour` */
    RC_OP_PATH,    /* closed polygon of `points`, filled */
    RC_OP_CIRCLE,  /* centre x, y, radius x2; filled; stroke drawn inside */
    RC_OP_LINKBOX, /* no ink: clickable box of link element `element` */
    RC_OP_IMAGE,   /* picture number `stroke`, fills its box */
} rc_op_kind;

typedef struct rc_point { rc_len x, y; } rc_point;

typedef struct rc_op {
    uint8_t kind;       /* rc_op_kind */
    rc_el element;
    int16_t colour;     /* fill or ink; -1: none */
    int16_t stroke_colour; /* -1 none */
    rc_len stroke;
    rc_len x, y;
    union {
        struct { rc_len x2, y2; }; /* RECT, LINKBOX, IMAGE: width, height */
        struct {
            uint32_t index;        /* TEXT: into runs; PATH: first of points */
            uint32_t count;        /* PATH: points */
        };
    };
} rc_op;

typedef struct rc_page {
    rc_len width, height;
    const rc_op *ops; size_t op_count;
    rc_str label;       /* "iv", "12" as printed */
    bool roman;         /* numbering style of the label */
    int number;         /* value of the label; 0: no label number */
} rc_page;

typedef struct rc_dest { rc_str name; uint32_t page; rc_len x, y; rc_el element; } rc_dest;

typedef struct rc_outline_entry {
    rc_str title; int level; /* 1.. */ int dest;
} rc_outline_entry;

typedef struct rc_page_face { rc_str name, path; } rc_page_face;
typedef struct rc_rgb { uint8_t r, g, b; rc_str name; } rc_rgb;

typedef struct rc_pages {
    rc_str title, author, subject, keywords, language, creator;
    rc_str date; /* ISO 8601, empty: none written */
    bool no_claim; /* the file says of no standard that it conforms */
    const rc_page *pages; size_t page_count;
    const rc_element *elements; size_t element_count; /* [0] is Document */
    const rc_glyph_run *runs; size_t run_count;
    const rc_point *points; size_t point_count;
    const rc_image *const *images; size_t image_count;
    const rc_dest *dests; size_t dest_count;
    const rc_outline_entry *outline; size_t outline_count;
    const rc_page_face *faces; size_t face_count;
    const rc_rgb *colours; size_t colour_count;
} rc_pages;

/* -- building ------------------------------------------------------------ */
typedef struct rc_builder rc_builder;
/* `a` holds the finished list; working memory is the builder's own. */
rc_builder *rc_builder_new(rc_arena *a);
void rc_builder_free(rc_builder *b);
/* Closes the list; the builder is then only good to be freed. Strings that
 * were given are needed until now, and copied. Metadata, faces and colours of
 * the result are the caller's to have set through _meta; the arrays of the
 * latter two, and what they name, must outlive the list. */
rc_pages *rc_builder_finish(rc_builder *b);
rc_pages *rc_builder_meta(rc_builder *b); /* to fill in text, faces, colours */

/* Pages can be drawn on in any order once begun. */
uint32_t rc_builder_page(rc_builder *b, rc_len width, rc_len height);
rc_page *rc_builder_page_of(rc_builder *b, uint32_t page); /* label, number */
uint32_t rc_builder_page_count(const rc_builder *b);

/* A new element, last child of `parent` (RC_NO_ELEMENT: the document, once).
 * The pointer of _element is valid until the next element is made. */
rc_el rc_builder_element(rc_builder *b, rc_tag tag, rc_el parent);
rc_element *rc_builder_element_of(rc_builder *b, rc_el e);
/* To fill in; valid until the list is finished. */
rc_element_more *rc_builder_more(rc_builder *b, rc_el e);
void rc_builder_headers(rc_builder *b, rc_el cell, const rc_el *headers,
                        size_t count); /* copied */

/* Drawing. `e` is an element or an artifact. What is drawn side by side on one
 * page for one element is one content kid; a page may be drawn on between
 * drawings on another. Link boxes are no content. */
void rc_builder_text(rc_builder *b, uint32_t page, rc_el e,
                     const rc_glyph_run *run, rc_len x, rc_len baseline,
                     int colour); /* copies the run, and what it points to
                                     where that does not last */
void rc_builder_rect(rc_builder *b, uint32_t page, rc_el e, rc_box box,
                     int colour, int stroke_colour, rc_len stroke);
void rc_builder_line(rc_builder *b, uint32_t page, rc_el e, rc_point from,
                     rc_point to, rc_len width, int colour);
void rc_builder_path(rc_builder *b, uint32_t page, rc_el e,
                     const rc_point *points, size_t count, int colour);
void rc_builder_circle(rc_builder *b, uint32_t page, rc_el e, rc_point centre,
                       rc_len radius, int colour, int stroke_colour,
                       rc_len stroke);
/* The picture must outlive the list; one that is drawn again is kept once. */
void rc_builder_image(rc_builder *b, uint32_t page, rc_el e, rc_box box,
                      const rc_image *image);
void rc_builder_linkbox(rc_builder *b, uint32_t page, rc_el link, rc_box box);
int rc_builder_dest(rc_builder *b, rc_str name, uint32_t page, rc_len x,
                    rc_len y, rc_el element);
/* The element of a destination made before its element was. */
void rc_builder_dest_element(rc_builder *b, int dest, rc_el element);
void rc_builder_outline(rc_builder *b, rc_str title, int level, int dest);

/* -- reading ------------------------------------------------------------- */
/* The invariants above; a break is ours: false and a line to `to`. */
bool rc_page_check(const rc_pages *p, FILE *to);
/* One operation a line, hundredths of a point, colours by name, faces by file:
 * the reference of tests.
 *   page 12 595.28x841.89 label "12"
 *   text H2 51 119.48 CharisSIL-Regular.ttf 22 ink "How people travel"
 *   rect artifact:layout 51 140 493.28 1.2 fill=ink */
void rc_page_dump(const rc_pages *p, FILE *to);
/* The structure tree with texts, one element a line, indented by depth. A
 * text stands behind its element's name, or on lines of its own between child
 * elements. Runs that do not touch are parted by a space. */
void rc_page_dump_tags(const rc_pages *p, FILE *to);

#endif
