/* The structure tree. Elements are objects in a row, so that an element's
 * index gives its number; the parent tree leads from marked content and link
 * annotations back to elements. */
#include "device/pdf.h"

#include <stdlib.h>
#include <string.h>

/* Numbers and names a leaf of a tree holds. */
enum { LEAF = 64 };

/* -- ids ------------------------------------------------------------------------ */

typedef struct tree_id {
    rc_str id;
    rc_el element;
} tree_id;

typedef struct tree {
    rc_pdf *d;
    uint8_t *named; /* per element: a TH that cells refer to */
    RC_VEC(tree_id) ids;
} tree;

/* Prints the element's id: its own, or one of its number. Cells name their
 * headers again and again, so it goes straight to where it is wanted. */
static void
put_id(rc_buf *b, const tree *t, rc_el e)
{
    const rc_element *el = &t->d->p->elements[e];
    if (el->more->id.len) {
        rc_out_literal(b, el->more->id);
        return;
    }
    rc_out_z(b, el->tag == RC_TAG_NOTE ? "(note." : "(cell.");
    rc_out_int(b, e);
    rc_out_char(b, ')');
}

/* The same to keep. */
static rc_str
id_of(const tree *t, rc_el e)
{
    const rc_element *el = &t->d->p->elements[e];
    if (el->more->id.len)
        return el->more->id;
    rc_buf b = {0};
    put_id(&b, t, e);
    rc_str id =
        rc_str_copy(t->d->arena, rc_str_part(rc_buf_str(&b), 1, b.len - 1));
    rc_buf_free(&b);
    return id;
}

static bool
has_id(const tree *t, rc_el e)
{
    const rc_element *el = &t->d->p->elements[e];
    return el->more->id.len || el->tag == RC_TAG_NOTE || t->named[e];
}

/* -- one element ------------------------------------------------------------------- */

static void
put_entry(rc_buf *b, const char *key, rc_str text)
{
    if (!text.len)
        return;
    rc_out_z(b, key);
    rc_out_text(b, text);
}

/* The page of all content kids, or UINT32_MAX if there are several or none. */
static uint32_t
only_page(const rc_element *el)
{
    uint32_t page = UINT32_MAX;
    for (size_t i = 0; i < el->kid_count; i++) {
        if (el->kids[i].element != RC_NO_ELEMENT)
            continue;
        if (page != UINT32_MAX && page != el->kids[i].page)
            return UINT32_MAX;
        page = el->kids[i].page;
    }
    return page;
}

static void
put_content(rc_buf *b, rc_pdf *d, const rc_kid *kid, uint32_t mcid, bool bare)
{
    if (bare) {
        rc_out_char(b, ' ');
        rc_out_int(b, mcid);
        return;
    }
    rc_out_z(b, "<</Type/MCR/Pg");
    rc_out_ref(b, rc_pdf_page(d, kid->page));
    rc_out_z(b, "/MCID ");
    rc_out_int(b, mcid);
    rc_out_z(b, ">>");
}

static void
put_kids(rc_buf *b, rc_pdf *d, rc_el e)
{
    const rc_element *el = &d->p->elements[e];
    uint32_t page = only_page(el), annot = d->first_annot[e];
    if (page != UINT32_MAX) {
        rc_out_z(b, "/Pg");
        rc_out_ref(b, rc_pdf_page(d, page));
    }
    if (!el->kid_count && annot == UINT32_MAX)
        return;
    rc_out_z(b, "/K[");
    for (size_t i = 0; i < el->kid_count; i++) {
        const rc_kid *kid = &el->kids[i];
        if (kid->element >= 0)
            rc_out_ref(b, rc_pdf_element(d, kid->element));
        else
            put_content(b, d, kid, d->mcid[d->first_kid[e] + i],
                        page != UINT32_MAX);
    }
    for (; annot != UINT32_MAX; annot = d->annots.at[annot].next) {
        rc_out_z(b, "<</Type/OBJR/Obj");
        rc_out_ref(b, d->annots.at[annot].object);
        rc_out_z(b, "/Pg");
        rc_out_ref(b, rc_pdf_page(d, d->annots.at[annot].page));
        rc_out_z(b, ">>");
    }
    rc_out_char(b, ']');
}

static void
put_span(rc_buf *b, const char *key, int n)
{
    if (n <= 1)
        return;
    rc_out_z(b, key);
    rc_out_int(b, n);
}

static void
put_cell_attributes(rc_buf *b, const tree *t, const rc_element *el)
{
    if (el->scope == RC_SCOPE_NONE && el->col_span <= 1 && el->row_span <= 1 &&
        !el->header_count)
        return;
    rc_out_z(b, "/A<</O/Table");
    if (el->scope != RC_SCOPE_NONE)
        rc_out_z(b, el->scope == RC_SCOPE_COLUMN ? "/Scope/Column"
                                                 : "/Scope/Row");
    put_span(b, "/ColSpan ", el->col_span);
    put_span(b, "/RowSpan ", el->row_span);
    if (el->header_count) {
        rc_out_z(b, "/Headers[");
        for (size_t i = 0; i < el->header_count; i++)
            put_id(b, t, el->headers[i]);
        rc_out_char(b, ']');
    }
    rc_out_z(b, ">>");
}

static void
put_box(rc_buf *b, const rc_pdf *d, const rc_element *el)
{
    if (!el->more->has_box)
        return;
    rc_assert(el->more->box_page < d->p->page_count);
    int64_t height = d->p->pages[el->more->box_page].height;
    rc_out_z(b, "/A<</O/Layout/Placement/Block/BBox[");
    rc_out_len(b, el->more->box.x);
    rc_out_len(b, height - el->more->box.y - el->more->box.height);
    rc_out_len(b, (int64_t)el->more->box.x + el->more->box.width);
    rc_out_len(b, height - el->more->box.y);
    rc_out_z(b, "]>>");
}

/* Do the items of a list show labels? */
static bool
has_labels(const rc_pages *p, const rc_element *list)
{
    for (size_t i = 0; i < list->kid_count; i++) {
        if (list->kids[i].element < 0)
            continue;
        const rc_element *item = &p->elements[list->kids[i].element];
        for (size_t k = 0; k < item->kid_count; k++)
            if (item->kids[k].element >= 0 &&
                p->elements[item->kids[k].element].tag == RC_TAG_LBL)
                return true;
    }
    return false;
}

static void
put_attributes(rc_buf *b, const tree *t, const rc_element *el)
{
    switch (el->tag) {
    case RC_TAG_TH:
    case RC_TAG_TD:
        put_cell_attributes(b, t, el);
        return;
    case RC_TAG_L:
        if (el->list_numbered)
            rc_out_z(b, "/A<</O/List/ListNumbering/Decimal>>");
        else if (has_labels(t->d->p, el))
            rc_out_z(b, "/A<</O/List/ListNumbering/Disc>>");
        return;
    default:
        put_box(b, t->d, el);
    }
}

static void
write_element(tree *t, rc_el e)
{
    rc_pdf *d = t->d;
    const rc_element *el = &d->p->elements[e];
    uint32_t file = el->more->file.name.len
                        ? rc_pdf_write_file(d, &el->more->file)
                        : 0;
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/S/"); /* Type may be left out, and is, thousandfold */
    rc_out_z(b, rc_tag_name(el->tag));
    rc_out_z(b, "/P");
    rc_out_ref(b, el->parent >= 0 ? rc_pdf_element(d, el->parent) : d->tree);
    put_kids(b, d, e);
    put_entry(b, "/Alt", el->more->alt);
    put_entry(b, "/ActualText", el->more->actual);
    put_entry(b, "/E", el->more->expansion);
    put_entry(b, "/Lang", el->more->lang);
    put_entry(b, "/T", el->more->title);
    put_attributes(b, t, el);
    if (file) {
        rc_out_z(b, "/AF[");
        rc_out_ref(b, file);
        rc_out_char(b, ']');
    }
    if (has_id(t, e)) {
        rc_out_z(b, "/ID");
        put_id(b, t, e);
        *rc_vec_push(d->arena, &t->ids) = (tree_id){id_of(t, e), e};
    }
    rc_objects_finish(d->objects, rc_pdf_element(d, e), rc_buf_str(b));
}

/* -- trees of leaves ------------------------------------------------------------------ */

static uint32_t
write_leaf(rc_pdf *d, rc_buf *entries, rc_str limits, const char *key)
{
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Limits[");
    rc_buf_add(b, limits);
    rc_out_z(b, "]");
    rc_out_z(b, key);
    rc_out_char(b, '[');
    rc_buf_add(b, rc_buf_str(entries));
    rc_out_char(b, ']');
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    entries->len = 0;
    return id;
}

static void
put_page_parents(rc_buf *b, const rc_pdf *d, uint32_t page)
{
    rc_out_char(b, '[');
    for (uint32_t m = d->first_mark[page]; m < d->first_mark[page + 1]; m++)
        rc_out_ref(b, rc_pdf_element(d, d->marks[m].element));
    rc_out_char(b, ']');
}

/* Pages first, then annotations: keys 0.. in order. */
static uint32_t
write_parent_tree(rc_pdf *d)
{
    size_t count = d->p->page_count + d->annots.count;
    rc_buf entries = {0}, kids = {0}, limits = {0};
    for (size_t i = 0; i < count; i++) {
        rc_out_int(&entries, (int64_t)i);
        if (i < d->p->page_count)
            put_page_parents(&entries, d, (uint32_t)i);
        else
            rc_out_ref(&entries,
                       rc_pdf_element(
                           d, d->annots.at[i - d->p->page_count].element));
        rc_out_char(&entries, ' ');
        if (i % LEAF < LEAF - 1 && i + 1 < count)
            continue;
        limits.len = 0;
        rc_out_int(&limits, (int64_t)(i - i % LEAF));
        rc_out_char(&limits, ' ');
        rc_out_int(&limits, (int64_t)i);
        rc_out_ref(&kids, write_leaf(d, &entries, rc_buf_str(&limits),
                                     "/Nums"));
    }
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Kids[");
    rc_buf_add(b, rc_buf_str(&kids));
    rc_out_char(b, ']');
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    rc_buf_free(&entries);
    rc_buf_free(&kids);
    rc_buf_free(&limits);
    return id;
}

static int
compare_ids(const void *a, const void *b)
{
    const tree_id *x = a, *y = b;
    int order = rc_str_cmp(x->id, y->id);
    return order ? order : (x->element > y->element) - (x->element < y->element);
}

static uint32_t
write_id_tree(tree *t)
{
    rc_pdf *d = t->d;
    size_t count = t->ids.count;
    qsort(t->ids.at, count, sizeof *t->ids.at, compare_ids);
    rc_buf entries = {0}, kids = {0}, limits = {0};
    for (size_t i = 0; i < count; i++) {
        rc_out_literal(&entries, t->ids.at[i].id);
        rc_out_ref(&entries, rc_pdf_element(d, t->ids.at[i].element));
        if (i % LEAF < LEAF - 1 && i + 1 < count)
            continue;
        limits.len = 0;
        rc_out_literal(&limits, t->ids.at[i - i % LEAF].id);
        rc_out_literal(&limits, t->ids.at[i].id);
        rc_out_ref(&kids, write_leaf(d, &entries, rc_buf_str(&limits),
                                     "/Names"));
    }
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Kids[");
    rc_buf_add(b, rc_buf_str(&kids));
    rc_out_char(b, ']');
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    rc_buf_free(&entries);
    rc_buf_free(&kids);
    rc_buf_free(&limits);
    return id;
}

void
rc_pdf_write_tree(rc_pdf *d)
{
    const rc_pages *p = d->p;
    tree t = {.d = d};
    t.named = RC_MAKE_ARRAY(d->arena, uint8_t, p->element_count);
    for (size_t e = 0; e < p->element_count; e++)
        for (size_t i = 0; i < p->elements[e].header_count; i++)
            t.named[p->elements[e].headers[i]] = 1;
    for (size_t e = 0; e < p->element_count; e++)
        write_element(&t, (rc_el)e);
    rc_objects *o = d->objects;
    rc_objects_name(o, d->tree, "Type", "StructTreeRoot");
    if (p->element_count)
        rc_objects_ref(o, d->tree, "K", rc_pdf_element(d, 0));
    rc_objects_ref(o, d->tree, "ParentTree", write_parent_tree(d));
    rc_objects_int(o, d->tree, "ParentTreeNextKey",
                   (int32_t)(p->page_count + d->annots.count));
    if (t.ids.count)
        rc_objects_ref(o, d->tree, "IDTree", write_id_tree(&t));
    rc_objects_finish(o, d->tree, (rc_str){0});
}
