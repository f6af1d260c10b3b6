/* Runs the control of a chapter file: loops repeat their lines, conditions
 * choose, other files are included, and each {{ }} becomes one private-use
 * character that stands for its value. What comes out is parsed as Markdown;
 * pieces lead every byte of it back to the file it came from. */
#include "doc/internal.h"

enum { MAX_INCLUDES = 16, MAX_TEXT = 16 << 20 };

typedef enum tag {
    TAG_IF,
    TAG_ELSEIF,
    TAG_ELSE,
    TAG_FOR,
    TAG_SET,
    TAG_INCLUDE,
    TAG_INCLUDE_IF,
    TAG_END,
    TAG_BAD,
} tag;

typedef struct mark { /* of a chunk that is control */
    tag tag;
    rc_str name; /* of for, set */
    rc_str expression;
    rc_span span;     /* of the expression */
    size_t next, end; /* next branch; the end of the whole */
    bool bad;         /* reported; the tag still counts for nesting */
} mark;

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

/* -- tags ---------------------------------------------------------------- */

static size_t
word_end(rc_str s, size_t from)
{
    while (from < s.len && s.at[from] != ' ' && s.at[from] != '\t' &&
           s.at[from] != '\n')
        from++;
    return from;
}

static size_t
skip_blank(rc_str s, size_t from)
{
    while (from < s.len && (s.at[from] == ' ' || s.at[from] == '\t' ||
                            s.at[from] == '\n' || s.at[from] == '\r'))
        from++;
    return from;
}

/* The span of text[from..] of a chunk. */
static rc_span
chunk_span(const rc_chunk *c, size_t from, size_t to)
{
    rc_span s = c->span;
    size_t start = s.from;
    if (s.source) {
        rc_str text = s.source->text;
        start = skip_blank(rc_str_part(text, 0, s.to), s.from);
    }
    s.from = (uint32_t)(start + from);
    s.to = (uint32_t)(start + to);
    return s;
}

static const struct {
    const char *name;
    tag tag;
} tag_names[] = {
    {"if", TAG_IF},
    {"elseif", TAG_ELSEIF},
    {"else", TAG_ELSE},
    {"for", TAG_FOR},
    {"set", TAG_SET},
    {"include", TAG_INCLUDE},
    {"include?", TAG_INCLUDE_IF},
    {"end", TAG_END},
};
enum { TAG_NAMES = sizeof tag_names / sizeof *tag_names };

static mark
bad_tag(rc_binder *b, const rc_chunk *c, mark m, const char *what,
        const char *hint)
{
    rc_diag *d = rc_log_error(b->log, "control", c->span, "%s", what);
    rc_diag_hint(d, "%s", hint);
    m.bad = true;
    return m;
}

static bool
is_name(rc_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i && c >= '0' && c <= '9'))
            return false;
    }
    return s.len > 0;
}

/* "x in E", "x = E" */
static mark
read_named(rc_binder *b, const rc_chunk *c, mark m, size_t from)
{
    rc_str s = c->text;
    size_t end = from;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '=')
        end++;
    m.name = rc_str_part(s, from, end);
    size_t at = skip_blank(s, end);
    bool is_for = m.tag == TAG_FOR;
    bool joined = is_for ? rc_str_starts(rc_str_part(s, at, s.len), "in ")
                         : at < s.len && s.at[at] == '=';
    if (!is_name(m.name) || !joined)
        return bad_tag(b, c, m,
                       is_for ? "a loop without a name and a list"
                              : "nothing is set here",
                       is_for ? "write {% for x in LIST %}"
                              : "write {% set x = EXPRESSION %}");
    at = skip_blank(s, at + (is_for ? 2 : 1));
    m.expression = rc_str_part(s, at, s.len);
    m.span = chunk_span(c, at, s.len);
    return m;
}

static mark
read_tag(rc_binder *b, const rc_chunk *c)
{
    rc_str s = c->text;
    size_t end = word_end(s, 0);
    rc_str word = rc_str_part(s, 0, end);
    mark m = {.tag = TAG_BAD};
    for (size_t i = 0; i < TAG_NAMES; i++)
        if (rc_str_is(word, tag_names[i].name))
            m.tag = tag_names[i].tag;
    size_t from = skip_blank(s, end);
    m.expression = rc_str_part(s, from, s.len);
    m.span = chunk_span(c, from, s.len);
    switch (m.tag) {
    case TAG_BAD: {
        rc_str names[TAG_NAMES];
        for (size_t i = 0; i < TAG_NAMES; i++)
            names[i] = rc_str_z(tag_names[i].name);
        rc_diag *d = rc_log_error(b->log, "control", chunk_span(c, 0, end),
                                  "unknown control '%.*s'", RC_STR(word));
        rc_diag_suggest(d, word, names, TAG_NAMES);
        return m;
    }
    case TAG_FOR:
    case TAG_SET:
        return read_named(b, c, m, from);
    case TAG_ELSE:
    case TAG_END:
        if (m.expression.len)
            return bad_tag(b, c, m, "nothing may follow this word",
                           "write {% else %} or {% end %}");
        return m;
    case TAG_IF:
    case TAG_ELSEIF:
    case TAG_INCLUDE:
    case TAG_INCLUDE_IF:
        if (!m.expression.len)
            return bad_tag(b, c, m, "an expression is missing",
                           "write {% if EXPRESSION %}");
        return m;
    }
    return m;
}

/* Pairs ifs and loops with their ends; false after an error of nesting. */
static bool
pair_tags(rc_binder *b, const rc_chapter_file *f, mark *marks)
{
    RC_VEC(size_t) open = {0};   /* the first tag of each that is open */
    RC_VEC(size_t) branch = {0}; /* and its last branch */
    bool good = true, blind = false;
    for (size_t i = 0; i < f->chunk_count; i++) {
        if (f->chunks[i].kind != RC_CHUNK_CONTROL)
            continue;
        marks[i] = read_tag(b, &f->chunks[i]);
        tag t = marks[i].tag;
        if (t == TAG_BAD || marks[i].bad)
            good = false;
        blind = blind || t == TAG_BAD; /* it may have opened something */
        if (t == TAG_IF || t == TAG_FOR) {
            *rc_vec_push(b->scratch, &open) = i;
            *rc_vec_push(b->scratch, &branch) = i;
        }
        if (t != TAG_ELSE && t != TAG_ELSEIF && t != TAG_END)
            continue;
        size_t top = open.count ? open.at[open.count - 1] : SIZE_MAX;
        size_t last = branch.count ? branch.at[branch.count - 1] : SIZE_MAX;
        bool fits = top != SIZE_MAX &&
                    (t == TAG_END ||
                     (marks[top].tag == TAG_IF && marks[last].tag != TAG_ELSE));
        if (!fits && blind)
            continue;
        if (!fits) {
            rc_log_error(b->log, "control", f->chunks[i].span,
                         "'%.*s' without an 'if'%s before it",
                         RC_STR(f->chunks[i].text),
                         t == TAG_END ? " or 'for'" : "");
            good = false;
            continue;
        }
        marks[last].next = i;
        branch.at[branch.count - 1] = i;
        if (t == TAG_END) {
            marks[top].end = i;
            open.count--;
            branch.count--;
        }
    }
    for (size_t i = 0; i < open.count; i++) {
        const rc_chunk *c = &f->chunks[open.at[i]];
        rc_diag *d = rc_log_error(b->log, "control", c->span,
                                  "'%.*s' has no {%% end %%}", RC_STR(c->text));
        rc_diag_hint(d, "every if and for ends with {%% end %%}");
        good = false;
    }
    return good;
}

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
    h->span = chunk_span(c, 0, c->text.len);
    h->failed =
        !rc_script_eval(b->script, b->scratch, c->text, h->span, &h->value);
    add_piece(x, c->span.source, c->span.from, 0);
    rc_buf_code(&x->text, RC_PLACEHOLDER + (uint32_t)(b->held.count - 1));
}

/* -- running ------------------------------------------------------------- */

static void run_file(expander *x, const char *path, rc_str shown, rc_span at,
                     const rc_node **front, const rc_source **source);
static void run(expander *x, const rc_chapter_file *f, const mark *m,
                size_t from, size_t to);

static bool
is_true(const rc_value *v)
{
    return v->kind != RC_VALUE_NIL && (v->kind != RC_VALUE_BOOL || v->truth);
}

static void
run_if(expander *x, const rc_chapter_file *f, const mark *m, size_t at)
{
    for (size_t i = at; m[i].tag != TAG_END; i = m[i].next) {
        rc_value v = {.kind = RC_VALUE_NIL};
        bool chosen = m[i].tag == TAG_ELSE;
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
run_for(expander *x, const rc_chapter_file *f, const mark *m, size_t at)
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

/* A file that serves many groups of a chapter is split and paired once. */
typedef struct rc_cached {
    rc_str path;
    rc_chapter_file file;
    mark *marks;
    bool good;
} rc_cached;

static const rc_cached *
read_before(const rc_binder *b, rc_str path)
{
    for (size_t i = 0; i < b->files.count; i++)
        if (rc_str_eq(path, b->files.at[i]->path))
            return b->files.at[i];
    return NULL;
}

/* A file that was read need not be asked for again. */
static bool
is_there(const rc_binder *b, rc_str path)
{
    return read_before(b, path) || rc_file_exists(path.at);
}

static void
run_include(expander *x, const rc_chapter_file *f, const mark *m)
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
    bool there = is_there(b, path);
    if (!there) { /* a layout's file may ask for a report's */
        rc_str own =
            rc_path_join(a, rc_str_z(b->report->folder), RC_LIT("chapters"));
        path = rc_path_join(a, own, v.text);
        there = is_there(b, path);
    }
    if (!there) {
        if (m->tag == TAG_INCLUDE_IF)
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
run(expander *x, const rc_chapter_file *f, const mark *m, size_t from,
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
        switch (m[i].tag) {
        case TAG_IF:
            run_if(x, f, m, i);
            i = m[i].end;
            break;
        case TAG_FOR:
            run_for(x, f, m, i);
            i = m[i].end;
            break;
        case TAG_SET:
            (void)rc_script_assign(x->b->script, m[i].name, m[i].expression,
                                   m[i].span);
            break;
        case TAG_INCLUDE:
        case TAG_INCLUDE_IF:
            run_include(x, f, &m[i]);
            break;
        case TAG_ELSEIF:
        case TAG_ELSE:
        case TAG_END:
        case TAG_BAD:
            break;
        }
    }
}

static const rc_source *
read_source(rc_binder *b, rc_str path, rc_str shown, rc_span at)
{
    for (size_t i = 0; i < b->sources.count; i++)
        if (rc_str_eq(path, b->sources.at[i].path))
            return b->sources.at[i].source;
    (void)rc_vec_push(b->a, &b->sources);
    size_t last = b->sources.count - 1;
    b->sources.at[last].path = rc_str_copy(b->a, path);
    b->sources.at[last].source = rc_source_read(
        b->keep, b->sources.at[last].path.at, shown, b->log, at);
    return b->sources.at[last].source;
}

static const rc_cached *
read_file(rc_binder *b, const char *name, rc_str shown, rc_span at)
{
    rc_str path = rc_str_z(name);
    const rc_cached *known = read_before(b, path);
    if (known)
        return known;
    const rc_source *s = read_source(b, path, shown, at);
    if (!s)
        return NULL;
    rc_cached *c = RC_MAKE(b->chapter, rc_cached);
    c->path = rc_str_copy(b->chapter, path);
    c->file = *rc_split(b->chapter, s, b->log);
    c->marks = RC_MAKE_ARRAY(b->chapter, mark, c->file.chunk_count + 1);
    c->good = pair_tags(b, &c->file, c->marks) && !c->file.broken;
    if (!c->good) { /* its text ends at the first tag */
        static const char *const lost[] = {"no-title"};
        rc_log_follow(b->log, lost, 1);
        b->lost_blocks = true;
    }
    *rc_vec_push(b->chapter, &b->files) = c;
    return c;
}

static void
run_file(expander *x, const char *path, rc_str shown, rc_span at,
         const rc_node **front, const rc_source **source)
{
    const rc_cached *c = read_file(x->b, path, shown, at);
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
