/* How house.yaml is read: private to style/.
 *
 * A table of keys (keys.c) says of each where it stands in the file, what it
 * is and where it goes. What the table does not name is an unknown key; what
 * it needs and the file lacks is a missing one. Values that are wrong are
 * logged at their place and leave zero behind; the house is then refused as a
 * whole, so nobody sees the zero.
 *
 * No key has a measure of the look for its default: a default is nothing, or
 * the value of another key. */
#ifndef RC_STYLE_READER_H
#define RC_STYLE_READER_H

#include "style/house.h"

typedef enum rc_key_kind {
    KEY_LEN,     /* rc_len, not negative: 12, 12pt, 4mm, 0.4cm, 0.5in */
    KEY_SHIFT,   /* rc_len of any sign */
    KEY_LENS,    /* list of at most eight: rc_len[8]; count: size_t */
    KEY_LEN2,    /* list of two: two rc_len, the second at `count` */
    KEY_INT,     /* int, not negative */
    KEY_PCT,     /* rc_len, whole per cent: 62% */
    KEY_REAL,    /* double, above zero */
    KEY_BOOL,
    KEY_STR,     /* rc_str, a copy */
    KEY_TEXT,    /* rc_field_text */
    KEY_COLOUR,  /* int: name or hex */
    KEY_COLOURS, /* list of at most eight: int[8]; count: size_t */
    KEY_FILLS,   /* list: const rc_fill *; count: size_t */
    KEY_RULE,    /* rc_rule: width (in ink), or {width, colour} */
    KEY_STYLE,   /* int: the name of a text role or style */
    KEY_OTHER,   /* read by a function of its own */
} rc_key_kind;

/* `fallback` is "" (nothing: 0, false, empty, no colour), NULL (the file must
 * say), "?" (must, where its map is there at all), or "@path": that key's. */
typedef struct rc_key_spec {
    const char *path; /* "chart.steps.headline" */
    rc_key_kind kind;
    size_t offset;
    size_t count;
    const char *fallback;
} rc_key_spec;

typedef struct rc_key_table {
    const rc_key_spec *at;
    size_t count;
    const char *what; /* "a house style", for unknown keys */
} rc_key_table;

extern const rc_key_table rc_house_keys;
extern const rc_key_table rc_style_keys;  /* one text role */
extern const rc_key_table rc_master_keys; /* one master */

enum { RC_MOST_KEYS = 320, RC_MOST_IN_LIST = 8 };

/* Where each key of a table stood: source NULL if it was not there. */
typedef struct rc_key_places {
    rc_span at[RC_MOST_KEYS];
} rc_key_places;

/* Two colours without contrast are one mistake, wherever they meet. */
typedef struct rc_weak {
    int a, b;
    double least;
    rc_diag *diag;
    size_t more; /* places after the first */
} rc_weak;

typedef struct rc_reader {
    rc_arena *arena;
    rc_log *log;
    rc_house *house;
    const rc_node *root;
    bool sound; /* nothing was wrong so far */
    RC_VEC(rc_house_field) fields; /* of the report, in texts of masters */
    RC_VEC(rc_colour) colours;
    RC_VEC(rc_span) colour_places; /* no source: made from a hex in place */
    RC_VEC(rc_face) faces;
    RC_VEC(rc_text_style) styles;
    RC_VEC(rc_span) style_places;
    RC_VEC(rc_weak) weak; /* pairs of colours reported as too alike */
    RC_VEC(rc_master) masters;
    rc_key_places places; /* of rc_house_keys */
} rc_reader;

/* Logs an error; the house will be refused. */
rc_diag *rc_reader_error(rc_reader *r, const char *name, rc_span at,
                         const char *format, ...) RC_PRINTF(4, 5);

/* Reads `map` by `table` into the struct at `into`. Keys that are missing are
 * reported if `all` is set. `at`: what to point at where a key is missing. */
void rc_reader_map(rc_reader *r, const rc_key_table *table,
                   const rc_node *map, rc_span at, void *into, bool all,
                   rc_key_places *places);
/* The node at a path of `map`, or NULL. */
const rc_node *rc_reader_find(const rc_node *map, const char *path);
/* The place of a key after rc_reader_map; none if it was not there. */
rc_span rc_reader_place(const rc_key_table *table,
                        const rc_key_places *places, const char *path);

/* The value of a key into its place in the struct at `into`. */
void rc_read_value(rc_reader *r, const rc_key_spec *key, const rc_node *n,
                   void *into);
/* Single values; false after an error. */
bool rc_read_len(rc_reader *r, const rc_node *n, bool may_be_negative,
                 rc_len *out);
bool rc_read_colour(rc_reader *r, const rc_node *n, int *out);
/* A role that the program asks for and the file lacks was reported once: its
 * name is taken without another word. */
bool rc_is_role(rc_str name);
bool rc_read_style(rc_reader *r, const rc_node *n, int *out);
bool rc_read_field(rc_reader *r, const rc_node *n, rc_field_text *out);
bool rc_read_rule(rc_reader *r, const rc_node *n, rc_rule *out);
bool rc_read_expected(rc_reader *r, const rc_node *n, const char *what);

void rc_read_colours(rc_reader *r); /* first */
void rc_read_text(rc_reader *r);    /* fonts, then roles */
void rc_read_masters(rc_reader *r);
void rc_check_contrast(rc_reader *r);

#endif
