/* Runs the control of a chapter file: loops repeat their lines, conditions
 * choose, other files are included, and each {{ }} becomes one private-use
 * character that stands for its value. What comes out is parsed as Markdown;
 * pieces lead every byte of it back to the file it came from. */
#include "doc/internal.h"

enum { MAX_INCLUDES = 16, MAX_TEXT = 16 << 20 };

typedef struct expander {
    rc_binder *b;
    rc_buf text;
    RC_VEC(rc_piece) pieces;
    RC_VEC(struct {
        uint32_t there;
        const rc_source *source;
        size_t first;
    })
    origins;
    const rc_source *source;       /* of the piece added last */
    rc_str open[MAX_INCLUDES + 1]; /* files being read, outermost first */
    int depth;
    bool full;
} expander;

/* -- output -------------------------------------------------------------- */

static void
add_piece(expander *x, const rc_source *source, size_t from, size_t len)
{
    uint32_t there = (uint32_t)x->text.len;
    if (source != x->source || !x->origins.count) {
        (void)rc_vec_push(x->b->scratch, &x->origins);
        size_t last = x->origins.count - 1;
        x->origins.at[last].there = there;
        x->origins.at[last].source = source;
        x->origins.at[last].first = x->pieces.count;
        x->source = source;
    }
    *rc_vec_push(x->b->scratch, &x->pieces) =
        (rc_piece){there, (uint32_t)from, (uint32_t)len, NULL};
}

static void
add_text(expander *x, const rc_chunk *c)
{
    if (!c->text.len || x->full)
        return;
    if (x->text.len + c->text.len > MAX_TEXT) {
        rc_log_error(x->b->log, "too-long", c->span,
                     "the chapter grows beyond %d MiB here", MAX_TEXT >> 20);
        x->full = true;
        return;
    }
    add_piece(x, c->span.source, c->span.from, c->text.len);
    rc_buf_add(&x->text, c->text);
}

static void
add_value(expander *x, const rc_chunk *c)
{
    rc_binder *b = x->b;
    if (b->held.count >= RC_PLACEHOLDER_COUNT || x->full) {
        if (!x->full)
            rc_log_error(b->log, "too-long", c->span,
                         "more than %d values in one chapter",
                         (int)RC_PLACEHOLDER_COUNT);
        x->full = true;
        return;
    }
    rc_held *h = rc_vec_push(b->scratch, &b->held);
    h->span = rc_chunk_span(c, 0, c->text.len);
    h->failed =
        !rc_script_eval(b->script, b->scratch, c->text, h->span, &h->value);
    add_piece(x, c->span.source, c->span.from, 0);
    rc_buf_code(&x->text, RC_PLACEHOLDER + (uint32_t)(b->held.count - 1));
}

/* -- running ------------------------------------------------------------- */

static void run_file(expander *x, const char *path, rc_str shown, rc_span at,
                     const rc_node **front, const rc_source **source);
static void run(expander *x, const rc_chapter_file *f, const rc_control *m,
                size_t from, size_t to);

static bool
is_true(const rc_value *v)
{
    return v->kind != RC_VALUE_NIL && (v->kind != RC_VALUE_BOOL || v->truth);
}

static void
run_if(expander *x, const rc_chapter_file *f, const rc_control *m, size_t at)
{
    for (size_t i = at; m[i].kind != RC_CONTROL_END; i = m[i].next) {
        rc_value v = {.kind = RC_VALUE_NIL};
        bool chosen = m[i].kind == RC_CONTROL_ELSE;
        if (!chosen) {
            if (!rc_script_eval(x->b->script, x->b->scratch, m[i].expression,
                                m[i].span, &v))
                return; /* neither branch: one mistake, one message */
            chosen = is_true(&v);
        }
        if (chosen) {
            run(x, f, m, i + 1, m[i].next);
            return;
        }
    }
}

static void
run_for(expander *x, const rc_chapter_file *f, const rc_control *m, size_t at)
{
    rc_script *s = x->b->script;
    int loop;
    size_t count;
    if (!rc_script_for(s, m[at].expression, m[at].span, &loop, &count))
        return;
    rc_script_push(s);
    for (size_t i = 0; i < count && !x->full; i++) {
        rc_script_next(s, loop, i, m[at].name);
        run(x, f, m, at + 1, m[at].end);
    }
    rc_script_pop(s);
    rc_script_for_end(s, loop);
}

static void
run_include(expander *x, const rc_chapter_file *f, const rc_control *m)
{
    rc_binder *b = x->b;
    rc_value v;
    if (!rc_script_eval(b->script, b->scratch, m->expression, m->span, &v))
        return;
    if (v.kind != RC_VALUE_TEXT) {
        rc_log_error(b->log, "control", m->span,
                     "the name of a file is a text");
        return;
    }
    rc_arena *a = b->scratch;
    rc_str path =
        rc_path_join(a, rc_path_folder(a, f->source->path), v.text);
    bool there = rc_chapter_is_there(b, path);
    if (!there) { /* a layout's file may ask for a report's */
        rc_str own =
            rc_path_join(a, rc_str_z(b->report->folder), RC_LIT("chapters"));
        path = rc_path_join(a, own, v.text);
        there = rc_chapter_is_there(b, path);
    }
    if (!there) {
        if (m->kind == RC_CONTROL_INCLUDE_IF)
            return;
        rc_diag *d = rc_log_error(b->log, "missing-file", m->span,
                                  "no file '%.*s'", RC_STR(v.text));
        rc_diag_hint(d, "sought %.*s; include? skips a file that is not there",
                     RC_STR(path));
        b->lost_blocks = true;
        return;
    }
    bool again = x->depth == MAX_INCLUDES;
    for (int i = 0; i <= x->depth; i++)
        again = again || rc_str_eq(x->open[i], path);
    if (again) {
        rc_log_error(b->log, "control", m->span,
                     "'%.*s' is being read already: files include each other",
                     RC_STR(v.text));
        return;
    }
    x->open[++x->depth] = path;
    run_file(x, path.at, path, m->span, NULL, NULL);
    x->depth--;
}

static void
run(expander *x, const rc_chapter_file *f, const rc_control *m, size_t from,
    size_t to)
{
    for (size_t i = from; i < to && !x->full; i++) {
        const rc_chunk *c = &f->chunks[i];
        switch (c->kind) {
        case RC_CHUNK_TEXT:
            add_text(x, c);
            continue;
        case RC_CHUNK_VALUE:
            add_value(x, c);
            continue;
        case RC_CHUNK_CONTROL:
            break;
        }
        switch (m[i].kind) {
        case RC_CONTROL_IF:
            run_if(x, f, m, i);
            i = m[i].end;
            break;
        case RC_CONTROL_FOR:
            run_for(x, f, m, i);
            i = m[i].end;
            break;
        case RC_CONTROL_SET:
            (void)rc_script_assign(x->b->script, m[i].name, m[i].expression,
                                   m[i].span);
            break;
        case RC_CONTROL_INCLUDE:
        case RC_CONTROL_INCLUDE_IF:
            run_include(x, f, &m[i]);
            break;
        case RC_CONTROL_ELSEIF:
        case RC_CONTROL_ELSE:
        case RC_CONTROL_END:
        case RC_CONTROL_BAD:
            break;
        }
    }
}

static void
run_file(expander *x, const char *path, rc_str shown, rc_span at,
         const rc_node **front, const rc_source **source)
{
    const rc_chapter *c = rc_chapter_read(x->b, rc_str_z(path), shown, at);
    if (!c)
        return;
    if (front)
        *front = c->file.front;
    else if (c->file.front)
        rc_log_error(x->b->log, "control", c->file.front->span,
                     "an included file has no front matter of its own");
    if (source)
        *source = c->file.source;
    size_t end = c->file.chunk_count;
    for (size_t i = 0; !c->good && i < end; i++)
        if (c->file.chunks[i].kind == RC_CHUNK_CONTROL)
            end = i; /* the title is worth having */
    run(x, &c->file, c->marks, 0, end);
}

bool
rc_expand(rc_binder *b, const char *path, rc_str shown, rc_span at,
          rc_expanded *out)
{
    expander x = {.b = b};
    *out = (rc_expanded){0};
    b->held = (rc_held_vec){0};
    x.open[0] = shown;
    run_file(&x, path, shown, at, &out->front, &out->source);
    out->text = rc_str_copy(b->scratch, rc_buf_str(&x.text));
    rc_buf_free(&x.text);
    rc_md_origin *o =
        RC_MAKE_ARRAY(b->scratch, rc_md_origin, x.origins.count + 1);
    for (size_t i = 0; i < x.origins.count; i++) {
        size_t first = x.origins.at[i].first;
        size_t end = i + 1 < x.origins.count ? x.origins.at[i + 1].first
                                             : x.pieces.count;
        o[i].there = x.origins.at[i].there;
        o[i].pieces = (rc_pieces){x.origins.at[i].source, x.pieces.at + first,
                                  end - first};
    }
    out->origins = o;
    out->origin_count = x.origins.count;
    return out->source != NULL;
}

/* -- values held --------------------------------------------------------- */

const rc_held *
rc_held_at(rc_binder *b, uint32_t code)
{
    size_t n = code - RC_PLACEHOLDER;
    return n < b->held.count ? &b->held.at[n] : NULL;
}

bool
rc_held_failed(rc_binder *b, rc_str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c = rc_utf8_next(text, &i);
        const rc_held *h = c >= RC_PLACEHOLDER ? rc_held_at(b, c) : NULL;
        if (h && h->failed)
            return true;
    }
    return false;
}

const rc_held *
rc_held_alone(rc_binder *b, rc_str text)
{
    text = rc_str_trim(text);
    size_t at = 0;
    if (!text.len || (unsigned char)text.at[0] < 0xF0)
        return NULL;
    uint32_t c = rc_utf8_next(text, &at);
    if (at != text.len || c < RC_PLACEHOLDER)
        return NULL;
    return rc_held_at(b, c);
}

rc_str
rc_held_text(rc_binder *b, rc_str text, rc_span at)
{
    bool any = false;
    for (size_t i = 0; i < text.len; i++)
        any = any || (unsigned char)text.at[i] >= 0xF0;
    if (!any)
        return rc_str_copy(b->a, text);
    rc_buf out = {0};
    rc_spot spot = {.kind = RC_SPOT_KEY};
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        uint32_t c = rc_utf8_next(text, &i);
        const rc_held *h = c >= RC_PLACEHOLDER ? rc_held_at(b, c) : NULL;
        if (h && !h->failed)
            rc_buf_add(&out, rc_print_value(b, &h->value, &spot, at));
        else if (!h)
            rc_buf_add(&out, rc_str_part(text, from, i));
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

/* Files that are all YAML quote their {{ }}, so they are still in the text. */
rc_str
rc_expand_field(rc_binder *b, rc_str text, rc_span at)
{
    if (rc_str_find(text, "{{", 0) == SIZE_MAX)
        return text;
    rc_buf out = {0};
    rc_spot spot = {.kind = RC_SPOT_CELL};
    size_t pos = 0;
    for (;;) {
        size_t open = rc_str_find(text, "{{", pos);
        rc_buf_add(&out,
                   rc_str_part(text, pos, open == SIZE_MAX ? text.len : open));
        if (open == SIZE_MAX)
            break;
        size_t close = rc_str_find(text, "}}", open);
        if (close == SIZE_MAX) {
            rc_log_error(b->log, "control", at, "'{{' is never closed");
            break;
        }
        rc_str e = rc_str_trim(rc_str_part(text, open + 2, close));
        rc_span span = at;
        if (at.source) {
            rc_str whole = rc_str_part(at.source->text, 0, at.to);
            size_t found = rc_str_find(whole, rc_str_cz(b->a, e), at.from);
            if (found != SIZE_MAX)
                span = rc_span_make(at.source, found, found + e.len);
        }
        rc_value v;
        if (rc_script_eval(b->script, b->a, e, span, &v) &&
            v.kind != RC_VALUE_NIL)
            rc_buf_add(&out, rc_print_value(b, &v, &spot, span));
        pos = close + 2;
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}
