/* The pipeline in one screen: report -> block tree -> page list -> device. */
#include "recto.h"

#include <string.h>

#include "base/file.h"
#include "device/device.h"
#include "run.h"

/* The report, or the volume of one group. */
static void
bind_document(rc_run *run, const char *volume)
{
    const rc_volume *v;

    if (!volume) {
        run->doc = rc_bind(run->bound, run->arena, run->survey, run->log);
        return;
    }
    v = rc_volume_find(run->arena, run->survey, rc_str_z(volume), run->log);
    if (v)
        run->doc = rc_bind_volume(run->bound, run->arena, run->survey, v,
                                  NULL, run->log);
}

/* Fields in heads and feet against those of the document and of its sections,
 * which all have the same. */
static void
check_fields(rc_run *run)
{
    const rc_doc *doc = run->doc;
    const rc_section *s = doc->section_count ? &doc->sections[0] : NULL;
    size_t n = 0, more = s ? s->field_count : 0;
    rc_str *names = RC_MAKE_ARRAY(run->arena, rc_str, doc->field_count + more);

    for (size_t i = 0; i < doc->field_count; i++)
        names[n++] = doc->fields[i].name;
    for (size_t i = 0; i < more; i++)
        names[n++] = s->fields[i].name;
    if (s)
        rc_house_check_fields(&run->house_fields, names, n, run->log);
}

/* Everything up to the block tree. Errors are in the log. */
static bool
bind(rc_run *run, const rc_options *o, rc_arena *a, rc_log *log)
{
    bool house;

    if (!rc_run_read(run, o, a, log))
        return false;
    run->bound = rc_arena_new();
    house = rc_run_read_house(run, o->house);
    run->survey = rc_survey_load(run->arena, run->report, log);
    if (run->survey) /* all mistakes in one run */
        bind_document(run, o->volume);
    if (run->doc)
        check_fields(run);
    return house && run->doc != NULL;
}

/* Everything up to the page list. */
static bool
set_pages(rc_run *run, const rc_options *o, rc_arena *a, rc_log *log)
{
    if (!bind(run, o, a, log) || !rc_run_open_fonts(run, run->doc->language))
        return false;
    run->pages =
        rc_lay_out(run->arena, run->doc, run->house, run->fonts, log);
    rc_arena_free(run->bound);
    run->bound = NULL;
    run->doc = NULL;
    return run->pages != NULL;
}

static void
close_run(rc_run *run)
{
    rc_fonts_close(run->fonts);
    rc_arena_free(run->bound);
}

static const char *
out_path(rc_run *run, const rc_options *o, const char *name)
{
    rc_arena *a = run->arena;
    rc_str dir;

    if (o->out)
        return o->out;
    dir = rc_path_join(a, RC_LIT("build"), rc_report_name(run->report));
    return rc_path_join(a, dir, rc_str_z(name)).at;
}

static const char *
pdf_path(rc_run *run, const rc_options *o)
{
    if (!o->volume)
        return out_path(run, o, "report.pdf");
    return out_path(
        run, o, rc_str_printf(run->arena, "volumes/%s.pdf", o->volume).at);
}

bool
rc_build(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_run run;
    rc_buf pdf = {0};
    bool ok = set_pages(&run, o, a, log) && rc_log_status(log) == 0 &&
              rc_pdf_write(run.pages,
                           rc_run_share_path(&run, "assets", RC_LIT("sRGB.icc")),
                           NULL, log, &pdf) &&
              rc_file_write(pdf_path(&run, o), rc_buf_str(&pdf), log);

    if (ok && !o->out) /* the user did not say where */
        puts(pdf_path(&run, o));
    rc_buf_free(&pdf);
    close_run(&run);
    return ok;
}

bool
rc_preview(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_run run;
    bool ok = set_pages(&run, o, a, log) && rc_log_status(log) == 0;
    size_t first = o->first > 0 ? (size_t)o->first : 1;
    size_t last = o->last > 0 ? (size_t)o->last : SIZE_MAX;

    if (ok && first > run.pages->page_count) {
        rc_log_error(log, "no-such-page", rc_span_none(),
                     "page %zu asked for, but the report has %zu", first,
                     run.pages->page_count);
        ok = false;
    }
    for (size_t i = first; ok && i <= last && i <= run.pages->page_count;
         i++) {
        rc_buf png = {0};
        rc_str name = rc_str_printf(run.arena, "page-%03zu.png", i);
        rc_str path = rc_path_join(
            run.arena, rc_str_z(out_path(&run, o, "preview")), name);
        ok = rc_png_write(run.pages, i - 1, o->dpi, log, &png) &&
             rc_file_write(path.at, rc_buf_str(&png), log);
        rc_buf_free(&png);
    }
    close_run(&run);
    return ok;
}

bool
rc_check(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_run run;
    bool ok = set_pages(&run, o, a, log) && rc_log_status(log) == 0;

    close_run(&run);
    return ok;
}

bool
rc_dump(rc_arena *a, const rc_options *o, const char *what, rc_log *log)
{
    rc_run run;
    bool ok;

    if (strcmp(what, "doc") == 0) {
        ok = bind(&run, o, a, log);
        if (ok)
            rc_doc_dump(run.doc, stdout);
    } else {
        ok = set_pages(&run, o, a, log);
        if (ok && strcmp(what, "tags") == 0)
            rc_page_dump_tags(run.pages, stdout);
        else if (ok)
            rc_page_dump(run.pages, stdout);
        if (ok)
            ok = rc_page_check(run.pages, stderr);
    }
    close_run(&run);
    return ok;
}
