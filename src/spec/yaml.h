/* YAML (libyaml) as a tree of nodes with spans. Anchors, tags and several
 * documents are errors: nothing an author needs. All scalars are text. */
#ifndef RC_SPEC_YAML_H
#define RC_SPEC_YAML_H

#include "base/diag.h"
#include "base/num.h"

/* Where a byte of a generated text came from: pieces in order of `there`.
 * A text that is the file itself has one piece {0, 0, its length}, or none. */
typedef struct rc_piece {
    uint32_t there; /* offset in the text that is parsed */
    uint32_t from;  /* offset in the source */
    uint32_t len;   /* bytes that stand one for one; 0: they all map to from */
    const rc_source *source; /* NULL: that of all pieces; else a file included */
} rc_piece;

typedef struct rc_pieces {
    const rc_source *source;
    const rc_piece *at;
    size_t count;
} rc_pieces;

/* The span in the source of bytes [from, to) of the generated text. */
rc_span rc_pieces_span(const rc_pieces *p, size_t from, size_t to);

typedef enum rc_node_kind { RC_NODE_SCALAR, RC_NODE_LIST, RC_NODE_MAP }
    rc_node_kind;

typedef struct rc_node rc_node;
typedef struct rc_pair {
    rc_str key;
    rc_span key_span;
    const rc_node *value;
} rc_pair;

struct rc_node {
    rc_node_kind kind;
    rc_span span;
    rc_str scalar;
    bool quoted; /* a quoted or block scalar: never null, true, a number */
    const rc_node *const *items;
    size_t item_count;
    const rc_pair *pairs;
    size_t pair_count;
};

/* Parses `text`, whose bytes come from where `pieces` says. What libyaml
 * refuses is logged ("yaml"), and NULL comes back. Doubled keys, anchors and
 * tags are logged too, but the tree comes back without them, so that one run
 * reports every mistake. An empty text is an empty map. */
const rc_node *rc_yaml_parse(rc_arena *a, rc_str text, const rc_pieces *pieces,
                             rc_log *log);
/* A whole source. */
const rc_node *rc_yaml_source(rc_arena *a, const rc_source *source,
                              rc_log *log);

/* -- reading with errors -------------------------------------------------
 * Each logs what is wrong where it stands and gives false / the default.
 * A missing key is not an error here (out keeps its value), see _need. */
const rc_node *rc_map_get(const rc_node *map, const char *key); /* or NULL */
const rc_node *rc_map_need(const rc_node *map, const char *key, rc_log *log);
/* Whether a key that rc_map_known has reported may be meant to be `key`: then
 * it is no second mistake that `key` is missing, and _need says nothing. */
bool rc_map_misspelt(const rc_node *map, const char *key, const rc_log *log);
bool rc_map_str(const rc_node *map, const char *key, rc_str *out, rc_log *log);
bool rc_map_int(const rc_node *map, const char *key, int64_t *out,
                rc_log *log);
bool rc_map_real(const rc_node *map, const char *key, double *out,
                 rc_log *log);
bool rc_map_bool(const rc_node *map, const char *key, bool *out, rc_log *log);
bool rc_map_len(const rc_node *map, const char *key, rc_len *out,
                rc_log *log); /* points */
/* One of NULL-ended `choices`, its index; -1 and an error with a suggestion. */
int rc_map_choice(const rc_node *map, const char *key,
                  const char *const *choices, rc_log *log);
/* Every key of `map` that is not in the NULL-ended list: error "unknown-key"
 * with a suggestion. `what` names the map: "a chart", "report.yaml". */
void rc_map_known(const rc_node *map, const char *const *keys,
                  const char *what, rc_log *log);
bool rc_node_is_true(const rc_node *n); /* true, yes, on */
/* "expected a list, found a map" and friends. */
void rc_node_expected(const rc_node *n, const char *what, rc_log *log);

#endif
