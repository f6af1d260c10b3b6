/* The pipeline in one screen: report -> block tree -> page list -> device. */
#include "recto.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "device/device.h"
#include "doc/bind.h"
#include "layout/layout.h"

/* What one run holds, made in order. */
typedef struct rc_job {
    rc_arena *arena;
    rc_arena *bound; /* of the block tree: until the page list is made */
    rc_log *log;
    rc_str share;
    const rc_report *report;
    const rc_house *house;
    const rc_survey *survey;
    const rc_doc *doc;
    rc_fonts *fonts;
    const rc_pages *pages;
} rc_job;

/* A path as messages show it: short where it lies below the folder the user
 * stands in. */
static rc_str
clean_path(rc_arena *a, rc_str path)
{
    char here[4096];

    return rc_path_clean(
        a, path, getcwd(here, sizeof here) ? rc_str_z(here) : RC_LIT(""));
}

/* The folder that holds layouts/, fonts/ and assets/: named by the user, or
 * beside the program (a checkout), or in the share folder it was installed to.
 */
static bool
find_share(rc_job *job, const char *named)
{
    rc_arena *a = job->arena;
    char exe[4096];
    ssize_t n;
    rc_diag *d;

    if (named) {
        job->share = clean_path(a, rc_str_z(named));
        return true;
    }
    n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        rc_str bin = rc_path_folder(a, (rc_str){exe, (size_t)n});
        rc_str up = rc_path_folder(a, bin);
        const rc_str places[] = {
            rc_path_join(a, up, RC_LIT("share/recto")), up, bin};
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            rc_str layouts = rc_path_join(a, places[i], RC_LIT("layouts"));
            if (rc_path_is_folder(layouts.at)) {
                job->share = clean_path(a, places[i]);
                return true;
            }
        }
    }
    d = rc_log_add(job->log, RC_WORLD, "missing-share", rc_span_none(),
                   "cannot find the folder of layouts, fonts and assets");
    rc_diag_hint(d, "name it: --share DIR");
    return false;
}

static const char *
share_path(rc_job *job, const char *folder, rc_str name)
{
    rc_str dir = rc_path_join(job->arena, job->share, rc_str_z(folder));

    return rc_path_join(job->arena, dir, name).at;
}

static bool
read_house(rc_job *job, const char *named)
{
    const char *path =
        named ? rc_report_find_house(job->arena, job->report, named, job->log)
              : rc_report_house_path(job->report);
    const rc_source *source;

    if (!path)
        return false; /* said before */
    source = rc_source_read(job->arena, path, rc_str_z(path), job->log,
                            rc_span_none());
    job->house = source ? rc_house_read(job->arena, source, job->log) : NULL;
    return job->house != NULL;
}

/* A font in the report's own fonts/, else the program's. */
static const char *
font_path(rc_job *job, rc_str file)
{
    rc_arena *a = job->arena;
    rc_str folder = rc_str_z(rc_report_folder(job->report));
    rc_str own =
        rc_path_join(a, rc_path_join(a, folder, RC_LIT("fonts")), file);

    return rc_file_exists(own.at) ? own.at : share_path(job, "fonts", file);
}

static bool
open_fonts(rc_job *job)
{
    size_t n = job->house->face_count;
    rc_font_file *files = RC_MAKE_ARRAY(job->arena, rc_font_file, n);

    for (size_t i = 0; i < n; i++) {
        files[i].name = job->house->faces[i].file;
        files[i].span = job->house->faces[i].span;
        files[i].path =
            rc_str_z(font_path(job, job->house->faces[i].file));
    }
    job->fonts = rc_fonts_open(files, n, job->doc->language, job->log);
    return job->fonts != NULL;
}

/* The report, or the volume of one group. */
static void
bind_document(rc_job *job, const char *volume)
{
    const rc_volume *v;

    if (!volume) {
        job->doc = rc_bind(job->bound, job->arena, job->survey, job->log);
        return;
    }
    v = rc_volume_find(job->arena, job->survey, rc_str_z(volume), job->log);
    if (v)
        job->doc = rc_bind_volume(job->bound, job->arena, job->survey, v,
                                  job->log);
}

/* Everything up to the block tree. Errors are in the log. */
static bool
bind(rc_job *job, const rc_options *o, rc_arena *a, rc_log *log)
{
    bool house;

    *job = (rc_job){.arena = a, .bound = rc_arena_new(), .log = log};
    if (!find_share(job, o->share))
        return false;
    job->report = rc_report_read(job->arena, o->report,
                                 share_path(job, "layouts", (rc_str){0}), log);
    if (!job->report)
        return false;
    house = read_house(job, o->house);
    job->survey = rc_survey_load(job->arena, job->report, log);
    if (job->survey) /* all mistakes in one run */
        bind_document(job, o->volume);
    return house && job->doc != NULL;
}

/* Everything up to the page list. */
static bool
set_pages(rc_job *job, const rc_options *o, rc_arena *a, rc_log *log)
{
    if (!bind(job, o, a, log) || !open_fonts(job))
        return false;
    job->pages =
        rc_lay_out(job->arena, job->doc, job->house, job->fonts, log);
    rc_arena_free(job->bound);
    job->bound = NULL;
    job->doc = NULL;
    return job->pages != NULL;
}

static void
close_job(rc_job *job)
{
    rc_fonts_close(job->fonts);
    rc_arena_free(job->bound);
}

static const char *
out_path(rc_job *job, const rc_options *o, const char *name)
{
    rc_arena *a = job->arena;
    rc_str dir;

    if (o->out)
        return o->out;
    dir = rc_path_join(a, RC_LIT("build"), rc_report_name(job->report));
    return rc_path_join(a, dir, rc_str_z(name)).at;
}

static const char *
pdf_path(rc_job *job, const rc_options *o)
{
    if (!o->volume)
        return out_path(job, o, "report.pdf");
    return out_path(
        job, o, rc_str_printf(job->arena, "volumes/%s.pdf", o->volume).at);
}

bool
rc_build(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_job job;
    rc_buf pdf = {0};
    bool ok = set_pages(&job, o, a, log) && rc_log_status(log) == 0 &&
              rc_pdf_write(job.pages,
                           share_path(&job, "assets", RC_LIT("sRGB.icc")), log,
                           &pdf) &&
              rc_file_write(pdf_path(&job, o), rc_buf_str(&pdf), log);

    if (ok && !o->out) /* the user did not say where */
        puts(pdf_path(&job, o));
    rc_buf_free(&pdf);
    close_job(&job);
    return ok;
}

bool
rc_preview(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_job job;
    bool ok = set_pages(&job, o, a, log) && rc_log_status(log) == 0;
    size_t first = o->first > 0 ? (size_t)o->first : 1;
    size_t last = o->last > 0 ? (size_t)o->last : SIZE_MAX;

    if (ok && first > job.pages->page_count) {
        rc_log_error(log, "no-such-page", rc_span_none(),
                     "page %zu asked for, but the report has %zu", first,
                     job.pages->page_count);
        ok = false;
    }
    for (size_t i = first; ok && i <= last && i <= job.pages->page_count;
         i++) {
        rc_buf png = {0};
        rc_str name = rc_str_printf(job.arena, "page-%03zu.png", i);
        rc_str path = rc_path_join(
            job.arena, rc_str_z(out_path(&job, o, "preview")), name);
        ok = rc_png_write(job.pages, i - 1, o->dpi, log, &png) &&
             rc_file_write(path.at, rc_buf_str(&png), log);
        rc_buf_free(&png);
    }
    close_job(&job);
    return ok;
}

bool
rc_check(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_job job;
    bool ok = set_pages(&job, o, a, log) && rc_log_status(log) == 0;

    close_job(&job);
    return ok;
}

bool
rc_dump(rc_arena *a, const rc_options *o, const char *what, rc_log *log)
{
    rc_job job;
    bool ok;

    if (strcmp(what, "doc") == 0) {
        ok = bind(&job, o, a, log);
        if (ok)
            rc_doc_dump(job.doc, stdout);
    } else {
        ok = set_pages(&job, o, a, log);
        if (ok && strcmp(what, "tags") == 0)
            rc_page_dump_tags(job.pages, stdout);
        else if (ok)
            rc_page_dump(job.pages, stdout);
        if (ok)
            ok = rc_page_check(job.pages, stderr);
    }
    close_job(&job);
    return ok;
}
