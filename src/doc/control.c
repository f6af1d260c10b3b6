/* A chapter file as it is run (expand.c): read, split, its control tags paired.
 * Each file is split once in a chapter, and where documents share a shelf, once
 * for all of them; a file with mistakes is read again for each document, which
 * tells them again. */
#include "doc/internal.h"

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

rc_span
rc_chunk_span(const rc_chunk *c, size_t from, size_t to)
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
    rc_control_kind kind;
} tag_names[] = {
    {"if", RC_CONTROL_IF},
    {"elseif", RC_CONTROL_ELSEIF},
    {"else", RC_CONTROL_ELSE},
    {"for", RC_CONTROL_FOR},
    {"set", RC_CONTROL_SET},
    {"include", RC_CONTROL_INCLUDE},
    {"include?", RC_CONTROL_INCLUDE_IF},
    {"end", RC_CONTROL_END},
};
enum { TAG_NAMES = sizeof tag_names / sizeof *tag_names };

static rc_control
bad_tag(rc_binder *b, const rc_chunk *c, rc_control m, const char *what,
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
static rc_control
read_named(rc_binder *b, const rc_chunk *c, rc_control m, size_t from)
{
    rc_str s = c->text;
    size_t end = from;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '=')
        end++;
    m.name = rc_str_part(s, from, end);
    size_t at = skip_blank(s, end);
    bool is_for = m.kind == RC_CONTROL_FOR;
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
    m.span = rc_chunk_span(c, at, s.len);
    return m;
}

static rc_control
read_tag(rc_binder *b, const rc_chunk *c)
{
    rc_str s = c->text;
    size_t end = word_end(s, 0);
    rc_str word = rc_str_part(s, 0, end);
    rc_control m = {.kind = RC_CONTROL_BAD};
    for (size_t i = 0; i < TAG_NAMES; i++)
        if (rc_str_is(word, tag_names[i].name))
            m.kind = tag_names[i].kind;
    size_t from = skip_blank(s, end);
    m.expression = rc_str_part(s, from, s.len);
    m.span = rc_chunk_span(c, from, s.len);
    switch (m.kind) {
    case RC_CONTROL_BAD: {
        rc_str names[TAG_NAMES];
        for (size_t i = 0; i < TAG_NAMES; i++)
            names[i] = rc_str_z(tag_names[i].name);
        rc_diag *d = rc_log_error(b->log, "control", rc_chunk_span(c, 0, end),
                                  "unknown control '%.*s'", RC_STR(word));
        rc_diag_suggest(d, word, names, TAG_NAMES);
        return m;
    }
    case RC_CONTROL_FOR:
    case RC_CONTROL_SET:
        return read_named(b, c, m, from);
    case RC_CONTROL_ELSE:
    case RC_CONTROL_END:
        if (m.expression.len)
            return bad_tag(b, c, m, "nothing may follow this word",
                           "write {% else %} or {% end %}");
        return m;
    case RC_CONTROL_IF:
    case RC_CONTROL_ELSEIF:
    case RC_CONTROL_INCLUDE:
    case RC_CONTROL_INCLUDE_IF:
        if (!m.expression.len)
            return bad_tag(b, c, m, "an expression is missing",
                           "write {% if EXPRESSION %}");
        return m;
    }
    return m;
}

/* Pairs ifs and loops with their ends; false after an error of nesting. */
static bool
pair_tags(rc_binder *b, const rc_chapter_file *f, rc_control *marks)
{
    RC_VEC(size_t) open = {0};   /* the first tag of each that is open */
    RC_VEC(size_t) branch = {0}; /* and its last branch */
    bool good = true, blind = false;
    for (size_t i = 0; i < f->chunk_count; i++) {
        if (f->chunks[i].kind != RC_CHUNK_CONTROL)
            continue;
        marks[i] = read_tag(b, &f->chunks[i]);
        rc_control_kind t = marks[i].kind;
        if (t == RC_CONTROL_BAD || marks[i].bad)
            good = false;
        blind = blind || t == RC_CONTROL_BAD; /* it may have opened something */
        if (t == RC_CONTROL_IF || t == RC_CONTROL_FOR) {
            *rc_vec_push(b->scratch, &open) = i;
            *rc_vec_push(b->scratch, &branch) = i;
        }
        if (t != RC_CONTROL_ELSE && t != RC_CONTROL_ELSEIF && t != RC_CONTROL_END)
            continue;
        size_t top = open.count ? open.at[open.count - 1] : SIZE_MAX;
        size_t last = branch.count ? branch.at[branch.count - 1] : SIZE_MAX;
        bool fits = top != SIZE_MAX &&
                    (t == RC_CONTROL_END ||
                     (marks[top].kind == RC_CONTROL_IF && marks[last].kind != RC_CONTROL_ELSE));
        if (!fits && blind)
            continue;
        if (!fits) {
            rc_log_error(b->log, "control", f->chunks[i].span,
                         "'%.*s' without an 'if'%s before it",
                         RC_STR(f->chunks[i].text),
                         t == RC_CONTROL_END ? " or 'for'" : "");
            good = false;
            continue;
        }
        marks[last].next = i;
        branch.at[branch.count - 1] = i;
        if (t == RC_CONTROL_END) {
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

/* -- files --------------------------------------------------------------- */

/* Bytes of a shelf: enough for every layout there is, but not for a chapter that
 * each of thousands of volumes has for itself. */
enum { SHELF_MOST = 8 << 20 };

static const rc_chapter *
on_shelf(const rc_shelf *shelf, rc_str path)
{
    int at = shelf ? rc_keys_find(&shelf->paths, path) : -1;

    return at < 0 ? NULL : shelf->files.at[at];
}

/* What was read before: in this chapter, or for another document. */
static const rc_chapter *
find_read(const rc_binder *b, rc_str path, rc_str shown)
{
    const rc_chapter *c = on_shelf(b->shelf, path);

    for (size_t i = 0; i < b->files.count && !c; i++)
        if (rc_str_eq(path, b->files.at[i]->path))
            c = b->files.at[i];
    return c && rc_str_eq(shown, c->shown) ? c : NULL;
}

bool
rc_chapter_is_there(const rc_binder *b, rc_str path)
{
    return find_read(b, path, path) || rc_file_exists(path.at);
}

static const rc_source *
read_source(rc_binder *b, rc_arena *keep, rc_str path, rc_str shown,
            rc_span at)
{
    for (size_t i = 0; i < b->sources.count; i++)
        if (rc_str_eq(path, b->sources.at[i].path))
            return b->sources.at[i].source;
    (void)rc_vec_push(b->a, &b->sources);
    size_t last = b->sources.count - 1;
    b->sources.at[last].path = rc_str_copy(b->a, path);
    b->sources.at[last].source = rc_source_read(
        keep, b->sources.at[last].path.at, shown, b->log, at);
    return b->sources.at[last].source;
}

/* Reads and splits into `a`; the source, which messages may name, into `keep`.
 */
static const rc_chapter *
read_new(rc_binder *b, rc_arena *a, rc_arena *keep, rc_str path, rc_str shown,
         rc_span at)
{
    const rc_source *s = read_source(b, keep, path, shown, at);
    if (!s)
        return NULL;
    rc_chapter *c = RC_MAKE(a, rc_chapter);
    c->path = rc_str_copy(a, path);
    c->shown = rc_str_copy(a, shown);
    c->file = *rc_split(a, s, b->log);
    rc_control *marks = RC_MAKE_ARRAY(a, rc_control, c->file.chunk_count + 1);
    c->marks = marks;
    c->good = pair_tags(b, &c->file, marks) && !c->file.broken;
    if (!c->good) { /* its text ends at the first tag */
        static const char *const lost[] = {"no-title"};
        rc_log_follow(b->log, lost, 1);
        b->lost_blocks = true;
    }
    return c;
}

/* Whether the shelf takes a file: one that it does not know yet. */
static bool
has_place(const rc_shelf *shelf, rc_str path)
{
    return shelf && rc_keys_find(&shelf->paths, path) < 0 &&
           rc_arena_size(shelf->a) < SHELF_MOST;
}

const rc_chapter *
rc_chapter_read(rc_binder *b, rc_str path, rc_str shown, rc_span at)
{
    rc_shelf *shelf = has_place(b->shelf, path) ? b->shelf : NULL;
    rc_arena *a = shelf ? shelf->a : b->chapter;
    const rc_chapter *c = find_read(b, path, shown);
    size_t said = rc_log_count(b->log, RC_NOTE);

    if (c)
        return c;
    c = read_new(b, a, shelf ? a : b->keep, path, shown, at);
    bool good = c && rc_log_count(b->log, RC_NOTE) == said;
    if (shelf) {
        rc_keys_put(a, &shelf->paths, rc_str_copy(a, path),
                    (int)shelf->files.count);
        *rc_vec_push(a, &shelf->files) = good ? c : NULL;
    }
    if (c && !(shelf && good))
        *rc_vec_push(b->chapter, &b->files) = c;
    return c;
}

rc_shelf *
rc_shelf_new(void)
{
    rc_arena *a = rc_arena_new();
    rc_shelf *shelf = RC_MAKE(a, rc_shelf);

    shelf->a = a;
    shelf->expressions = rc_script_keep(a, SHELF_MOST);
    return shelf;
}

void
rc_shelf_free(rc_shelf *shelf)
{
    if (shelf)
        rc_arena_free(shelf->a);
}
