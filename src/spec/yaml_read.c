/* Reading nodes: what was expected, what was found, and where. */
#include "spec/yaml.h"

#include <stdlib.h>
#include <string.h>

const rc_node *
rc_map_get(const rc_node *map, const char *key)
{
    if (!map || map->kind != RC_NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->pair_count; i++)
        if (rc_str_is(map->pairs[i].key, key))
            return map->pairs[i].value;
    return NULL;
}

bool
rc_map_misspelt(const rc_node *map, const char *key, const rc_log *log)
{
    for (size_t i = 0; map && i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        if (rc_log_has_error(log, "unknown-key", pair->key_span)
            && rc_diag_is_near(pair->key, rc_str_z(key)))
            return true;
    }
    return false;
}

const rc_node *
rc_map_need(const rc_node *map, const char *key, rc_log *log)
{
    const rc_node *n = rc_map_get(map, key);
    if (!n && map && map->kind != RC_NODE_MAP)
        rc_node_expected(map, "a map", log);
    else if (!n && !rc_map_misspelt(map, key, log))
        rc_log_error(log, "missing-key", map ? map->span : rc_span_none(),
                     "missing key '%s'", key);
    return n;
}

void
rc_node_expected(const rc_node *n, const char *what, rc_log *log)
{
    enum { MOST = 60 };
    if (n->kind == RC_NODE_LIST)
        rc_log_error(log, "wrong-kind", n->span, "expected %s, found a list",
                     what);
    else if (n->kind == RC_NODE_MAP)
        rc_log_error(log, "wrong-kind", n->span, "expected %s, found a map",
                     what);
    else if (n->scalar.len == 0)
        rc_log_error(log, "wrong-kind", n->span, "expected %s, found nothing",
                     what);
    else if (n->scalar.len > MOST)
        rc_log_error(log, "wrong-kind", n->span, "expected %s, found a text",
                     what);
    else
        rc_log_error(log, "wrong-kind", n->span, "expected %s, found '%.*s'",
                     what, RC_STR(n->scalar));
}

/* The scalar under `key`, or NULL: missing, or logged as no `what`. */
static const rc_node *
scalar_of(const rc_node *map, const char *key, const char *what, rc_log *log)
{
    const rc_node *n = rc_map_get(map, key);
    if (!n || n->kind == RC_NODE_SCALAR)
        return n;
    rc_node_expected(n, what, log);
    return NULL;
}

bool
rc_map_str(const rc_node *map, const char *key, rc_str *out, rc_log *log)
{
    const rc_node *n = scalar_of(map, key, "a text", log);
    if (n)
        *out = n->scalar;
    return n;
}

bool
rc_map_int(const rc_node *map, const char *key, int64_t *out, rc_log *log)
{
    const char *what = "a whole number";
    const rc_node *n = scalar_of(map, key, what, log);
    if (!n)
        return false;
    if (!n->quoted && rc_num_int(n->scalar, out))
        return true;
    rc_node_expected(n, what, log);
    return false;
}

static bool
real_of(const rc_node *map, const char *key, const char *what, double *out,
        rc_log *log)
{
    const rc_node *n = scalar_of(map, key, what, log);
    if (!n)
        return false;
    if (!n->quoted && rc_num_real(n->scalar, out))
        return true;
    rc_node_expected(n, what, log);
    return false;
}

bool
rc_map_real(const rc_node *map, const char *key, double *out, rc_log *log)
{
    return real_of(map, key, "a number", out, log);
}

bool
rc_map_len(const rc_node *map, const char *key, rc_len *out, rc_log *log)
{
    const double most = 1e6; /* points: half of what an rc_len can hold */
    double points;
    if (!real_of(map, key, "a length in points", &points, log))
        return false;
    if (points > most || points < -most) {
        rc_node_expected(rc_map_get(map, key), "at most a million points",
                         log);
        return false;
    }
    *out = RC_LEN(points);
    return true;
}

static bool
is_any(const rc_node *n, const char *const *words)
{
    for (; !n->quoted && *words; words++)
        if (rc_str_is(n->scalar, *words))
            return true;
    return false;
}

bool
rc_node_is_true(const rc_node *n)
{
    static const char *const words[] = {"true", "yes", "on", NULL};
    return n && n->kind == RC_NODE_SCALAR && is_any(n, words);
}

bool
rc_map_bool(const rc_node *map, const char *key, bool *out, rc_log *log)
{
    static const char *const no[] = {"false", "no", "off", NULL};
    const char *what = "true or false";
    const rc_node *n = scalar_of(map, key, what, log);
    if (!n)
        return false;
    if (!rc_node_is_true(n) && !is_any(n, no)) {
        rc_node_expected(n, what, log);
        return false;
    }
    *out = rc_node_is_true(n);
    return true;
}

/* -- names of a list ------------------------------------------------------- */

static int
index_of(rc_str s, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (rc_str_is(s, names[i]))
            return i;
    return -1;
}

static void
suggest(rc_diag *d, rc_str found, const char *const *names)
{
    size_t count = 0;
    while (names[count])
        count++;
    rc_str *list = rc_heap_grow(NULL, count, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = rc_str_z(names[i]);
    rc_diag_suggest(d, found, list, count);
    free(list);
}

int
rc_map_choice(const rc_node *map, const char *key, const char *const *choices,
              rc_log *log)
{
    const rc_node *n = scalar_of(map, key, "a name", log);
    if (!n)
        return -1;
    int found = index_of(n->scalar, choices);
    if (found < 0) {
        rc_diag *d = rc_log_error(log, "unknown-choice", n->span,
                                  "'%.*s' is no value of '%s'",
                                  RC_STR(n->scalar), key);
        suggest(d, n->scalar, choices);
    }
    return found;
}

void
rc_map_known(const rc_node *map, const char *const *keys, const char *what,
             rc_log *log)
{
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map", log);
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        if (index_of(pair->key, keys) >= 0)
            continue;
        rc_diag *d = rc_log_error(log, "unknown-key", pair->key_span,
                                  "unknown key '%.*s' of %s", RC_STR(pair->key),
                                  what);
        suggest(d, pair->key, keys);
    }
}
