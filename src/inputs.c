/* What a run reads, as digests. Everything that may be read goes in, rather
 * than what was: a file too many costs time, a file too few gives stale pages.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "run.h"

const char *
rc_input_name(rc_input i)
{
    static const char *const names[] = {
        [RC_INPUT_PROGRAM] = "program",   [RC_INPUT_FONTS] = "fonts",
        [RC_INPUT_ASSETS] = "assets",     [RC_INPUT_HOUSE] = "house style",
        [RC_INPUT_LAYOUTS] = "layout",    [RC_INPUT_REPORT] = "report.yaml",
        [RC_INPUT_CHAPTERS] = "chapters", [RC_INPUT_DATA] = "data",
        [RC_INPUT_CODEBOOK] = "codebook",
    };
    return names[i];
}

typedef struct reader {
    rc_run run;
    const rc_options *o;
    rc_arena *a; /* of the digests */
    rc_hash hash;
} reader;

/* -- program and look ------------------------------------------------------ */

static int
by_bytes(const void *a, const void *b)
{
    return rc_str_cmp(*(const rc_str *)a, *(const rc_str *)b);
}

/* The libraries in this process, each by its file's name, which has its
 * version in it: libpango-1.0.so.0.5000.12. */
static void
hash_libraries(reader *r)
{
    rc_arena *a = rc_arena_new();
    rc_log *unsaid = rc_log_new();
    RC_VEC(rc_str) names = {0};
    rc_str maps;

    if (!rc_file_read(a, "/proc/self/maps", unsaid, rc_span_none(), &maps))
        maps.len = 0;
    for (size_t from = 0; from < maps.len;) {
        size_t end = rc_str_find(maps, "\n", from);
        rc_str line = rc_str_part(maps, from, end);
        size_t slash = rc_str_find(line, "/", 0);
        if (slash != SIZE_MAX && rc_str_find(line, ".so", slash) != SIZE_MAX)
            *rc_vec_push(a, &names) =
                rc_path_base(rc_str_part(line, slash, line.len));
        from = end == SIZE_MAX ? maps.len : end + 1;
    }
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, by_bytes);
    for (size_t i = 0; i < names.count; i++)
        if (i == 0 || !rc_str_eq(names.at[i], names.at[i - 1]))
            rc_hash_str(&r->hash, names.at[i]);
    rc_log_free(unsaid);
    rc_arena_free(a);
}

static bool
hash_program(reader *r)
{
    rc_hash_str(&r->hash, RC_LIT(RC_VERSION));
    hash_libraries(r);
    return rc_hash_file(&r->hash, "/proc/self/exe", r->run.log);
}

static bool
hash_fonts(reader *r)
{
    bool ok = rc_run_read_house(&r->run, r->o->house);

    for (size_t i = 0; ok && i < r->run.house->face_count; i++) {
        rc_str file = r->run.house->faces[i].file;
        const char *path = rc_run_font_path(&r->run, file);
        rc_hash_str(&r->hash, file);
        if (rc_file_exists(path)) /* else an error of its own, later */
            ok = rc_hash_file(&r->hash, path, r->run.log);
    }
    return ok;
}

static bool
hash_assets(reader *r)
{
    return rc_hash_tree(&r->hash,
                        rc_run_share_path(&r->run, "assets", (rc_str){0}),
                        NULL, r->run.log);
}

static bool
hash_house(reader *r)
{
    const char *path = rc_run_house_path(&r->run, r->o->house);

    return path && rc_hash_file(&r->hash, path, r->run.log);
}

/* -- what is said ---------------------------------------------------------- */

static bool
is_layout(rc_str name)
{
    return !rc_str_is(name, "house.yaml");
}

/* The structures with their chapters: the program's, the report's own, and
 * those it names by path. */
static bool
hash_layouts(reader *r)
{
    rc_arena *a = r->run.arena;
    rc_str folder = rc_str_z(rc_report_folder(r->run.report));
    const char *named[2];
    bool ok = rc_hash_tree(
        &r->hash, rc_run_share_path(&r->run, "layouts", (rc_str){0}),
        is_layout, r->run.log);

    ok = rc_hash_tree(&r->hash,
                      rc_path_join(a, folder, RC_LIT("layouts")).at,
                      is_layout, r->run.log) && ok;
    rc_report_structures(r->run.report, named);
    for (size_t i = 0; i < 2; i++)
        if (named[i])
            ok = rc_hash_tree(&r->hash, named[i], is_layout, r->run.log) && ok;
    return ok;
}

static bool
hash_report(reader *r)
{
    if (r->o->attach_data) /* as if the report asked for it */
        rc_hash_str(&r->hash, RC_LIT("--attach-data"));
    return rc_hash_file(&r->hash, r->o->report, r->run.log);
}

/* Pictures are of the chapters that show them. */
static bool
is_chapter(rc_str name)
{
    return rc_str_ends(name, ".md") || rc_str_ends(name, ".png") ||
           rc_str_ends(name, ".PNG");
}

static bool
hash_chapters(reader *r)
{
    return rc_hash_tree(&r->hash, rc_report_folder(r->run.report), is_chapter,
                        r->run.log);
}

/* -- data ------------------------------------------------------------------ */

static bool
is_table(rc_str name)
{
    return rc_str_ends(name, ".csv");
}

/* Tables whose rows are each of one group: rc_job_results has them apart. */
static bool
is_codebook(rc_str name)
{
    static const char *const results[] = {"results.csv", "bases.csv",
                                          "means.csv",
                                          "themes.csv", "comments.csv",
                                          "mentions.csv"};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (rc_str_is(name, results[i]))
            return false;
    return is_table(name);
}

/* A database is one file: what in it changed is not asked. */
static bool
hash_tables(reader *r, bool (*keep)(rc_str name))
{
    const char *path = rc_report_data(r->run.report);

    if (rc_path_is_folder(path))
        return rc_hash_tree(&r->hash, path, keep, r->run.log);
    return rc_hash_file(&r->hash, path, r->run.log);
}

static bool
hash_data(reader *r)
{
    return hash_tables(r, is_table);
}

static bool
hash_codebook(reader *r)
{
    return hash_tables(r, is_codebook);
}

/* -- all of them ----------------------------------------------------------- */

bool
rc_inputs_read(rc_arena *a, const rc_options *o, rc_inputs *out, rc_log *log)
{
    static bool (*const hashers[])(reader *) = {
        [RC_INPUT_PROGRAM] = hash_program,
        [RC_INPUT_FONTS] = hash_fonts,
        [RC_INPUT_ASSETS] = hash_assets,
        [RC_INPUT_HOUSE] = hash_house,
        [RC_INPUT_LAYOUTS] = hash_layouts,
        [RC_INPUT_REPORT] = hash_report,
        [RC_INPUT_CHAPTERS] = hash_chapters,
        [RC_INPUT_DATA] = hash_data,
        [RC_INPUT_CODEBOOK] = hash_codebook,
    };
    reader r = {.o = o, .a = a};
    rc_hash all;
    bool ok;

    *out = (rc_inputs){0};
    if (!rc_run_read(&r.run, o, a, log))
        return false;
    out->report = rc_report_name(r.run.report);
    out->per = rc_report_volume_kind(r.run.report);
    ok = rc_log_status(log) == 0;
    rc_hash_begin(&all);
    for (size_t i = 0; ok && i < RC_INPUT_COUNT; i++) {
        rc_hash_begin(&r.hash);
        ok = hashers[i](&r) && ok;
        out->of[i] = rc_hash_end(&r.hash, a);
        rc_hash_str(&all, out->of[i]);
    }
    out->all = rc_hash_end(&all, a);
    return ok;
}
