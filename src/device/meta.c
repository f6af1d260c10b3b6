/* The catalog and what hangs on it: outline, page labels, destinations,
 * metadata, output intent. */
#include "device/pdf.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
add_raw(rc_pdf *d, const rc_buf *entries)
{
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_finish(d->objects, id, rc_buf_str(entries));
    return id;
}

/* -- destinations ---------------------------------------------------------------- */

void
rc_pdf_put_dest(rc_pdf *d, rc_buf *b, int dest)
{
    rc_assert(dest >= 0 && (size_t)dest < d->p->dest_count);
    const rc_dest *to = &d->p->dests[dest];
    rc_assert(to->page < d->p->page_count);
    rc_out_char(b, '[');
    rc_out_ref(b, rc_pdf_page(d, to->page));
    rc_out_z(b, "/XYZ ");
    rc_out_len(b, to->x);
    rc_out_len(b, (int64_t)d->p->pages[to->page].height - to->y);
    rc_out_z(b, "null]");
}

typedef struct named_dest {
    rc_str name;
    int index;
} named_dest;

static int
compare_dests(const void *a, const void *b)
{
    const named_dest *x = a, *y = b;
    int order = rc_str_cmp(x->name, y->name);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* The destinations that have names, sorted, each name once. */
static named_dest *
sorted_dests(rc_pdf *d, size_t *count)
{
    const rc_pages *p = d->p;
    named_dest *at = RC_MAKE_ARRAY(d->arena, named_dest, p->dest_count);
    size_t n = 0;
    for (size_t i = 0; i < p->dest_count; i++)
        if (p->dests[i].name.len)
            at[n++] = (named_dest){p->dests[i].name, (int)i};
    qsort(at, n, sizeof *at, compare_dests);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (!*count || !rc_str_eq(at[*count - 1].name, at[i].name))
            at[(*count)++] = at[i];
    return at;
}

/* A name tree of one level; 0 if nothing has a name. */
static uint32_t
write_dests(rc_pdf *d)
{
    enum { LEAF = 64 };
    size_t count;
    const named_dest *at = sorted_dests(d, &count);
    if (!count)
        return 0;
    rc_buf kids = {0};
    for (size_t from = 0; from < count; from += LEAF) {
        size_t to = from + LEAF < count ? from + LEAF : count;
        rc_buf *b = rc_pdf_scratch(d);
        rc_out_z(b, "/Limits[");
        rc_out_literal(b, at[from].name);
        rc_out_literal(b, at[to - 1].name);
        rc_out_z(b, "]/Names[");
        for (size_t i = from; i < to; i++) {
            rc_out_literal(b, at[i].name);
            rc_pdf_put_dest(d, b, at[i].index);
        }
        rc_out_char(b, ']');
        rc_out_ref(&kids, add_raw(d, b));
    }
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Kids[");
    rc_buf_add(b, rc_buf_str(&kids));
    rc_out_char(b, ']');
    rc_buf_free(&kids);
    return add_raw(d, b);
}

/* -- outline ------------------------------------------------------------------------ */

static void
put_link(rc_buf *b, const char *key, uint32_t first, size_t index)
{
    rc_out_z(b, key);
    rc_out_ref(b, first + (uint32_t)index);
}

/* The next entry of the same level under the same parent, or `count`. */
static size_t
next_sibling(const rc_outline_entry *at, size_t count, size_t i)
{
    int level = at[i].level;
    size_t j = i + 1;
    while (j < count && at[j].level > level)
        j++;
    return j < count && at[j].level == level ? j : count;
}

/* Per entry: its parent and its previous sibling, SIZE_MAX for none. */
typedef struct relation {
    size_t parent, previous, last_child;
    size_t children;
} relation;

static relation *
relate(rc_pdf *d, relation *root)
{
    const rc_pages *p = d->p;
    relation *r = RC_MAKE_ARRAY(d->arena, relation, p->outline_count);
    *root = (relation){SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
    size_t parent = SIZE_MAX;
    for (size_t i = 0; i < p->outline_count; i++) {
        parent = i ? i - 1 : SIZE_MAX;
        while (parent != SIZE_MAX &&
               p->outline[parent].level >= p->outline[i].level)
            parent = r[parent].parent;
        relation *of = parent == SIZE_MAX ? root : &r[parent];
        r[i] = (relation){parent, of->last_child, SIZE_MAX, 0};
        of->last_child = i;
        of->children++;
    }
    return r;
}

static uint32_t
write_outline(rc_pdf *d)
{
    const rc_pages *p = d->p;
    if (!p->outline_count)
        return 0;
    relation root;
    const relation *r = relate(d, &root);
    uint32_t id = rc_objects_add(d->objects, 1);
    uint32_t first = rc_objects_add(d->objects, p->outline_count);
    for (size_t i = 0; i < p->outline_count; i++) {
        const rc_outline_entry *e = &p->outline[i];
        rc_buf *b = rc_pdf_scratch(d);
        rc_out_z(b, "/Title");
        rc_out_text(b, e->title);
        rc_out_z(b, "/Parent");
        rc_out_ref(b, r[i].parent == SIZE_MAX
                          ? id
                          : first + (uint32_t)r[i].parent);
        if (r[i].previous != SIZE_MAX)
            put_link(b, "/Prev", first, r[i].previous);
        size_t next = next_sibling(p->outline, p->outline_count, i);
        if (next < p->outline_count)
            put_link(b, "/Next", first, next);
        if (r[i].children) { /* closed: a negative count */
            put_link(b, "/First", first, i + 1);
            put_link(b, "/Last", first, r[i].last_child);
            rc_out_z(b, "/Count ");
            rc_out_int(b, -(int64_t)r[i].children);
        }
        if (e->dest >= 0) {
            rc_out_z(b, "/Dest");
            rc_pdf_put_dest(d, b, e->dest);
        }
        rc_objects_finish(d->objects, first + (uint32_t)i, rc_buf_str(b));
    }
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/Type/Outlines");
    put_link(b, "/First", first, 0);
    put_link(b, "/Last", first, root.last_child);
    rc_out_z(b, "/Count ");
    rc_out_int(b, (int64_t)root.children);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
    return id;
}

/* -- page labels --------------------------------------------------------------------- */

/* Lower-case roman numerals of 1 to 3999. */
static rc_str
roman(char out[16], int n)
{
    static const struct { int value; char text[3]; } steps[] = {
        {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
        {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
        {5, "v"},    {4, "iv"},   {1, "i"},
    };
    size_t len = 0;
    if (n > 0 && n < 4000)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            for (; n >= steps[i].value; n -= steps[i].value)
                for (const char *c = steps[i].text; *c; c++)
                    out[len++] = *c;
    return (rc_str){out, len};
}

/* 'r', 'D', or 0 where the label is no plain number. */
static char
label_style(const rc_page *page)
{
    char digits[16];
    if (page->number < 1)
        return 0;
    if (page->roman)
        return !page->label.len ||
                       rc_str_eq(page->label, roman(digits, page->number))
                   ? 'r'
                   : 0;
    int64_t n;
    return !page->label.len ||
                   (rc_num_int(page->label, &n) && n == page->number)
               ? 'D'
               : 0;
}

static void
put_labels(rc_pdf *d, rc_buf *b)
{
    rc_out_z(b, "/PageLabels<</Nums[");
    char before = 'x';
    for (size_t i = 0; i < d->p->page_count; i++) {
        const rc_page *page = &d->p->pages[i];
        char style = label_style(page);
        if (style && style == before &&
            page->number == d->p->pages[i - 1].number + 1)
            continue;
        before = style;
        rc_out_int(b, (int64_t)i);
        rc_out_z(b, "<<");
        if (style) {
            rc_out_z(b, style == 'r' ? "/S/r" : "/S/D");
            if (page->number > 1) {
                rc_out_z(b, "/St ");
                rc_out_int(b, page->number);
            }
        } else if (page->label.len) {
            rc_out_z(b, "/P");
            rc_out_text(b, page->label);
        }
        rc_out_z(b, ">>");
    }
    rc_out_z(b, "]>>");
}

/* -- metadata ------------------------------------------------------------------------- */

rc_str
rc_pdf_full_date(rc_arena *a, rc_str date)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    size_t n = date.len < sizeof form - 1 ? date.len : sizeof form - 1;
    if (n != 10 && n != sizeof form - 1)
        return (rc_str){0};
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? date.at[i] < '0' || date.at[i] > '9'
                           : date.at[i] != form[i])
            return (rc_str){0};
    if (n == 10)
        return rc_str_printf(a, "%.*sT00:00:00Z", RC_STR(date));
    rc_str zone = rc_str_part(date, n, date.len);
    bool whole = zone.len == 6 && (zone.at[0] == '+' || zone.at[0] == '-') &&
                 zone.at[3] == ':';
    if (!zone.len || rc_str_is(zone, "Z"))
        return rc_str_printf(a, "%.*sZ", (int)n, date.at);
    return whole ? rc_str_copy(a, date) : (rc_str){0};
}

/* D:20140131120000Z or D:20140131120000+01'00 */
void
rc_pdf_put_date(rc_buf *b, const char *key, rc_str iso)
{
    if (!iso.len)
        return;
    rc_out_z(b, key);
    rc_out_z(b, "(D:");
    for (size_t i = 0; i < iso.len; i++) {
        char c = iso.at[i];
        if (i < 19 ? c >= '0' && c <= '9' : c != ':')
            rc_out_char(b, c);
        else if (i >= 19)
            rc_out_char(b, '\'');
    }
    if (iso.len > 20)
        rc_out_char(b, '\'');
    rc_out_char(b, ')');
}

static const char producer[] = "Recto " RC_VERSION " (libharu)";

static void
put_info(rc_buf *b, const char *key, rc_str text)
{
    if (!text.len)
        return;
    rc_out_z(b, key);
    rc_out_text(b, text);
}

static void
write_info(rc_pdf *d, uint32_t id)
{
    rc_buf *b = rc_pdf_scratch(d);
    put_info(b, "/Title", d->p->title);
    put_info(b, "/Author", d->p->author);
    put_info(b, "/Subject", d->p->subject);
    put_info(b, "/Keywords", d->p->keywords);
    put_info(b, "/Creator", d->p->creator);
    put_info(b, "/Producer", rc_str_z(producer));
    rc_pdf_put_date(b, "/CreationDate", d->date);
    rc_pdf_put_date(b, "/ModDate", d->date);
    rc_objects_finish(d->objects, id, rc_buf_str(b));
}

static void
put_property(rc_buf *b, const char *before, rc_str s, const char *after)
{
    if (!s.len)
        return;
    rc_out_z(b, before);
    rc_buf_xml(b, s);
    rc_out_z(b, after);
}

/* What the file claims to be. PDF/A wants the schema of properties that it
 * does not know (ISO 19005-2, 6.6.2.3), and PDF/UA's is such a one. */
static const char claims[] =
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "<pdfaid:conformance>A</pdfaid:conformance>\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
    "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static uint32_t
write_xmp(rc_pdf *d, bool claim)
{
    const rc_pages *p = d->p;
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b,
             "<?xpacket begin=\"\xEF\xBB\xBF\" "
             "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
             "<rdf:RDF xmlns:rdf="
             "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
             "<rdf:Description rdf:about=\"\"\n"
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
             " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
             " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
             " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
             " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
             " xmlns:pdfaExtension="
             "\"http://www.aiim.org/pdfa/ns/extension/\"\n"
             " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
             " xmlns:pdfaProperty="
             "\"http://www.aiim.org/pdfa/ns/property#\">\n"
             "<dc:format>application/pdf</dc:format>\n");
    put_property(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 p->title, "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(b, "<dc:creator><rdf:Seq><rdf:li>", p->author,
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 p->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(b, "<dc:language><rdf:Bag><rdf:li>", p->language,
                 "</rdf:li></rdf:Bag></dc:language>\n");
    put_property(b, "<pdf:Keywords>", p->keywords, "</pdf:Keywords>\n");
    put_property(b, "<pdf:Producer>", rc_str_z(producer),
                 "</pdf:Producer>\n");
    put_property(b, "<xmp:CreatorTool>", p->creator, "</xmp:CreatorTool>\n");
    put_property(b, "<xmp:CreateDate>", d->date, "</xmp:CreateDate>\n");
    put_property(b, "<xmp:ModifyDate>", d->date, "</xmp:ModifyDate>\n");
    if (claim) { /* attached files are PDF/A-3's */
        rc_out_z(b, d->files.count ? "<pdfaid:part>3</pdfaid:part>\n"
                                   : "<pdfaid:part>2</pdfaid:part>\n");
        rc_out_z(b, claims);
    }
    rc_out_z(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                "<?xpacket end=\"r\"?>");
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_name(d->objects, id, "Type", "Metadata");
    rc_objects_name(d->objects, id, "Subtype", "XML");
    rc_objects_finish_stream(d->objects, id, rc_buf_str(b), RC_FILTER_NONE);
    return id;
}

static uint32_t
write_intent(rc_pdf *d, rc_str profile)
{
    uint32_t stream = rc_objects_add(d->objects, 1);
    rc_objects_int(d->objects, stream, "N", 3);
    rc_objects_finish_stream(d->objects, stream, profile, RC_FILTER_DEFLATED);
    uint32_t id = rc_objects_add(d->objects, 1);
    rc_objects_name(d->objects, id, "Type", "OutputIntent");
    rc_objects_name(d->objects, id, "S", "GTS_PDFA1");
    rc_objects_ref(d->objects, id, "DestOutputProfile", stream);
    rc_objects_finish(d->objects, id,
                      RC_LIT("/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                             "/RegistryName(http://www.color.org)"
                             "/Info(sRGB IEC61966-2.1)"));
    return id;
}

/* -- the catalog ------------------------------------------------------------------------ */

static void
put_tree(rc_buf *b, const char *key, uint32_t tree)
{
    if (!tree)
        return;
    rc_out_z(b, key);
    rc_out_ref(b, tree);
}

void
rc_pdf_write_catalog(rc_pdf *d, uint32_t catalog, uint32_t info,
                     rc_str profile)
{
    rc_objects *o = d->objects;
    write_info(d, info);
    rc_objects_name(o, catalog, "Type", "Catalog");
    rc_objects_ref(o, catalog, "Pages", d->page_root);
    rc_objects_ref(o, catalog, "StructTreeRoot", d->tree);
    rc_objects_ref(o, catalog, "Metadata",
                   write_xmp(d, !d->p->no_claim && profile.len));
    uint32_t outline = write_outline(d);
    if (outline) {
        rc_objects_ref(o, catalog, "Outlines", outline);
        rc_objects_name(o, catalog, "PageMode", "UseOutlines");
    }
    uint32_t dests = write_dests(d), files = rc_pdf_write_file_names(d);
    uint32_t intent = profile.len ? write_intent(d, profile) : 0;
    rc_buf *b = rc_pdf_scratch(d);
    rc_out_z(b, "/MarkInfo<</Marked true>>"
                "/ViewerPreferences<</DisplayDocTitle true>>");
    put_info(b, "/Lang", d->p->language);
    put_labels(d, b);
    if (dests || files) {
        rc_out_z(b, "/Names<<");
        put_tree(b, "/Dests", dests);
        put_tree(b, "/EmbeddedFiles", files);
        rc_out_z(b, ">>");
    }
    if (intent) {
        rc_out_z(b, "/OutputIntents[");
        rc_out_ref(b, intent);
        rc_out_char(b, ']');
    }
    rc_objects_finish(o, catalog, rc_buf_str(b));
}
