#include "style/reader.h"

#include <stdarg.h>

rc_diag *
rc_reader_error(rc_reader *r, const char *name, rc_span at,
                const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    rc_str text = rc_str_vprintf(r->arena, format, ap);
    va_end(ap);
    r->sound = false;
    return rc_log_error(r->log, name, at, "%.*s", RC_STR(text));
}

bool
rc_read_expected(rc_reader *r, const rc_node *n, const char *what)
{
    r->sound = false;
    rc_node_expected(n, what, r->log);
    return false;
}

/* -- single values ---------------------------------------------------------- */
/* The number in front of a unit, which is cut off; 1 point without one. */
static double
unit_of(rc_str *s)
{
    static const struct {
        const char *name;
        double points;
    } units[] = {{"pt", 1}, {"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (rc_str_ends(*s, units[i].name)) {
            *s = rc_str_trim(rc_str_part(*s, 0, s->len - 2));
            return units[i].points;
        }
    return 1;
}

bool
rc_read_len(rc_reader *r, const rc_node *n, bool may_be_negative, rc_len *out)
{
    static const char what[] = "a length (12, 12pt, 4.2mm, 0.4cm or 0.5in)";
    if (n->kind != RC_NODE_SCALAR || n->quoted)
        return rc_read_expected(r, n, what);
    rc_str s = n->scalar;
    double unit = unit_of(&s), x;
    if (!rc_num_real(s, &x))
        return rc_read_expected(r, n, what);
    x *= unit;
    if (x < 0 && !may_be_negative)
        return rc_read_expected(r, n, "a length that is not negative");
    if (x > 14400 || x < -14400) /* PDF 1.7, annex C: the largest page */
        return rc_read_expected(r, n, "a length of at most 14400 points");
    *out = RC_LEN(x);
    return true;
}

static bool
read_int(rc_reader *r, const rc_node *n, int *out)
{
    int64_t x;
    if (n->kind != RC_NODE_SCALAR || n->quoted || !rc_num_int(n->scalar, &x)
        || x < 0 || x > 10000)
        return rc_read_expected(r, n, "a whole number from 0 to 10000");
    *out = (int)x;
    return true;
}

static bool
read_pct(rc_reader *r, const rc_node *n, rc_len *out)
{
    int64_t x;
    if (n->kind != RC_NODE_SCALAR || !rc_str_ends(n->scalar, "%")
        || !rc_num_int(rc_str_part(n->scalar, 0, n->scalar.len - 1), &x)
        || x < 0 || x > 1000)
        return rc_read_expected(r, n, "a percentage like 62%");
    *out = (rc_len)x;
    return true;
}

static bool
read_real(rc_reader *r, const rc_node *n, double *out)
{
    double x;
    if (n->kind != RC_NODE_SCALAR || n->quoted || !rc_num_real(n->scalar, &x)
        || x <= 0)
        return rc_read_expected(r, n, "a number above zero");
    *out = x;
    return true;
}

static bool
read_bool(rc_reader *r, const rc_node *n, bool *out)
{
    if (n->kind == RC_NODE_SCALAR && !n->quoted) {
        *out = rc_str_is(n->scalar, "true");
        if (*out || rc_str_is(n->scalar, "false"))
            return true;
    }
    return rc_read_expected(r, n, "true or false");
}

static bool
read_str(rc_reader *r, const rc_node *n, rc_str *out)
{
    if (n->kind != RC_NODE_SCALAR)
        return rc_read_expected(r, n, "a text");
    *out = rc_str_copy(r->arena, n->scalar);
    return true;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* "12436D" or "#12436D". */
static bool
parse_hex(rc_str s, rc_colour *out)
{
    if (rc_str_starts(s, "#"))
        s = rc_str_part(s, 1, s.len);
    if (s.len != 6)
        return false;
    int part[3];
    for (int i = 0; i < 3; i++) {
        int high = hex_digit(s.at[2 * i]), low = hex_digit(s.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        part[i] = high * 16 + low;
    }
    out->r = (uint8_t)part[0];
    out->g = (uint8_t)part[1];
    out->b = (uint8_t)part[2];
    return true;
}

static int
add_colour(rc_reader *r, rc_colour c, rc_span place)
{
    *rc_vec_push(r->arena, &r->colours) = c;
    *rc_vec_push(r->arena, &r->colour_places) = place;
    r->house->colours = r->colours.at;
    r->house->colour_count = r->colours.count;
    return (int)r->colours.count - 1;
}

bool
rc_read_colour(rc_reader *r, const rc_node *n, int *out)
{
    static const char what[] = "a colour's name or six hex digits";
    if (n->kind != RC_NODE_SCALAR || !n->scalar.len)
        return rc_read_expected(r, n, what);
    int named = rc_house_colour(r->house, n->scalar);
    rc_colour c = {0};
    if (named < 0 && parse_hex(n->scalar, &c)) {
        c.name = rc_str_copy(r->arena, n->scalar);
        named = add_colour(r, c, rc_span_none());
    }
    if (named < 0) {
        rc_diag *d = rc_reader_error(r, "unknown-colour", n->span,
                                     "unknown colour '%.*s'",
                                     RC_STR(n->scalar));
        rc_str *names = RC_MAKE_ARRAY(r->arena, rc_str, r->colours.count);
        for (size_t i = 0; i < r->colours.count; i++)
            names[i] = r->colours.at[i].name;
        rc_diag_suggest(d, n->scalar, names, r->colours.count);
        return false;
    }
    *out = named;
    return true;
}

/* `colours:` itself: names and hex. Ink and paper must be among them. */
void
rc_read_colours(rc_reader *r)
{
    const rc_node *map = rc_reader_find(r->root, "colours");
    if (!map || map->kind != RC_NODE_MAP) {
        if (map)
            rc_read_expected(r, map, "a map of colours");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        rc_colour c = {.name = rc_str_copy(r->arena, pair->key)};
        if (pair->value->kind != RC_NODE_SCALAR
            || !parse_hex(pair->value->scalar, &c))
            rc_read_expected(r, pair->value,
                             "six hex digits in quotes, like \"12436D\"");
        add_colour(r, c, pair->value->span);
    }
    r->house->ink = rc_house_colour(r->house, RC_LIT("ink"));
    r->house->paper = rc_house_colour(r->house, RC_LIT("paper"));
    if (r->house->ink < 0)
        rc_reader_error(r, "missing-key", map->span,
                        "no colour 'ink', that of text");
    if (r->house->paper < 0)
        rc_reader_error(r, "missing-key", map->span,
                        "no colour 'paper', that of the page");
}

bool
rc_read_style(rc_reader *r, const rc_node *n, int *out)
{
    if (n->kind != RC_NODE_SCALAR)
        return rc_read_expected(r, n, "the name of a text role");
    *out = rc_house_style(r->house, n->scalar);
    if (*out >= 0)
        return true;
    if (rc_is_role(n->scalar)) {
        r->sound = false;
        return false;
    }
    rc_diag *d = rc_reader_error(r, "unknown-style", n->span,
                                 "unknown text role '%.*s'",
                                 RC_STR(n->scalar));
    rc_str *names = RC_MAKE_ARRAY(r->arena, rc_str, r->styles.count);
    for (size_t i = 0; i < r->styles.count; i++)
        names[i] = r->styles.at[i].name;
    rc_diag_suggest(d, n->scalar, names, r->styles.count);
    return false;
}

bool
rc_read_rule(rc_reader *r, const rc_node *n, rc_rule *out)
{
    out->colour = r->house->ink;
    if (n->kind == RC_NODE_SCALAR)
        return rc_read_len(r, n, false, &out->width);
    if (n->kind != RC_NODE_MAP)
        return rc_read_expected(r, n, "a width, or a map of width and colour");
    static const rc_key_spec keys[] = {
        {"width", KEY_LEN, offsetof(rc_rule, width), 0, NULL},
        {"colour", KEY_COLOUR, offsetof(rc_rule, colour), 0, NULL},
    };
    static const rc_key_table table = {keys, 2, "a rule"};
    rc_reader_map(r, &table, n, n->span, out, true, NULL);
    return true;
}

/* One colour, or {fill, outline: {colour, width}}. */
static void
read_fill(rc_reader *r, const rc_node *n, rc_fill *out)
{
    out->outline.colour = -1;
    if (n->kind != RC_NODE_MAP) {
        rc_read_colour(r, n, &out->colour);
        return;
    }
    static const rc_key_spec keys[] = {
        {"fill", KEY_COLOUR, offsetof(rc_fill, colour), 0, NULL},
        {"outline.colour", KEY_COLOUR, offsetof(rc_fill, outline.colour), 0,
         NULL},
        {"outline.width", KEY_LEN, offsetof(rc_fill, outline.width), 0, NULL},
    };
    static const rc_key_table table = {keys, 3, "a fill"};
    rc_reader_map(r, &table, n, n->span, out, true, NULL);
}

/* -- lists --------------------------------------------------------------------- */
static bool
is_list(rc_reader *r, const rc_node *n, size_t least, size_t most,
        const char *what)
{
    if (n->kind != RC_NODE_LIST || n->item_count < least
        || n->item_count > most) {
        if (n->kind == RC_NODE_LIST)
            rc_reader_error(r, "bad-value", n->span,
                            "expected %s, found %zu values", what,
                            n->item_count);
        else
            rc_read_expected(r, n, what);
        return false;
    }
    return true;
}

static void
read_lens(rc_reader *r, const rc_node *n, rc_len *out, size_t *count)
{
    if (!is_list(r, n, 1, RC_MOST_IN_LIST, "a list of one to eight lengths"))
        return;
    *count = n->item_count;
    for (size_t i = 0; i < n->item_count; i++)
        rc_read_len(r, n->items[i], false, &out[i]);
}

static void
read_colours(rc_reader *r, const rc_node *n, int *out, size_t *count)
{
    if (!is_list(r, n, 1, RC_MOST_IN_LIST, "a list of one to eight colours"))
        return;
    *count = n->item_count;
    for (size_t i = 0; i < n->item_count; i++)
        rc_read_colour(r, n->items[i], &out[i]);
}

static void
read_fills(rc_reader *r, const rc_node *n, const rc_fill **out, size_t *count)
{
    if (!is_list(r, n, 1, RC_MOST_IN_LIST, "a list of one to eight fills"))
        return;
    rc_fill *fills = RC_MAKE_ARRAY(r->arena, rc_fill, n->item_count);
    for (size_t i = 0; i < n->item_count; i++)
        read_fill(r, n->items[i], &fills[i]);
    *out = fills;
    *count = n->item_count;
}

static void
read_len2(rc_reader *r, const rc_node *n, rc_len *first, rc_len *second)
{
    if (!is_list(r, n, 2, 2, "a list of two lengths"))
        return;
    rc_read_len(r, n->items[0], false, first);
    rc_read_len(r, n->items[1], false, second);
}

/* -- by kind ---------------------------------------------------------------- */
/* `into` is the struct the table is made for: each key's offset leads to a
 * member of the type its kind names, so the casts are sound. */
void
rc_read_value(rc_reader *r, const rc_key_spec *key, const rc_node *n,
              void *into)
{
    void *at = (char *)into + key->offset;
    void *second = (char *)into + key->count;
    switch (key->kind) {
    case KEY_LEN: rc_read_len(r, n, false, at); return;
    case KEY_SHIFT: rc_read_len(r, n, true, at); return;
    case KEY_LENS: read_lens(r, n, at, second); return;
    case KEY_LEN2: read_len2(r, n, at, second); return;
    case KEY_INT: read_int(r, n, at); return;
    case KEY_PCT: read_pct(r, n, at); return;
    case KEY_REAL: read_real(r, n, at); return;
    case KEY_BOOL: read_bool(r, n, at); return;
    case KEY_STR: read_str(r, n, at); return;
    case KEY_TEXT: rc_read_field(r, n, at); return;
    case KEY_COLOUR: rc_read_colour(r, n, at); return;
    case KEY_COLOURS: read_colours(r, n, at, second); return;
    case KEY_FILLS: read_fills(r, n, at, second); return;
    case KEY_RULE: rc_read_rule(r, n, at); return;
    case KEY_STYLE: rc_read_style(r, n, at); return;
    case KEY_OTHER: return;
    }
}
