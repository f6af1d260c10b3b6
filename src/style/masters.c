/* Masters and the fields in their texts. */
#include "style/reader.h"

/* -- fields -------------------------------------------------------------------- */
/* A field is a name of letters, digits, '_', '-' in parts parted by dots. The
 * first part is one of these; the rest is the report's or the group's. */
static const rc_str field_heads[] = {
    {"report", 6}, {"group", 5}, {"cover", 5}, {"chapter", 7},
    {"page", 4},   {"pages", 5},
};
enum { FIELD_HEADS = sizeof field_heads / sizeof *field_heads };

static bool
is_field_name(rc_str s)
{
    bool begins = true;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '.') {
            if (begins)
                return false;
            begins = true;
            continue;
        }
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
        begins = false;
    }
    return !begins;
}

static bool
check_field(rc_reader *r, rc_str name, rc_span at)
{
    if (!name.len) {
        rc_reader_error(r, "bad-field", at, "an empty field '{{ }}'");
        return false;
    }
    if (!is_field_name(name)) {
        rc_reader_error(r, "bad-field", at,
                        "'%.*s' is no field: a name like report.title",
                        RC_STR(name));
        return false;
    }
    size_t dot = rc_str_find(name, ".", 0);
    rc_str head = rc_str_part(name, 0, dot);
    for (size_t i = 0; i < FIELD_HEADS; i++) {
        if (!rc_str_eq(head, field_heads[i]))
            continue;
        if (dot != SIZE_MAX) /* which of them there are the report knows */
            *rc_vec_push(r->arena, &r->fields) =
                (rc_house_field){rc_str_copy(r->arena, name), at};
        return true;
    }
    rc_diag *d = rc_reader_error(r, "unknown-field", at,
                                 "unknown field '%.*s'", RC_STR(name));
    rc_diag_suggest(d, head, field_heads, FIELD_HEADS);
    return false;
}

/* The span of bytes [from, to) of a scalar. Plain and quoted scalars without
 * escapes stand byte for byte in the source; anything else keeps its whole
 * span. */
static rc_span
inner_span(const rc_node *n, size_t from, size_t to)
{
    rc_span s = n->span;
    if (!s.source || s.to < s.from || s.to > s.source->text.len)
        return s;
    rc_str written = rc_str_part(s.source->text, s.from, s.to);
    size_t quote = n->quoted && written.len && (written.at[0] == '"'
                                                || written.at[0] == '\'');
    if (written.len != n->scalar.len + 2 * quote
        || !rc_str_eq(rc_str_part(written, quote, written.len - quote),
                      n->scalar))
        return s;
    return rc_span_make(s.source, s.from + quote + from, s.from + quote + to);
}

static bool
check_fields(rc_reader *r, const rc_node *n)
{
    rc_str s = n->scalar;
    bool sound = true;
    for (size_t at = 0;;) {
        size_t open = rc_str_find(s, "{{", at);
        size_t stray = rc_str_find(s, "}}", at);
        if (stray < open) {
            rc_reader_error(r, "bad-field", inner_span(n, stray, stray + 2),
                            "'}}' without '{{'");
            return false;
        }
        if (open == SIZE_MAX)
            return sound;
        size_t close = rc_str_find(s, "}}", open);
        if (close == SIZE_MAX) {
            rc_reader_error(r, "bad-field", inner_span(n, open, s.len),
                            "'{{' without '}}'");
            return false;
        }
        rc_str name = rc_str_trim(rc_str_part(s, open + 2, close));
        sound = check_field(r, name, inner_span(n, open, close + 2)) && sound;
        at = close + 2;
    }
}

bool
rc_read_field(rc_reader *r, const rc_node *n, rc_field_text *out)
{
    *out = (rc_field_text){.span = n->span};
    if (n->kind != RC_NODE_SCALAR)
        return rc_read_expected(r, n, "a text");
    rc_str s = n->scalar;
    if (s.len >= 4 && rc_str_starts(s, "**")
        && rc_str_find(s, "**", 2) == s.len - 2) {
        out->strong = true;
        s = rc_str_part(s, 2, s.len - 2);
    }
    out->text = rc_str_copy(r->arena, s);
    return check_fields(r, n);
}

/* -- heads, feet, bands ------------------------------------------------------------ */
#define AT(member) offsetof(rc_master, member)

static const rc_key_spec head_keys[] = {
    {"y", KEY_LEN, AT(head_y), 0, ""},
    {"left", KEY_TEXT, AT(head_left), 0, ""},
    {"axis", KEY_TEXT, AT(head_axis), 0, ""},
    {"right", KEY_TEXT, AT(head_right), 0, ""},
};
static const rc_key_table head_table = {head_keys, 4, "a running head"};

static const rc_key_spec foot_keys[] = {
    {"y", KEY_LEN, AT(foot_y), 0, ""},
    {"left", KEY_OTHER, 0, 0, ""},
    {"left-step", KEY_LEN, AT(foot_left_step), 0, ""},
    {"axis", KEY_TEXT, AT(foot_axis), 0, ""},
    {"right", KEY_TEXT, AT(foot_right), 0, ""},
};
static const rc_key_table foot_table = {foot_keys, 5, "a foot"};

static bool
is_none(const rc_node *n)
{
    return n->kind == RC_NODE_SCALAR && rc_str_is(n->scalar, "none");
}

static void
need_y(rc_reader *r, const rc_node *n, rc_len y)
{
    if (n->kind == RC_NODE_MAP && !y && !rc_reader_find(n, "y"))
        rc_reader_error(r, "missing-key", n->span, "missing key 'y'");
}

static void
read_head(rc_reader *r, const rc_node *n, rc_master *m)
{
    m->has_head = !is_none(n);
    m->no_head = !m->has_head;
    if (!m->has_head)
        return;
    rc_reader_map(r, &head_table, n, n->span, m, false, NULL);
    need_y(r, n, m->head_y);
}

static void
read_foot_left(rc_reader *r, const rc_node *n, rc_master *m)
{
    if (n->kind == RC_NODE_SCALAR) {
        m->foot_left_count = 1;
        rc_read_field(r, n, &m->foot_left[0]);
        return;
    }
    enum { MOST = sizeof m->foot_left / sizeof *m->foot_left };
    if (n->kind != RC_NODE_LIST || n->item_count > MOST) {
        rc_read_expected(r, n, "a text, or a list of at most three");
        return;
    }
    m->foot_left_count = n->item_count;
    for (size_t i = 0; i < n->item_count; i++)
        rc_read_field(r, n->items[i], &m->foot_left[i]);
}

static void
read_foot(rc_reader *r, const rc_node *n, rc_master *m)
{
    m->has_foot = !is_none(n);
    m->no_foot = !m->has_foot;
    if (!m->has_foot)
        return;
    rc_reader_map(r, &foot_table, n, n->span, m, false, NULL);
    need_y(r, n, m->foot_y);
    const rc_node *left = rc_reader_find(n, "left");
    if (!left)
        return;
    read_foot_left(r, left, m);
    if (m->foot_left_count > 1 && !m->foot_left_step)
        rc_reader_error(r, "missing-key", n->span,
                        "missing key 'left-step', from one text at the left "
                        "to the next");
}

static const rc_key_spec bands_keys[] = {
    {"of", KEY_OTHER, 0, 0, ""},
    {"middle", KEY_LEN, AT(bands.middle), 0, ""},
    {"scale", KEY_LEN, AT(bands.scale), 0, ""},
    {"height", KEY_LEN, AT(bands.height), 0, ""},
    {"gap", KEY_LEN, AT(bands.gap), 0, ""},
    {"pitch", KEY_LEN, AT(bands.pitch), 0, ""},
    {"label", KEY_LEN, AT(bands.label), 0, ""},
    {"label-gap", KEY_LEN, AT(bands.label_gap), 0, ""},
    {"cells", KEY_OTHER, 0, 0, ""},
    {"cell-gap", KEY_LEN, AT(bands.cell_gap), 0, ""},
    {"neutral", KEY_COLOUR, AT(bands.neutral), 0, ""},
};
static const rc_key_table bands_table = {
    bands_keys, sizeof bands_keys / sizeof *bands_keys, "bands"};

static int
read_choice(rc_reader *r, const rc_node *n, const rc_str *choices,
            size_t count)
{
    for (size_t i = 0; i < count && n->kind == RC_NODE_SCALAR; i++)
        if (rc_str_eq(n->scalar, choices[i]))
            return (int)i;
    if (n->kind != RC_NODE_SCALAR) {
        rc_read_expected(r, n, "a word");
        return -1;
    }
    rc_diag *d = rc_reader_error(r, "bad-value", n->span,
                                 "'%.*s' is no choice here",
                                 RC_STR(n->scalar));
    rc_diag_suggest(d, n->scalar, choices, count);
    return -1;
}

static void
read_bands(rc_reader *r, const rc_node *n, rc_master *m)
{
    static const rc_str of[] = {{"none", 4}, {"items", 5}, {"groups", 6}};
    static const rc_str cells[] = {{"none", 4}, {"responses", 9}};
    rc_bands_style *b = &m->bands;
    if (b->of == RC_BANDS_NONE)
        b->neutral = -1;
    rc_reader_map(r, &bands_table, n, n->span, m, false, NULL);
    const rc_node *at = rc_reader_find(n, "of");
    int choice = at ? read_choice(r, at, of, 3) : -1;
    if (choice >= 0)
        b->of = (rc_bands_of)choice;
    at = rc_reader_find(n, "cells");
    choice = at ? read_choice(r, at, cells, 2) : -1;
    if (choice >= 0)
        b->cells = choice == 1;
    if (n->kind != RC_NODE_MAP || b->of == RC_BANDS_NONE)
        return;
    if (!b->scale || !b->height || b->neutral < 0)
        rc_reader_error(r, "missing-key", n->span,
                        "bands need a scale, a height and a colour 'neutral'");
    if (b->of == RC_BANDS_GROUPS && !b->pitch)
        rc_reader_error(r, "missing-key", n->span,
                        "bands of groups need a pitch");
}

/* -- what stands on a cover ----------------------------------------------------------- */
#undef AT
#define AT(member) offsetof(rc_place, member)
static const rc_key_spec place_keys[] = {
    {"text", KEY_STYLE, AT(style), 0, ""},
    {"rule", KEY_OTHER, 0, 0, ""},
    {"y", KEY_LEN, AT(y), 0, ""},
    {"below", KEY_LEN, AT(y), 0, ""},
    {"left", KEY_TEXT, AT(left), 0, ""},
    {"axis", KEY_TEXT, AT(axis), 0, ""},
    {"right", KEY_TEXT, AT(right), 0, ""},
};
static const rc_key_table place_table = {
    place_keys, sizeof place_keys / sizeof *place_keys, "a place"};

static void
read_place(rc_reader *r, const rc_node *n, rc_place *p)
{
    static const rc_str rules[] = {
        {"open", 4}, {"close", 5}, {"head", 4}, {"row", 3}};
    const rc_rule *const widths[] = {
        &r->house->rule_open, &r->house->rule_close, &r->house->rule_head,
        &r->house->rule_row};
    p->style = -1;
    rc_reader_map(r, &place_table, n, n->span, p, false, NULL);
    if (n->kind != RC_NODE_MAP)
        return;
    const rc_node *rule = rc_reader_find(n, "rule");
    const rc_node *text = rc_reader_find(n, "text");
    const rc_node *y = rc_reader_find(n, "y");
    const rc_node *below = rc_reader_find(n, "below");
    if (!rule == !text)
        rc_reader_error(r, "bad-value", n->span,
                        "a place has either 'text' or 'rule'");
    if (!y == !below)
        rc_reader_error(r, "bad-value", n->span,
                        "a place has either 'y' or 'below'");
    p->below = below != NULL;
    if (!rule)
        return;
    p->kind = RC_PLACE_RULE;
    int choice = read_choice(r, rule, rules, 4);
    if (choice >= 0)
        p->rule = *widths[choice];
}

static void
read_places(rc_reader *r, const rc_node *n, rc_master *m)
{
    if (n->kind != RC_NODE_LIST) {
        rc_read_expected(r, n, "a list of places");
        return;
    }
    rc_place *places = RC_MAKE_ARRAY(r->arena, rc_place, n->item_count);
    for (size_t i = 0; i < n->item_count; i++)
        read_place(r, n->items[i], &places[i]);
    m->places = places;
    m->place_count = n->item_count;
}

/* -- masters ----------------------------------------------------------------------------- */
#undef AT
#define AT(member) offsetof(rc_master, member)
static const rc_key_spec master_keys[] = {
    {"like", KEY_OTHER, 0, 0, ""},
    {"head", KEY_OTHER, 0, 0, ""},
    {"foot", KEY_OTHER, 0, 0, ""},
    {"place", KEY_OTHER, 0, 0, ""},
    {"bands", KEY_OTHER, 0, 0, ""},
    {"title", KEY_LEN, AT(title), 0, ""},
    {"title-below-rule", KEY_LEN, AT(title_below_rule), 0, ""},
    {"title-style", KEY_STYLE, AT(text_style), 0, ""},
    {"number-style", KEY_STYLE, AT(number_style), 0, ""},
    {"number-raise", KEY_LEN, AT(number_raise), 0, ""},
    {"at-top", KEY_LEN, AT(at_top), 0, ""},
    {"after-title", KEY_LEN, AT(after_title), 0, ""},
    {"summary-rule", KEY_LEN, AT(summary_rule), 0, ""},
    {"lead-bar.height", KEY_LEN, AT(lead_bar), 0, ""},
    {"lead-bar.bottom", KEY_LEN, AT(lead_bar_bottom), 0, ""},
    {"bars.bottom", KEY_LEN, AT(bars_bottom), 0, ""},
    {"foot-clear", KEY_LEN, AT(foot_clear), 0, ""},
    {"facts", KEY_LEN, AT(facts), 0, ""},
    {"line", KEY_LEN, AT(line), 0, ""},
    {"rule", KEY_LEN, AT(rule), 0, ""},
    {"text", KEY_LEN, AT(text), 0, ""},
    {"runs-on", KEY_BOOL, AT(runs_on), 0, ""},
    {"rule-above", KEY_BOOL, AT(rule_above), 0, ""},
    {"fields.y", KEY_LEN, AT(fields_y), 0, ""},
    {"fields.row", KEY_LEN, AT(fields_row), 0, ""},
    {"fields.baseline", KEY_LEN, AT(fields_baseline), 0, ""},
    {"contents.first", KEY_LEN, AT(contents_first), 0, ""},
    {"contents.row", KEY_LEN, AT(contents_row), 0, ""},
    {"contents.title", KEY_LEN, AT(contents_title), 0, ""},
};
#undef AT
const rc_key_table rc_master_keys = {
    master_keys, sizeof master_keys / sizeof *master_keys, "a master"};

enum { MOST_LIKENESS = 8 }; /* a chain of `like` that is longer is a ring */

static const rc_pair *
pair_of(const rc_node *map, rc_str key)
{
    for (size_t i = 0; i < map->pair_count; i++)
        if (rc_str_eq(map->pairs[i].key, key))
            return &map->pairs[i];
    return NULL;
}

static void
read_own(rc_reader *r, const rc_node *n, rc_master *m)
{
    rc_reader_map(r, &rc_master_keys, n, n->span, m, false, NULL);
    static const struct {
        const char *key;
        void (*read)(rc_reader *r, const rc_node *n, rc_master *m);
    } parts[] = {{"head", read_head},
                 {"foot", read_foot},
                 {"place", read_places},
                 {"bands", read_bands}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const rc_node *part = rc_reader_find(n, parts[i].key);
        if (part)
            parts[i].read(r, part, m);
    }
    m->contents = m->contents || rc_reader_find(n, "contents");
}

static void
unknown_master(rc_reader *r, const rc_node *map, const rc_node *like)
{
    rc_diag *d = rc_reader_error(r, "unknown-master", like->span,
                                 "unknown master '%.*s'",
                                 RC_STR(like->scalar));
    rc_str *names = RC_MAKE_ARRAY(r->arena, rc_str, map->pair_count);
    for (size_t i = 0; i < map->pair_count; i++)
        names[i] = map->pairs[i].key;
    rc_diag_suggest(d, like->scalar, names, map->pair_count);
}

/* From the oldest ancestor to the master itself, each over what came before:
 * a key that is given replaces, maps are merged key by key. The log keeps an
 * ancestor's mistakes only once. */
static void
read_master(rc_reader *r, const rc_node *map, const rc_pair *pair,
            rc_master *m)
{
    const rc_pair *chain[MOST_LIKENESS];
    size_t count = 0;
    while (pair) {
        if (count == MOST_LIKENESS) {
            rc_reader_error(r, "bad-value", chain[0]->key_span,
                            "master '%.*s' is like itself",
                            RC_STR(chain[0]->key));
            return;
        }
        chain[count++] = pair;
        const rc_node *like = rc_reader_find(pair->value, "like");
        pair = like ? pair_of(map, like->scalar) : NULL;
        if (like && !pair && count == 1)
            unknown_master(r, map, like);
    }
    while (count-- > 1)
        read_own(r, chain[count]->value, m);
    read_own(r, chain[0]->value, m);
}

void
rc_read_masters(rc_reader *r)
{
    const rc_node *map = rc_reader_find(r->root, "masters");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_read_expected(r, map, "a map of masters");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++) {
        rc_master *m = rc_vec_push(r->arena, &r->masters);
        m->name = rc_str_copy(r->arena, map->pairs[i].key);
        m->span = map->pairs[i].key_span;
        m->number_style = -1;
        m->text_style = -1;
        m->bands.neutral = -1;
        if (map->pairs[i].value->kind == RC_NODE_MAP)
            read_master(r, map, &map->pairs[i], m);
        else
            rc_read_expected(r, map->pairs[i].value, "a map");
    }
    r->house->masters = r->masters.at;
    r->house->master_count = r->masters.count;
    if (!pair_of(map, RC_LIT("body")))
        rc_reader_error(r, "missing-key", map->span, "missing master 'body'");
}
