#include "style/reader.h"

#include <string.h>

int
rc_house_style(const rc_house *h, rc_str name)
{
    for (size_t i = 0; i < h->style_count; i++)
        if (rc_str_eq(h->styles[i].name, name))
            return (int)i;
    return -1;
}

int
rc_house_colour(const rc_house *h, rc_str name)
{
    for (size_t i = 0; i < h->colour_count; i++)
        if (rc_str_eq(h->colours[i].name, name))
            return (int)i;
    return -1;
}

const rc_master *
rc_house_master(const rc_house *h, rc_str name)
{
    for (size_t i = 0; i < h->master_count; i++)
        if (rc_str_eq(h->masters[i].name, name))
            return &h->masters[i];
    return NULL;
}

/* -- what must fit together ------------------------------------------------------- */
static void
need_order(rc_reader *r, rc_len low, rc_len high, const char *path,
           const char *words)
{
    rc_span at = rc_reader_place(&rc_house_keys, &r->places, path);
    if (low < high || !at.source)
        return;
    rc_reader_error(r, "bad-value", at, "%s: %s", path, words);
}

static void
check_frame(rc_reader *r)
{
    const rc_house *h = r->house;
    if (!h->page_width || !h->page_height)
        return;
    need_order(r, h->left, h->right, "page.frame.right",
               "the frame ends left of where it begins");
    need_order(r, h->right, h->page_width + 1, "page.frame.right",
               "the frame is wider than the page");
    need_order(r, h->top, h->bottom, "page.frame.bottom",
               "the frame ends above where it begins");
    need_order(r, h->bottom, h->page_height + 1, "page.frame.bottom",
               "the frame is longer than the page");
    need_order(r, h->right_x + h->right_width, h->right + RC_PT / 10,
               "grid.right.width", "the right column leaves the frame");
    need_order(r, 0, h->right_width, "grid.right.width",
               "the right column has no width");
    need_order(r, 0, h->unit, "grid.baseline.unit",
               "text needs a raster above zero");
    need_order(r, 0, h->body_leading, "grid.baseline.body",
               "text needs a leading above zero");
    need_order(r, 0, h->space.raster, "grid.baseline.raster",
               "text needs a raster above zero");
    need_order(r, h->top, h->first_baseline, "grid.baseline.first",
               "the first line stands above the frame");
    need_order(r, h->first_baseline, h->bottom, "grid.baseline.first",
               "the first line stands below the frame");
    if (h->has_left_column)
        need_order(r, h->left_x + h->left_width, h->axis + 1,
                   "grid.left.width", "the left column crosses the axis");
    need_order(r, h->axis + h->chart.stacked.width, h->right + RC_PT / 10,
               "chart.stacked.width", "bars leave the frame");
    need_order(r, 0, h->chart.stacked.row_unit, "chart.stacked.row.unit",
               "rows need a unit above zero");
    need_order(r, 0, h->contents.raster, "contents.leader.raster",
               "leaders need a raster above zero");
    need_order(r, 0, h->chart.dots.step, "chart.dots.gridlines",
               "gridlines need a step above zero");
    need_order(r, 0, h->chart.trend.steps, "chart.trend.gridlines",
               "gridlines need a number above zero");
    need_order(r, 0, h->names.columns, "names.columns",
               "names need a column");
    need_order(r, h->names.columns, 13, "names.columns",
               "more than twelve columns");
}

/* Only values stand on fills; any other text that asks for contrast has the
 * page under it. */
static void
settle_colours(rc_reader *r)
{
    for (size_t i = 0; i < r->styles.count; i++)
        if (r->styles.at[i].colour < 0
            && (int)i != r->house->role[RC_ROLE_VALUE]
            && (int)i != r->house->role[RC_ROLE_LEAD_VALUE])
            r->styles.at[i].colour =
                rc_house_ink_on(r->house, r->house->paper);
}

/* A house style that has no left column sets its labels over their bars. */
static void
check_labels(rc_reader *r)
{
    rc_house *h = r->house;
    const rc_node *above = rc_reader_find(r->root, "chart.labels-above");
    h->chart.labels_above = above != NULL;
    if (h->has_left_column || above)
        return;
    rc_diag *d = rc_reader_error(r, "missing-key",
                                 rc_reader_place(&rc_house_keys, &r->places,
                                                 "grid.axis"),
                                 "missing key 'chart.labels-above'");
    rc_diag_hint(d, "without 'grid.left' labels have no other place");
}

static void
read_values(rc_reader *r, const rc_source *source)
{
    rc_house *h = r->house;
    h->has_left_column = rc_reader_find(r->root, "grid.left") != NULL;
    rc_read_colours(r);
    rc_read_text(r);
    bool others = r->sound;
    r->sound = true;
    rc_reader_map(r, &rc_house_keys, r->root, rc_span_make(source, 0, 0), h,
                  true, &r->places);
    if (!h->has_left_column) {
        h->left_x = h->axis;
        h->left_width = h->left_text_width = h->right_width;
    }
    if (r->sound) /* it needs every measure, and nothing else */
        check_frame(r);
    check_labels(r);
    r->sound = r->sound && others;
    rc_read_masters(r);
}

const rc_house *
rc_house_read_all(rc_arena *a, const rc_source *source, rc_log *log,
                  rc_house_fields *fields)
{
    rc_reader r = {.arena = a, .log = log, .sound = true};
    *fields = (rc_house_fields){0};
    r.root = rc_yaml_source(a, source, log);
    if (!r.root)
        return NULL;
    rc_house *h = r.house = RC_MAKE(a, rc_house);
    h->ink = h->paper = -1;
    if (r.root->kind != RC_NODE_MAP) {
        rc_read_expected(&r, r.root, "a map");
        return NULL;
    }
    read_values(&r, source);
    *fields = (rc_house_fields){r.fields.at, r.fields.count};
    if (!r.sound)
        return NULL; /* contrast needs every colour and every place */
    settle_colours(&r);
    rc_check_contrast(&r);
    return r.sound ? h : NULL;
}

const rc_house *
rc_house_read(rc_arena *a, const rc_source *source, rc_log *log)
{
    rc_house_fields fields;
    return rc_house_read_all(a, source, log, &fields);
}

void
rc_house_check_fields(const rc_house_fields *fields, const rc_str *names,
                      size_t count, rc_log *log)
{
    for (size_t i = 0; i < fields->count; i++) {
        const rc_house_field *f = &fields->at[i];
        size_t k = 0;
        while (k < count && !rc_str_eq(names[k], f->name))
            k++;
        if (k < count)
            continue;
        rc_diag *d = rc_log_error(log, "unknown-field", f->span,
                                  "unknown field '%.*s'", RC_STR(f->name));
        rc_diag_suggest(d, f->name, names, count);
    }
}
