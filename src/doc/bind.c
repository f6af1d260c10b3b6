/* The pipeline of doc/: data, fields, plan, sections in reading order, and at
 * the end what needs all of them. */
#include "doc/internal.h"

/* -- fields -------------------------------------------------------------- */

static void
open_script(rc_binder *b)
{
    const rc_report *r = b->report;
    if (b->script)
        rc_script_close(b->script);
    rc_script_field *f =
        RC_MAKE_ARRAY(b->a, rc_script_field, b->fields.count + 1);
    for (size_t i = 0; i < b->fields.count; i++) {
        rc_str name = b->fields.at[i].name;
        f[i] = (rc_script_field){rc_str_part(name, 7, name.len),
                                 b->fields.at[i].value};
    }
    rc_script_env env = {
        .stats = b->stats,
        .fields = f,
        .field_count = b->fields.count,
        .per_cent = r->per_cent,
        .roles = r->roles,
        .role_count = r->role_count,
        .nets = r->nets,
        .net_count = r->net_count,
    };
    b->script = rc_script_open(&env, b->log);
    rc_script_set_group(b->script, b->whole);
}

static void
add_field(rc_binder *b, rc_str name, rc_str value)
{
    *rc_vec_push(b->a, &b->fields) =
        (rc_field){name, rc_typo_text(b->a, value)};
}

static bool
is_expression(rc_str s)
{
    return rc_str_find(s, "{{", 0) != SIZE_MAX;
}

/* Fields that layouts may ask of any report: empty where it has none. */
static void
add_known_fields(rc_binder *b, const rc_node *map)
{
    static const char *const known[] = {
        "title", "subtitle", "agency",         "owner", "client", "date",
        "year",  "job",      "version",        "mark",  "source",
        "classification",
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!map || !rc_map_get(map, known[i]))
            add_field(b, rc_str_printf(b->a, "report.%s", known[i]),
                      (rc_str){0});
}

/* Fields of `report`: those that are plain first, so that the others may use
 * them as report.NAME. */
static void
bind_fields(rc_binder *b)
{
    const rc_node *map = rc_map_need(b->report->root, "report", b->log);
    if (map && map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of fields", b->log);
        map = NULL;
    }
    add_known_fields(b, map);
    bool any = false;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; map && i < map->pair_count; i++) {
            const rc_pair *p = &map->pairs[i];
            if (p->value->kind != RC_NODE_SCALAR) {
                if (!pass)
                    rc_node_expected(p->value, "a word or text", b->log);
                continue;
            }
            bool later = is_expression(p->value->scalar);
            if (later != (pass == 1))
                continue;
            any = any || later;
            rc_str name = rc_str_printf(b->a, "report.%.*s", RC_STR(p->key));
            add_field(b, name,
                      rc_expand_field(b, p->value->scalar, p->value->span));
        }
        if (!pass || any)
            open_script(b);
    }
}

static rc_str
field(const rc_binder *b, const char *name)
{
    for (size_t i = 0; i < b->fields.count; i++)
        if (rc_str_is(b->fields.at[i].name, name))
            return b->fields.at[i].value;
    return (rc_str){0};
}

static rc_str
node_field(rc_binder *b, const rc_node *map, const char *key)
{
    const rc_node *n = rc_map_get(map, key);
    if (!n)
        return (rc_str){0};
    if (n->kind != RC_NODE_SCALAR) {
        rc_node_expected(n, "text", b->log);
        return (rc_str){0};
    }
    return rc_expand_field(b, n->scalar, n->span);
}

static rc_str
date_field(rc_binder *b, const rc_node *map, const char *key)
{
    rc_str s = node_field(b, map, key);
    int64_t part[3];
    if (!s.len || rc_num_date(s, part))
        return s;
    rc_diag *d = rc_log_error(b->log, "bad-date", rc_map_get(map, key)->span,
                              "'%.*s' is no date", RC_STR(s));
    rc_diag_hint(d, "write it as 2013-10-07, or 2013-10");
    return (rc_str){0};
}

static void
bind_fieldwork(rc_binder *b)
{
    static const char *const keys[] = {"start", "end", NULL};
    const rc_node *map = rc_map_get(b->report->root, "fieldwork");
    rc_str from = {0}, to = {0};
    if (map && map->kind == RC_NODE_MAP) {
        rc_map_known(map, keys, "fieldwork", b->log);
        from = date_field(b, map, "start");
        to = date_field(b, map, "end");
    } else if (map) {
        rc_node_expected(map, "a map with start and end", b->log);
    } else if (b->data->wave_count) {
        from = b->data->waves[b->wave].start;
        to = b->data->waves[b->wave].end;
    }
    b->fieldwork = rc_print_dates(b->a, from, to);
    add_field(b, RC_LIT("report.fieldwork"), b->fieldwork);
    add_field(b, RC_LIT("report.caution"),
              rc_print_int(b->a, b->report->caution));
    add_field(b, RC_LIT("report.counts"),
              rc_print_int(b->a, b->report->counts));
}

/* What the structure says of the cover; title and subtitle are the report's
 * where it says nothing. Layouts may ask for all of them. */
static rc_str
cover_field(rc_binder *b, const rc_node *map, const char *key)
{
    if (map && rc_map_get(map, key))
        return node_field(b, map, key);
    return field(b, rc_str_printf(b->a, "report.%s", key).at);
}

static void
bind_cover(rc_binder *b)
{
    static const char *const keys[] = {"line", "title", "subtitle", "for",
                                       NULL};
    const rc_node *root = b->report->structure;
    const rc_node *map =
        root && root->kind == RC_NODE_MAP ? rc_map_get(root, "cover") : NULL;
    if (map && map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map with line, title, subtitle, for", b->log);
        map = NULL;
    }
    if (map)
        rc_map_known(map, keys, "cover", b->log);
    for (size_t i = 1; keys[i]; i++)
        add_field(b, rc_str_printf(b->a, "cover.%s", keys[i]),
                  cover_field(b, map, keys[i]));
    const rc_node *line = map ? rc_map_get(map, "line") : NULL;
    if (line && line->kind != RC_NODE_LIST) {
        rc_node_expected(line, "a list of up to three texts", b->log);
        line = NULL;
    }
    for (size_t i = 0; i < 3; i++) {
        const rc_node *n =
            line && i < line->item_count ? line->items[i] : NULL;
        rc_str text = n ? rc_expand_field(b, n->scalar, n->span) : (rc_str){0};
        add_field(b, rc_str_printf(b->a, "cover.line.%d", (int)i + 1), text);
        if (i == 0)
            add_field(b, RC_LIT("cover.line"), text);
    }
}

static void
bind_abbreviations(rc_binder *b, rc_doc *doc)
{
    const rc_node *map = rc_map_get(b->report->root, "abbreviations");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of abbreviations", b->log);
        return;
    }
    rc_field *at = RC_MAKE_ARRAY(b->a, rc_field, map->pair_count + 1);
    for (size_t i = 0; i < map->pair_count; i++)
        at[i] = (rc_field){map->pairs[i].key, map->pairs[i].value->scalar};
    doc->abbreviations = at;
    doc->abbreviation_count = map->pair_count;
}

/* -- data ---------------------------------------------------------------- */

static void
load_options(rc_binder *b, rc_load_options *o)
{
    const rc_node *map = rc_map_get(b->report->root, "partition");
    const rc_node *rows = rc_map_get(b->report->root, "row_sums");
    *o = (rc_load_options){0};
    o->row_sums_free = rows && rc_str_is(rows->scalar, "free");
    if (rows && !o->row_sums_free)
        rc_node_expected(rows, "'free'", b->log);
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of kinds, as {region: false}", b->log);
        return;
    }
    rc_str *kinds = RC_MAKE_ARRAY(b->a, rc_str, map->pair_count + 1);
    for (size_t i = 0; i < map->pair_count; i++)
        if (!rc_node_is_true(map->pairs[i].value))
            kinds[o->no_partition_count++] = map->pairs[i].key;
    o->no_partition = kinds;
}

static int
find_whole(rc_binder *b)
{
    const rc_report *r = b->report;
    if (!r->whole.len) {
        for (size_t i = 0; i < b->data->group_count; i++)
            if (b->data->groups[i].parent < 0)
                return (int)i;
        return b->data->group_count ? 0 : -1;
    }
    int g = rc_data_group(b->data, r->whole);
    if (g < 0) {
        size_t n;
        const rc_str *keys = rc_data_group_keys(b->a, b->data, &n);
        const rc_node *node = rc_map_get(r->root, "whole");
        rc_diag *d = rc_log_error(b->log, "unknown-group", node->span,
                                  "unknown group '%.*s'", RC_STR(r->whole));
        rc_diag_suggest(d, r->whole, keys, n);
        return b->data->group_count ? 0 : -1;
    }
    return g;
}

/* Data that are not where the report says: told at the report's line. */
static bool
has_data(rc_binder *b)
{
    const rc_report *r = b->report;
    const rc_node *n = rc_map_get(r->root, "data");
    size_t count;
    if (rc_path_is_folder(r->data) || rc_file_exists(r->data))
        return true;
    rc_diag *d = rc_log_error(b->log, "missing-file",
                              n ? n->span : rc_span_none(), "no data at '%.*s'",
                              RC_STR(r->data_shown));
    rc_diag_hint(d, "data: the folder of the CSV files, or a SQLite file");
    const rc_str *names = rc_path_list(b->a, r->folder, &count);
    rc_str_vec likely = {0};
    for (size_t i = 0; i < count; i++)
        if (rc_str_ends(names[i], ".sqlite")
            || rc_path_is_folder(
                rc_path_join(b->a, rc_str_z(r->folder), names[i]).at))
            *rc_vec_push(b->a, &likely) = names[i];
    rc_diag_near(d, rc_path_base(r->data_shown), likely.at, likely.count);
    return false;
}

/* What could not be read of the data is missed all over the prose: that is one
 * mistake, not a hundred. */
static void
forgive_lost_data(rc_binder *b)
{
    static const char *const figures[] = {
        "not-asked", "bad-value", "bad-argument", "empty-value", "false-claim",
        "low-base", "unknown-name", "not-comparable", "chart", "table",
    };
    static const char *const names[] = {
        "unknown-item", "unknown-group", "unknown-question", "unknown-category",
        "unknown-net", "unknown-theme", "unknown-comment", "unknown-fact",
        "unknown-column", "unknown-field", "unknown-wave", "unknown-kind",
        "unknown-chart", "unknown-id",
    };
    rc_log_follow(b->log, figures, sizeof figures / sizeof *figures);
    if (!b->data || b->data->lost_keys)
        rc_log_follow(b->log, names, sizeof names / sizeof *names);
}

static bool
load(rc_binder *b)
{
    const rc_report *r = b->report;
    rc_load_options o;
    load_options(b, &o);
    if (!has_data(b))
        return false;
    if (!rc_data_load(b->keep, r->data, r->data_shown, &o, b->log, &b->data))
        forgive_lost_data(b);
    if (!b->data)
        return false;
    b->whole = find_whole(b);
    if (b->whole < 0)
        return false;
    b->wave = rc_data_newest_wave(b->data);
    rc_stats_options so = {
        .whole = b->whole,
        .caution = r->caution,
        .counts = r->counts,
        .minimum = r->minimum,
        .rule = r->rule,
    };
    b->stats = rc_stats_make(b->a, b->data, &so, b->log);
    return b->stats != NULL;
}

/* Comments with the same words are one comment. */
static void
find_twins(rc_binder *b)
{
    size_t n = b->data->comment_count, room = 16;
    while (room < 2 * n)
        room *= 2;
    b->comment_used = RC_MAKE_ARRAY(b->a, rc_span, n + 1);
    b->comment_same = RC_MAKE_ARRAY(b->a, int32_t, n + 1);
    int32_t *slots = RC_MAKE_ARRAY(b->a, int32_t, room);
    for (size_t i = 0; i < n; i++) {
        rc_str text = b->data->comments[i].text;
        uint32_t h = 2166136261u;
        for (size_t k = 0; k < text.len; k++)
            h = (h ^ (unsigned char)text.at[k]) * 16777619u;
        size_t at = h & (room - 1);
        while (slots[at] &&
               !rc_str_eq(b->data->comments[slots[at] - 1].text, text))
            at = (at + 1) & (room - 1);
        if (!slots[at])
            slots[at] = (int32_t)i + 1;
        b->comment_same[i] = slots[at] - 1;
    }
}

/* -- the document -------------------------------------------------------- */

/* "29 November 2013" back to 2013-11-29, for metadata. */
static rc_str
iso_date(rc_binder *b, rc_str text)
{
    if (text.len == 10 && text.at[4] == '-')
        return text;
    for (int month = 1; month <= 12; month++) {
        rc_str iso = rc_str_printf(b->a, "2000-%02d-01", month);
        rc_str name = rc_print_date(b->a, iso); /* "1 January 2000" */
        name = rc_str_part(name, 2, name.len - 5);
        size_t at = rc_str_find(text, rc_str_cz(b->a, name), 0);
        if (at == SIZE_MAX)
            continue;
        int64_t day = 0, year = 0;
        rc_str before = rc_str_part(text, 0, at);
        while (before.len && (before.at[before.len - 1] < '0' ||
                              before.at[before.len - 1] > '9'))
            before.len--; /* blank or no-break space */
        rc_str after = rc_str_trim(rc_str_part(text, at + name.len, text.len));
        if (rc_num_int(after, &year) && rc_num_int(before, &day))
            return rc_str_printf(b->a, "%04lld-%02d-%02lld", (long long)year,
                                 month, (long long)day);
    }
    return (rc_str){0};
}

static void
bind_metadata(rc_binder *b, rc_doc *doc)
{
    const rc_node *map = rc_map_get(b->report->root, "report");
    doc->title = field(b, "report.title");
    rc_str agency = field(b, "report.agency");
    doc->author = agency.len ? agency : field(b, "report.owner");
    doc->subject = field(b, "report.subtitle");
    doc->language = b->report->language;
    doc->date = iso_date(b, field(b, "report.date"));
    if (map && map->kind == RC_NODE_MAP)
        rc_map_bool(map, "draft", &doc->draft, b->log);
    if (!doc->title.len)
        rc_log_error(b->log, "missing-key",
                     map ? map->span : b->report->root->span,
                     "the report has no title");
}

/* Openings that list their sections. */
static void
list_sections(rc_binder *b, rc_section *sections)
{
    for (size_t i = 0; i < b->plans.count; i++) {
        if (!b->plans.at[i].divider)
            continue;
        rc_entry_vec v = {0};
        for (size_t k = i + 1;
             k < b->plans.count && b->plans.at[k].depth > b->plans.at[i].depth;
             k++)
            if (b->plans.at[k].parent == (int)i)
                *rc_vec_push(b->a, &v) = (rc_entry){
                    .level = sections[k].depth,
                    .number = sections[k].number,
                    .title = rc_prose_no_notes(b->a, sections[k].title),
                    .target = sections[k].target};
        sections[i].sections = v.at;
        sections[i].section_count = v.count;
    }
}

static void
bind_sections(rc_binder *b, rc_doc *doc)
{
    size_t n = b->plans.count;
    rc_section *sections = RC_MAKE_ARRAY(b->a, rc_section, n + 1);
    b->blocks_of = RC_MAKE_ARRAY(b->a, rc_block_vec *, n + 1);
    for (size_t i = 0; i < n; i++)
        rc_section_bind(b, (int)i, &sections[i]);
    rc_finish_data(b);
    rc_finish_contents(b);
    rc_refs_finish(b);
    for (size_t i = 0; i < n; i++)
        if (b->blocks_of[i])
            sections[i].blocks = rc_blocks_end(b->blocks_of[i]);
    list_sections(b, sections);
    doc->sections = sections;
    doc->section_count = n;
}

const rc_doc *
rc_bind(rc_arena *a, rc_arena *keep, const rc_report *r, rc_log *log)
{
    rc_binder *b = RC_MAKE(a, rc_binder);
    b->a = a;
    b->keep = keep;
    b->log = log;
    b->report = r;
    b->words = &r->words;
    b->data_plan = -1;
    b->chapter_plan = -1;
    if (!load(b) || !r->structure)
        return NULL;
    b->scratch = rc_arena_new();
    b->chapter = rc_arena_new();
    find_twins(b);
    rc_facts_check(b);
    b->group = b->whole;
    bind_fields(b);
    bind_fieldwork(b);
    open_script(b); /* with report.fieldwork */
    b->source_line = field(b, "report.source");
    b->has_mark = field(b, "report.mark").len > 0;
    rc_doc *doc = RC_MAKE(a, rc_doc);
    bind_metadata(b, doc);
    bind_abbreviations(b, doc);
    rc_plan_make(b);
    bind_sections(b, doc);
    bind_cover(b);
    rc_bands_cover(b, doc);
    rc_script_close(b->script);
    rc_arena_free(b->scratch);
    rc_arena_free(b->chapter);
    doc->fields = b->fields.at;
    doc->field_count = b->fields.count;
    doc->parts = b->parts.at;
    doc->part_count = b->parts.count;
    doc->targets = b->targets.at;
    doc->target_count = b->targets.count;
    doc->notes = b->notes.at;
    doc->note_count = b->notes.count;
    doc->no_claim = rc_allow_used(r, log) || doc->draft;
    return doc;
}
