/* Slices to pages: where each begins, what stays together, what stands at the
 * foot. Arithmetic only; nothing is drawn.
 *
 * 1. A page is filled from the top; `flow.y` is the end of what was placed
 *    last. What stands in the left column has an end of its own, and the next
 *    item starts below both.
 * 2. The frame's foot rises with the notes marked in what was placed: a slice
 *    fits only with its notes. Where even an empty page is too small for a
 *    slice and its notes, the notes are carried over to the next foot.
 * 3. An item is begun only where what is kept with it fits too.
 * 4. A figure that floats and does not fit waits for the head of the next page,
 *    and so do those that float after it, in their order; the text goes on, but
 *    never past a figure that does not float, a title or a break. Where nothing
 *    follows a figure and none waits, the paragraph before it goes with it,
 *    rather than leave it alone on a page. */
#include "layout/inner.h"

#include <string.h>

enum { MOST_KEPT = 12 }; /* lines that go with a figure to another page */

void
measure_item(lay *l, item *it)
{
    if (it->measured)
        return;
    if (it->ops->measure)
        it->ops->measure(l, it);
    it->measured = true;
}

void
measure_item_at(lay *l, size_t at)
{
    rc_arena *lines = l->canvas.lines;
    lay_lines(l, lay_group(at));
    measure_item(l, &l->items.at[at]);
    l->canvas.lines = lines;
}

rc_len
snap_up(const rc_house *h, rc_len y)
{
    rc_len unit = h->space.raster ? h->space.raster : h->unit;
    rc_len over = y - h->first_baseline;
    if (over <= 0 || unit <= 0)
        return y > h->first_baseline ? y : h->first_baseline;
    return h->first_baseline + (over + unit - 1) / unit * unit;
}

/* After a figure: the first line of the text's raster at least so far below. */
static rc_len
after_figure(const rc_house *h, rc_len y)
{
    rc_len raster = h->space.after_raster ? h->space.after_raster : h->unit;
    rc_len over = y + h->space.after_figure - h->first_baseline;
    if (over <= 0)
        return h->first_baseline;
    return h->first_baseline + (over + raster - 1) / raster * raster;
}

static bool
is_text(kind k)
{
    switch (k) {
    case KIND_TEXT: case KIND_BULLET: case KIND_HEAD: case KIND_SIDE:
    case KIND_LEAD: case KIND_QUOTE: case KIND_NAMES: case KIND_CONTENTS:
    case KIND_SECTION: case KIND_OPENING: case KIND_BARS: case KIND_FIELDS:
        return true;
    default:
        return false;
    }
}

/* Baseline to baseline, between two items of text. */
static rc_len
text_gap(const lay *l, const item *before, const item *it)
{
    const rc_house *h = l->house;
    if (it->same_run && it->kind == KIND_QUOTE)
        return h->quotes.rule_below + h->quotes.rule_above;
    if (it->kind == KIND_CONTENTS && before->kind == KIND_CONTENTS)
        return h->contents.list_rule + h->contents.list_first;
    if (it->same_run || (it->kind == KIND_BULLET && !it->sided))
        return h->space.bullet;
    if (before->kind == KIND_HEAD
        || (before->kind == KIND_SIDE && !h->has_left_column))
        return h->body_leading;
    if (it->sided || it->kind == KIND_SIDE || it->kind == KIND_BARS)
        return h->space.section;
    if (it->kind == KIND_HEAD)
        return lay_max(h->space.paragraph,
                       h->body_leading + lay_role(l, RC_ROLE_HEAD)->before);
    return h->space.paragraph;
}

static rc_len
after_opening(const lay *l, const item *before, const item *it, rc_len y)
{
    const rc_section *s = &l->doc->sections[before->section];
    const rc_master *m = section_master(l, s);
    if (!m)
        return y + l->house->space.section;
    if (!m->title) /* no title of its own: the first text's place */
        return m->text ? m->text : y + l->house->space.section;
    if (it->kind == KIND_SUMMARY && m->summary_rule)
        return y + m->summary_rule;
    if (it->kind == KIND_FACTS && m->facts)
        return y + m->facts;
    return y + (it->kind == KIND_CONTENTS && l->house->contents.first
                    ? l->house->contents.first
                    : m->after_title);
}

/* The next reference under what stands at y, before snapping. */
static rc_len
below(const lay *l, const item *before, const item *it, rc_len y)
{
    const rc_house *h = l->house;
    switch (before->kind) {
    case KIND_OPENING:
        return after_opening(l, before, it, y);
    case KIND_SECTION:
        return it->kind == KIND_FACTS && section_facts(l, before)
                   ? y + section_facts(l, before)
                   : y + h->space.after_section;
    case KIND_FACTS:
        if (it->kind == KIND_BOX)
            return y + h->box.before;
        if (it->kind == KIND_FINDINGS)
            return y + h->findings.before;
        return y + h->facts.after;
    case KIND_BOX:
        return y + (is_text(it->kind) ? h->box.after : h->box.before);
    case KIND_SUMMARY:
        return y + h->summary.after;
    case KIND_FINDINGS:
        return y + h->findings.heading;
    case KIND_LEAD:
        return y + h->space.after_lead;
    default:
        break;
    }
    switch (it->kind) {
    case KIND_BOX:
        return y + h->box.before;
    case KIND_SUMMARY:
        return y + h->summary.before;
    case KIND_FINDINGS:
        return y + h->findings.before;
    case KIND_FIGURE: case KIND_TABLE: case KIND_FACTS:
        return y + h->space.before_figure;
    default:
        return y + text_gap(l, before, it);
    }
}

/* Rows of one list or of quotations keep their own step; facts and findings
 * hang on the rule above them; the rest stands on the raster. */
static bool
is_free(const item *before, const item *it)
{
    if (it->same_run || (it->kind == KIND_CONTENTS && before->kind == it->kind))
        return true;
    return it->kind == KIND_FACTS || it->kind == KIND_FINDINGS
           || it->kind == KIND_BOX
           || (it->kind == KIND_SUMMARY && before->kind == KIND_OPENING);
}

static bool
is_figure(kind k)
{
    return k == KIND_FIGURE || k == KIND_TABLE || k == KIND_BARS;
}

static rc_len
top_of(const lay *l, const item *it)
{
    if (it->kind == KIND_OPENING || it->kind == KIND_SECTION)
        return opening_top(l, it);
    return it->top_rule ? l->house->top : l->house->first_baseline;
}

static rc_len
start_of(const lay *l, const flow *f, const item *it)
{
    const rc_house *h = l->house;
    const item *before = f->last;
    rc_len fixed = it->kind == KIND_FIELDS ? fields_top(l, it) : 0;
    if (f->fresh || !before)
        return fixed ? fixed : top_of(l, it);
    rc_len y = lay_max(f->y, f->left_y);
    if (fixed && fixed > y + h->space.paragraph)
        return fixed;
    if (it->kind == KIND_SECTION)
        return section_start(l, before, it, y);
    if (is_figure(before->kind))
        return after_figure(h, y);
    rc_len start = below(l, before, it, y);
    return is_free(before, it) ? start : snap_up(h, start);
}

/* Where a title in mid-page begins: under its rule, or at a distance of its
 * own. */
rc_len
section_start(const lay *l, const item *before, const item *it, rc_len y)
{
    const rc_house *h = l->house;
    const rc_master *m = section_rules(l, it);
    if (!m || !m->rule_above)
        return snap_up(h, y + h->space.before_section);
    rc_len rule = is_figure(before->kind)
                      ? after_figure(h, y)
                      : snap_up(h, y + h->space.before_figure);
    return rule + m->title_below_rule;
}

/* -- fitting --------------------------------------------------------------- */
rc_len
note_foot(const lay *l, const flow *f)
{
    const rc_house *h = l->house;
    if (!f->note_lines)
        return 0;
    return (rc_len)(f->note_lines - 1) * lay_role(l, RC_ROLE_FOOTNOTE)->leading
           + h->footnote.rule_above + h->footnote.gap;
}

static void
add_notes(lay *l, flow *f, const slice *s)
{
    for (size_t i = 0; i < s->note_count; i++) {
        int note = l->marks.at[s->note + i];
        note_measure(l, note);
        if (l->notes[note].placed)
            continue;
        f->note_lines += l->notes[note].lines;
        f->notes++;
    }
}

/* Places a slice; false when it ends below the frame. `f` is changed either
 * way. */
static bool
add_slice(lay *l, flow *f, const item *it, size_t i, bool first)
{
    const rc_house *h = l->house;
    const slice *s = &it->slices[i];
    rc_len y;
    bool fits = true;
    if (!first)
        y = f->y + s->gap;
    else if (i == 0)
        y = start_of(l, f, it);
    else if (f->fresh)
        y = (it->rest_top_rule ? h->top : h->first_baseline) + it->head;
    else /* the rest, under a figure that had waited */
        y = start_of(l, f, it) + it->head;
    if (i == 0 && it->left_depth)
        f->left_y = y + it->left_depth;
    else if (i == 0)
        f->left_y = 0;
    if (i == 0 && it->sided
        && y >= h->bottom - (h->space.last_lines - 1) * h->body_leading)
        fits = false;
    f->y = y + s->depth;
    f->last = it;
    f->fresh = false;
    add_notes(l, f, s);
    rc_len end = lay_max(f->y, i == 0 ? f->left_y : 0);
    return fits && end <= f->bottom - note_foot(l, f);
}

/* What leads in to the next item and is too short to be divided; too few lines
 * under a title. */
static bool
moves_whole(const lay *l, const item *it)
{
    size_t widows = (size_t)l->house->space.widows;
    return it->slice_count < it->start_least
           || (it->lead_in && it->slice_count < it->start_slices + widows);
}

/* All that must stand on one page with the beginning of item `at` fits. */
static bool
beginning_fits(lay *l, const flow *from, size_t at)
{
    flow f = *from;
    for (size_t i = at; i < l->items.count; i++) {
        item *it = &l->items.at[i];
        if (it->own_page || it->kind == KIND_BREAK)
            return true;
        measure_item_at(l, i);
        bool whole = it->keep_next || moves_whole(l, it);
        size_t n = whole ? it->slice_count : it->start_slices;
        if (n < 1 || n > it->slice_count)
            n = it->slice_count;
        while (!whole && n < it->slice_count && it->slices[n].no_break)
            n++;
        for (size_t k = 0; k < n; k++)
            if (!add_slice(l, &f, it, k, k == 0))
                return false;
        if (!whole)
            return true;
    }
    return true;
}

/* -- pages ----------------------------------------------------------------- */
static void
number_page(lay *l, lay_page *p)
{
    const rc_part *part = &l->doc->parts[p->part];
    const lay_page *before =
        l->pages.count > 1 ? &l->pages.at[l->pages.count - 2] : NULL;
    p->roman = part->roman;
    /* a part without numbers (a cover) counts with the pages after it */
    if (!part->numbered)
        for (size_t i = (size_t)p->part + 1; i < l->doc->part_count; i++)
            if (l->doc->parts[i].numbered) {
                p->roman = l->doc->parts[i].roman;
                break;
            }
    p->number =
        before && before->roman == p->roman ? before->number + 1 : 1;
    p->label = p->roman ? roman_number(l->arena, p->number)
                        : rc_str_printf(l->arena, "%d", p->number);
}

static void
place_note(lay *l, int note, size_t first, size_t count)
{
    lay_page *p = &l->pages.at[l->pages.count - 1];
    if (!p->note_count)
        p->first_note = l->note_places.count;
    *rc_vec_push(l->arena, &l->note_places) =
        (note_place){.note = note, .first = first, .count = count};
    p->note_count++;
}

static void
new_page(lay *l, const item *it)
{
    lay_page *p = rc_vec_push(l->arena, &l->pages);
    *p = (lay_page){.section = it->section, .part = l->part};
    if (it->section >= 0)
        p->part = l->doc->sections[it->section].part;
    else if (it->kind == KIND_COVER)
        p->part = cover_part(it);
    l->part = p->part;
    number_page(l, p);
    l->now = (flow){.fresh = true, .bottom = l->house->bottom};
    if (it->kind == KIND_OPENING && it->section >= 0) {
        p->opening = section_master(l, &l->doc->sections[it->section]);
        l->now.bottom -= opening_foot(l, it);
    }
    while (l->carried_note >= 0) {
        const note_set *n = &l->notes[l->carried_note];
        size_t left = n->lines - l->carried_line;
        size_t room = note_room(l, &l->now);
        size_t count = left < room ? left : lay_count(room, 1);
        place_note(l, l->carried_note, l->carried_line, count);
        l->now.note_lines += count;
        l->now.notes++;
        l->carried_line += count;
        if (l->carried_line < n->lines)
            break;
        l->carried_note = -1;
    }
}

/* Lines of notes for which there is room in the foot. */
size_t
note_room(const lay *l, const flow *f)
{
    const rc_house *h = l->house;
    rc_len leading = lay_role(l, RC_ROLE_FOOTNOTE)->leading;
    rc_len from = f->fresh ? h->first_baseline + 2 * h->body_leading : f->y;
    rc_len room = f->bottom - from - h->footnote.rule_above - h->footnote.gap
                  + leading;
    size_t lines = room > 0 && leading > 0 ? (size_t)(room / leading) : 0;
    return lines > f->note_lines ? lines - f->note_lines : 0;
}

size_t
lay_count(size_t n, size_t least)
{
    return n > least ? n : least;
}

/* -- placing --------------------------------------------------------------- */
/* The notes of a slice that stands on this page. What does not fit goes to the
 * next foot (only where the slice is the first on its page, invariant 2). */
static void
place_notes(lay *l, const slice *s)
{
    for (size_t i = 0; i < s->note_count; i++) {
        int at = l->marks.at[s->note + i];
        note_set *n = &l->notes[at];
        if (n->placed)
            continue;
        n->placed = true;
        size_t room = note_room(l, &l->now);
        size_t count = n->lines < room ? n->lines : room;
        if (count < n->lines && l->carried_note >= 0)
            count = n->lines; /* one at a time: rather too long a foot */
        if (!count)
            count = 1;
        place_note(l, at, 0, count);
        l->now.note_lines += count;
        if (count < n->lines) {
            l->carried_note = at;
            l->carried_line = count;
        }
    }
}

static void
complain_too_tall(lay *l, const item *it, size_t at)
{
    for (size_t i = 0; i < l->complained.count; i++)
        if (l->complained.at[i].source == it->span.source
            && l->complained.at[i].from == it->span.from)
            return;
    *rc_vec_push(l->arena, &l->complained) = it->span;
    rc_diag *d = rc_log_error(l->log, "too-tall", it->span,
                              "this is taller than a page");
    rc_len over = it->slices[at].depth
                  - (l->house->bottom - (at ? l->house->top : top_of(l, it)));
    if (over > 0)
        rc_diag_hint(d, "by %d points; divide it in two",
                     (over + RC_PT - 1) / RC_PT);
    else
        rc_diag_hint(d, "divide it in two");
}

static void
place_targets(lay *l, const item *it, rc_len y)
{
    uint32_t p = (uint32_t)(l->pages.count - 1);
    rc_str label = l->pages.at[p].label;
    int targets[2] = {it->target, it->second_target};
    if (it->kind == KIND_OPENING) /* large numbers stand high over the title */
        y = 0;
    else if (it->kind == KIND_SECTION) /* its rule is to be seen */
        y = lay_max(y - l->house->body_leading, 0);
    for (size_t i = 0; i < 2; i++)
        if (targets[i] >= 0 && (size_t)targets[i] < l->doc->target_count)
            l->where[targets[i]] = (target_place){p, y, label, true};
    for (size_t i = 0; i < it->side_count; i++) {
        int t = it->sides[i].target;
        if (t >= 0 && (size_t)t < l->doc->target_count)
            l->where[t] = (target_place){p, y, label, true};
    }
}

static void
commit(lay *l, size_t at, size_t from, size_t to)
{
    item *it = &l->items.at[at];
    bool fresh = l->now.fresh;
    rc_len first_y = 0;
    for (size_t k = from; k < to; k++) {
        flow f = l->now;
        add_slice(l, &f, it, k, k == from);
        l->now.y = f.y;
        l->now.left_y = f.left_y;
        l->now.last = it;
        l->now.fresh = false;
        if (k == from)
            first_y = f.y - it->slices[k].depth;
        place_notes(l, &it->slices[k]);
    }
    if (from == 0)
        place_targets(l, it, first_y);
    *rc_vec_push(l->arena, &l->places) =
        (placed){.item = (uint32_t)at,
                 .page = (uint32_t)(l->pages.count - 1),
                 .first = (uint32_t)from,
                 .count = (uint32_t)(to - from),
                 .y = first_y,
                 .fresh = fresh};
}

static void place_item(lay *l, size_t at);

/* A page begun in the run of the text: what waits for it comes first, as much
 * as fits, and the page is of its section. */
static void
next_page(lay *l, const item *it)
{
    size_t waiting[MOST_WAITING], count = l->waiting_count, n = 0;
    memcpy(waiting, l->waiting, sizeof waiting);
    l->waiting_count = 0; /* nothing waits while these are placed */
    new_page(l, count ? &l->items.at[waiting[0]] : it);
    while (n < count && (n == 0 || beginning_fits(l, &l->now, waiting[n])))
        place_item(l, waiting[n++]);
    for (; n < count; n++)
        l->waiting[l->waiting_count++] = waiting[n];
}

/* True when item `at`, which does not fit or follows others that wait, is put
 * off to the next page (invariant 4). */
static bool
put_off(lay *l, size_t at)
{
    const item *it = &l->items.at[at];
    if (!it->floats || l->waiting_count == MOST_WAITING || l->now.fresh
        || (at && l->items.at[at - 1].keep_next))
        return false;
    l->waiting[l->waiting_count++] = at;
    return true;
}

/* Nothing that waits may be passed by this item. */
static bool
is_barrier(const item *it)
{
    return it->own_page || it->kind == KIND_BREAK || it->kind == KIND_SECTION
           || it->kind == KIND_OPENING || it->kind == KIND_COVER
           || is_figure(it->kind) || it->kind == KIND_FACTS;
}

/* Where to end a page so that the last lines of what leads in go with the next
 * item, which does not fit under all of it (`f`): `n`, if it does, or if
 * nothing is gained. */
static size_t
lead_in_end(lay *l, size_t at, const flow *f, size_t from)
{
    const item *it = &l->items.at[at];
    size_t n = it->slice_count, widows = (size_t)l->house->space.widows;
    if (!it->lead_in || from > 0 || moves_whole(l, it)
        || beginning_fits(l, f, at + 1))
        return n;
    return n - widows;
}

static void
place_item(lay *l, size_t at)
{
    item *it = &l->items.at[at];
    size_t n = it->slice_count;
    for (size_t s = 0; s < n;) {
        flow f = l->now;
        size_t k = s;
        while (k < n && add_slice(l, &f, it, k, k == s))
            k++;
        size_t until = k < n ? k : lead_in_end(l, at, &f, s);
        while (until < n && until > s && it->slices[until].no_break)
            until--;
        if (until == s && (!l->now.fresh || l->now.note_lines)) {
            next_page(l, it); /* this one may hold the rest of a long note */
            continue;
        }
        if (until == s) { /* not even on a page of its own */
            until = k > s ? k : s + 1;
            if (k == s && !it->slices[s].note_count)
                complain_too_tall(l, it, s);
        }
        commit(l, at, s, until);
        s = until;
        if (s < n)
            next_page(l, it);
    }
}

/* The rest of a note, before a page that begins something new. */
static void
end_notes(lay *l)
{
    while (l->carried_note >= 0)
        new_page(l, &l->items.at[l->places.at[l->places.count - 1].item]);
}

static void
flow_item(lay *l, size_t at)
{
    item *it = &l->items.at[at];
    measure_item_at(l, at);
    if (it->ends_in_figure)
        it->keep_next = it->slice_count <= MOST_KEPT && !l->waiting_count;
    if (l->waiting_count && put_off(l, at))
        return;
    while (l->waiting_count && is_barrier(it))
        next_page(l, it);
    if (it->kind == KIND_BREAK) {
        if (l->pages.count && !l->now.fresh)
            l->break_due = true;
        return;
    }
    if (it->own_page || l->break_due || !l->pages.count) {
        end_notes(l);
        new_page(l, it);
        l->break_due = false;
    } else if (!l->now.fresh && !beginning_fits(l, &l->now, at)) {
        if (put_off(l, at))
            return;
        next_page(l, it);
        while (!l->now.fresh && !beginning_fits(l, &l->now, at))
            next_page(l, it); /* what had waited left too little room */
    }
    place_item(l, at);
    if (it->kind == KIND_COVER || ends_page(l, it))
        l->break_due = true;
}

void
flow_pass(lay *l)
{
    l->places.count = l->pages.count = l->note_places.count = 0;
    l->carried_note = -1;
    l->waiting_count = 0;
    l->part = 0;
    l->break_due = false;
    for (size_t i = 0; i < l->doc->note_count; i++)
        l->notes[i].placed = false;
    for (size_t i = 0; i < l->doc->target_count; i++)
        l->where[i] = (target_place){0};
    for (size_t i = 0; i < l->items.count; i++)
        flow_item(l, i);
    while (l->waiting_count)
        next_page(l, &l->items.at[l->waiting[0]]);
    end_notes(l);
}

/* -- inside boxes ---------------------------------------------------------- */
rc_len
stack_items(lay *l, item_list *items, rc_len y, const uint32_t *page)
{
    for (size_t i = 0; i < items->count; i++) {
        item *it = &items->at[i];
        measure_item(l, it);
        if (it->kind == KIND_BREAK || !it->slice_count)
            continue;
        if (i)
            y = below(l, &items->at[i - 1], it, y);
        placed p = {.item = (uint32_t)i,
                    .page = page ? *page : 0,
                    .count = (uint32_t)it->slice_count,
                    .y = y};
        if (page && it->ops->draw)
            it->ops->draw(l, it, &p);
        y += it->slices[0].depth;
        for (size_t k = 1; k < it->slice_count; k++)
            y += it->slices[k].gap + it->slices[k].depth;
    }
    return y;
}
