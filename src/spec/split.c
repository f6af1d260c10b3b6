/* A chapter into text and tags, in three passes: find the tags, widen those
 * that are alone on their line to the whole line, give out what lies between.
 * The scanner knows as much Lua as it needs to find the end of an expression:
 * strings, and braces inside braces. */
#include "spec/split.h"

#include <string.h>

typedef enum tag_kind {
    TAG_CONTROL,
    TAG_VALUE,
    TAG_BRACES,  /* {{{{ */
    TAG_DROPPED, /* a mark without end and the rest of its line */
} tag_kind;

typedef struct tag {
    tag_kind kind;
    size_t from, to;       /* with its marks; of a lone one, with its line */
    size_t inner, inner_to;
    bool alone;
} tag;

typedef struct splitter {
    rc_arena *arena;
    rc_log *log;
    rc_str text;
    size_t body;             /* where the chapter begins, after front matter */
    const rc_source *source; /* where byte 0 of the text stands at `base`; */
    size_t base;
    rc_span whole;           /* or, without a source, the span of it all */
    size_t next[2];          /* where "}}" and "%}" stand next, kept so that a
                                text full of open tags is read once */
    RC_VEC(tag) tags;
    RC_VEC(rc_chunk) chunks;
} splitter;

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool
at_mark(rc_str text, size_t pos, const char *mark)
{
    return pos < text.len && text.at[pos] == mark[0] /* settles most */
           && rc_str_starts(rc_str_part(text, pos, text.len), mark);
}

static size_t
line_end(rc_str text, size_t pos) /* of '\n', or the end of the text */
{
    size_t end = rc_str_find(text, "\n", pos);
    return end == SIZE_MAX ? text.len : end;
}

static rc_span
span_of(const splitter *s, size_t from, size_t to)
{
    return s->source ? rc_span_make(s->source, s->base + from, s->base + to)
                     : s->whole;
}

/* -- where a tag ends ---------------------------------------------------- */

/* Documented in docs/layout-format.md; keeps a text full of open tags linear. */
enum { LONGEST_TAG = 2048 };

static size_t
tag_limit(rc_str text, size_t pos)
{
    return text.len - pos > LONGEST_TAG ? pos + LONGEST_TAG : text.len;
}

/* Does the line end at `pos` stand before an empty line, or the end? */
static bool
ends_paragraph(rc_str text, size_t pos)
{
    size_t next = pos + 1;
    while (next < text.len && is_blank(text.at[next]))
        next++;
    return next == text.len || text.at[next] == '\n';
}

static size_t
paragraph_end(rc_str text, size_t pos)
{
    size_t end = line_end(text, pos);
    while (end < text.len && !ends_paragraph(text, end))
        end = line_end(text, end + 1);
    return end;
}

/* Behind the string whose quote stands at `pos`; behind the quote if it has no
 * second one on its line. */
static size_t
skip_string(rc_str text, size_t pos)
{
    char quote = text.at[pos];
    for (size_t i = pos + 1; i < text.len && text.at[i] != '\n'; i++) {
        if (text.at[i] == '\\')
            i++;
        else if (text.at[i] == quote)
            return i + 1;
    }
    return pos + 1;
}

/* Offset of `close` for a tag whose inside begins at `pos`; SIZE_MAX if it
 * never comes. */
static size_t
tag_close(rc_str text, size_t pos, const char *close)
{
    text.len = tag_limit(text, pos);
    size_t braces = 0;
    while (pos < text.len) {
        switch (text.at[pos]) {
        case '"':
        case '\'':
            pos = skip_string(text, pos);
            continue;
        case '\n':
            if (ends_paragraph(text, pos))
                return SIZE_MAX;
            break;
        case '{':
            if (at_mark(text, pos, "{%"))
                return SIZE_MAX; /* no Lua: the next tag */
            braces++;
            break;
        case '%':
        case '}':
            if (braces == 0 && at_mark(text, pos, close))
                return pos;
            if (text.at[pos] == '}' && braces)
                braces--;
            break;
        default:
            break;
        }
        pos++;
    }
    return SIZE_MAX;
}

/* The same for an expression with a stray quote or brace: the first `close`
 * on the line, so that the mistake is told where the expression is read. */
static size_t
tag_close_roughly(rc_str text, size_t pos, const char *close)
{
    text.len = tag_limit(text, pos);
    size_t at = rc_str_find(text, close, pos);
    return at < line_end(text, pos) ? at : SIZE_MAX;
}

/* A tag without an end inside the limit is too long when its end comes later
 * in its paragraph, before another tag opens; else it is open. */
static size_t
long_tag_close(splitter *s, size_t inner, bool control)
{
    size_t *next = &s->next[control];
    if (s->text.len - inner <= LONGEST_TAG)
        return SIZE_MAX;
    if (*next < inner)
        *next = rc_str_find(s->text, control ? "%}" : "}}", inner);
    if (*next == SIZE_MAX)
        return SIZE_MAX;
    rc_str inside = rc_str_part(s->text, 0, *next);
    for (size_t i = inner; i < *next; i++)
        if (at_mark(inside, i, "{%") || at_mark(inside, i, "{{"))
            return SIZE_MAX;
    return paragraph_end(inside, inner) < *next ? SIZE_MAX : *next;
}

static void
refuse_tag(splitter *s, tag *t)
{
    bool control = s->text.at[t->from + 1] == '%';
    const char *open = control ? "{%" : "{{", *close = control ? "%}" : "}}";
    size_t inner = t->from + 2, end = long_tag_close(s, inner, control);
    rc_span at = span_of(s, t->from, inner);
    if (end != SIZE_MAX) {
        t->to = end + 2;
        rc_diag_hint(rc_log_error(s->log, "too-long", at,
                                  "a tag of %zu bytes; at most %d may stand "
                                  "between '%s' and '%s'",
                                  end - inner, LONGEST_TAG, open, close),
                     "set parts of it first: {%% set NAME = EXPRESSION %%}");
        return;
    }
    t->to = line_end(s->text, t->from);
    rc_diag *d = rc_log_error(s->log, "unclosed-tag", at, "'%s' without '%s'",
                              open, close);
    rc_str near = rc_str_part(s->text, 0, tag_limit(s->text, inner));
    if (paragraph_end(near, inner) < near.len || near.len == s->text.len)
        rc_diag_hint(d, "write %s where it ends, before the next empty line",
                     close);
    else
        rc_diag_hint(d, "write %s where it ends, within %d bytes", close,
                     LONGEST_TAG);
}

/* -- first pass: the tags ------------------------------------------------ */

static size_t
add_tag(splitter *s, size_t pos)
{
    bool control = s->text.at[pos + 1] == '%';
    const char *close = control ? "%}" : "}}";
    size_t inner = pos + 2, end = tag_close(s->text, inner, close);
    if (end == SIZE_MAX)
        end = tag_close_roughly(s->text, inner, close);
    tag *t = rc_vec_push(s->arena, &s->tags);
    if (end == SIZE_MAX) {
        *t = (tag){.kind = TAG_DROPPED, .from = pos};
        refuse_tag(s, t);
        return t->to;
    }
    *t = (tag){.kind = control ? TAG_CONTROL : TAG_VALUE, .from = pos,
               .to = end + 2, .inner = inner, .inner_to = end};
    return end + 2;
}

static void
find_tags(splitter *s)
{
    size_t pos = s->body;
    while ((pos = rc_str_find(s->text, "{", pos)) != SIZE_MAX) {
        if (at_mark(s->text, pos, "{{{{")) {
            *rc_vec_push(s->arena, &s->tags) =
                (tag){.kind = TAG_BRACES, .from = pos, .to = pos + 4};
            pos += 4;
        } else if (at_mark(s->text, pos, "{{")
                   || at_mark(s->text, pos, "{%")) {
            pos = add_tag(s, pos);
        } else {
            pos++;
        }
    }
}

/* -- second pass: lines that vanish -------------------------------------- */

static size_t
blanks_end(rc_str text, size_t pos)
{
    while (pos < text.len && is_blank(text.at[pos]))
        pos++;
    return pos;
}

/* The tags [i, j) share a line with nothing else: they take all of it. */
static void
take_line(splitter *s, size_t i, size_t j, size_t start, size_t end)
{
    for (size_t k = i; k < j; k++) {
        s->tags.at[k].alone = true;
        s->tags.at[k].from = k == i ? start : s->tags.at[k - 1].to;
    }
    s->tags.at[j - 1].to = end < s->text.len ? end + 1 : end;
}

static void
find_lone_tags(splitter *s)
{
    for (size_t i = 0; i < s->tags.count;) {
        size_t start = s->tags.at[i].from, end = start, j = i;
        while (start > s->body && is_blank(s->text.at[start - 1]))
            start--;
        bool first = start == s->body || s->text.at[start - 1] == '\n';
        while (j < s->tags.count && s->tags.at[j].kind == TAG_CONTROL
               && s->tags.at[j].from == end)
            end = blanks_end(s->text, s->tags.at[j++].to);
        bool last = end == s->text.len || s->text.at[end] == '\n';
        if (j > i && first && last)
            take_line(s, i, j, start, end);
        i = j > i ? j : i + 1;
    }
}

/* -- third pass: chunks -------------------------------------------------- */

static rc_chunk *
add_chunk(splitter *s, rc_chunk_kind kind, size_t from, size_t to)
{
    rc_chunk *c = rc_vec_push(s->arena, &s->chunks);
    *c = (rc_chunk){.kind = kind, .text = rc_str_part(s->text, from, to),
                    .span = span_of(s, from, to)};
    return c;
}

/* Offset of the next character that would stand for a value, and its end. */
static size_t
find_placeholder(rc_str text, size_t pos, size_t end, size_t *to)
{
    while (pos < end) { /* all of them begin with this byte */
        const char *p = memchr(text.at + pos, 0xF3, end - pos);
        if (!p)
            break;
        size_t at = (size_t)(p - text.at);
        pos = at;
        uint32_t c = rc_utf8_next(text, &pos);
        if (c >= RC_PLACEHOLDER && c < RC_PLACEHOLDER + RC_PLACEHOLDER_COUNT) {
            *to = pos;
            return at;
        }
    }
    return SIZE_MAX;
}

static void
refuse_placeholder(splitter *s, size_t from, size_t to)
{
    rc_diag_hint(rc_log_error(s->log, "private-character", span_of(s, from, to),
                              "a private-use character has no meaning here"),
                 "delete it, or write the character it stands for");
}

static void
add_text(splitter *s, size_t from, size_t to)
{
    size_t at, after;
    while ((at = find_placeholder(s->text, from, to, &after)) != SIZE_MAX) {
        refuse_placeholder(s, at, after);
        if (at > from)
            add_chunk(s, RC_CHUNK_TEXT, from, at);
        from = after;
    }
    if (to > from)
        add_chunk(s, RC_CHUNK_TEXT, from, to);
}

static void
add_tag_chunk(splitter *s, const tag *t)
{
    size_t at, after, pos = t->inner;
    while ((at = find_placeholder(s->text, pos, t->inner_to, &after))
           != SIZE_MAX) {
        refuse_placeholder(s, at, after);
        pos = after;
    }
    bool control = t->kind == TAG_CONTROL;
    rc_chunk *c = add_chunk(s, control ? RC_CHUNK_CONTROL : RC_CHUNK_VALUE,
                            t->inner, t->inner_to);
    c->text = rc_str_trim(c->text);
    c->alone = t->alone;
    if (c->text.len) {
        size_t from = (size_t)(c->text.at - s->text.at);
        c->span = span_of(s, from, from + c->text.len);
    }
}

static void
add_chunks(splitter *s)
{
    size_t pos = s->body;
    for (size_t i = 0; i < s->tags.count; i++) {
        const tag *t = &s->tags.at[i];
        add_text(s, pos, t->from);
        pos = t->to;
        switch (t->kind) {
        case TAG_CONTROL: case TAG_VALUE:
            add_tag_chunk(s, t);
            break;
        case TAG_BRACES:
            add_chunk(s, RC_CHUNK_TEXT, t->from, t->from + 2);
            break;
        case TAG_DROPPED:
            break;
        }
    }
    add_text(s, pos, s->text.len);
}

/* -- front matter -------------------------------------------------------- */

static bool
is_fence_line(rc_str text, size_t from, size_t end)
{
    return at_mark(text, from, "---")
           && blanks_end(rc_str_part(text, 0, end), from + 3) == end;
}

static const rc_node *
read_front(splitter *s)
{
    size_t first = line_end(s->text, 0);
    if (!is_fence_line(s->text, 0, first))
        return NULL;
    size_t from = first < s->text.len ? first + 1 : first;
    for (size_t pos = from; pos < s->text.len;) {
        size_t end = line_end(s->text, pos);
        if (!is_fence_line(s->text, pos, end)) {
            pos = end + 1;
            continue;
        }
        s->body = end < s->text.len ? end + 1 : end;
        rc_piece piece = {.from = (uint32_t)from,
                          .len = (uint32_t)(pos - from)};
        rc_pieces pieces = {s->source, &piece, 1};
        return rc_yaml_parse(s->arena, rc_str_part(s->text, from, pos),
                             &pieces, s->log);
    }
    s->body = from;
    rc_diag_hint(rc_log_error(s->log, "unclosed-front",
                              rc_span_make(s->source, 0, 3),
                              "front matter without its second '---'"),
                 "a rule at the head of a chapter is written '***'");
    return NULL;
}

static void
split(splitter *s, bool lines)
{
    find_tags(s);
    if (lines)
        find_lone_tags(s);
    add_chunks(s);
}

const rc_chapter_file *
rc_split(rc_arena *a, const rc_source *source, rc_log *log)
{
    splitter s = {.arena = a, .log = log, .text = source->text,
                  .source = source};
    rc_chapter_file *file = RC_MAKE(a, rc_chapter_file);
    file->source = source;
    file->front = read_front(&s);
    split(&s, true);
    file->chunks = s.chunks.at;
    file->chunk_count = s.chunks.count;
    for (size_t i = 0; i < s.tags.count; i++)
        file->broken = file->broken
                       || (s.tags.at[i].kind == TAG_DROPPED
                           && at_mark(s.text, s.tags.at[i].from, "{%"));
    return file;
}

const rc_chunk *
rc_split_text(rc_arena *a, rc_str text, rc_span at, rc_log *log, size_t *count)
{
    splitter s = {.arena = a, .log = log, .text = text, .whole = at};
    rc_str there = at.source ? rc_str_part(at.source->text, at.from, at.to)
                             : (rc_str){0};
    for (size_t quote = 0; quote < 2 && !s.source && at.source; quote++) {
        if (!rc_str_eq(rc_str_part(there, quote, quote + text.len), text))
            continue;
        s.source = at.source;
        s.base = at.from + quote;
    }
    split(&s, false);
    *count = s.chunks.count;
    return s.chunks.at;
}
