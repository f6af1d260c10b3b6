/* Heads, feet and the rule over notes; fields in them. */
#include "layout/inner.h"

rc_str
roman_number(rc_arena *a, int n)
{
    static const struct {
        int value;
        const char *text;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"},
                 {100, "c"},  {90, "xc"},  {50, "l"},  {40, "xl"},
                 {10, "x"},   {9, "ix"},   {5, "v"},   {4, "iv"},
                 {1, "i"}};
    rc_buf b = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value && b.len < 64; n -= parts[i].value)
            rc_buf_z(&b, parts[i].text);
    rc_str out = rc_str_copy(a, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

/* -- fields ---------------------------------------------------------------- */
static const rc_field *
find_field(const rc_field *fields, size_t count, rc_str name)
{
    for (size_t i = 0; i < count; i++)
        if (rc_str_eq(fields[i].name, name))
            return &fields[i];
    return NULL;
}

static bool
already_complained(lay *l, rc_span at)
{
    for (size_t i = 0; i < l->complained.count; i++)
        if (l->complained.at[i].source == at.source
            && l->complained.at[i].from == at.from
            && l->complained.at[i].to == at.to)
            return true;
    *rc_vec_push(l->arena, &l->complained) = at;
    return false;
}

/* The place of a field inside its text, where the text stands there as it is
 * (a quoted scalar); else the whole text's. */
static rc_span
span_in(rc_span whole, rc_str text, size_t from, size_t to)
{
    if (!whole.source)
        return whole;
    rc_str there = rc_str_part(whole.source->text, whole.from, whole.to);
    if (there.len >= text.len)
        for (size_t i = 0; i + text.len <= there.len; i++)
            if (rc_str_eq(rc_str_part(there, i, i + text.len), text)) {
                rc_span at = whole;
                at.from = whole.from + (uint32_t)(i + from);
                at.to = whole.from + (uint32_t)(i + to);
                return at;
            }
    return whole;
}

static void
unknown_field(lay *l, rc_str name, rc_span at, const rc_section *s)
{
    if (already_complained(l, at))
        return;
    size_t n = l->doc->field_count + (s ? s->field_count : 0) + 2, k = 0;
    rc_str *names = RC_MAKE_ARRAY(l->arena, rc_str, n);
    for (size_t i = 0; i < l->doc->field_count; i++)
        names[k++] = l->doc->fields[i].name;
    for (size_t i = 0; s && i < s->field_count; i++)
        names[k++] = s->fields[i].name;
    names[k++] = RC_LIT("page");
    names[k++] = RC_LIT("pages");
    rc_diag *d = rc_log_error(l->log, "unknown-field", at,
                              "unknown field '%.*s'", RC_STR(name));
    rc_diag_suggest(d, name, names, k);
}

static bool
field_value(lay *l, rc_str name, int section, const lay_page *pg, rc_str *out)
{
    const rc_section *s = section >= 0 ? &l->doc->sections[section] : NULL;
    const rc_field *f = s ? find_field(s->fields, s->field_count, name) : NULL;
    if (!f)
        f = find_field(l->doc->fields, l->doc->field_count, name);
    if (f) {
        *out = f->value;
        return true;
    }
    if (rc_str_is(name, "page") && pg) {
        *out = pg->label;
        return true;
    }
    if (rc_str_is(name, "pages")) {
        *out = rc_str_printf(l->arena, "%zu", l->pages.count);
        return true;
    }
    /* what only some sections have is empty in the others */
    if (!s && (rc_str_starts(name, "chapter.")
               || rc_str_starts(name, "group."))) {
        *out = (rc_str){0};
        return true;
    }
    return false;
}

rc_str
resolve_fields(lay *l, const rc_field_text *f, int section, const lay_page *pg)
{
    const rc_section *s = section >= 0 ? &l->doc->sections[section] : NULL;
    rc_buf b = {0};
    size_t at = 0, fields = 0, filled = 0;
    while (at < f->text.len) {
        size_t open = rc_str_find(f->text, "{{", at);
        size_t close =
            open == SIZE_MAX ? SIZE_MAX : rc_str_find(f->text, "}}", open);
        if (close == SIZE_MAX) {
            rc_buf_add(&b, rc_str_part(f->text, at, f->text.len));
            break;
        }
        rc_buf_add(&b, rc_str_part(f->text, at, open));
        rc_str name = rc_str_trim(rc_str_part(f->text, open + 2, close));
        rc_str value = {0};
        if (field_value(l, name, section, pg, &value))
            rc_buf_add(&b, value);
        else
            unknown_field(l, name,
                          span_in(f->span, f->text, open, close + 2), s);
        fields++;
        filled += value.len > 0;
        at = close + 2;
    }
    if (fields && !filled) /* "Version" of nothing */
        b.len = 0;
    rc_str out = rc_str_copy(l->arena, rc_str_trim(rc_buf_str(&b)));
    rc_buf_free(&b);
    return out;
}

/* -- heads and feet -------------------------------------------------------- */
static const rc_master *
body_master(const lay *l, const lay_page *pg)
{
    rc_str name = l->doc->parts[pg->part].body_master;
    return rc_house_master(l->house, name.len ? name : RC_LIT("body"));
}

typedef struct line_of {
    uint32_t page;
    int section;
    const lay_page *pg;
    rc_el element;
    rc_len y;
} line_of;

/* A field that is ready to be drawn. */
typedef struct ready {
    rc_str text;
    rc_role role;
    bool strong;
    rc_len width;
} ready;

/* The words of the text that fit, with an ellipsis for those that do not. */
static void
cut_to(const lay *l, ready *r, rc_len room)
{
    const rc_text_style *style = lay_role(l, r->role);
    int face = r->strong ? style->strong : style->face;
    rc_str whole = r->text;
    size_t end = whole.len;
    while (end) {
        r->width =
            rc_text_width(l->canvas.fonts, r->text, face, style->size);
        if (r->width <= room)
            return;
        while (end && whole.at[end - 1] != ' ')
            end--;
        while (end && whole.at[end - 1] == ' ')
            end--;
        r->text = rc_str_printf(l->arena, "%.*s\u2026", (int)end, whole.at);
    }
    r->text = (rc_str){0};
    r->width = 0;
}

static ready
make_ready(lay *l, const line_of *line, const rc_field_text *f, rc_role role,
           rc_len room)
{
    ready r = {.role = role, .strong = f->strong};
    if (!f->text.len)
        return r;
    r.text = resolve_fields(l, f, line->section, line->pg);
    cut_to(l, &r, room);
    return r;
}

/* Gives where the next may begin: two ems from its end. */
static rc_len
draw_field(lay *l, const line_of *line, const ready *r, rc_len x)
{
    if (!r->text.len)
        return x;
    draw_text(l, r->text,
              &(text_at){.page = line->page,
                         .element = line->element,
                         .style = lay_style(l, r->role),
                         .x = x,
                         .y = line->y,
                         .width = l->house->page_width,
                         .align = 'l',
                         .strong = r->strong});
    return x + r->width + 2 * lay_role(l, r->role)->size;
}

/* The field on the axis moves to the right of what reaches over it from the
 * left, and what then reaches the right one is cut. */
static void
draw_rest(lay *l, const line_of *line, const rc_field_text *axis, rc_role role,
          rc_len from, const ready *right)
{
    const rc_house *h = l->house;
    rc_len x = lay_max(h->axis, from), gap = 2 * lay_role(l, role)->size;
    ready middle = make_ready(l, line, axis, role,
                              h->right - right->width - gap - x);
    draw_field(l, line, &middle, x);
    draw_field(l, line, right, h->right - right->width);
}

static void
draw_head(lay *l, const rc_master *m, line_of line)
{
    const rc_house *h = l->house;
    rc_len all = h->right - h->left;
    line.element = RC_ARTIFACT_HEADER;
    line.y = m->head_y;
    ready right = make_ready(l, &line, &m->head_right, RC_ROLE_PAGE_NUMBER, all);
    ready left = make_ready(l, &line, &m->head_left, RC_ROLE_RUNNING_TITLE,
                            all - right.width
                                - 2 * lay_role(l, RC_ROLE_PAGE_NUMBER)->size);
    rc_len from = draw_field(l, &line, &left, h->left);
    draw_rest(l, &line, &m->head_axis, RC_ROLE_RUNNING_HEAD, from, &right);
}

static void
draw_foot(lay *l, const rc_master *m, line_of line)
{
    const rc_house *h = l->house;
    rc_len from = h->left;
    line.element = RC_ARTIFACT_FOOTER;
    line.y = m->foot_y;
    ready right = make_ready(l, &line, &m->foot_right, RC_ROLE_FOOT,
                             h->right - h->left);
    for (size_t i = 0; i < m->foot_left_count; i++) {
        rc_len x = lay_max(h->left + (rc_len)i * m->foot_left_step, from);
        ready f = make_ready(l, &line, &m->foot_left[i], RC_ROLE_FOOT,
                             h->right - right.width - x);
        from = draw_field(l, &line, &f, x);
    }
    draw_rest(l, &line, &m->foot_axis, RC_ROLE_FOOT, from, &right);
}

void
draw_furniture(lay *l, uint32_t at)
{
    const lay_page *pg = &l->pages.at[at];
    const rc_master *m = body_master(l, pg);
    const rc_master *o = pg->opening;
    bool bare = pg->section < 0; /* a cover */
    line_of line = {.page = at, .section = pg->section, .pg = pg};
    if (m && !bare && m->has_head && !(o && o->no_head))
        draw_head(l, m, line);
    if (m && !bare && m->has_foot && !(o && o->no_foot))
        draw_foot(l, m, line);
    draw_notes(l, at);
}
