/* Prose: inline text in a text role at a baseline. A run's tag is the index of
 * its inline, so that lines lead back to links, notes and languages.
 *
 * Links become Link elements: what is drawn stays in reading order, the lines
 * under it and the boxes to click on come after the paragraph, so that the
 * paragraph is not cut into many pieces of content. Adjacent inlines with the
 * same link are one link; a link that leads nowhere yet (its page is still to
 * be found) is plain text. */
#include "chart/inner.h"

/* -- text ------------------------------------------------------------------ */
static rc_str
page_text(const rc_canvas *c, const rc_inline *in)
{
    rc_str label = c->page_label ? c->page_label(c->context, in->target)
                                 : RC_LIT("");
    return label.len ? label : RC_LIT("00"); /* room for a number to come */
}

static rc_str
inline_text(const rc_canvas *c, const rc_inline *in)
{
    switch (in->kind) {
    case RC_INLINE_PAGE:
        return page_text(c, in);
    case RC_INLINE_NOTE:
        return in->text.len ? in->text
                            : rc_str_printf(c->arena, "%d", in->note + 1);
    case RC_INLINE_BREAK:
        return RC_LIT("\xE2\x80\xA8"); /* U+2028 */
    case RC_INLINE_TEXT:
        break;
    }
    return in->text;
}

static int
inline_face(const rc_text_style *s, const rc_inline *in, bool strong)
{
    bool emph = in->style & RC_STYLE_EMPH;
    strong = strong || (in->style & RC_STYLE_STRONG);
    return strong && emph ? s->strong_emph
           : strong       ? s->strong
           : emph         ? s->emph
                          : s->face;
}

static rc_len
style_width(const rc_house *h, const rc_text_style *s, rc_len width)
{
    if (width)
        return width;
    if (s->width)
        return s->width;
    return s->left_column && h->has_left_column ? h->left_text_width
                                                : h->right_width;
}

rc_arena *
rc_canvas_lines(const rc_canvas *c)
{
    return c->lines ? c->lines : c->arena;
}

/* Short-lived memory: what it holds is gone at scratch_end, so results that
 * stay are made elsewhere. Where scratch is also where results go, nothing is
 * forgotten. */
typedef struct short_lived {
    rc_arena *arena;
    rc_mark mark;
    bool rewinds;
} short_lived;

static short_lived
scratch_begin(const rc_canvas *c)
{
    rc_arena *a = c->scratch ? c->scratch : c->arena;
    bool own = a != c->arena && a != rc_canvas_lines(c);
    return (short_lived){a, rc_arena_mark(a), own};
}

static void
scratch_end(const short_lived *s)
{
    if (s->rewinds)
        rc_arena_rewind(s->arena, s->mark);
}

const rc_para *
rc_prose_set(const rc_canvas *c, rc_prose prose, int style, rc_len width,
             bool strong)
{
    const rc_house *h = c->house;
    const rc_text_style *s = &h->styles[style];
    short_lived scratch = scratch_begin(c);
    rc_text_run *runs =
        RC_MAKE_ARRAY(scratch.arena, rc_text_run, prose.count);
    for (size_t i = 0; i < prose.count; i++) {
        const rc_inline *in = &prose.runs[i];
        runs[i] = (rc_text_run){
            .text = inline_text(c, in),
            .face = inline_face(s, in, strong),
            .size = s->size,
            .colour = s->colour,
            .tag = (int)i,
            .lang = in->lang,
            .span = in->span,
        };
        if (in->kind == RC_INLINE_NOTE) {
            runs[i].size = s->size * h->footnote.mark_size_pct / 100;
            runs[i].raise = s->size * h->footnote.mark_raise_pct / 100;
        }
    }
    rc_text_spec spec = {.runs = runs,
                         .count = prose.count,
                         .width = style_width(h, s, width),
                         .balance = s->balance};
    const rc_para *para = 
        rc_text_set(rc_canvas_lines(c), c->fonts, &spec, c->log);
    scratch_end(&scratch);
    return para;
}

rc_prose
rc_prose_of(rc_arena *a, rc_str text)
{
    rc_inline *in = RC_MAKE(a, rc_inline);
    *in = (rc_inline){.kind = RC_INLINE_TEXT,
                      .text = text,
                      .target = -1,
                      .note = -1,
                      .span = rc_span_none()};
    return (rc_prose){in, text.len ? 1 : 0};
}

/* -- links ----------------------------------------------------------------- */
/* What one inline is in the tag tree. */
typedef struct place {
    size_t leader;  /* first inline of the same link; itself without one */
    int dest;       /* of a link; -1 */
    bool link;
    rc_el link_element; /* at the leader, once drawn */
    rc_el element;      /* that holds the inline's text, once drawn */
} place;

typedef struct pen {
    const rc_canvas *c;
    rc_prose prose;
    const rc_prose_at *at;
    const rc_text_style *style;
    rc_str contents; /* of links; empty: their text */
    place *places;   /* one an inline */
} pen;

static bool
is_same_link(const rc_inline *a, const rc_inline *b)
{
    return a->target == b->target && rc_str_eq(a->url, b->url);
}

static int
inline_dest(const rc_canvas *c, const rc_inline *in)
{
    if (in->kind == RC_INLINE_NOTE)
        return c->note_dest ? c->note_dest(c->context, in->note) : -1;
    return in->target >= 0 && c->dest ? c->dest(c->context, in->target) : -1;
}

static void
find_places(pen *p, rc_arena *a)
{
    p->places = RC_MAKE_ARRAY(a, place, p->prose.count);
    for (size_t i = 0; i < p->prose.count; i++) {
        const rc_inline *in = &p->prose.runs[i];
        place *at = &p->places[i];
        *at = (place){.leader = i,
                      .dest = inline_dest(p->c, in),
                      .link_element = RC_NO_ELEMENT,
                      .element = RC_NO_ELEMENT};
        at->link = at->dest >= 0 || in->url.len;
        bool joins = i > 0 && at->link && in->kind != RC_INLINE_NOTE
                     && p->places[i - 1].link
                     && in[-1].kind != RC_INLINE_NOTE
                     && is_same_link(in, &in[-1]);
        if (joins)
            at->leader = p->places[i - 1].leader;
    }
}

/* What a link says of itself: its text. */
static rc_str
link_contents(const pen *p, size_t leader)
{
    if (p->contents.len)
        return p->contents;
    const rc_inline *in = &p->prose.runs[leader];
    if (in->kind == RC_INLINE_NOTE)
        return rc_str_printf(p->c->arena, "%.*s %.*s",
                             RC_STR(p->c->house->words.note),
                             RC_STR(inline_text(p->c, in)));
    rc_str all = inline_text(p->c, &p->prose.runs[leader]);
    for (size_t i = leader + 1;
         i < p->prose.count && p->places[i].leader == leader; i++) {
        rc_str more = inline_text(p->c, &p->prose.runs[i]);
        all = rc_str_printf(p->c->arena, "%.*s%.*s", RC_STR(all),
                            RC_STR(more));
    }
    rc_str url = p->prose.runs[leader].url;
    return rc_str_trim(all).len ? rc_str_trim(all) : url;
}

static rc_el
link_element(pen *p, size_t leader, rc_el parent)
{
    place *at = &p->places[leader];
    if (at->link_element != RC_NO_ELEMENT)
        return at->link_element;
    at->link_element = rc_builder_element(p->c->builder, RC_TAG_LINK, parent);
    rc_str text = link_contents(p, leader);
    rc_element *e = rc_builder_element_of(p->c->builder, at->link_element);
    e->link_dest = at->dest;
    e->origin = rc_origin_of(p->prose.runs[leader].span);
    rc_element_more *more =
        rc_builder_more(p->c->builder, at->link_element);
    if (at->dest < 0)
        more->link_url = p->prose.runs[leader].url;
    more->link_text = text;
    return at->link_element;
}

/* The element that holds inline `i`'s text: made when it is first drawn. */
static rc_el
inline_element(pen *p, size_t i)
{
    const rc_inline *in = &p->prose.runs[i];
    place *at = &p->places[i];
    rc_builder *b = p->c->builder;
    if (at->element != RC_NO_ELEMENT)
        return at->element;
    rc_el e = p->at->element;
    if (e < 0) /* an artifact knows no links */
        return e;
    if (in->kind == RC_INLINE_NOTE)
        e = rc_builder_element(b, RC_TAG_REFERENCE, e);
    if (at->link)
        e = link_element(p, at->leader, e);
    if (in->kind == RC_INLINE_NOTE)
        e = rc_builder_element(b, RC_TAG_LBL, e);
    if (in->lang.len || in->says.len) {
        e = rc_builder_element(b, RC_TAG_SPAN, e);
        rc_element_more *more = rc_builder_more(b, e);
        more->lang = in->lang;
        *(in->style & RC_STYLE_SHORT ? &more->expansion : &more->actual) =
            in->says;
    }
    return at->element = e;
}

/* -- lines ----------------------------------------------------------------- */
static rc_len
line_left(const pen *p, const rc_line *line)
{
    switch (p->at->align) {
    case 'r':
        return p->at->x - line->width;
    case 'c':
        return p->at->x - line->width / 2;
    default:
        return p->at->x + p->style->shift;
    }
}

static bool
is_shown_link(const pen *p, size_t i)
{
    return p->at->element >= 0 && p->places[i].link;
}

static int
part_colour(const pen *p, size_t i)
{
    const rc_house *h = p->c->house;
    if (is_shown_link(p, i) && p->prose.runs[i].kind != RC_INLINE_NOTE)
        return h->link;
    int colour = p->at->colour == -2 ? p->style->colour : p->at->colour;
    return colour >= 0 ? colour : h->ink;
}

static void
draw_line(pen *p, const rc_line *line, rc_len y)
{
    rc_len x = line_left(p, line);
    for (size_t i = 0; i < line->count; i++) {
        const rc_line_part *part = &line->parts[i];
        size_t in = (size_t)part->tag;
        rc_builder_text(p->c->builder, p->c->page, inline_element(p, in),
                        &part->run, x + part->x, y - part->raise,
                        part_colour(p, in));
        const rc_inline *at = &p->prose.runs[in];
        rc_el e = p->places[in].element;
        if (at->kind == RC_INLINE_NOTE && e >= 0 && p->c->note_mark)
            p->c->note_mark(p->c->context, at->note, p->c->page,
                            (rc_point){x + part->x, y}, e);
    }
}

static void
draw_link(pen *p, size_t leader, rc_len x, rc_len width, rc_len y)
{
    const rc_canvas *c = p->c;
    const rc_house *h = c->house;
    rc_len size = p->style->size;
    rc_builder_linkbox(c->builder, c->page, p->places[leader].link_element,
                       (rc_box){x, y - size, width, size + size / 4});
    if (p->prose.runs[leader].kind == RC_INLINE_NOTE)
        return;
    rc_rule rule = {h->link_line.underline, h->link};
    rc_pen_line(c, RC_ARTIFACT_LAYOUT, (rc_point){x, y + h->link_line.offset},
                (rc_point){x + width, y + h->link_line.offset}, rule);
}

/* The boxes and lines of the links in one line. */
static void
draw_line_links(pen *p, const rc_line *line, rc_len y)
{
    rc_len left = line_left(p, line);
    for (size_t i = 0; i < line->count;) {
        size_t in = (size_t)line->parts[i].tag;
        if (!is_shown_link(p, in)) {
            i++;
            continue;
        }
        size_t leader = p->places[in].leader, last = i;
        rc_len from = line->parts[i].x, to = from, rise = line->parts[i].raise;
        while (last < line->count
               && p->places[line->parts[last].tag].leader == leader) {
            const rc_line_part *part = &line->parts[last++];
            from = rc_chart_min(from, part->x);
            to = rc_chart_max(to, part->x + part->run.width);
        }
        to = rc_chart_min(to, line->width); /* no line under a last space */
        if (to > from)
            draw_link(p, leader, left + from, to - from, y - rise);
        i = last;
    }
}

static rc_len
put_lines(const rc_canvas *c, rc_prose prose, const rc_para *para,
          size_t first, size_t count, const rc_prose_at *at, rc_str contents)
{
    const rc_text_style *s = &c->house->styles[at->style];
    if (first >= para->count || !count)
        return at->y;
    if (count > para->count - first)
        count = para->count - first;
    rc_len last = at->y + (rc_len)(count - 1) * s->leading;
    if (!c->builder)
        return last;
    pen p = {.c = c, .prose = prose, .at = at, .style = s,
             .contents = contents};
    short_lived scratch = scratch_begin(c);
    find_places(&p, scratch.arena);
    for (size_t i = 0; i < count; i++)
        draw_line(&p, &para->lines[first + i],
                  at->y + (rc_len)i * s->leading);
    for (size_t i = 0; i < count; i++)
        draw_line_links(&p, &para->lines[first + i],
                        at->y + (rc_len)i * s->leading);
    scratch_end(&scratch);
    return last;
}

rc_len
rc_prose_lines(const rc_canvas *c, rc_prose prose, const rc_para *para,
               size_t first, size_t count, const rc_prose_at *at)
{
    return put_lines(c, prose, para, first, count, at, RC_LIT(""));
}

static void
warn_long(const rc_canvas *c, rc_prose prose, const rc_para *para,
          const rc_text_style *s)
{
    if (!c->builder || !s->lines || para->count <= (size_t)s->lines)
        return;
    rc_diag *d = rc_log_warning(c->log, "too-many-lines", prose.runs[0].span,
                                "%zu lines where the house style has at most "
                                "%d for a %.*s",
                                para->count, s->lines, RC_STR(s->name));
    rc_diag_hint(d, "say it in fewer words");
}

rc_len
rc_prose_put(const rc_canvas *c, rc_prose prose, const rc_prose_at *at,
             rc_str contents)
{
    if (!prose.count)
        return at->y;
    const rc_para *para =
        rc_prose_set(c, prose, at->style, at->width, at->strong);
    warn_long(c, prose, para, &c->house->styles[at->style]);
    return put_lines(c, prose, para, 0, para->count, at, contents);
}

rc_len
rc_prose_draw(const rc_canvas *c, rc_prose prose, const rc_prose_at *at)
{
    return rc_prose_put(c, prose, at, RC_LIT(""));
}
