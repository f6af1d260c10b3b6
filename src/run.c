/* Where things are: the share folder, house style, fonts. */
#include "run.h"

#include <unistd.h>

#include "base/file.h"

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
find_share(rc_run *run, const char *named)
{
    rc_arena *a = run->arena;
    char exe[4096];
    ssize_t n;
    rc_diag *d;

    if (named) {
        run->share = clean_path(a, rc_str_z(named));
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
                run->share = clean_path(a, places[i]);
                return true;
            }
        }
    }
    d = rc_log_add(run->log, RC_WORLD, "missing-share", rc_span_none(),
                   "cannot find the folder of layouts, fonts and assets");
    rc_diag_hint(d, "name it: --share DIR");
    return false;
}

const char *
rc_run_share_path(rc_run *run, const char *folder, rc_str name)
{
    rc_str dir = rc_path_join(run->arena, run->share, rc_str_z(folder));

    return rc_path_join(run->arena, dir, name).at;
}

const char *
rc_run_house_path(rc_run *run, const char *named)
{
    return named ? rc_report_find_house(run->arena, run->report, named,
                                        run->log)
                 : rc_report_house_path(run->report);
}

bool
rc_run_read_house(rc_run *run, const char *named)
{
    const char *path = rc_run_house_path(run, named);
    const rc_source *source;

    if (!path)
        return false; /* said before */
    source = rc_source_read(run->arena, path, rc_str_z(path), run->log,
                            rc_span_none());
    run->house = source ? rc_house_read_all(run->arena, source, run->log,
                                            &run->house_fields)
                        : NULL;
    return run->house != NULL;
}

const char *
rc_run_font_path(rc_run *run, rc_str file)
{
    rc_arena *a = run->arena;
    rc_str folder = rc_str_z(rc_report_folder(run->report));
    rc_str own =
        rc_path_join(a, rc_path_join(a, folder, RC_LIT("fonts")), file);

    return rc_file_exists(own.at) ? own.at
                                  : rc_run_share_path(run, "fonts", file);
}

bool
rc_run_open_fonts(rc_run *run, rc_str language)
{
    size_t n = run->house->face_count;
    rc_font_file *files = RC_MAKE_ARRAY(run->arena, rc_font_file, n);

    for (size_t i = 0; i < n; i++) {
        files[i].name = run->house->faces[i].file;
        files[i].span = run->house->faces[i].span;
        files[i].path =
            rc_str_z(rc_run_font_path(run, run->house->faces[i].file));
    }
    run->fonts = rc_fonts_open(files, n, language, run->log);
    return run->fonts != NULL;
}

bool
rc_run_read(rc_run *run, const rc_options *o, rc_arena *a, rc_log *log)
{
    *run = (rc_run){.arena = a, .log = log};
    if (!find_share(run, o->share))
        return false;
    run->report =
        rc_report_read(run->arena, o->report,
                       rc_run_share_path(run, "layouts", (rc_str){0}), log);
    if (run->report && o->attach_data)
        run->report = rc_report_attaching(run->arena, run->report);
    return run->report != NULL;
}
