/* `figure`, `columns`, `contents`, `data-tables`, `pagebreak`, `fields`. */
#include "doc/internal.h"

/* -- figure: an image, or a diagram of columns --------------------------- */

static rc_names_column *
read_columns(const rc_dir *d, const rc_node *list, size_t *count)
{
    static const char *const keys[] = {"head", "items", NULL};
    rc_binder *b = d->b;
    if (list->kind != RC_NODE_LIST) {
        rc_node_expected(list, "a list of maps with head and items", b->log);
        return NULL;
    }
    rc_names_column *out =
        RC_MAKE_ARRAY(b->a, rc_names_column, list->item_count + 1);
    for (size_t i = 0; i < list->item_count; i++) {
        const rc_node *n = list->items[i];
        if (n->kind != RC_NODE_MAP) {
            rc_node_expected(n, "a map with head and items", b->log);
            continue;
        }
        rc_map_known(n, keys, "a column", b->log);
        rc_names_column *c = &out[(*count)++];
        const rc_node *head = rc_map_get(n, "head");
        if (head)
            c->head = rc_prose_node(b, head, RC_SPOT_HEADLINE);
        const rc_node *items = rc_map_need(n, "items", b->log);
        if (!items || items->kind != RC_NODE_LIST) {
            if (items)
                rc_node_expected(items, "a list", b->log);
            continue;
        }
        rc_prose *names = RC_MAKE_ARRAY(b->a, rc_prose, items->item_count + 1);
        for (size_t k = 0; k < items->item_count; k++)
            names[k] = rc_prose_node(b, items->items[k], RC_SPOT_HEADLINE);
        c->names = names;
        c->name_count = items->item_count;
    }
    return out;
}

/* What the author says of an image; the name of its file says nothing. */
static rc_str
image_alt(const rc_dir *d, const rc_node *image)
{
    rc_binder *b = d->b;
    const rc_node *words = rc_dir_get(d, "alt");
    rc_str alt = {0};
    if (words)
        alt = rc_str_trim(
            rc_prose_plain(b->a, rc_prose_node(b, words, RC_SPOT_HEADLINE)));
    if (alt.len && !rc_str_eq(alt, image->scalar))
        return alt;
    rc_diag *g = rc_log_check(b->log, "missing-alt",
                              words ? words->span : image->span,
                              "the image '%.*s' has no alternative text",
                              RC_STR(image->scalar));
    rc_diag_hint(g, "alt: what the image shows, in a sentence or two");
    return alt;
}

/* The page list has the file's bytes, so it outlives the block tree. */
static const rc_image *
read_picture(const rc_dir *d, const rc_node *image, rc_str path)
{
    rc_binder *b = d->b;
    if (!rc_file_exists(path.at)) {
        rc_log_error(b->log, "missing-file", image->span, "no image '%.*s'",
                     RC_STR(image->scalar));
        return NULL;
    }
    rc_image *picture = RC_MAKE(b->keep, rc_image);
    return rc_image_read(b->keep, path.at, b->log, image->span, picture)
               ? picture
               : NULL;
}

void
rc_dir_figure(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_node *image = rc_dir_get(d, "image");
    const rc_node *columns = rc_dir_get(d, "columns");
    if (!image == !columns) {
        if (!image && (rc_map_misspelt(d->map, "image", b->log)
                       || rc_map_misspelt(d->map, "columns", b->log)))
            return;
        rc_log_error(b->log, "missing-key", d->span,
                     "'figure' needs either image and alt, or columns");
        return;
    }
    rc_furniture fur;
    rc_furniture_begin(d, RC_NUMBER_FIGURE, &fur);
    rc_str alt = {0}, path = {0};
    const rc_image *picture = NULL;
    const rc_names_column *cols = NULL;
    size_t count = 0;
    if (image) {
        path = rc_path_join(b->a, rc_str_z(b->report->folder),
                            rc_dir_node_text(d, image));
        picture = read_picture(d, image, path);
        alt = image_alt(d, image);
    } else {
        cols = read_columns(d, columns, &count);
        if (!count)
            return;
    }
    rc_prose_vec notes = {0};
    const rc_node *note = rc_dir_get(d, "note");
    if (note)
        *rc_vec_push(b->a, &notes) = rc_prose_node(b, note, RC_SPOT_PROSE);
    fur.notes = notes.at;
    fur.note_count = notes.count;
    rc_diagram *diagram = RC_MAKE(b->a, rc_diagram);
    *diagram = (rc_diagram){fur, alt, path, picture, cols, count};
    rc_diagram_alt_later(b, diagram);
    rc_dir_add(d, RC_BLOCK_DIAGRAM)->as.diagram = diagram;
}

/* -- columns: names under heads ------------------------------------------ */

typedef RC_VEC(rc_names_column) column_vec;

static void
take_names(rc_binder *b, const rc_blocks *blocks, column_vec *out)
{
    rc_prose_vec names = {0};
    for (size_t i = 0; i < blocks->count; i++) {
        const rc_block *k = &blocks->at[i];
        if (k->kind == RC_BLOCK_HEADING) {
            if (out->count) {
                out->at[out->count - 1].names = names.at;
                out->at[out->count - 1].name_count = names.count;
            }
            names = (rc_prose_vec){0};
            rc_vec_push(b->a, out)->head = k->as.heading.text;
            continue;
        }
        if (!out->count)
            (void)rc_vec_push(b->a, out);
        if (k->kind == RC_BLOCK_PARAGRAPH)
            *rc_vec_push(b->a, &names) = k->as.paragraph;
        for (size_t n = 0; k->kind == RC_BLOCK_LIST && n < k->as.list.count;
             n++) {
            const rc_blocks *item = &k->as.list.items[n].blocks;
            if (item->count && item->at[0].kind == RC_BLOCK_PARAGRAPH)
                *rc_vec_push(b->a, &names) = item->at[0].as.paragraph;
        }
    }
    if (out->count) {
        out->at[out->count - 1].names = names.at;
        out->at[out->count - 1].name_count = names.count;
    }
}

/* One list without heads, cut into `count` columns of equal length. */
static void
spread(rc_binder *b, column_vec *v, size_t count)
{
    rc_names_column all = v->at[0];
    size_t each = (all.name_count + count - 1) / count;
    v->count = 0;
    for (size_t from = 0; from < all.name_count; from += each) {
        size_t n = all.name_count - from < each ? all.name_count - from : each;
        *rc_vec_push(b->a, v) =
            (rc_names_column){.names = all.names + from, .name_count = n};
    }
}

/* Lists as the Markdown of `body`, or as `columns` with head and items. */
static bool
collect_columns(const rc_dir *d, column_vec *v)
{
    rc_binder *b = d->b;
    const rc_node *columns = rc_dir_get(d, "columns");
    if (columns) {
        size_t n = 0;
        v->at = read_columns(d, columns, &n);
        v->count = v->room = n;
        return n > 0;
    }
    const rc_node *body = rc_map_need(d->map, "body", b->log);
    if (!body)
        return false;
    if (body->kind != RC_NODE_SCALAR) {
        rc_node_expected(body, "Markdown (body: |)", b->log);
        return false;
    }
    rc_blocks blocks = rc_tree_markdown(b, body->scalar, body->span);
    take_names(b, &blocks, v);
    return v->count > 0;
}

void
rc_dir_columns(const rc_dir *d)
{
    rc_binder *b = d->b;
    int64_t count = 0;
    column_vec v = {0};
    const rc_node *given = rc_dir_get(d, "count");
    if (given && rc_map_int(d->map, "count", &count, b->log)
        && (count < 1 || count > 6)) {
        rc_node_expected(given, "a number from 1 to 6", b->log);
        count = 0;
    }
    if (!collect_columns(d, &v))
        return;
    bool bare = v.count == 1 && !v.at[0].head.count && v.at[0].name_count;
    if (!count)
        count = bare ? 2 : v.count < 4 ? (int64_t)v.count : 4;
    if (bare)
        spread(b, &v, (size_t)count);
    rc_block *k = rc_dir_add(d, RC_BLOCK_NAMES);
    k->as.names.heading = rc_dir_prose(d, "headline", RC_SPOT_HEADLINE);
    k->as.names.columns = v.at;
    k->as.names.count = v.count;
    k->as.names.across = (int)count;
}

/* -- lists of the report, filled in finish.c ----------------------------- */

void
rc_dir_contents(const rc_dir *d)
{
    static const char *const of[] = {"chapters", "figures", "tables", NULL};
    int what = 0;
    if (rc_dir_get(d, "of"))
        what = rc_map_choice(d->map, "of", of, d->b->log);
    if (what < 0)
        return;
    rc_block *k = rc_dir_add(d, RC_BLOCK_CONTENTS);
    k->as.contents.of = what == 1   ? RC_CONTENTS_FIGURES
                        : what == 2 ? RC_CONTENTS_TABLES
                                    : RC_CONTENTS_CHAPTERS;
}

void
rc_dir_data_tables(const rc_dir *d)
{
    rc_binder *b = d->b;
    if (b->data_plan >= 0) {
        rc_log_error(b->log, "data-tables", d->span,
                     "the data tables stand in two places");
        return;
    }
    b->data_plan = b->plan;
    b->data_at = d->out->count;
    rc_map_int(d->map, "join", &b->data_join, b->log);
    b->data_headline = rc_dir_prose(d, "headline", RC_SPOT_HEADLINE);
    b->data_out = d->out;
    rc_dir_add(d, RC_BLOCK_MISSING);
}

void
rc_dir_page_break(const rc_dir *d)
{
    rc_dir_add(d, RC_BLOCK_PAGE_BREAK);
}

void
rc_dir_fields(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_node *rows = rc_map_need(d->map, "rows", b->log);
    if (!rows)
        return;
    if (rows->kind != RC_NODE_MAP) {
        rc_node_expected(rows, "a map of names and values", b->log);
        return;
    }
    rc_prose(*at)[2] = rc_arena_array(b->a, rows->pair_count + 1, sizeof *at);
    size_t n = 0;
    for (size_t i = 0; i < rows->pair_count; i++) {
        const rc_pair *pair = &rows->pairs[i];
        rc_prose value = rc_prose_node(b, pair->value, RC_SPOT_HEADLINE);
        if (!value.count)
            continue;
        at[n][0] =
            rc_prose_author(b, pair->key, pair->key_span, RC_SPOT_HEADLINE);
        at[n++][1] = value;
    }
    rc_block *k = rc_dir_add(d, RC_BLOCK_FIELDS);
    k->as.fields.rows = (const rc_prose(*)[2])at;
    k->as.fields.count = n;
}
