/* The records in memory, and manifest.json and the journal as text. */
#include "batch/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/json.h"

/* -- records by key -------------------------------------------------------- */

rc_manifest *
rc_manifest_new(rc_arena *a)
{
    rc_manifest *m = RC_MAKE(a, rc_manifest);
    m->arena = a;
    return m;
}

/* Where a key stands, or would. */
static size_t
slot_of(const rc_manifest *m, rc_str key)
{
    size_t at = rc_str_hash(RC_STR_HASH, key) & (m->slot_count - 1);
    while (m->slots[at] &&
           !rc_str_eq(m->records.at[m->slots[at] - 1].key, key))
        at = (at + 1) & (m->slot_count - 1);
    return at;
}

static void
index_records(rc_manifest *m, size_t slots)
{
    m->slot_count = slots;
    m->slots = RC_MAKE_ARRAY(m->arena, uint32_t, slots);
    for (size_t i = 0; i < m->records.count; i++)
        m->slots[slot_of(m, m->records.at[i].key)] = (uint32_t)i + 1;
}

rc_record *
rc_manifest_lookup(const rc_manifest *m, rc_str key)
{
    size_t at;

    if (!m->slot_count)
        return NULL;
    at = slot_of(m, key);
    return m->slots[at] ? &m->records.at[m->slots[at] - 1] : NULL;
}

void
rc_manifest_put(rc_manifest *m, const rc_record *r)
{
    size_t at;

    if (2 * (m->records.count + 1) > m->slot_count)
        index_records(m, m->slot_count ? 2 * m->slot_count : 64);
    at = slot_of(m, r->key);
    if (m->slots[at]) {
        m->records.at[m->slots[at] - 1] = *r;
        return;
    }
    *rc_vec_push(m->arena, &m->records) = *r;
    m->slots[at] = (uint32_t)m->records.count;
}

void
rc_manifest_remove(rc_manifest *m, rc_str key)
{
    const rc_record *r = rc_manifest_lookup(m, key);

    if (!r)
        return;
    m->records.at[r - m->records.at] = m->records.at[--m->records.count];
    index_records(m, m->slot_count);
}

const rc_inputs *
rc_manifest_inputs(rc_manifest *m, const rc_inputs *in)
{
    rc_inputs *own = NULL;

    for (size_t i = 0; i < m->inputs.count && !own; i++)
        if (rc_str_eq(m->inputs.at[i]->all, in->all))
            own = m->inputs.at[i];
    if (!own) {
        own = RC_MAKE(m->arena, rc_inputs);
        own->all = rc_str_copy(m->arena, in->all);
        own->report = rc_str_copy(m->arena, in->report);
        for (size_t i = 0; i < RC_INPUT_COUNT; i++)
            own->of[i] = rc_str_copy(m->arena, in->of[i]);
        *rc_vec_push(m->arena, &m->inputs) = own;
    }
    if (in->seen.len)
        own->seen = rc_str_copy(m->arena, in->seen);
    return own;
}

const rc_inputs *
rc_manifest_seen(const rc_manifest *m, rc_str seen)
{
    for (size_t i = 0; i < m->inputs.count; i++)
        if (seen.len && rc_str_eq(m->inputs.at[i]->seen, seen))
            return m->inputs.at[i];
    return NULL;
}

const rc_wanted *
rc_manifest_wanted(const rc_manifest *m, rc_str per)
{
    for (size_t i = 0; i < m->wanted.count; i++)
        if (rc_str_eq(m->wanted.at[i].per, per))
            return &m->wanted.at[i];
    return NULL;
}

void
rc_manifest_want(rc_manifest *m, const rc_wanted *w)
{
    for (size_t i = 0; i < m->wanted.count; i++)
        if (rc_str_eq(m->wanted.at[i].per, w->per)) {
            m->wanted.at[i] = *w;
            return;
        }
    *rc_vec_push(m->arena, &m->wanted) = *w;
}

/* -- writing --------------------------------------------------------------- */

static json_t *
inputs_json(const rc_inputs *in)
{
    json_t *map = json_object();
    for (size_t i = 0; i < RC_INPUT_COUNT; i++)
        rc_json_set(map, rc_input_name((rc_input)i), rc_json_str(in->of[i]));
    if (in->seen.len)
        rc_json_set(map, "seen", rc_json_str(in->seen));
    return map;
}

static json_t *
record_json(const rc_record *r)
{
    json_t *map = json_object();
    bool made = r->status == RC_VOLUME_MADE;

    rc_json_set(map, "key", rc_json_str(r->key));
    rc_json_set(map, "name", rc_json_str(r->name));
    rc_json_set(map, "per", rc_json_str(r->per));
    rc_json_set(map, "status", json_string(made ? "made" : "failed"));
    rc_json_set(map, "inputs", rc_json_str(r->inputs->all));
    rc_json_set(map, "milliseconds", json_integer(r->ms));
    if (made) {
        rc_json_set(map, "file", rc_json_str(r->file));
        rc_json_set(map, "output", rc_json_str(r->output));
        rc_json_set(map, "bytes", json_integer(r->bytes));
        rc_json_set(map, "modified", json_integer(r->modified));
        rc_json_set(map, "pages", json_integer(r->pages));
        rc_json_set(map, "figures", json_integer(r->figures));
        rc_json_set(map, "tree", rc_json_str(r->tree));
        rc_json_set(map, "reads", rc_json_strs(r->reads, r->read_count));
        rc_json_set(map, "results", rc_json_str(r->results));
    } else {
        rc_json_set(map, "exit", json_integer(r->exit));
        rc_json_set(map, "log", rc_json_str(r->log));
    }
    rc_json_set(map, "warnings", json_integer(r->warnings));
    rc_json_set(map, "messages", rc_json_text(r->messages));
    return map;
}

static json_t *
wanted_json(const rc_wanted *w)
{
    json_t *map = json_object(), *units = json_array();

    for (size_t i = 0; i < w->count; i++) {
        json_t *u = json_object();
        rc_json_set(u, "key", rc_json_str(w->units[i].key));
        rc_json_set(u, "name", rc_json_str(w->units[i].name));
        rc_json_set(u, "weight", json_integer((json_int_t)w->units[i].weight));
        json_array_append_new(units, u);
    }
    rc_json_set(map, "per", rc_json_str(w->per));
    rc_json_set(map, "inputs", rc_json_str(w->inputs));
    rc_json_set(map, "units", units);
    return map;
}

typedef struct place { /* of a record in the manifest */
    const rc_record *record;
    size_t kind, unit; /* SIZE_MAX: of no unit */
} place;

static int
by_place(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return rc_str_cmp(a->record->key, b->record->key);
}

/* A unit's place, found by way of the records: units without one are none. */
static place *
sort_records(const rc_manifest *m, rc_arena *a)
{
    size_t n = m->records.count;
    place *places = RC_MAKE_ARRAY(a, place, n + 1);

    for (size_t i = 0; i < n; i++)
        places[i] = (place){&m->records.at[i], SIZE_MAX, SIZE_MAX};
    for (size_t k = 0; k < m->wanted.count; k++) {
        const rc_wanted *w = &m->wanted.at[k];
        for (size_t i = 0; i < w->count; i++) {
            rc_record *r = rc_manifest_lookup(m, w->units[i].key);
            if (!r || !rc_str_eq(r->per, w->per))
                continue;
            places[r - m->records.at].kind = k;
            places[r - m->records.at].unit = i;
        }
    }
    if (n)
        qsort(places, n, sizeof *places, by_place);
    return places;
}

/* Inputs that a record or a list of units still names. */
static bool
is_used(const rc_manifest *m, const rc_inputs *in)
{
    for (size_t i = 0; i < m->wanted.count; i++)
        if (rc_str_eq(m->wanted.at[i].inputs, in->all))
            return true;
    for (size_t i = 0; i < m->records.count; i++)
        if (m->records.at[i].inputs == in)
            return true;
    return false;
}

static int
by_digest(const void *left, const void *right)
{
    const rc_inputs *a = *(const rc_inputs *const *)left;
    const rc_inputs *b = *(const rc_inputs *const *)right;
    return rc_str_cmp(a->all, b->all);
}

static void
print_inputs(const rc_manifest *m, rc_arena *a, rc_buf *to)
{
    size_t n = m->inputs.count;
    const rc_inputs **sorted = RC_MAKE_ARRAY(a, const rc_inputs *, n + 1);
    json_t *map = json_object();

    for (size_t i = 0; i < n; i++)
        sorted[i] = m->inputs.at[i];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_digest);
    for (size_t i = 0; i < n; i++)
        if (is_used(m, sorted[i]))
            rc_json_set(map, sorted[i]->all.at, inputs_json(sorted[i]));
    rc_buf_z(to, "\"inputs\": ");
    rc_json_print(map, to);
    rc_buf_z(to, ",\n");
}

void
rc_manifest_print(const rc_manifest *m, rc_buf *to)
{
    rc_arena *scratch = rc_arena_new();
    const place *places = sort_records(m, scratch);

    rc_buf_printf(to, "{\"format\": \"recto-volumes\", \"version\": %d,\n",
                  RC_MANIFEST_VERSION);
    rc_buf_z(to, "\"report\": ");
    rc_json_print(rc_json_str(m->report), to);
    rc_buf_z(to, ",\n");
    print_inputs(m, scratch, to);
    rc_buf_z(to, "\"wanted\": [");
    for (size_t i = 0; i < m->wanted.count; i++) {
        rc_buf_z(to, i ? ",\n" : "\n");
        rc_json_print(wanted_json(&m->wanted.at[i]), to);
    }
    rc_buf_z(to, "],\n\"volumes\": [");
    for (size_t i = 0; i < m->records.count; i++) {
        rc_buf_z(to, i ? ",\n" : "\n");
        rc_json_print(record_json(places[i].record), to);
    }
    rc_buf_z(to, "]}\n");
    rc_arena_free(scratch);
}

bool
rc_manifest_write(const rc_manifest *m, const char *folder, rc_log *log)
{
    rc_arena *a = rc_arena_new();
    rc_str path = rc_path_join(a, rc_str_z(folder), RC_LIT(RC_MANIFEST_FILE));
    rc_buf text = {0};
    bool ok;

    rc_manifest_print(m, &text);
    ok = rc_file_write(path.at, rc_buf_str(&text), log);
    rc_buf_free(&text);
    rc_arena_free(a);
    return ok;
}

/* -- reading --------------------------------------------------------------- */

static void
read_inputs(rc_manifest *m, const json_t *map)
{
    const char *all;
    json_t *of;

    json_object_foreach((json_t *)(uintptr_t)map, all, of) {
        rc_inputs in = {.all = rc_str_z(all),
                        .report = m->report,
                        .seen = rc_json_get_str(of, "seen")};
        for (size_t i = 0; i < RC_INPUT_COUNT; i++)
            in.of[i] = rc_json_get_str(of, rc_input_name((rc_input)i));
        rc_manifest_inputs(m, &in);
    }
}

static void
read_wanted(rc_manifest *m, const json_t *map)
{
    rc_wanted w = {.per = rc_json_take_str(m->arena, map, "per"),
                   .inputs = rc_json_take_str(m->arena, map, "inputs")};
    const json_t *list = json_object_get(map, "units");
    rc_unit *units;

    w.count = json_array_size(list);
    w.units = units = RC_MAKE_ARRAY(m->arena, rc_unit, w.count + 1);
    for (size_t i = 0; i < w.count; i++) {
        const json_t *u = json_array_get(list, i);
        units[i].key = rc_json_take_str(m->arena, u, "key");
        units[i].name = rc_json_take_str(m->arena, u, "name");
        units[i].weight = (size_t)rc_json_get_int(u, "weight");
    }
    rc_manifest_want(m, &w);
}

/* False when it is no record. */
static bool
read_record(rc_manifest *m, const json_t *map)
{
    rc_arena *a = m->arena;
    rc_str inputs = rc_json_get_str(map, "inputs");
    const json_t *reads = json_object_get(map, "reads");
    rc_str *keys;
    rc_record r = {
        .key = rc_json_take_str(a, map, "key"),
        .name = rc_json_take_str(a, map, "name"),
        .per = rc_json_take_str(a, map, "per"),
        .file = rc_json_take_str(a, map, "file"),
        .output = rc_json_take_str(a, map, "output"),
        .bytes = rc_json_get_int(map, "bytes"),
        .modified = rc_json_get_int(map, "modified"),
        .tree = rc_json_take_str(a, map, "tree"),
        .results = rc_json_take_str(a, map, "results"),
        .read_count = json_array_size(reads),
        .pages = rc_json_get_int(map, "pages"),
        .figures = rc_json_get_int(map, "figures"),
        .warnings = rc_json_get_int(map, "warnings"),
        .ms = rc_json_get_int(map, "milliseconds"),
        .exit = (int)rc_json_get_int(map, "exit"),
        .log = rc_json_take_str(a, map, "log"),
        .messages = rc_json_dump(a, json_object_get(map, "messages")),
    };

    r.status = rc_str_is(rc_json_get_str(map, "status"), "made")
                   ? RC_VOLUME_MADE
                   : RC_VOLUME_FAILED;
    for (size_t i = 0; i < m->inputs.count; i++)
        if (rc_str_eq(m->inputs.at[i]->all, inputs))
            r.inputs = m->inputs.at[i];
    if (!r.key.len || !r.inputs)
        return false;
    r.reads = keys = RC_MAKE_ARRAY(a, rc_str, r.read_count + 1);
    for (size_t i = 0; i < r.read_count; i++)
        keys[i] = rc_str_copy(a, rc_json_of(json_array_get(reads, i)));
    rc_manifest_put(m, &r);
    return true;
}

/* Why a text is no manifest that this version reads; NULL: it is one, and what
 * it says is in `m`. */
static const char *
read_manifest(rc_manifest *m, rc_str text)
{
    json_t *root = rc_json_read(text);
    json_int_t version = rc_json_get_int(root, "version");
    const json_t *list;
    const char *wrong = NULL;

    if (!root || !rc_str_is(rc_json_get_str(root, "format"), "recto-volumes"))
        wrong = "it is no manifest of volumes, or is damaged";
    else if (version != RC_MANIFEST_VERSION)
        wrong = "it is of another version of the program";
    else {
        m->report = rc_json_take_str(m->arena, root, "report");
        read_inputs(m, json_object_get(root, "inputs"));
        list = json_object_get(root, "wanted");
        for (size_t i = 0; i < json_array_size(list); i++)
            read_wanted(m, json_array_get(list, i));
        list = json_object_get(root, "volumes");
        for (size_t i = 0; i < json_array_size(list); i++)
            if (!read_record(m, json_array_get(list, i)))
                wrong = "a volume in it is not whole";
    }
    json_decref(root);
    return wrong;
}

/* What a killed run had done; a line that was cut off is not whole JSON. */
static void
read_journal(rc_manifest *m, rc_str text)
{
    size_t from = 0;

    while (from < text.len) {
        size_t end = rc_str_find(text, "\n", from);
        json_t *line;
        if (end == SIZE_MAX)
            return;
        line = rc_json_read(rc_str_part(text, from, end));
        if (json_object_get(line, "key"))
            read_record(m, line);
        else
            read_inputs(m, line);
        json_decref(line);
        from = end + 1;
    }
}

rc_manifest *
rc_manifest_read(rc_arena *a, const char *folder, bool needed, bool *journal,
                 rc_log *log)
{
    rc_manifest *m = rc_manifest_new(a);
    rc_arena *scratch = rc_arena_new();
    rc_str path = rc_path_join(a, rc_str_z(folder), RC_LIT(RC_MANIFEST_FILE));
    rc_str beside = rc_path_join(a, rc_str_z(folder), RC_LIT(RC_JOURNAL_FILE));
    rc_str text;
    const char *wrong = NULL;
    rc_diag *d;

    if (needed || rc_file_exists(path.at)) {
        if (!rc_file_read(scratch, path.at, log, rc_span_none(), &text))
            m = NULL;
        else
            wrong = read_manifest(m, text);
    }
    if (wrong) {
        d = rc_log_error(log, "bad-manifest", rc_span_none(),
                         "cannot use '%.*s': %s", RC_STR(path), wrong);
        rc_diag_hint(d, "remove it to make every volume anew");
        m = NULL;
    }
    *journal = rc_file_exists(beside.at);
    if (m && *journal &&
        rc_file_read(scratch, beside.at, log, rc_span_none(), &text))
        read_journal(m, text);
    rc_arena_free(scratch);
    return m;
}

/* -- the journal ----------------------------------------------------------- */

/* One write: a line is there whole, or is cut off at the end of the file. */
static bool
add_line(rc_journal *j, json_t *map)
{
    rc_buf line = {0};
    size_t done = 0;
    bool ok;

    rc_json_print(map, &line);
    rc_buf_char(&line, '\n');
    while (j->fd >= 0 && done < line.len) {
        ssize_t n = write(j->fd, line.at + done, line.len - done);
        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    ok = done == line.len;
    if (!ok && done && j->fd >= 0) /* later lines stay readable */
        ok = write(j->fd, "\n", 1) == 1 && false;
    rc_buf_free(&line);
    return ok;
}

bool
rc_journal_open(rc_journal *j, rc_arena *a, const char *folder,
                const rc_inputs *in, rc_log *log)
{
    json_t *map = json_object();

    j->path = rc_path_join(a, rc_str_z(folder), RC_LIT(RC_JOURNAL_FILE));
    j->fd = open(j->path.at, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    rc_json_set(map, in->all.at, inputs_json(in));
    if (add_line(j, map))
        return true;
    if (errno == ENOSPC || errno == EDQUOT)
        rc_log_add(log, RC_RETRY, "no-space", rc_span_none(),
                   "cannot write '%.*s': no space left", RC_STR(j->path));
    else
        rc_log_add(log, RC_WORLD, "unwritable-file", rc_span_none(),
                   "cannot write '%.*s'", RC_STR(j->path));
    rc_journal_close(j, false);
    return false;
}

bool
rc_journal_add(rc_journal *j, const rc_record *r)
{
    return add_line(j, record_json(r));
}

void
rc_journal_close(rc_journal *j, bool done)
{
    if (j->fd >= 0)
        close(j->fd);
    j->fd = -1;
    if (done)
        unlink(j->path.at);
}
