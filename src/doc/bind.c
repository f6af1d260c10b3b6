/* The pipeline of doc/ for one document: fields, plan, sections in reading
 * order, and at the end what needs all of them. The data are survey.c's. */
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
        .respondent = r->words.respondent,
        .respondents = r->words.respondents,
        .questions = r->questions,
        .question_count = r->question_count,
        .roles = r->roles,
        .role_count = r->role_count,
        .nets = r->nets,
        .net_count = r->net_count,
        .kept = b->shelf ? b->shelf->expressions : NULL,
    };
    b->script = rc_script_open(&env, b->log);
    rc_script_set_group(b->script, b->home);
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

/* report.volume and report.volumes: "3" of "27"; empty in the report itself. */
static void
add_volume_fields(rc_binder *b)
{
    const rc_volume *v = b->volume;
    add_field(b, RC_LIT("report.volume"),
              v ? rc_print_int(b->a, (int64_t)v->number) : (rc_str){0});
    add_field(b, RC_LIT("report.volumes"),
              v ? rc_print_int(b->a, (int64_t)v->of) : (rc_str){0});
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
    b->fieldwork = rc_print_dates(b->a, from, to, b->words->to);
    add_field(b, RC_LIT("report.fieldwork"), b->fieldwork);
    add_field(b, RC_LIT("report.caution"),
              rc_print_int(b->a, b->report->caution));
    add_field(b, RC_LIT("report.counts"),
              rc_print_int(b->a, b->report->counts));
    add_volume_fields(b);
}

static const char *const cover_keys[] = {"line", "title", "subtitle", "for",
                                         NULL};

static const rc_node *
cover_map(rc_binder *b, const rc_node *map)
{
    if (!map)
        return NULL;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map with line, title, subtitle, for", b->log);
        return NULL;
    }
    rc_map_known(map, cover_keys, "cover", b->log);
    return map;
}

static const rc_node *
cover_node(const rc_node *const maps[2], const char *key)
{
    const rc_node *n = maps[0] ? rc_map_get(maps[0], key) : NULL;
    return n || !maps[1] ? n : rc_map_get(maps[1], key);
}

/* What the edition says of the cover, else its structure; title and subtitle
 * are the report's where neither says anything. Layouts may ask for all. */
static rc_str
cover_field(rc_binder *b, const rc_node *const maps[2], const char *key)
{
    for (size_t i = 0; i < 2; i++)
        if (maps[i] && rc_map_get(maps[i], key))
            return node_field(b, maps[i], key);
    return field(b, rc_str_printf(b->a, "report.%s", key).at);
}

static void
bind_cover(rc_binder *b)
{
    const rc_node *root = b->edition->structure;
    const rc_node *maps[] = {
        cover_map(b, b->edition->cover),
        cover_map(b, root->kind == RC_NODE_MAP ? rc_map_get(root, "cover")
                                               : NULL),
    };
    for (size_t i = 1; cover_keys[i]; i++)
        add_field(b, rc_str_printf(b->a, "cover.%s", cover_keys[i]),
                  cover_field(b, maps, cover_keys[i]));
    const rc_node *line = cover_node(maps, "line");
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
bind_abbreviations(rc_binder *b)
{
    const rc_node *map = rc_map_get(b->report->root, "abbreviations");
    if (!map)
        return;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of abbreviations", b->log);
        return;
    }
    rc_field *at = RC_MAKE_ARRAY(b->a, rc_field, map->pair_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *p = &map->pairs[i];
        if (p->value->kind != RC_NODE_SCALAR || !p->value->scalar.len)
            rc_node_expected(p->value, "what it stands for", b->log);
        else
            at[n++] = (rc_field){rc_str_copy(b->a, p->key),
                                 rc_str_copy(b->a, p->value->scalar)};
    }
    b->says = (rc_says){at, n, RC_MAKE_ARRAY(b->a, bool, n + 1), {0}};
    for (size_t i = 0; i < n; i++)
        if (at[i].name.len)
            b->says.begins[(unsigned char)at[i].name.at[0]] = true;
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

/* A volume's name stands before the report's title. */
static void
name_document(rc_binder *b, rc_doc *doc)
{
    rc_str cover = field(b, "cover.title");
    if (b->volume && cover.len && !rc_str_eq(cover, doc->title))
        doc->title = rc_str_printf(b->a, "%.*s: %.*s", RC_STR(cover),
                                   RC_STR(doc->title));
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
                    .title = rc_prose_no_notes(b, sections[k].title),
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
    rc_finish_cells(b);
    rc_refs_finish(b);
    rc_finish_alts(b);
    for (size_t i = 0; i < n; i++)
        sections[i].title_plain = rc_prose_plain(b->a, sections[i].title);
    for (size_t i = 0; i < n; i++)
        if (b->blocks_of[i])
            sections[i].blocks = rc_blocks_end(b->blocks_of[i]);
    list_sections(b, sections);
    doc->sections = sections;
    doc->section_count = n;
}

static rc_binder *
open_binder(rc_arena *a, rc_arena *keep, const rc_survey *s, rc_log *log)
{
    rc_binder *b = RC_MAKE(a, rc_binder);
    b->a = a;
    b->keep = keep;
    b->log = log;
    b->survey = s;
    b->report = s->report;
    b->words = &s->report->words;
    b->data = s->data;
    b->stats = s->stats;
    b->whole = s->whole;
    b->wave = s->wave;
    b->data_plan = -1;
    b->chapter_plan = -1;
    b->scratch = rc_arena_new();
    b->chapter = rc_arena_new();
    rc_report_allow(s->report, log);
    rc_survey_forgive(s, log);
    return b;
}

/* Fields, plan, sections, cover: of the edition and the group that are set. */
static const rc_doc *
bind_document(rc_binder *b)
{
    rc_doc *doc = RC_MAKE(b->a, rc_doc);
    b->group = b->home;
    bind_fields(b);
    bind_fieldwork(b);
    open_script(b); /* with report.fieldwork */
    b->source_line = field(b, "report.source");
    b->has_mark = field(b, "report.mark").len > 0;
    bind_metadata(b, doc);
    bind_abbreviations(b);
    rc_plan_make(b);
    bind_sections(b, doc);
    b->group = b->home;
    rc_script_set_group(b->script, b->home);
    bind_cover(b);
    name_document(b, doc);
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
    doc->no_claim = rc_allow_used(b->report, b->log) || b->survey->no_claim ||
                    doc->draft;
    return doc;
}

const rc_doc *
rc_bind(rc_arena *a, rc_arena *keep, const rc_survey *s, rc_log *log)
{
    if (!s->report->edition.structure)
        return NULL;
    rc_binder *b = open_binder(a, keep, s, log);
    b->edition = &s->report->edition;
    b->home = b->whole;
    return bind_document(b);
}

const rc_doc *
rc_bind_volume(rc_arena *a, rc_arena *keep, const rc_survey *s,
               const rc_volume *v, rc_shelf *shelf, rc_log *log)
{
    if (!s->report->volumes.structure)
        return NULL;
    rc_binder *b = open_binder(a, keep, s, log);
    b->edition = &s->report->volumes;
    b->home = v->group;
    b->volume = v;
    b->shelf = shelf;
    return bind_document(b);
}
