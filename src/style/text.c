/* Fonts, emphasis and text roles. */
#include "style/reader.h"

#include <string.h>

static const char *const role_names[RC_ROLE_COUNT] = {
    [RC_ROLE_COVER_TITLE] = "cover-title",
    [RC_ROLE_COVER_SUB] = "cover-sub",
    [RC_ROLE_COVER_LINE] = "cover-line",
    [RC_ROLE_PART_TITLE] = "part-title",
    [RC_ROLE_OPENING_NUMBER] = "opening-number",
    [RC_ROLE_TITLE] = "title",
    [RC_ROLE_TITLE_NUMBER] = "title-number",
    [RC_ROLE_SECTION_TITLE] = "section-title",
    [RC_ROLE_SECTION_NUMBER] = "section-number",
    [RC_ROLE_LEAD] = "lead",
    [RC_ROLE_BODY] = "body",
    [RC_ROLE_SIDE_HEAD] = "side-head",
    [RC_ROLE_HEAD] = "head",
    [RC_ROLE_BOX_HEAD] = "box-head",
    [RC_ROLE_BOX] = "box",
    [RC_ROLE_QUOTE] = "quote",
    [RC_ROLE_SPEAKER] = "speaker",
    [RC_ROLE_KEY_NUMBER] = "key-number",
    [RC_ROLE_KEY_WORDS] = "key-words",
    [RC_ROLE_HEADLINE] = "headline",
    [RC_ROLE_SUBTITLE] = "subtitle",
    [RC_ROLE_FIGURE_NUMBER] = "figure-number",
    [RC_ROLE_SCOPE] = "scope",
    [RC_ROLE_LABEL] = "label",
    [RC_ROLE_LEGEND] = "legend",
    [RC_ROLE_VALUE] = "value",
    [RC_ROLE_NET] = "net",
    [RC_ROLE_COLUMN_HEAD] = "column-head",
    [RC_ROLE_COLUMN_SUB] = "column-sub",
    [RC_ROLE_COMPARE_VALUE] = "compare-value",
    [RC_ROLE_COMPARE_WORD] = "compare-word",
    [RC_ROLE_CELL] = "cell",
    [RC_ROLE_TABLE_GROUP] = "table-group",
    [RC_ROLE_CONTENTS_1] = "contents-1",
    [RC_ROLE_CONTENTS_2] = "contents-2",
    [RC_ROLE_CONTENTS_FIGURE] = "contents-figure",
    [RC_ROLE_NOTE] = "note",
    [RC_ROLE_FOOTNOTE] = "footnote",
    [RC_ROLE_RUNNING_HEAD] = "running-head",
    [RC_ROLE_PAGE_NUMBER] = "page-number",
    [RC_ROLE_FOOT] = "foot",
    [RC_ROLE_RUNNING_TITLE] = "running-title",
    [RC_ROLE_DATA_LINK] = "data-link",
    [RC_ROLE_LOW_NOTE] = "low-note",
    [RC_ROLE_BESIDE] = "beside",
    [RC_ROLE_AXIS_LABEL] = "axis-label",
    [RC_ROLE_MARK_VALUE] = "mark-value",
    [RC_ROLE_POINT_VALUE] = "point-value",
    [RC_ROLE_BAR_LABEL] = "bar-label",
    [RC_ROLE_BAR_AFTER] = "bar-after",
    [RC_ROLE_BAND_LABEL] = "band-label",
    [RC_ROLE_DIVIDER_ENTRY] = "divider-entry",
    [RC_ROLE_CONTENTS_HEAD] = "contents-head",
    [RC_ROLE_SUMMARY_PAGE] = "summary-page",
    [RC_ROLE_FACTS_CAPTION] = "facts-caption",
    [RC_ROLE_FACTS_CAPTION_DENSE] = "facts-caption-dense",
    [RC_ROLE_FIELD] = "field",
    [RC_ROLE_NAMES_HEAD] = "names-head",
    [RC_ROLE_NAMES] = "names",
    [RC_ROLE_DIAGRAM_HEAD] = "diagram-head",
    [RC_ROLE_DIAGRAM] = "diagram",
    [RC_ROLE_LEAD_VALUE] = "lead-value",
};

/* -- fonts ------------------------------------------------------------------ */
static void
read_family(rc_reader *r, rc_str family, const rc_node *map)
{
    if (map->kind != RC_NODE_MAP || !map->pair_count) {
        rc_read_expected(r, map, "a map of styles and font files");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_node *file = map->pairs[i].value;
        if (file->kind != RC_NODE_SCALAR || !file->scalar.len) {
            rc_read_expected(r, file, "the name of a file in fonts/");
            continue;
        }
        *rc_vec_push(r->arena, &r->faces) = (rc_face){
            .family = rc_str_copy(r->arena, family),
            .style = rc_str_copy(r->arena, map->pairs[i].key),
            .file = rc_str_copy(r->arena, file->scalar),
            .span = file->span,
        };
    }
}

static void
read_fonts(rc_reader *r)
{
    const rc_node *map = rc_reader_find(r->root, "fonts");
    if (!map)
        return; /* said by the table of keys */
    if (map->kind != RC_NODE_MAP || !map->pair_count) {
        rc_read_expected(r, map, "a map of font families");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++)
        read_family(r, map->pairs[i].key, map->pairs[i].value);
    r->house->faces = r->faces.at;
    r->house->face_count = r->faces.count;
}

static int
face_index(const rc_reader *r, rc_str family, rc_str style)
{
    for (size_t i = 0; i < r->faces.count; i++)
        if (rc_str_eq(r->faces.at[i].family, family)
            && rc_str_eq(r->faces.at[i].style, style))
            return (int)i;
    return -1;
}

static bool
unknown_face(rc_reader *r, rc_str name, rc_span at)
{
    rc_diag *d = rc_reader_error(r, "unknown-font", at, "unknown font '%.*s'",
                                 RC_STR(name));
    rc_str *names = RC_MAKE_ARRAY(r->arena, rc_str, r->faces.count);
    for (size_t i = 0; i < r->faces.count; i++)
        names[i] = rc_str_printf(r->arena, "%.*s %.*s",
                                 RC_STR(r->faces.at[i].family),
                                 RC_STR(r->faces.at[i].style));
    rc_diag_suggest(d, name, names, r->faces.count);
    return false;
}

/* "sans semibold": family and style. */
static bool
read_face(rc_reader *r, const rc_node *n, int *out)
{
    if (n->kind != RC_NODE_SCALAR || !n->scalar.len)
        return rc_read_expected(r, n, "a font like 'sans regular'");
    size_t space = rc_str_find(n->scalar, " ", 0);
    rc_str family = rc_str_part(n->scalar, 0, space);
    rc_str style = rc_str_trim(rc_str_part(n->scalar, space, n->scalar.len));
    int found = face_index(r, family, style);
    if (found < 0)
        return unknown_face(r, n->scalar, n->span);
    *out = found;
    return true;
}

/* -- emphasis ----------------------------------------------------------------- */
/* How bold and italic show inside a text of a family: names of its styles.
 * A text that is set in the italic already shows emphasis upright. */
typedef struct inside {
    int strong, emph, both; /* faces, or -1 */
} inside;

static const char *const inside_keys[] = {"strong", "emph", "both"};

static inside
inside_of(const rc_reader *r, rc_str family)
{
    inside in = {-1, -1, -1};
    int *out[] = {&in.strong, &in.emph, &in.both};
    const rc_node *map = rc_reader_find(r->root, "emphasis");
    const rc_node *own = NULL;
    for (size_t i = 0; map && i < map->pair_count; i++)
        if (rc_str_eq(map->pairs[i].key, family))
            own = map->pairs[i].value;
    for (size_t i = 0; own && i < own->pair_count; i++)
        for (size_t k = 0; k < 3; k++)
            if (rc_str_is(own->pairs[i].key, inside_keys[k]))
                *out[k] = face_index(r, family, own->pairs[i].value->scalar);
    return in;
}

static void
check_inside(rc_reader *r, rc_str family, const rc_pair *pair)
{
    static const rc_str names[] = {{"strong", 6}, {"emph", 4}, {"both", 4}};
    bool known = false;
    for (size_t i = 0; i < 3; i++)
        known = known || rc_str_eq(pair->key, names[i]);
    if (!known) {
        rc_diag *d = rc_reader_error(r, "unknown-key", pair->key_span,
                                     "unknown key '%.*s' in 'emphasis'",
                                     RC_STR(pair->key));
        rc_diag_suggest(d, pair->key, names, 3);
    } else if (pair->value->kind != RC_NODE_SCALAR) {
        rc_read_expected(r, pair->value, "the name of a style");
    } else if (face_index(r, family, pair->value->scalar) < 0) {
        unknown_face(r, rc_str_printf(r->arena, "%.*s %.*s", RC_STR(family),
                                      RC_STR(pair->value->scalar)),
                     pair->value->span);
    }
}

static void
check_emphasis(rc_reader *r)
{
    const rc_node *map = rc_reader_find(r->root, "emphasis");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_read_expected(r, map, "a map of font families");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        bool known = false;
        for (size_t k = 0; k < r->faces.count; k++)
            known = known || rc_str_eq(r->faces.at[k].family, pair->key);
        if (!known)
            unknown_face(r, pair->key, pair->key_span);
        else if (pair->value->kind != RC_NODE_MAP)
            rc_read_expected(r, pair->value, "a map of strong, emph, both");
        else
            for (size_t k = 0; k < pair->value->pair_count; k++)
                check_inside(r, pair->key, &pair->value->pairs[k]);
    }
}

static int
or_else(int face, int other)
{
    return face >= 0 ? face : other;
}

static void
set_inside(rc_reader *r, rc_text_style *s)
{
    const rc_face *own = &r->faces.at[s->face];
    inside in = inside_of(r, own->family);
    int upright = face_index(r, own->family, RC_LIT("regular"));
    s->strong = or_else(in.strong, s->face);
    s->emph = or_else(in.emph, s->face);
    s->strong_emph = or_else(in.both, s->strong);
    if (s->face == in.strong) {
        s->emph = or_else(in.both, s->face);
    } else if (s->face == in.emph) {
        s->emph = or_else(upright, s->face);
        s->strong = or_else(in.both, s->face);
        s->strong_emph = or_else(in.strong, s->face);
    }
}

/* -- roles ---------------------------------------------------------------------- */
#define AT(member) offsetof(rc_text_style, member)
static const rc_key_spec style_keys[] = {
    {"font", KEY_OTHER, 0, 0, NULL},
    {"size", KEY_LEN, AT(size), 0, NULL},
    {"leading", KEY_LEN, AT(leading), 0, "@size"},
    {"colour", KEY_OTHER, 0, 0, NULL},
    {"shift", KEY_SHIFT, AT(shift), 0, ""},
    {"column", KEY_OTHER, 0, 0, ""},
    {"before", KEY_LEN, AT(before), 0, ""},
    {"after", KEY_LEN, AT(after), 0, ""},
    {"width", KEY_LEN, AT(width), 0, ""},
    {"hang", KEY_LEN, AT(hang), 0, ""},
    {"lines", KEY_INT, AT(lines), 0, ""},
};
#undef AT
const rc_key_table rc_style_keys = {
    style_keys, sizeof style_keys / sizeof *style_keys, "a text role"};

static void
read_column(rc_reader *r, const rc_node *n, rc_text_style *s)
{
    if (n->kind == RC_NODE_SCALAR && rc_str_is(n->scalar, "left"))
        s->left_column = r->house->has_left_column;
    else if (n->kind != RC_NODE_SCALAR || !rc_str_is(n->scalar, "axis"))
        rc_read_expected(r, n, "left or axis");
}

static void
read_role(rc_reader *r, const rc_pair *pair)
{
    rc_text_style *s = rc_vec_push(r->arena, &r->styles);
    *rc_vec_push(r->arena, &r->style_places) = pair->key_span;
    s->name = rc_str_copy(r->arena, pair->key);
    s->colour = -1;
    rc_key_places places;
    size_t errors = rc_log_count(r->log, RC_ERROR);
    rc_reader_map(r, &rc_style_keys, pair->value, pair->key_span, s, true,
                  &places);
    if (pair->value->kind != RC_NODE_MAP)
        return;
    if (!rc_reader_place(&rc_style_keys, &places, "leading").source
        && !s->lines)
        s->lines = 1;
    const rc_node *n = rc_reader_find(pair->value, "colour");
    if (n && !rc_str_is(n->scalar, "contrast"))
        rc_read_colour(r, n, &s->colour);
    n = rc_reader_find(pair->value, "column");
    if (n)
        read_column(r, n, s);
    n = rc_reader_find(pair->value, "font");
    if (n && read_face(r, n, &s->face))
        set_inside(r, s);
    bool sound = rc_log_count(r->log, RC_ERROR) == errors;
    if (sound && rc_reader_place(&rc_style_keys, &places, "size").source
        && (s->size <= 0 || s->leading <= 0))
        rc_reader_error(r, "bad-value", pair->key_span,
                        "text role '%.*s' has no %s", RC_STR(s->name),
                        s->size <= 0 ? "size" : "leading");
}

bool
rc_is_role(rc_str name)
{
    for (int i = 0; i < RC_ROLE_COUNT; i++)
        if (rc_str_is(name, role_names[i]))
            return true;
    return false;
}

static rc_span
key_place(const rc_node *map, const char *key)
{
    for (size_t i = 0; i < map->pair_count; i++)
        if (rc_str_is(map->pairs[i].key, key))
            return map->pairs[i].key_span;
    return map->span;
}

/* A role that is missing was perhaps misspelt: names that are no roles. */
static void
missing_role(rc_reader *r, const char *role, rc_span at)
{
    rc_diag *d = rc_reader_error(r, "missing-key", at,
                                 "missing text role '%s'", role);
    for (size_t i = 0; i < r->styles.count; i++) {
        rc_str name = r->styles.at[i].name;
        if (!rc_is_role(name)
            && rc_str_distance(rc_str_z(role), name, 2) <= 2)
            rc_diag_hint(d, "is it '%.*s'? that is no role of the program",
                         RC_STR(name));
    }
}

static void
read_balance(rc_reader *r)
{
    const rc_node *list = rc_reader_find(r->root, "balance");
    if (!list)
        return;
    if (list->kind != RC_NODE_LIST) {
        rc_read_expected(r, list, "a list of text roles");
        return;
    }
    for (size_t i = 0; i < list->item_count; i++) {
        int style;
        if (rc_read_style(r, list->items[i], &style))
            r->styles.at[style].balance = true;
    }
}

void
rc_read_text(rc_reader *r)
{
    read_fonts(r);
    check_emphasis(r);
    const rc_node *map = rc_reader_find(r->root, "text");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_read_expected(r, map, "a map of text roles");
        return;
    }
    for (size_t i = 0; i < map->pair_count; i++)
        read_role(r, &map->pairs[i]);
    r->house->styles = r->styles.at;
    r->house->style_count = r->styles.count;
    for (int i = 0; i < RC_ROLE_COUNT; i++) {
        r->house->role[i] = rc_house_style(r->house, rc_str_z(role_names[i]));
        if (r->house->role[i] < 0)
            missing_role(r, role_names[i], key_place(r->root, "text"));
    }
    read_balance(r);
}
