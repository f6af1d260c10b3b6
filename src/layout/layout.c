#include "layout/inner.h"

rc_len
lay_max(rc_len a, rc_len b)
{
    return a > b ? a : b;
}

size_t
lay_group(size_t at)
{
    enum { ITEMS = 32 };
    return 1 + at / ITEMS;
}

void
lay_lines(lay *l, size_t group)
{
    rc_arena **at = &l->lines[group];
    if (!*at)
        *at = rc_arena_new();
    l->canvas.lines = *at;
}

int
lay_style(const lay *l, rc_role role)
{
    return l->house->role[role];
}

const rc_text_style *
lay_role(const lay *l, rc_role role)
{
    return &l->house->styles[l->house->role[role]];
}

bool
prose_has_page(rc_prose p)
{
    for (size_t i = 0; i < p.count; i++)
        if (p.runs[i].kind == RC_INLINE_PAGE)
            return true;
    return false;
}

bool
prose_is_empty(rc_prose p)
{
    for (size_t i = 0; i < p.count; i++)
        if (p.runs[i].kind != RC_INLINE_TEXT || p.runs[i].text.len)
            return false;
    return true;
}

/* -- what charts and prose ask for ----------------------------------------- */
static rc_str
label_of_target(const void *context, int target)
{
    const lay *l = context;
    if (target < 0 || (size_t)target >= l->doc->target_count)
        return (rc_str){0};
    const target_place *at = &l->were[target];
    return at->known ? at->label : (rc_str){0};
}

static int
dest_of_target(const void *context, int target)
{
    const lay *l = context;
    if (!l->dests || target < 0 || (size_t)target >= l->doc->target_count)
        return -1;
    return l->dests[target];
}

rc_canvas
lay_canvas(const lay *l, uint32_t page, rc_el parent)
{
    rc_canvas c = l->canvas;
    c.builder = l->builder;
    c.page = page;
    c.parent = parent;
    return c;
}

/* -- passes ---------------------------------------------------------------- */
enum { MOST_PASSES = 5 };

/* What references print has changed since the pass before. */
static bool
labels_moved(const lay *l, const rc_str *before)
{
    for (size_t i = 0; i < l->doc->target_count; i++)
        if (!rc_str_eq(label_of_target(l, (int)i), before[i]))
            return true;
    return false;
}

static void
forget_pages_texts(item_list *items)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].has_page)
            items->at[i].measured = false;
}

static void
run_passes(lay *l)
{
    size_t n = l->doc->target_count;
    rc_str *before = RC_MAKE_ARRAY(l->arena, rc_str, n + 1);
    for (int pass = 1;; pass++) {
        flow_pass(l);
        target_place *swap = l->were;
        l->were = l->where;
        l->where = swap;
        if (!l->has_pages || !labels_moved(l, before))
            return;
        if (pass == MOST_PASSES) {
            rc_diag *d = rc_log_error(
                l->log, "unstable-pages", rc_span_none(),
                "page numbers still change after %d passes", MOST_PASSES);
            rc_diag_hint(d, "a reference to a page moves the text that it "
                            "stands in; word it otherwise");
            return;
        }
        for (size_t i = 0; i < n; i++)
            before[i] = label_of_target(l, (int)i);
        forget_pages_texts(&l->items);
        for (size_t i = 0; i < l->doc->note_count; i++)
            if (l->notes[i].has_page) {
                l->notes[i].measured = false;
                forget_pages_texts(&l->notes[i].items);
            }
    }
}

/* A mark in a place that has no foot of its own (heads of columns, fields). */
static void
report_lost_notes(const lay *l)
{
    for (size_t i = 0; i < l->doc->note_count; i++) {
        if (l->notes[i].placed)
            continue;
        rc_diag *d = rc_log_error(
            l->log, "lost-note", l->doc->notes[i].span,
            "footnote %.*s is marked where none can be placed",
            RC_STR(l->doc->notes[i].mark));
        rc_diag_hint(d, "mark it in text, a headline or a table");
    }
}

/* -- the finished list ----------------------------------------------------- */
static void
set_meta(const lay *l, rc_arena *a)
{
    const rc_doc *doc = l->doc;
    const rc_house *h = l->house;
    rc_pages *p = rc_builder_meta(l->builder);
    rc_page_face *faces = RC_MAKE_ARRAY(a, rc_page_face, h->face_count);
    rc_rgb *colours = RC_MAKE_ARRAY(a, rc_rgb, h->colour_count);
    for (size_t i = 0; i < h->face_count; i++) {
        const rc_font_file *file = rc_fonts_file(l->canvas.fonts, (int)i);
        faces[i] = (rc_page_face){.name = file->name, .path = file->path};
    }
    for (size_t i = 0; i < h->colour_count; i++)
        colours[i] = (rc_rgb){h->colours[i].r, h->colours[i].g,
                              h->colours[i].b, h->colours[i].name};
    p->title = doc->title;
    p->author = doc->author;
    p->subject = doc->subject;
    p->language = doc->language;
    p->creator = RC_LIT("recto");
    p->date = doc->date;
    p->no_claim = doc->no_claim;
    p->faces = faces;
    p->face_count = h->face_count;
    p->colours = colours;
    p->colour_count = h->colour_count;
}

static void
make_dests(lay *l)
{
    const rc_doc *doc = l->doc;
    l->dests = RC_MAKE_ARRAY(l->arena, int, doc->target_count + 1);
    for (size_t i = 0; i < doc->target_count; i++) {
        const target_place *at = &l->were[i];
        l->dests[i] =
            at->known ? rc_builder_dest(l->builder, doc->targets[i].id,
                                        at->page, 0,
                                        lay_max(at->y - l->house->body_leading
                                                    - l->house->unit, 0),
                                        RC_NO_ELEMENT)
                      : -1;
    }
    for (size_t p = 0; p < l->pages.count; p++) {
        const lay_page *pg = &l->pages.at[p];
        for (size_t i = 0; i < pg->note_count; i++) {
            const note_place *n = &l->note_places.at[pg->first_note + i];
            if (n->first == 0)
                l->notes[n->note].dest = rc_builder_dest(
                    l->builder,
                    rc_str_printf(l->arena, "note-%.*s",
                                  RC_STR(doc->notes[n->note].mark)),
                    (uint32_t)p, 0, n->y - l->house->body_leading,
                    RC_NO_ELEMENT);
        }
    }
}

static int
dest_of_note(const void *context, int note)
{
    const lay *l = context;
    if (!l->dests || note < 0 || (size_t)note >= l->doc->note_count)
        return -1;
    return l->notes[note].dest;
}

/* Notes lead back to their marks: to the first, where there are several. */
static void
note_was_marked(const void *context, int note, uint32_t page, rc_point at,
                rc_el mark)
{
    const lay *l = context;
    if (note < 0 || (size_t)note >= l->doc->note_count)
        return;
    note_set *n = &l->notes[note];
    if (n->back < 0)
        n->back = rc_builder_dest(
            l->builder,
            rc_str_printf(l->arena, "mark-%.*s",
                          RC_STR(l->doc->notes[note].mark)),
            page, 0, lay_max(at.y - 2 * l->house->body_leading, 0), mark);
}

const rc_pages *
rc_lay_out(rc_arena *a, const rc_doc *doc, const rc_house *house,
           rc_fonts *fonts, rc_log *log)
{
    lay l = {.arena = rc_arena_new(), .doc = doc, .house = house, .log = log,
             .scratch = rc_arena_new(), .carried_note = -1};
    l.canvas = (rc_canvas){.arena = l.arena,
                           .scratch = l.scratch,
                           .fonts = fonts,
                           .house = house,
                           .log = log,
                           .parent = RC_NO_ELEMENT,
                           .page_label = label_of_target,
                           .dest = dest_of_target,
                           .note_dest = dest_of_note,
                           .note_mark = note_was_marked,
                           .context = &l};
    l.where = RC_MAKE_ARRAY(l.arena, target_place, doc->target_count + 1);
    l.were = RC_MAKE_ARRAY(l.arena, target_place, doc->target_count + 1);
    l.notes = RC_MAKE_ARRAY(l.arena, note_set, doc->note_count + 1);
    for (size_t i = 0; i < doc->note_count; i++)
        l.notes[i].dest = l.notes[i].back = -1;
    build_document(&l);
    l.group_count = lay_group(l.items.count) + 1;
    l.lines = RC_MAKE_ARRAY(l.arena, rc_arena *, l.group_count);
    lay_lines(&l, 0);
    const rc_pages *out = NULL;
    if (l.items.count) {
        run_passes(&l);
        report_lost_notes(&l);
        l.builder = rc_builder_new(a);
        set_meta(&l, a);
        for (size_t i = 0; i < l.pages.count; i++) {
            uint32_t p = rc_builder_page(l.builder, house->page_width,
                                         house->page_height);
            rc_page *made = rc_builder_page_of(l.builder, p);
            made->label = l.pages.at[i].label;
            made->roman = l.pages.at[i].roman;
            made->number = l.pages.at[i].number;
        }
        find_note_places(&l);
        make_dests(&l);
        draw_document(&l);
        out = rc_builder_finish(l.builder);
        rc_builder_free(l.builder);
    }
    for (size_t i = 0; i < l.group_count; i++)
        rc_arena_free(l.lines[i]);
    rc_arena_free(l.scratch);
    rc_arena_free(l.arena);
    return out;
}
