/* Both house styles load; every kind of mistake in one is found where it
 * stands; the contrast of the look's table comes out. */
#include "base/file.h"
#include "style/house.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    rc_arena *arena;
    rc_log *log;
    rc_str text; /* of the file that was read */
    const rc_house *house;
    char *said;  /* what the log prints */
} reading;

static rc_str
file_text(rc_arena *a, const char *path)
{
    rc_log *log = rc_log_new();
    rc_str text = {0};
    bool there = rc_file_read(a, path, log, rc_span_none(), &text);
    rc_log_free(log);
    ck_assert_msg(there, "no %s: run from the top of the tree", path);
    return text;
}

static reading
read_text(rc_arena *a, rc_str text)
{
    reading r = {.arena = a, .log = rc_log_new(), .text = text};
    const rc_source *source = rc_source_make(a, RC_LIT("house.yaml"), text);
    r.house = rc_house_read(a, source, r.log);
    size_t len = 0;
    FILE *to = open_memstream(&r.said, &len);
    rc_log_print(r.log, to, RC_LOG_HUMAN, false);
    fclose(to);
    return r;
}

static void
done(reading *r)
{
    free(r->said);
    rc_log_free(r->log);
    rc_arena_free(r->arena);
}

static reading
read_layout(const char *path)
{
    rc_arena *a = rc_arena_new();
    return read_text(a, file_text(a, path));
}

/* `text` with the first `was` replaced; *line is where it stood. */
static rc_str
changed(rc_arena *a, rc_str text, const char *was, const char *is, size_t *line)
{
    size_t at = rc_str_find(text, was, 0);
    ck_assert_msg(at != SIZE_MAX, "nothing like '%s' in the file", was);
    *line = 1;
    for (size_t i = 0; i < at; i++)
        *line += text.at[i] == '\n';
    return rc_str_printf(a, "%.*s%s%.*s", RC_STR(rc_str_part(text, 0, at)), is,
                         RC_STR(rc_str_part(text, at + strlen(was), text.len)));
}

static const rc_text_style *
role(const rc_house *h, rc_role which)
{
    return &h->styles[h->role[which]];
}

static int
colour(const rc_house *h, const char *name)
{
    int at = rc_house_colour(h, rc_str_z(name));
    ck_assert_int_ge(at, 0);
    return at;
}

/* -- the styles that ship ------------------------------------------------------ */
START_TEST(test_axis)
{
    reading r = read_layout("layouts/axis/house.yaml");
    ck_assert_str_eq(r.said, "");
    const rc_house *h = r.house;
    ck_assert_ptr_nonnull(h);
    ck_assert_int_eq(h->page_width, RC_LEN(595.28));
    ck_assert_int_eq(h->page_height, RC_LEN(841.89));
    ck_assert_int_eq(h->axis, RC_LEN(219.43));
    ck_assert(h->has_left_column);
    ck_assert_int_eq(h->left_text_width, RC_LEN(138.4));
    ck_assert_int_eq(h->rule_open.width, RC_LEN(1.2));
    ck_assert_int_eq(h->rule_open.colour, h->ink);
    ck_assert_int_eq(h->rule_row.colour, colour(h, "hairline"));
    ck_assert_int_eq(h->link, colour(h, "navy"));
    ck_assert_int_eq(h->space.raster, RC_LEN(7.5));
    ck_assert_int_eq(h->footnote.mark_size_pct, 62);
    ck_assert_int_eq(h->contents.number1_right, RC_LEN(-13));
    ck_assert_uint_eq(h->chart.legend.columns, 3);
    ck_assert_int_eq(h->chart.legend.column[2], RC_LEN(176));
    ck_assert_uint_eq(h->chart.positive_count, 2);
    ck_assert_int_eq(h->chart.positive[1].colour, colour(h, "blue"));
    ck_assert_int_eq(h->chart.positive[0].outline.colour, -1);
    ck_assert_int_eq(h->chart.neutral[0].outline.colour, colour(h, "key"));
    ck_assert_int_eq(h->chart.neutral[0].outline.width, RC_LEN(0.5));
    ck_assert_int_eq(h->chart.dots.whole_height, RC_LEN(22));
    ck_assert_int_eq(h->facts.dense_row, h->table.dense_row);
    ck_assert(!h->chart.labels_above);
    ck_assert(rc_str_is(h->words.page, "page"));
    done(&r);
}
END_TEST

START_TEST(test_axis_roles)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_house *h = r.house;
    const rc_text_style *title = role(h, RC_ROLE_TITLE);
    ck_assert_int_eq(title->size, RC_LEN(30));
    ck_assert_int_eq(title->leading, RC_LEN(37.5));
    ck_assert_int_eq(title->shift, RC_LEN(-1.5));
    ck_assert(title->balance);
    ck_assert(!title->left_column);
    ck_assert(role(h, RC_ROLE_SIDE_HEAD)->left_column);
    ck_assert(!role(h, RC_ROLE_BODY)->balance);
    const rc_text_style *value = role(h, RC_ROLE_VALUE);
    ck_assert_int_eq(value->colour, -1); /* by contrast */
    ck_assert_int_eq(value->leading, value->size);
    ck_assert_int_eq(value->lines, 1);
    ck_assert_int_eq(role(h, RC_ROLE_BODY)->lines, 0);
    done(&r);
}
END_TEST

static const char *
face_file(const reading *r, int face)
{
    return rc_str_cz(r->arena, r->house->faces[face].file);
}

/* Emphasis in a text that is itself italic or semibold must still show. */
START_TEST(test_faces_inside)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_text_style *s = role(r.house, RC_ROLE_BODY);
    ck_assert_str_eq(face_file(&r, s->face), "OpenSans-Regular.ttf");
    ck_assert_str_eq(face_file(&r, s->strong), "OpenSans-Semibold.ttf");
    ck_assert_str_eq(face_file(&r, s->emph), "OpenSans-Italic.ttf");
    ck_assert_str_eq(face_file(&r, s->strong_emph),
                     "OpenSans-SemiboldItalic.ttf");
    s = role(r.house, RC_ROLE_QUOTE);
    ck_assert_str_eq(face_file(&r, s->emph), "CharisSIL-Regular.ttf");
    ck_assert_str_eq(face_file(&r, s->strong), "CharisSIL-BoldItalic.ttf");
    s = role(r.house, RC_ROLE_SIDE_HEAD);
    ck_assert_str_eq(face_file(&r, s->strong), "OpenSans-Semibold.ttf");
    ck_assert_str_eq(face_file(&r, s->emph), "OpenSans-SemiboldItalic.ttf");
    done(&r);
}
END_TEST

static const rc_master *
master(const rc_house *h, const char *name)
{
    const rc_master *m = rc_house_master(h, rc_str_z(name));
    ck_assert_msg(m != NULL, "no master '%s'", name);
    return m;
}

START_TEST(test_axis_masters)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_house *h = r.house;
    const rc_master *body = master(h, "body");
    ck_assert(body->has_head && body->has_foot);
    ck_assert_int_eq(body->head_y, RC_LEN(43.5));
    ck_assert(rc_str_is(body->head_left.text, "{{ cover.title }}"));
    ck_assert_uint_eq(body->foot_left_count, 2);
    ck_assert(rc_str_is(body->foot_left[1].text,
                        "Version {{ report.version }}"));
    const rc_master *section = master(h, "opening-section");
    ck_assert(section->runs_on && section->rule_above);
    ck_assert_int_eq(section->title_below_rule, RC_LEN(34.5));
    ck_assert(rc_str_is(h->styles[section->text_style].name, "section-title"));
    ck_assert_int_eq(master(h, "opening-chapter")->text_style, -1);
    const rc_master *divider = master(h, "opening-divider");
    ck_assert(!divider->has_head && !divider->has_foot && divider->contents);
    ck_assert_int_eq(divider->bands.of, RC_BANDS_GROUPS);
    const rc_master *cover = master(h, "cover");
    ck_assert_uint_eq(cover->place_count, 5);
    ck_assert_int_eq(cover->places[1].kind, RC_PLACE_RULE);
    ck_assert_int_eq(cover->places[1].rule.width, h->rule_open.width);
    ck_assert(cover->places[0].left.strong && !cover->places[0].axis.strong);
    ck_assert(rc_str_is(cover->places[0].left.text, "{{ cover.line.1 }}"));
    ck_assert(cover->places[3].below);
    ck_assert_int_eq(cover->places[3].y, RC_LEN(42));
    ck_assert_int_eq(cover->places[3].style, h->role[RC_ROLE_COVER_SUB]);
    done(&r);
}
END_TEST

/* `like`: what is given replaces, key by key; the rest is the ancestor's. */
START_TEST(test_like)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_master *cover = master(r.house, "cover");
    const rc_master *volume = master(r.house, "cover-volume");
    ck_assert_uint_eq(volume->place_count, cover->place_count);
    ck_assert_int_eq(volume->bands.of, RC_BANDS_ITEMS);
    ck_assert_int_eq(volume->bands.middle, cover->bands.middle);
    ck_assert_int_eq(volume->bands.height, RC_LEN(10.9));
    ck_assert_int_eq(volume->bands.neutral, cover->bands.neutral);
    ck_assert(volume->bands.cells && !cover->bands.cells);
    ck_assert(!volume->has_head);
    const rc_master *body = master(r.house, "body-volume");
    ck_assert(body->has_head && body->has_foot);
    ck_assert_int_eq(body->foot_y, RC_LEN(804));
    ck_assert_uint_eq(body->foot_left_count, 2);
    ck_assert(rc_str_ends(body->foot_axis.text, "{{ group.base_note }}"));
    done(&r);
}
END_TEST

/* The second style must set whatever the first one sets. */
START_TEST(test_plain_has_what_axis_has)
{
    reading axis = read_layout("layouts/axis/house.yaml");
    reading plain = read_layout("layouts/plain/house.yaml");
    ck_assert_str_eq(plain.said, "");
    const rc_house *h = plain.house;
    ck_assert_ptr_nonnull(h);
    for (size_t i = 0; i < axis.house->master_count; i++)
        ck_assert_msg(rc_house_master(h, axis.house->masters[i].name) != NULL,
                      "plain has no master '%.*s'",
                      RC_STR(axis.house->masters[i].name));
    ck_assert(!h->has_left_column);
    ck_assert(h->chart.labels_above);
    ck_assert_int_eq(h->axis, h->left);
    ck_assert_int_eq(h->left_x, h->axis);
    ck_assert_int_eq(h->right_x, h->axis);
    ck_assert_int_eq(role(h, RC_ROLE_BODY)->size, RC_LEN(12));
    for (size_t i = 0; i < h->style_count; i++)
        ck_assert(!h->styles[i].left_column);
    for (size_t i = 0; i < h->face_count; i++)
        ck_assert(rc_str_starts(h->faces[i].file, "OpenSans-"));
    done(&axis);
    done(&plain);
}
END_TEST

/* -- contrast -------------------------------------------------------------------- */
/* The figures of the look's colour table, as it prints them. */
static const struct {
    const char *a, *b;
    double ratio, within;
} figures[] = {
    {"ink", "paper", 18.4, 0.05},       {"grey", "paper", 8.5, 0.05},
    {"navy", "paper", 10.3, 0.06},      {"blue", "paper", 3.15, 0.01},
    {"orange", "paper", 3.11, 0.01},    {"burgundy", "paper", 9.8, 0.05},
    {"key", "paper", 10.9, 0.05},       {"navy", "blue", 3.25, 0.01},
    {"blue", "key", 3.45, 0.01},        {"key", "neutral", 8.1, 0.05},
    {"key", "orange", 3.50, 0.01},      {"orange", "burgundy", 3.15, 0.01},
    {"blue", "orange", 1.01, 0.01},     {"ink", "tint", 16.7, 0.05},
    {"navy", "tint", 9.3, 0.05},        {"ink", "tint-higher", 14.9, 0.05},
    {"ink", "tint-lower", 15.0, 0.05},  {"ink", "blue", 5.9, 0.1},
    {"ink", "orange", 5.9, 0.05},       {"ink", "neutral", 13.7, 0.05},
};

START_TEST(test_contrast)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_house *h = r.house;
    double found =
        rc_colour_contrast(h->colours[colour(h, figures[_i].a)],
                           h->colours[colour(h, figures[_i].b)]);
    ck_assert_msg(found >= figures[_i].ratio - figures[_i].within
                      && found <= figures[_i].ratio + figures[_i].within,
                  "%s on %s: %d hundredths", figures[_i].a, figures[_i].b,
                  (int)(found * 100));
    done(&r);
}
END_TEST

START_TEST(test_contrast_ends)
{
    rc_colour black = {.name = RC_LIT("black")};
    rc_colour white = {RC_LIT("white"), 255, 255, 255};
    ck_assert(rc_colour_contrast(black, white) == 21.0);
    ck_assert(rc_colour_contrast(white, black) == 21.0);
    ck_assert(rc_colour_contrast(white, white) == 1.0);
}
END_TEST

START_TEST(test_ink_on)
{
    reading r = read_layout("layouts/axis/house.yaml");
    const rc_house *h = r.house;
    ck_assert_int_eq(rc_house_ink_on(h, colour(h, "navy")), h->paper);
    ck_assert_int_eq(rc_house_ink_on(h, colour(h, "burgundy")), h->paper);
    ck_assert_int_eq(rc_house_ink_on(h, colour(h, "blue")), h->ink);
    ck_assert_int_eq(rc_house_ink_on(h, colour(h, "orange")), h->ink);
    ck_assert_int_eq(rc_house_ink_on(h, colour(h, "neutral")), h->ink);
    done(&r);
}
END_TEST

/* -- mistakes ---------------------------------------------------------------------- */
/* One change to axis/house.yaml, and what must be said on the line of the
 * change (or one of the two after it); `anywhere`: on whatever line. */
#define M(was, is, says) {was, is, says, NULL, false}
#define H(was, is, says, hint) {was, is, says, hint, false}
static const struct {
    const char *was, *is, *says, *hint;
    bool anywhere;
} changes[] = {
    /* keys */
    H("paragraph: 22.5", "paragraf: 22.5",
      "error: unknown key 'paragraf' in 'space' [unknown-key]",
      "did you mean 'paragraph'?"),
    H("keep: {lines", "keeps: {lines",
      "error: unknown key 'keeps' in a house style [unknown-key]",
      "did you mean 'keep'?"),
    M("{size: [1.8, 22], colour: ink}", "{size: [1.8, 22]}",
      "error: missing key 'chart.dots.whole.colour' [missing-key]"),
    M("list: {mark: {bar: [4, 1.2], raise: 4, colour: navy}, indent: 13.5, ",
      "list: {indent: 13.5, ", "error: missing key 'list.mark' [missing-key]"),
    {"quotes: {rule-below: 15, rule-above: 16.5, indent: 13.5}\n", "",
     "1:1: error: missing key 'quotes' [missing-key]", NULL, true},
    M("left: {x: 51, width: 156.4, text-width: 138.4}",
      "left: {x: 51, width: 156.4}",
      "error: missing key 'grid.left.text-width' [missing-key]"),
    /* lengths, numbers */
    M("axis: 219.43 ", "axis: far ",
      "error: expected a length (12, 12pt, 4.2mm, 0.4cm or 0.5in), found "
      "'far' ["),
    M("axis: 219.43 ", "axis: 21q ", "found '21q' ["),
    M("axis: 219.43 ", "axis: -3 ", "expected a length that is not negative"),
    M("axis: 219.43 ", "axis: 99999 ", "at most 14400 points"),
    M("axis: 219.43 ", "axis: \"219\" ", "expected a length"),
    M("axis: 219.43 ", "axis: [1] ", "found a list"),
    M("axis: 219.43 ", "axis: {a: 1} ", "found a map"),
    M("mark: {bar: [4, 1.2], raise: 4, colour: navy}", "mark: 4",
      "expected a map, found '4'"),
    M("size: [595.28, 841.89]", "size: [595.28]",
      "expected a list of two lengths, found 1 values"),
    M("columns: [0, 88, 176]", "columns: [0,1,2,3,4,5,6,7,8]",
      "expected a list of one to eight lengths, found 9 values"),
    M("mark-size: 62%", "mark-size: 62", "expected a percentage like 62%"),
    M("keep: {lines: 2", "keep: {lines: 2.5", "expected a whole number"),
    M("star: true", "star: maybe", "expected true or false, found 'maybe'"),
    M("contrast: {text: 4.5", "contrast: {text: 0",
      "expected a number above zero"),
    /* colours */
    H("links: {colour: navy", "links: {colour: nayv",
      "error: unknown colour 'nayv' [unknown-colour]",
      "did you mean 'navy'?"),
    M("  navy: \"12436D\"", "  navy: \"12436\"",
      "expected six hex digits in quotes, like \"12436D\", found '12436'"),
    {"  paper: \"FFFFFF\"\n", "", "no colour 'paper', that of the page", NULL,
     true},
    H("outside:  [{fill: paper,", "outside:  [{fil: paper,",
      "unknown key 'fil' in a fill", "did you mean 'fill'?"),
    /* text */
    {"  lead:          {", "  laed:          {",
     "error: missing text role 'lead' [missing-key]",
     "is it 'laed'? that is no role of the program", true},
    H("legend:        {font: sans regular", "legend:        {font: sans regulr",
      "error: unknown font 'sans regulr' [unknown-font]",
      "did you mean 'sans regular'?"),
    M("legend:        {font: sans regular, size: 8,",
      "legend:        {font: sans regular, size: 0,",
      "text role 'legend' has no size"),
    M("legend:        {font: sans regular, size: 8,",
      "legend:        {size: 8,", "missing key 'font'"),
    M("legend:        {font: sans regular, size: 8, leading: 13.5,",
      "legend:        {font: sans regular, size: 8, leading: 0,",
      "text role 'legend' has no leading"),
    H("column: left, shift: -5", "colum: left, shift: -5",
      "unknown key 'colum' in a text role", "did you mean"),
    M("column: left, shift: -5", "column: middle, shift: -5",
      "expected left or axis, found 'middle'"),
    H("balance: [title,", "balance: [tilte,",
      "error: unknown text role 'tilte' [unknown-style]",
      "did you mean 'title'?"),
    H("sans: {strong: semibold,", "sans: {strong: semibald,",
      "unknown font 'sans semibald'", "did you mean 'sans semibold'?"),
    M("sans: {strong: semibold,", "sans: {stong: semibold,",
      "unknown key 'stong' in 'emphasis'"),
    M("  serif: {strong: bold,", "  sherif: {strong: bold,",
      "unknown font 'sherif'"),
    /* masters and fields */
    M("right: \"{{ page }}\"", "right: \"{{ page \"",
      "'{{' without '}}' [bad-field]"),
    M("right: \"{{ page }}\"", "right: \"page }}\"",
      "'}}' without '{{' [bad-field]"),
    M("right: \"{{ page }}\"", "right: \"{{ }}\"",
      "an empty field '{{ }}' [bad-field]"),
    M("right: \"{{ page }}\"", "right: \"{{ page + 1 }}\"",
      "'page + 1' is no field: a name like report.title [bad-field]"),
    H("right: \"{{ page }}\"", "right: \"{{ paeg }}\"",
      "unknown field 'paeg' [unknown-field]", "did you mean 'page'?"),
    H("like: cover,", "like: covr,",
      "error: unknown master 'covr' [unknown-master]",
      "did you mean 'cover'?"),
    M("  cover:\n", "  cover:\n    like: cover-volume\n",
      "is like itself"),
    H("number-style: opening-number", "number-style: opening-nunber",
      "unknown text role 'opening-nunber'", "did you mean 'opening-number'?"),
    H("bands: {of: items,", "bands: {of: item,", "'item' is no choice here",
      "did you mean 'items'?"),
    M("links: {colour: navy", "links: {colour: none", "unknown colour 'none'"),
    M("label-gap: 9, neutral: cover-neutral", "label-gap: 9",
      "bands need a scale, a height and a colour 'neutral'"),
    M("{of: groups, height: 75, pitch: 108,", "{of: groups, height: 75,",
      "bands of groups need a pitch"),
    M("{rule: open, y: 87}", "{rule: open}",
      "a place has either 'y' or 'below'"),
    M("{rule: open, y: 87}", "{y: 87}",
      "a place has either 'text' or 'rule'"),
    H("{rule: open, y: 87}", "{rule: opn, y: 87}", "'opn' is no choice here",
      "did you mean 'open'?"),
    {"      left-step: 62\n", "", "missing key 'left-step'", NULL, true},
    H("runs-on: true", "run-on: true", "unknown key 'run-on' in a master",
      "did you mean 'runs-on'?"),
    {"  body:\n", "  bodi:\n", "missing master 'body'", NULL, true},
    /* what does not fit together */
    M("frame: {left: 51, right: 544.28,", "frame: {left: 51, right: 44.28,",
      "page.frame.right: the frame ends left of where it begins"),
    M("width: 324.85}", "width: 424.85}",
      "grid.right.width: the right column leaves the frame"),
    M("names: {columns: 3", "names: {columns: 13", "more than twelve columns"),
    M("unit: 7.5, body", "unit: 0, body",
      "grid.baseline.unit: text needs a raster above zero"),
    {"  left: {x: 51, width: 156.4, text-width: 138.4}\n", "",
     "missing key 'chart.labels-above'", NULL, true},
};
enum { CHANGES = sizeof changes / sizeof *changes };

START_TEST(test_mistake)
{
    rc_arena *a = rc_arena_new();
    rc_str axis = file_text(a, "layouts/axis/house.yaml");
    size_t line;
    rc_str text = changed(a, axis, changes[_i].was, changes[_i].is, &line);
    reading r = read_text(a, text);
    ck_assert_msg(r.house == NULL, "it was taken");
    ck_assert_msg(strstr(r.said, changes[_i].says) != NULL,
                  "'%s' expected, not: %s", changes[_i].says, r.said);
    if (changes[_i].hint)
        ck_assert_msg(strstr(r.said, changes[_i].hint) != NULL,
                      "'%s' expected, not: %s", changes[_i].hint, r.said);
    if (changes[_i].anywhere) {
        done(&r);
        return;
    }
    bool located = false;
    for (size_t i = 0; i < 3; i++) {
        const char *place = rc_str_cz(
            a, rc_str_printf(a, "house.yaml:%zu:", line + i));
        for (const char *s = strstr(r.said, place); s && !located;
             s = strstr(s + 1, place)) {
            const char *end = strchr(s, '\n');
            const char *says = strstr(s, changes[_i].says);
            located = says && end && says < end;
        }
    }
    ck_assert_msg(located, "not on line %zu: %s", line, r.said);
    done(&r);
}
END_TEST

/* A role that is missing is said to be, once, wherever it is named. */
START_TEST(test_one_mistake_one_message)
{
    rc_arena *a = rc_arena_new();
    size_t line;
    rc_str text = file_text(a, "layouts/axis/house.yaml");
    text = changed(a, text, "  lead:          {", "  laed:          {", &line);
    text = changed(a, text, "      left-step: 62\n", "", &line);
    reading r = read_text(a, text);
    ck_assert_uint_eq(rc_log_count(r.log, RC_ERROR), 2);
    done(&r);
}
END_TEST

/* All of them in one run. */
START_TEST(test_all_mistakes_at_once)
{
    rc_arena *a = rc_arena_new();
    rc_str text = file_text(a, "layouts/axis/house.yaml");
    size_t line;
    text = changed(a, text, "axis: 219.43 ", "axis: far ", &line);
    text = changed(a, text, "star: true", "star: maybe", &line);
    text = changed(a, text, "links: {colour: navy", "links: {colour: x", &line);
    text = changed(a, text, "right: \"{{ page }}\"", "right: \"{{\"", &line);
    reading r = read_text(a, text);
    ck_assert_uint_eq(rc_log_count(r.log, RC_ERROR), 4);
    done(&r);
}
END_TEST

/* Units are points unless they say otherwise. */
START_TEST(test_units)
{
    static const struct {
        const char *is;
        double points;
    } lengths[] = {{"axis: 219.43pt ", 219.43},
                   {"axis: 72 mm ", 72 * 72 / 25.4},
                   {"axis: 7.2cm ", 7.2 * 72 / 2.54},
                   {"axis: 3in ", 216}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        rc_arena *a = rc_arena_new();
        size_t line;
        rc_str text = file_text(a, "layouts/axis/house.yaml");
        text = changed(a, text, "axis: 219.43 ", lengths[i].is, &line);
        text = changed(a, text, "left: {x: 51, width: 156.4",
                       "left: {x: 51, width: 150", &line);
        text = changed(a, text, "right: {x: 219.43, ", "right: {", &line);
        text = changed(a, text, "width: 324.85", "width: 324", &line);
        reading r = read_text(a, text);
        ck_assert_str_eq(r.said, "");
        ck_assert_int_eq(r.house->axis, RC_LEN(lengths[i].points));
        ck_assert_int_eq(r.house->right_x, r.house->axis);
        done(&r);
    }
}
END_TEST

/* A text that asks for contrast gets it from the page, but for values. */
START_TEST(test_by_contrast)
{
    rc_arena *a = rc_arena_new();
    size_t line;
    rc_str text = file_text(a, "layouts/axis/house.yaml");
    text = changed(a, text, "size: 10.5, leading: 15, colour: ink, after",
                   "size: 10.5, leading: 15, colour: contrast, after", &line);
    reading r = read_text(a, text);
    ck_assert_int_eq(role(r.house, RC_ROLE_BODY)->colour, r.house->ink);
    ck_assert_int_eq(role(r.house, RC_ROLE_VALUE)->colour, -1);
    done(&r);
}
END_TEST

/* A hex stands wherever a colour's name may. */
START_TEST(test_hex_in_place)
{
    rc_arena *a = rc_arena_new();
    size_t line;
    rc_str text = file_text(a, "layouts/axis/house.yaml");
    text = changed(a, text, "links: {colour: navy",
                   "links: {colour: \"#0a0B0c\"", &line);
    reading r = read_text(a, text);
    ck_assert_str_eq(r.said, "");
    rc_colour c = r.house->colours[r.house->link];
    ck_assert(c.r == 10 && c.g == 11 && c.b == 12);
    done(&r);
}
END_TEST

/* -- too little contrast -------------------------------------------------------------- */
static const struct {
    const char *was, *is, *says;
} pale[] = {
    {"grey: \"4D4D4D\"", "grey: \"909090\"",
     "text 'subtitle': 'grey' on 'paper' has a contrast of 3.1"},
    {"blue: \"4F96D6\"", "blue: \"6BACE6\"",
     "a fill beside the page: 'blue' on 'paper' has a contrast of 2.4"},
    {"blue: \"4F96D6\"", "blue: \"3A80C0\"",
     "neighbours on a scale: 'navy' on 'blue' has a contrast of 2."},
    {"tint: \"F1F4F8\"", "tint: \"6080A0\"",
     "links in a box: 'navy' on 'tint'"},
    {"tint-lower: \"FCE3D7\"", "tint-lower: \"905030\"",
     "text 'cell' on a tinted cell: 'ink' on 'tint-lower'"},
    {"key: \"3D3D3D\"", "key: \"A0A0A0\"",
     "an outline round its fill: 'key' on 'neutral'"},
    {"named: navy, others: blue", "named: navy, others: tint",
     "chart.ranked.others: 'tint' on 'paper'"},
    {"width: 0.75, colour: paper, on-outlined", "width: 0.75, colour: blue, "
     "on-outlined", "notches in a fill: 'blue' on 'blue' has a contrast of 1."},
    {"neutral:  [{fill: neutral, outline: {colour: key, width: 0.5}}]",
     "neutral:  [neutral]",
     "a fill beside the page: 'neutral' on 'paper' has a contrast of 1.3"},
    {"    gap: 0.75\n", "    gap: 0\n",
     "neighbours on a scale: 'blue' on 'orange' has a contrast of 1.0"},
    {"value:         {font: sans semibold, size: 8.25, colour: contrast}",
     "value:         {font: sans semibold, size: 8.25, colour: paper}",
     "values on a fill: 'paper' on 'blue' has a contrast of 3.1"},
    {"lead-value:    {font: sans semibold, size: 10.5, colour: contrast}",
     "lead-value:    {font: sans semibold, size: 10.5, colour: ink}",
     "values on a fill: 'ink' on 'navy' has a contrast of 1.7"},
    {"inset: 9, head: 19.5, item: 18, next: 16.5, bottom: 12, fill: tint",
     "inset: 9, head: 19.5, item: 18, next: 16.5, bottom: 12, fill: key",
     "text 'diagram' on a diagram: 'ink' on 'key' has a contrast of 1.6"},
    {"inset: 9, head: 19.5, item: 18, next: 16.5, bottom: 12, fill: tint",
     "inset: 9, head: 19.5, item: 18, next: 16.5, bottom: 12, fill: blue",
     "links in a diagram: 'navy' on 'blue' has a contrast of 3.2"},
    {"tint-higher: \"DCE9F6\"", "tint-higher: \"12436D\"",
     "text 'cell' on a tinted cell: 'ink' on 'tint-higher'"},
    {"    halo: 0.75\n", "    halo: 0\n",
     "marks on their line, without a halo: 'navy' on 'key'"},
    {"size: 30, leading: 37.5, colour: ink, shift: -1.5",
     "size: 17.9, leading: 37.5, colour: blue, shift: -1.5",
     "text 'title': 'blue' on 'paper' has a contrast of 3.15, less than 4.5"},
    {"size: 30, leading: 37.5, colour: ink, shift: -1.5",
     "size: 18, leading: 37.5, colour: hairline, shift: -1.5",
     "text 'title': 'hairline' on 'paper' has a contrast of 1.87, less than "
     "3.0"},
    {"headline:      {font: serif bold, size: 12.5, leading: 15, colour: ink",
     "headline:      {font: serif bold, size: 13.9, leading: 15, colour: blue",
     "text 'headline': 'blue' on 'paper' has a contrast of 3.15, less than "
     "4.5"},
    {"subtitle:      {font: sans regular, size: 8.75, leading: 11.25, colour: "
     "grey", "subtitle:      {font: sans semibold, size: 14, leading: 11.25, "
     "colour: blue",
     "text 'subtitle': 'blue' on 'paper' has a contrast of 3.15, less than "
     "4.5"},
    {"contrast: {text: 4.5,", "contrast: {text: 4.4,",
     "contrast.text is less than WCAG 2.2 asks for"},
    {"large: 3.0,", "large: 2.9,",
     "contrast.large is less than WCAG 2.2 asks for"},
    {"parts: 3.0}", "parts: 2.9}",
     "contrast.parts is less than WCAG 2.2 asks for"},
};

/* Large text may be paler, if the house style says so; what the report allows
 * does not refuse it. */
static const struct {
    const char *was, *is;
} strong_enough[] = {
    {"size: 30, leading: 37.5, colour: ink, shift: -1.5",
     "size: 18, leading: 37.5, colour: blue, shift: -1.5"},
    {"headline:      {font: serif bold, size: 12.5, leading: 15, colour: ink",
     "headline:      {font: serif bold, size: 14, leading: 15, colour: blue"},
};

START_TEST(test_large_text)
{
    rc_arena *a = rc_arena_new();
    size_t line;
    rc_str text = changed(a, file_text(a, "layouts/axis/house.yaml"),
                          strong_enough[_i].was, strong_enough[_i].is, &line);
    reading r = read_text(a, text);
    ck_assert_msg(r.house != NULL, "%s", r.said);
    done(&r);
    a = rc_arena_new();
    text = changed(a, file_text(a, "layouts/axis/house.yaml"),
                   strong_enough[_i].was, strong_enough[_i].is, &line);
    r = read_text(a, changed(a, text, " large: 3.0,", "", &line));
    ck_assert_ptr_null(r.house); /* as strong as all other */
    ck_assert_ptr_nonnull(strstr(r.said, "3.15, less than 4.5"));
    done(&r);
}
END_TEST

START_TEST(test_low_contrast)
{
    rc_arena *a = rc_arena_new();
    size_t line;
    rc_str text = changed(a, file_text(a, "layouts/axis/house.yaml"),
                          pale[_i].was, pale[_i].is, &line);
    reading r = read_text(a, text);
    ck_assert_ptr_null(r.house);
    ck_assert_msg(strstr(r.said, pale[_i].says) != NULL,
                  "'%s' expected, not: %s", pale[_i].says, r.said);
    ck_assert_ptr_nonnull(strstr(r.said, "[low-contrast]"));
    done(&r);
}
END_TEST

/* What libyaml refuses, and files that are something else. */
/* A colour, a measure that leaves the frame and a master: all in one run, and
 * the fields of the report are known even so. */
START_TEST(test_all_in_one_run)
{
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    size_t line, len = 0;
    char *said = NULL;
    rc_str text = file_text(a, "layouts/axis/house.yaml");
    text = changed(a, text, "navy: \"12436D\"", "navy: \"12436\"", &line);
    text = changed(a, text, "width: 324.85}", "width: 424.85}", &line);
    text = changed(a, text, "runs-on: true", "run-on: true", &line);
    text = changed(a, text, "{{ report.year }}", "{{ report.yaer }}", &line);
    rc_house_fields fields;
    const rc_source *source = rc_source_make(a, RC_LIT("house.yaml"), text);
    ck_assert_ptr_null(rc_house_read_all(a, source, log, &fields));
    rc_str names[32];
    size_t count = 0;
    for (size_t i = 0; i < fields.count && count < 32; i++)
        if (!rc_str_is(fields.at[i].name, "report.yaer"))
            names[count++] = fields.at[i].name;
    ck_assert_uint_gt(count, 3);
    rc_house_check_fields(&fields, names, count, log);
    FILE *to = open_memstream(&said, &len);
    rc_log_print(log, to, RC_LOG_HUMAN, false);
    fclose(to);
    ck_assert_ptr_nonnull(strstr(said, "expected six hex digits"));
    ck_assert_ptr_nonnull(strstr(said, "the right column leaves the frame"));
    ck_assert_ptr_nonnull(strstr(said, "unknown key 'run-on' in a master"));
    ck_assert_ptr_nonnull(strstr(said, "unknown field 'report.yaer'"));
    free(said);
    rc_log_free(log);
    rc_arena_free(a);
}
END_TEST

START_TEST(test_no_house_at_all)
{
    static const char *const texts[] = {"", "- a\n- b\n", "a: [", "just text"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading r = read_text(rc_arena_new(), rc_str_z(texts[i]));
        ck_assert_ptr_null(r.house);
        ck_assert_int_eq(rc_log_status(r.log), RC_EXIT_INPUT);
        done(&r);
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("style");
    TCase *t = tcase_create("style");
    tcase_add_test(t, test_axis);
    tcase_add_test(t, test_axis_roles);
    tcase_add_test(t, test_faces_inside);
    tcase_add_test(t, test_axis_masters);
    tcase_add_test(t, test_like);
    tcase_add_test(t, test_plain_has_what_axis_has);
    tcase_add_loop_test(t, test_contrast, 0,
                        sizeof figures / sizeof *figures);
    tcase_add_test(t, test_contrast_ends);
    tcase_add_test(t, test_ink_on);
    tcase_add_loop_test(t, test_mistake, 0, CHANGES);
    tcase_add_test(t, test_one_mistake_one_message);
    tcase_add_test(t, test_all_mistakes_at_once);
    tcase_add_test(t, test_units);
    tcase_add_test(t, test_by_contrast);
    tcase_add_test(t, test_hex_in_place);
    tcase_add_loop_test(t, test_low_contrast, 0, sizeof pale / sizeof *pale);
    tcase_add_loop_test(t, test_large_text, 0,
                        sizeof strong_enough / sizeof *strong_enough);
    tcase_add_test(t, test_all_in_one_run);
    tcase_add_test(t, test_no_house_at_all);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
