/* A map of the file against a table of keys. */
#include "style/reader.h"

#include <string.h>

static size_t
size_of(rc_key_kind kind)
{
    switch (kind) {
    case KEY_LEN: case KEY_SHIFT: case KEY_PCT: return sizeof(rc_len);
    case KEY_LENS: return RC_MOST_IN_LIST * sizeof(rc_len);
    case KEY_LEN2: return sizeof(rc_len);
    case KEY_INT: case KEY_COLOUR: case KEY_STYLE: return sizeof(int);
    case KEY_REAL: return sizeof(double);
    case KEY_BOOL: return sizeof(bool);
    case KEY_STR: return sizeof(rc_str);
    case KEY_TEXT: return sizeof(rc_field_text);
    case KEY_COLOURS: return RC_MOST_IN_LIST * sizeof(int);
    case KEY_FILLS: return sizeof(const rc_fill *);
    case KEY_RULE: return sizeof(rc_rule);
    case KEY_OTHER: return 0;
    }
    return 0;
}

static bool
has_count(rc_key_kind kind)
{
    return kind == KEY_LENS || kind == KEY_COLOURS || kind == KEY_FILLS;
}

static const rc_key_spec *
spec_of(const rc_key_table *t, rc_str path)
{
    for (size_t i = 0; i < t->count; i++)
        if (rc_str_is(path, t->at[i].path))
            return &t->at[i];
    return NULL;
}

/* What stands in `path` behind `prefix` (which ends in '.', or is empty), up
 * to the next dot; empty if it lies elsewhere. */
static rc_str
next_part(const char *path, rc_str prefix)
{
    rc_str s = rc_str_z(path);
    if (s.len <= prefix.len
        || !rc_str_eq(rc_str_part(s, 0, prefix.len), prefix))
        return (rc_str){0};
    size_t dot = rc_str_find(s, ".", prefix.len);
    return rc_str_part(s, prefix.len, dot == SIZE_MAX ? s.len : dot);
}

static bool
is_prefix(const rc_key_table *t, rc_str prefix)
{
    for (size_t i = 0; i < t->count; i++)
        if (next_part(t->at[i].path, prefix).len)
            return true;
    return false;
}

static void
unknown_key(rc_reader *r, const rc_key_table *t, const rc_pair *pair,
            rc_str prefix)
{
    rc_diag *d;
    if (prefix.len)
        d = rc_reader_error(r, "unknown-key", pair->key_span,
                            "unknown key '%.*s' in '%.*s'", RC_STR(pair->key),
                            RC_STR(rc_str_part(prefix, 0, prefix.len - 1)));
    else
        d = rc_reader_error(r, "unknown-key", pair->key_span,
                            "unknown key '%.*s' in %s", RC_STR(pair->key),
                            t->what);
    rc_str *names = RC_MAKE_ARRAY(r->arena, rc_str, t->count);
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++) {
        rc_str part = next_part(t->at[i].path, prefix);
        if (part.len && (!count || !rc_str_eq(part, names[count - 1])))
            names[count++] = part;
    }
    rc_diag_suggest(d, pair->key, names, count);
}

static void
read_map(rc_reader *r, const rc_key_table *t, const rc_node *map,
         rc_str prefix, void *into, rc_key_places *places)
{
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        rc_str path = rc_str_printf(r->arena, "%.*s%.*s", RC_STR(prefix),
                                    RC_STR(pair->key));
        const rc_key_spec *key = spec_of(t, path);
        if (key) {
            places->at[key - t->at] = pair->value->span;
            if (!places->at[key - t->at].source) /* a value has a place */
                places->at[key - t->at] = pair->key_span;
            rc_read_value(r, key, pair->value, into);
            continue;
        }
        rc_str inner = rc_str_printf(r->arena, "%.*s.", RC_STR(path));
        if (!pair->key.len || !is_prefix(t, inner))
            unknown_key(r, t, pair, prefix);
        else if (pair->value->kind != RC_NODE_MAP)
            rc_read_expected(r, pair->value, "a map");
        else
            read_map(r, t, pair->value, inner, into, places);
    }
}

const rc_node *
rc_reader_find(const rc_node *map, const char *path)
{
    rc_str rest = rc_str_z(path);
    while (map && map->kind == RC_NODE_MAP) {
        size_t dot = rc_str_find(rest, ".", 0);
        rc_str part = rc_str_part(rest, 0, dot == SIZE_MAX ? rest.len : dot);
        const rc_node *found = NULL;
        for (size_t i = 0; i < map->pair_count; i++)
            if (rc_str_eq(map->pairs[i].key, part))
                found = map->pairs[i].value;
        if (dot == SIZE_MAX)
            return found;
        map = found;
        rest = rc_str_part(rest, dot + 1, rest.len);
    }
    return NULL;
}

/* The deepest part of `path` whose map is in the file; its length. */
static size_t
present_part(const rc_node *map, rc_str path, const rc_node **deepest,
             rc_span *place)
{
    size_t from = 0;
    *deepest = map;
    while (map && map->kind == RC_NODE_MAP) {
        size_t dot = rc_str_find(path, ".", from);
        rc_str part =
            rc_str_part(path, from, dot == SIZE_MAX ? path.len : dot);
        const rc_node *found = NULL;
        for (size_t i = 0; i < map->pair_count; i++)
            if (rc_str_eq(map->pairs[i].key, part)) {
                found = map->pairs[i].value;
                *place = map->pairs[i].key_span;
            }
        if (!found || dot == SIZE_MAX)
            break;
        from = dot + 1;
        map = *deepest = found;
    }
    return from;
}

/* One message for a map that is missing as a whole: the first of its keys
 * names it, the others are silent. */
static void
missing_key(rc_reader *r, const rc_key_table *t, size_t i,
            const rc_node *map, rc_span at)
{
    rc_str path = rc_str_z(t->at[i].path);
    rc_span place = at;
    const rc_node *deepest;
    size_t there = present_part(map, path, &deepest, &place);
    if (deepest->kind != RC_NODE_MAP)
        return; /* said already */
    if (t->at[i].fallback && rc_str_find(path, ".", there) != SIZE_MAX)
        return; /* "?", and its map is not there */
    rc_str part = next_part(t->at[i].path, rc_str_part(path, 0, there));
    size_t end = there + part.len;
    for (size_t k = 0; k < i; k++) {
        rc_str other = rc_str_z(t->at[k].path);
        if (end < path.len && other.len > end && other.at[end] == '.'
            && memcmp(other.at, path.at, end) == 0 && !t->at[k].fallback)
            return;
    }
    rc_reader_error(r, "missing-key", place, "missing key '%.*s'",
                    RC_STR(rc_str_part(path, 0, end)));
}

static void
fall_back(const rc_key_table *t, size_t i, void *into)
{
    const rc_key_spec *key = &t->at[i];
    char *at = (char *)into + key->offset;
    if (*key->fallback != '@')
        return;
    const rc_key_spec *from = spec_of(t, rc_str_z(key->fallback + 1));
    rc_assert(from && size_of(from->kind) == size_of(key->kind));
    rc_assert(from < key); /* so that its own default is there */
    memcpy(at, (char *)into + from->offset, size_of(key->kind));
    if (has_count(key->kind))
        memcpy((char *)into + key->count, (char *)into + from->count,
               sizeof(size_t));
}

void
rc_reader_map(rc_reader *r, const rc_key_table *table, const rc_node *map,
              rc_span at, void *into, bool all, rc_key_places *places)
{
    rc_assert(table->count <= RC_MOST_KEYS);
    rc_key_places own;
    if (!places)
        places = &own;
    memset(places, 0, sizeof *places);
    if (map->kind != RC_NODE_MAP) {
        rc_read_expected(r, map, "a map");
        return;
    }
    read_map(r, table, map, (rc_str){0}, into, places);
    for (size_t i = 0; i < table->count && all; i++) {
        if (places->at[i].source)
            continue;
        const char *fallback = table->at[i].fallback;
        if (!fallback || *fallback == '?')
            missing_key(r, table, i, map, at);
        else
            fall_back(table, i, into);
    }
}

rc_span
rc_reader_place(const rc_key_table *table, const rc_key_places *places,
                const char *path)
{
    const rc_key_spec *key = spec_of(table, rc_str_z(path));
    rc_assert(key);
    return places->at[key - table->at];
}
