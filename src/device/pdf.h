/* What the files of the PDF device share. Two passes: the glyphs in use and
 * what they say, the subsets; then contents, with the glyphs' new numbers.
 *
 *   pdf.c      the order of things
 *   kit.c      what one file after another shares
 *   face.c     font files and their subsets
 *   font.c     the fonts of a file: glyphs in use, what they say
 *   content.c  operations of a page, marked content, link annotations
 *   tree.c     structure elements, parent tree, ids
 *   files.c    attached files
 *   image.c    pictures
 *   meta.c     catalog, outline, labels, destinations, XMP, output intent
 *   out.c      numbers and strings in PDF syntax
 *   objects.c  libharu */
#ifndef RC_DEVICE_PDF_H
#define RC_DEVICE_PDF_H

#include "device/kit.h"
#include "device/out.h"
#include "page/page.h"

typedef struct rc_pdf_kit rc_pdf_kit;

/* As small as may be: there is one for each glyph of each font file. */
typedef struct rc_pdf_glyph {
    const char *says_at; /* its text: see rc_pdf_said */
    uint16_t says_len;   /* as a run has at most 64 KiB; 0: none yet */
    int16_t byte;        /* what it says and 1, if that is one byte; or 0 */
    int32_t width;       /* thousandths of an em */
    char code[4];        /* its number, as it stands in a string */
    uint8_t length;      /* of that */
    bool seen;           /* in use */
} rc_pdf_glyph;

static inline rc_str
rc_pdf_said(const rc_pdf_glyph *g)
{
    return (rc_str){g->says_at, g->says_len};
}

typedef struct rc_pdf_font {
    rc_pdf_face *face; /* NULL: not used */
    uint32_t glyph_count;
    rc_pdf_glyph *glyphs; /* by their numbers in the font file */
    uint32_t object;
} rc_pdf_font;

/* A stretch of a page's operations that one element owns. Its place among its
 * page's is its MCID. */
typedef struct rc_pdf_mark {
    rc_el element;
    uint32_t op, op_count;
    uint32_t kid; /* counted through all elements */
} rc_pdf_mark;

typedef struct rc_pdf_annot {
    uint32_t object;
    uint32_t page;
    rc_el element;
    uint32_t next; /* of the same element, or UINT32_MAX */
} rc_pdf_annot;

typedef struct rc_pdf_file {
    rc_str name;
    uint32_t object; /* its file specification */
} rc_pdf_file;

typedef struct rc_pdf {
    const rc_pages *p;
    rc_log *log;
    rc_pdf_kit *kit;
    rc_arena *arena; /* the kit's, as are the objects */
    rc_objects *objects;

    rc_pdf_font *fonts; /* one a face */
    uint32_t *images;    /* object of each */
    uint32_t resources;
    uint32_t first_page;    /* object of page 0; the others follow */
    uint32_t page_parents;  /* nodes over the pages, FANOUT to each */
    uint32_t first_element; /* object of element 0 */
    uint32_t tree;          /* StructTreeRoot */
    uint32_t page_root;

    uint32_t *first_kid;    /* per element: number of its first kid */
    uint32_t *mcid;         /* per kid; of content kids only */
    rc_pdf_mark *marks;     /* by page, in the order of operations */
    uint32_t *first_mark;   /* per page; one more at the end */

    RC_VEC(rc_pdf_annot) annots; /* StructParent is page count + index */
    uint32_t *last_annot, *first_annot; /* per element, or UINT32_MAX */

    rc_str date; /* the list's, with a time; or empty */
    RC_VEC(rc_pdf_file) files;
} rc_pdf;

static inline uint32_t
rc_pdf_page(const rc_pdf *d, uint32_t page)
{
    return d->first_page + page;
}

static inline uint32_t
rc_pdf_element(const rc_pdf *d, rc_el e)
{
    return d->first_element + (uint32_t)e;
}

/* A buffer for the entries of one object, emptied. */
static inline rc_buf *
rc_pdf_scratch(rc_pdf *d)
{
    d->kit->scratch.len = 0;
    return &d->kit->scratch;
}

/* -- font.c --------------------------------------------------------------- */
/* Collects, subsets and writes the fonts and d->resources. False after
 * RC_WORLD errors. */
bool rc_pdf_write_fonts(rc_pdf *d);

/* The two below are asked of every glyph of the report, twice: of a byte or
 * two each. */

/* The text of the cluster that begins at glyph *at, which moves behind it. */
static inline rc_str
rc_pdf_cluster(const rc_glyph_run *run, uint32_t *at)
{
    const rc_glyph *g = run->glyphs;
    uint32_t from = g[*at].cluster;
    size_t to = run->text.len;
    if (run->rtl && *at > 0)
        to = g[*at - 1].cluster;
    while (*at < run->glyph_count && g[*at].cluster == from)
        ++*at;
    if (!run->rtl && *at < run->glyph_count)
        to = g[*at].cluster;
    return rc_str_part(run->text, from, to);
}

/* Does a cluster of one byte and one glyph begin at glyph `i`, of which the
 * font says just that byte? So does nearly every one. */
static inline bool
rc_pdf_is_plain(const rc_pdf_font *font, const rc_glyph_run *run, uint32_t i)
{
    const rc_glyph *g = &run->glyphs[i];
    size_t to = i + 1 < run->glyph_count ? g[1].cluster : run->text.len;
    return !run->rtl && to == (size_t)g->cluster + 1 &&
           font->glyphs[g->id].byte == (uint8_t)run->text.at[g->cluster] + 1;
}

/* Is `text` what the font says of the glyph? */
static inline bool
rc_pdf_says(const rc_pdf_font *font, uint32_t id, rc_str text)
{
    rc_str says = rc_pdf_said(&font->glyphs[id]);
    size_t i = 0;
    if (says.len != text.len)
        return false;
    while (i < text.len && says.at[i] == text.at[i])
        i++;
    return i == text.len;
}

/* -- content.c ------------------------------------------------------------ */
void rc_pdf_make_marks(rc_pdf *d);
void rc_pdf_write_page(rc_pdf *d, uint32_t page, uint32_t parent);

/* -- image.c -------------------------------------------------------------- */
/* Writes the pictures into d->images. False after an error. */
bool rc_pdf_write_images(rc_pdf *d);

/* -- tree.c --------------------------------------------------------------- */
void rc_pdf_write_tree(rc_pdf *d);

/* -- files.c -------------------------------------------------------------- */
/* Writes an element's file, associated as its data (ISO 19005-3, 6.8); the
 * object of its specification. */
uint32_t rc_pdf_write_file(rc_pdf *d, const rc_file *file);
/* The tree of the names of all; 0 if there are none. */
uint32_t rc_pdf_write_file_names(rc_pdf *d);

/* -- meta.c --------------------------------------------------------------- */
/* Writes the catalog and what hangs on it but pages and structure. `profile`
 * is the ICC profile, deflated, empty for none. */
void rc_pdf_write_catalog(rc_pdf *d, uint32_t catalog, uint32_t info,
                          rc_str profile);
/* `date` as ISO 8601 with a time, "" if it is none: XMP, Info and files must
 * say the same moment. */
rc_str rc_pdf_full_date(rc_arena *a, rc_str date);
/* "/ModDate(D:20140131120000+01'00')" of a full date; nothing of none. */
void rc_pdf_put_date(rc_buf *b, const char *key, rc_str iso);
/* "[5 0 R/XYZ 51 700.5 null]" */
void rc_pdf_put_dest(rc_pdf *d, rc_buf *b, int dest);

#endif
