/* The whole way from report.yaml and a chapter to pages: the input is
 * chapters/one.md, and after "@@ report.yaml" and the like what else it
 * wants to be another. What comes out must pass the checker of pages. */
#include "fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "doc/bind.h"
#include "layout/layout.h"
#include "page/page.h"

static const char report[] =
    "report: {title: A report, mark: Draft, source: The survey.}\n"
    "data: data\nhouse: plain\nstructure: fuzz\nwhole: eastmere\n"
    "words: {nets: {agree: Agree}, roles: {day: Day staff}}\n"
    "facts: [{column: respondents, label: People, base: true}]\n"
    "chapters: {body: [one.md, {file: two.md, each: {group: district, file: "
    "three.md}}]}\n";
static const char structure[] =
    "cover: {title: '{{ report.title }}'}\n"
    "parts:\n"
    "  - {name: cover, master: cover}\n"
    "  - {name: body, pages: arabic, numbers: '1', opening: chapter, chapters: "
    "[report]}\n";

/* What is the same for every input. */
static const rc_house *house;
static rc_fonts *fonts;

static void
link_to(const char *what, const char *name)
{
    char here[512], from[1024], to[256];
    if (!getcwd(here, sizeof here))
        exit(1);
    snprintf(from, sizeof from, "%s/%s", here, what);
    snprintf(to, sizeof to, "%s/%s", fuzz_folder(), name);
    if (symlink(from, to) != 0) {
        perror(to);
        exit(1);
    }
}

static void
make_folder(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    if (mkdir(path, 0777) != 0)
        exit(1);
}

static void
begin(void)
{
    static rc_arena *a;
    rc_log *log = rc_log_new();
    a = rc_arena_new();
    make_folder("chapters");
    make_folder("layouts");
    make_folder("layouts/fuzz");
    link_to("tests/cases/small/data", "data");
    link_to("layouts/plain", "layouts/plain");
    const rc_source *s =
        rc_source_read(a, "layouts/plain/house.yaml", RC_LIT("house.yaml"),
                       log, rc_span_none());
    house = s ? rc_house_read(a, s, log) : NULL;
    if (!house)
        exit(1);
    rc_font_file *files = RC_MAKE_ARRAY(a, rc_font_file, house->face_count);
    for (size_t i = 0; i < house->face_count; i++) {
        files[i].name = house->faces[i].file;
        files[i].path =
            rc_path_join(a, RC_LIT("fonts"), house->faces[i].file);
    }
    fonts = rc_fonts_open(files, house->face_count, RC_LIT("en-GB"), log);
    if (!fonts)
        exit(1);
    rc_log_free(log);
}

/* Where fuzz_write_parts put them all, to where they belong. */
static void
move(const char *name, const char *to)
{
    char a[256], b[256];
    snprintf(a, sizeof a, "%s/%s", fuzz_folder(), name);
    snprintf(b, sizeof b, "%s/%s", fuzz_folder(), to);
    if (rename(a, b) != 0) {
        perror(a);
        exit(1);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *name, *text;
    } sound[] = {
        {"report.yaml", report},
        {"structure.yaml", structure},
        {"one.md", ""},
        {"two.md", "# Two\n"},
        {"three.md", "# {{ group.name }}\n"},
    };
    char path[128];
    if (!house)
        begin();
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        fuzz_write(sound[i].name, sound[i].text, rc_str_z(sound[i].text).len);
    fuzz_write_parts("one.md", data, size);
    move("structure.yaml", "layouts/fuzz/structure.yaml");
    move("one.md", "chapters/one.md");
    move("two.md", "chapters/two.md");
    move("three.md", "chapters/three.md");
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    snprintf(path, sizeof path, "%s/report.yaml", fuzz_folder());
    const rc_report *r = rc_report_read(a, path, NULL, log);
    const rc_survey *s = r ? rc_survey_load(a, r, log) : NULL;
    const rc_doc *doc = s ? rc_bind(a, a, s, log) : NULL;
    FILE *nowhere = fopen("/dev/null", "w");
    if (doc && nowhere)
        rc_doc_dump(doc, nowhere);
    const rc_pages *pages =
        doc ? rc_lay_out(a, doc, house, fonts, log) : NULL;
    if (pages && nowhere) {
        rc_page_dump(pages, nowhere);
        rc_page_dump_tags(pages, nowhere);
        bool clean = rc_log_count(log, RC_ERROR) == 0;
        rc_assert(rc_page_check(pages, clean ? stderr : nowhere) || !clean);
    }
    if (nowhere)
        fclose(nowhere);
    fuzz_finish(log);
    rc_arena_free(a);
    return 0;
}
