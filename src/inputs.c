/* What a run reads, as digests. Everything that may be read goes in, rather
 * than what was: a file too many costs time, a file too few gives stale pages.
 */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include <elf.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

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
    rc_run *run;
    const rc_options *o;
    rc_arena *a; /* of the run */
    rc_hash hash;
    /* rc_hash_file, or rc_hash_stamp */
    bool (*add)(rc_hash *h, const char *path, rc_log *log);
} reader;

static bool
hash_file(reader *r, const char *path)
{
    return r->add(&r->hash, path, r->run->log);
}

static bool
hash_tree(reader *r, const char *folder, bool (*keep)(rc_str name))
{
    return rc_hash_tree(&r->hash, folder, keep, r->add, r->run->log);
}

/* -- program and look ------------------------------------------------------ */

static int
by_bytes(const void *a, const void *b)
{
    return rc_str_cmp(*(const rc_str *)a, *(const rc_str *)b);
}

/* The linker's digest of an object in this process; empty without one. */
static rc_str
build_id(const struct dl_phdr_info *o)
{
    for (size_t i = 0; i < o->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &o->dlpi_phdr[i];
        const char *at = (const char *)(uintptr_t)(o->dlpi_addr + p->p_vaddr);
        size_t left = p->p_type == PT_NOTE ? p->p_memsz : 0;
        size_t align = p->p_align == 8 ? 8 : 4;
        ElfW(Nhdr) n;
        while (left >= sizeof n) {
            memcpy(&n, at, sizeof n);
            size_t from = (sizeof n + n.n_namesz + align - 1) & ~(align - 1);
            size_t size = (from + n.n_descsz + align - 1) & ~(align - 1);
            if (size > left)
                break;
            if (n.n_type == NT_GNU_BUILD_ID && n.n_namesz == 4 &&
                memcmp(at + sizeof n, "GNU", 4) == 0)
                return (rc_str){at + from, n.n_descsz};
            at += size;
            left -= size;
        }
    }
    return (rc_str){0};
}

typedef struct objects {
    reader *r;
    RC_VEC(rc_str) ids;
    bool ok;
} objects;

/* What has no such digest is read whole. The kernel's own object, which has no
 * file, is not ours. */
static int
add_object(struct dl_phdr_info *o, size_t size, void *to)
{
    objects *all = to;
    rc_str id = build_id(o);
    rc_hash h;

    (void)size;
    if (o->dlpi_name[0] && !strchr(o->dlpi_name, '/'))
        return 0;
    if (!id.len) {
        const char *path = o->dlpi_name[0] ? o->dlpi_name : "/proc/self/exe";
        rc_hash_begin(&h);
        all->ok = rc_hash_file(&h, path, all->r->run->log) && all->ok;
        id = rc_hash_end(&h, all->r->a);
    }
    *rc_vec_push(all->r->a, &all->ids) = id;
    return 0;
}

/* The program and its libraries; their order is the loader's. */
static bool
hash_program(reader *r)
{
    objects all = {.r = r, .ok = true};

    dl_iterate_phdr(add_object, &all);
    if (all.ids.count)
        qsort(all.ids.at, all.ids.count, sizeof *all.ids.at, by_bytes);
    rc_hash_str(&r->hash, RC_LIT(RC_VERSION));
    for (size_t i = 0; i < all.ids.count; i++)
        rc_hash_str(&r->hash, all.ids.at[i]);
    return all.ok;
}

static bool
hash_fonts(reader *r)
{
    bool ok = true;

    for (size_t i = 0; ok && i < r->run->house->face_count; i++) {
        rc_str file = r->run->house->faces[i].file;
        const char *path = rc_run_font_path(r->run, file);
        rc_hash_str(&r->hash, file);
        if (rc_file_exists(path)) /* else an error of its own, later */
            ok = hash_file(r, path);
    }
    return ok;
}

static bool
hash_assets(reader *r)
{
    return hash_tree(r, rc_run_share_path(r->run, "assets", (rc_str){0}),
                     NULL);
}

static bool
hash_house(reader *r)
{
    const char *path = rc_run_house_path(r->run, r->o->house);

    return path && hash_file(r, path);
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
    rc_str folder = rc_str_z(rc_report_folder(r->run->report));
    const char *named[2];
    bool ok = hash_tree(
        r, rc_run_share_path(r->run, "layouts", (rc_str){0}), is_layout);

    ok = hash_tree(r, rc_path_join(r->a, folder, RC_LIT("layouts")).at,
                   is_layout) && ok;
    rc_report_structures(r->run->report, named);
    for (size_t i = 0; i < 2; i++)
        if (named[i])
            ok = hash_tree(r, named[i], is_layout) && ok;
    return ok;
}

static bool
hash_report(reader *r)
{
    if (r->o->attach_data) /* as if the report asked for it */
        rc_hash_str(&r->hash, RC_LIT("--attach-data"));
    return hash_file(r, r->o->report);
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
    return hash_tree(r, rc_report_folder(r->run->report), is_chapter);
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
    const char *path = rc_report_data(r->run->report);

    if (rc_path_is_folder(path))
        return hash_tree(r, path, keep);
    return hash_file(r, path);
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

static bool
hash_all(reader *r, rc_inputs *out)
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
    bool ok = r->run->house && rc_log_status(r->run->log) == 0;
    rc_hash all;

    rc_hash_begin(&all);
    for (size_t i = 0; ok && i < RC_INPUT_COUNT; i++) {
        rc_hash_begin(&r->hash);
        ok = hashers[i](r);
        out->of[i] = rc_hash_end(&r->hash, r->a);
        rc_hash_str(&all, out->of[i]);
    }
    out->all = rc_hash_end(&all, r->a);
    return ok;
}

bool
rc_run_hash_inputs(rc_run *run, const rc_options *o, rc_inputs *out)
{
    reader r = {run, o, run->arena, .add = rc_hash_file};

    *out = (rc_inputs){.report = rc_report_name(run->report)};
    return hash_all(&r, out);
}

rc_str
rc_run_hash_seen(rc_run *run, const rc_options *o)
{
    reader r = {run, o, run->arena, .add = rc_hash_stamp};
    rc_inputs seen;

    return hash_all(&r, &seen) ? seen.all : (rc_str){0};
}
