/* libyaml's events into nodes. Its marks count code points; a cursor that
 * follows the events turns them into bytes. */
#include "spec/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 100 };

typedef struct reader {
    rc_arena *arena;
    rc_str text;
    const rc_pieces *pieces;
    rc_log *log;
    yaml_parser_t parser;
    size_t index, byte; /* the cursor: the same place in both measures */
    int depth;
} reader;

static size_t
byte_of(reader *r, yaml_mark_t mark)
{
    while (r->index < mark.index && r->byte < r->text.len) {
        rc_utf8_next(r->text, &r->byte);
        r->index++;
    }
    while (r->index > mark.index && r->byte > 0) {
        do
            r->byte--;
        while (r->byte > 0
               && ((unsigned char)r->text.at[r->byte] & 0xC0) == 0x80);
        r->index--;
    }
    return r->byte;
}

static rc_span
span_of(reader *r, yaml_mark_t from, yaml_mark_t to)
{
    size_t start = byte_of(r, from);
    return rc_pieces_span(r->pieces, start, byte_of(r, to));
}

static rc_span
event_span(reader *r, const yaml_event_t *e)
{
    return span_of(r, e->start_mark, e->end_mark);
}

/* -- errors ---------------------------------------------------------------- */

static const char *
hint_for(const char *problem, const char *context, const char *at,
         const char *end)
{
    if (strstr(context, "an alias"))
        return "a value that begins with '*' needs quotes";
    if (strstr(context, "an anchor"))
        return "a value that begins with '&' needs quotes";
    if (strstr(context, "a quoted scalar")
        && strstr(problem, "end of stream"))
        return "the quote is never closed";
    if (at < end && *at == '\t')
        return "indent with spaces, not with tabs";
    if (strstr(problem, "mapping values are not allowed"))
        return "a value with ': ' in it needs quotes; or the indent is wrong";
    if (strstr(problem, "cannot start any token"))
        return "a value that begins with this character needs quotes";
    if (strstr(problem, "expected ',' or"))
        return "a bracket is not closed, or a value in brackets needs quotes";
    if (strstr(problem, "expected key") || strstr(problem, "expected <block"))
        return "check the indent, and the quotes and brackets above";
    return NULL;
}

static void
log_refusal(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        rc_out_of_memory();
    const char *problem = p->problem ? p->problem : "not readable as YAML";
    size_t at = p->error == YAML_READER_ERROR ? p->problem_offset
                                              : byte_of(r, p->problem_mark);
    if (at > r->text.len)
        at = r->text.len;
    rc_diag *d = rc_log_error(r->log, "yaml",
                              rc_pieces_span(r->pieces, at, at + 1), "%s",
                              problem);
    const char *text = r->text.len ? r->text.at : "";
    const char *hint = hint_for(problem, p->context ? p->context : "",
                                text + at, text + r->text.len);
    if (hint)
        rc_diag_hint(d, "%s", hint);
    if (p->context && p->context_mark.index != p->problem_mark.index)
        rc_diag_also(d, span_of(r, p->context_mark, p->context_mark), "%s",
                     p->context);
}

static bool
next_event(reader *r, yaml_event_t *e)
{
    if (yaml_parser_parse(&r->parser, e))
        return true;
    log_refusal(r);
    return false;
}

static void
refuse_extras(reader *r, const yaml_event_t *e, const yaml_char_t *anchor,
              const yaml_char_t *tag)
{
    rc_span at = event_span(r, e);
    at.to = at.from;
    if (anchor)
        rc_log_error(r->log, "yaml", at, "anchors are not supported");
    if (tag)
        rc_diag_hint(rc_log_error(r->log, "yaml", at,
                                  "tags are not supported"),
                     "a value that begins with '!' needs quotes");
}

/* -- nodes ----------------------------------------------------------------- */

static rc_node *read_node(reader *r, yaml_event_t *e);

static rc_node *
node_make(reader *r, rc_node_kind kind, rc_span span)
{
    rc_node *n = RC_MAKE(r->arena, rc_node);
    n->kind = kind;
    n->span = span;
    n->scalar = RC_LIT("");
    return n;
}

static rc_node *
read_scalar(reader *r, const yaml_event_t *e)
{
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    refuse_extras(r, e, e->data.scalar.anchor, e->data.scalar.tag);
    rc_node *n = node_make(r, RC_NODE_SCALAR, event_span(r, e));
    n->scalar = rc_str_copy(
        r->arena,
        (rc_str){(const char *)e->data.scalar.value, e->data.scalar.length});
    n->quoted = !plain;
    return n;
}

/* A block ends, to libyaml, where the next one begins: cut the span back to
 * the last thing in it. */
static void
end_span(reader *r, rc_node *n, const yaml_event_t *end, const rc_node *last)
{
    bool flow = end->end_mark.index > end->start_mark.index;
    rc_span to = event_span(r, end);
    if (flow && to.to > n->span.from)
        n->span.to = to.to;
    else if (last && last->span.to > n->span.from)
        n->span.to = last->span.to;
}

static rc_node *
read_list(reader *r, const yaml_event_t *start)
{
    refuse_extras(r, start, start->data.sequence_start.anchor,
                  start->data.sequence_start.tag);
    rc_node *n = node_make(r, RC_NODE_LIST, event_span(r, start));
    RC_VEC(const rc_node *) items = {0};
    yaml_event_t e;
    while (next_event(r, &e)) {
        if (e.type == YAML_SEQUENCE_END_EVENT) {
            n->items = items.at;
            n->item_count = items.count;
            end_span(r, n, &e, items.count ? items.at[items.count - 1] : NULL);
            yaml_event_delete(&e);
            return n;
        }
        const rc_node *item = read_node(r, &e);
        if (!item)
            return NULL;
        *rc_vec_push(r->arena, &items) = item;
    }
    return NULL;
}

static int
by_key(const void *left, const void *right)
{
    const rc_pair *a = *(const rc_pair *const *)left;
    const rc_pair *b = *(const rc_pair *const *)right;
    int order = rc_str_cmp(a->key, b->key);
    return order ? order : a < b ? -1 : a > b;
}

/* The first of doubled keys counts, and stays in place. */
static void
refuse_doubled_keys(reader *r, rc_node *map, rc_pair *pairs)
{
    rc_pair **sorted = rc_heap_grow(NULL, map->pair_count, sizeof *sorted);
    for (size_t i = 0; i < map->pair_count; i++)
        sorted[i] = &pairs[i];
    if (map->pair_count)
        qsort(sorted, map->pair_count, sizeof *sorted, by_key);
    rc_pair *first = NULL;
    for (size_t i = 0; i < map->pair_count; i++) {
        if (!first || !rc_str_eq(first->key, sorted[i]->key)) {
            first = sorted[i];
            continue;
        }
        rc_diag *d = rc_log_error(r->log, "yaml", sorted[i]->key_span,
                                  "doubled key '%.*s'",
                                  RC_STR(sorted[i]->key));
        rc_diag_also(d, first->key_span, "first given here");
        sorted[i]->value = NULL;
    }
    free(sorted);
    size_t kept = 0;
    for (size_t i = 0; i < map->pair_count; i++)
        if (pairs[i].value)
            pairs[kept++] = pairs[i];
    map->pair_count = kept;
}

static rc_node *
read_map(reader *r, const yaml_event_t *start)
{
    refuse_extras(r, start, start->data.mapping_start.anchor,
                  start->data.mapping_start.tag);
    rc_node *n = node_make(r, RC_NODE_MAP, event_span(r, start));
    RC_VEC(rc_pair) pairs = {0};
    yaml_event_t e;
    while (next_event(r, &e)) {
        if (e.type == YAML_MAPPING_END_EVENT) {
            n->pairs = pairs.at;
            n->pair_count = pairs.count;
            end_span(r, n, &e,
                     pairs.count ? pairs.at[pairs.count - 1].value : NULL);
            yaml_event_delete(&e);
            refuse_doubled_keys(r, n, pairs.at);
            return n;
        }
        const rc_node *key = read_node(r, &e);
        if (!key || !next_event(r, &e))
            return NULL;
        const rc_node *value = read_node(r, &e);
        if (!value)
            return NULL;
        if (key->kind != RC_NODE_SCALAR) {
            rc_node_expected(key, "a name as the key", r->log);
            continue;
        }
        *rc_vec_push(r->arena, &pairs) = (rc_pair){key->scalar, key->span,
                                                   value};
    }
    return NULL;
}

/* The node that begins with `e`, which is used up; NULL when libyaml refused
 * or the nest is too deep, which is logged. */
static rc_node *
read_node(reader *r, yaml_event_t *e)
{
    rc_node *n = NULL;
    if (r->depth == DEEPEST) {
        rc_log_error(r->log, "yaml", event_span(r, e),
                     "nested more than %d levels deep", DEEPEST);
        yaml_event_delete(e);
        return NULL;
    }
    r->depth++;
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        n = read_scalar(r, e);
        break;
    case YAML_SEQUENCE_START_EVENT:
        n = read_list(r, e);
        break;
    case YAML_MAPPING_START_EVENT:
        n = read_map(r, e);
        break;
    case YAML_ALIAS_EVENT:
        rc_diag_hint(rc_log_error(r->log, "yaml", event_span(r, e),
                                  "aliases are not supported"),
                     "a value that begins with '*' needs quotes");
        n = node_make(r, RC_NODE_SCALAR, event_span(r, e));
        break;
    case YAML_NO_EVENT: case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT: case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        rc_panic("an event out of turn", __FILE__, __LINE__);
    }
    r->depth--;
    yaml_event_delete(e);
    return n;
}

/* -- documents ------------------------------------------------------------- */

static bool
is_nothing(const rc_node *n)
{
    return n->kind == RC_NODE_SCALAR && n->scalar.len == 0 && !n->quoted;
}

static const rc_node *
read_stream(reader *r)
{
    const rc_node *root = NULL;
    yaml_event_t e;
    while (next_event(r, &e)) {
        yaml_event_type_t type = e.type;
        if (type == YAML_DOCUMENT_START_EVENT && root) {
            rc_log_error(r->log, "yaml", event_span(r, &e),
                         "a second document begins here");
            yaml_event_delete(&e);
            return root;
        }
        if (type == YAML_STREAM_START_EVENT || type == YAML_STREAM_END_EVENT
            || type == YAML_DOCUMENT_START_EVENT
            || type == YAML_DOCUMENT_END_EVENT) {
            yaml_event_delete(&e);
        } else {
            root = read_node(r, &e);
            if (!root)
                return NULL;
        }
        if (type == YAML_STREAM_END_EVENT)
            return root && !is_nothing(root)
                       ? root
                       : node_make(r, RC_NODE_MAP,
                                   rc_pieces_span(r->pieces, 0, 0));
    }
    return NULL;
}

const rc_node *
rc_yaml_parse(rc_arena *a, rc_str text, const rc_pieces *pieces, rc_log *log)
{
    reader r = {.arena = a, .text = text, .pieces = pieces, .log = log};
    if (!yaml_parser_initialize(&r.parser))
        rc_out_of_memory();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)(text.len ? text.at : ""), text.len);
    const rc_node *root = read_stream(&r);
    yaml_parser_delete(&r.parser);
    return root;
}

const rc_node *
rc_yaml_source(rc_arena *a, const rc_source *source, rc_log *log)
{
    rc_pieces whole = {.source = source};
    return rc_yaml_parse(a, source->text, &whole, log);
}
