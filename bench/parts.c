/* What the parts of a report cost, measured inside one process: reading and
 * binding, layout, the PDF; and of the PDF how much goes into what makes it
 * accessible and archival. The device has no switch for that, so it is given
 * page lists from which something was taken away:
 *
 *   whole       as it is
 *   untagged    no elements, links or outline; all ink is one artifact a page
 *   bare        one empty page with the fonts of all: subsets, widths,
 *               ToUnicode, metadata, colour profile
 *
 * Tags cost whole - untagged; subsets and metadata cost bare.
 *
 *   parts REPORT.yaml RUNS       the least of RUNS counts; in the checkout */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device/device.h"
#include "run.h"

enum { READ, LAYOUT, WHOLE, UNTAGGED, BARE, PARTS };

static double
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
note(double *least, double start)
{
    double took = now_ms() - start;
    if (took < *least)
        *least = took;
}

static rc_pages
without_tags(rc_arena *a, const rc_pages *p)
{
    rc_pages out = *p;
    rc_page *pages = RC_MAKE_ARRAY(a, rc_page, p->page_count);
    for (size_t i = 0; i < p->page_count; i++) {
        rc_op *ops = RC_MAKE_ARRAY(a, rc_op, p->pages[i].op_count);
        pages[i] = p->pages[i];
        pages[i].ops = ops;
        pages[i].op_count = 0;
        for (size_t k = 0; k < p->pages[i].op_count; k++) {
            rc_op op = p->pages[i].ops[k];
            if (op.kind == RC_OP_LINKBOX)
                continue;
            op.element = RC_ARTIFACT_LAYOUT;
            ops[pages[i].op_count++] = op;
        }
    }
    out.pages = pages;
    out.element_count = out.dest_count = out.outline_count = 0;
    return out;
}

static rc_pages
only_fonts(rc_arena *a, const rc_pages *p)
{
    rc_pages out = *p;
    rc_page *page = RC_MAKE(a, rc_page);
    *page = p->pages[0];
    page->op_count = 0;
    out.pages = page;
    out.page_count = 1;
    out.element_count = out.dest_count = out.outline_count = 0;
    return out;
}

/* Writes the list; the size of the file. */
static size_t
write_pdf(rc_run *run, const rc_pages *p, double *least)
{
    const char *icc = rc_run_share_path(run, "assets", RC_LIT("sRGB.icc"));
    rc_buf pdf = {0};
    double start = now_ms();
    if (!rc_pdf_write(p, icc, NULL, run->log, &pdf))
        exit(1);
    note(least, start);
    size_t size = pdf.len;
    rc_buf_free(&pdf);
    return size;
}

static size_t
once(const rc_options *o, double *least, size_t *pages)
{
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    rc_run run = {0};
    double start = now_ms();
    if (!rc_run_read(&run, o, a, log) || !rc_run_read_house(&run, NULL))
        exit(1);
    run.bound = rc_arena_new();
    run.survey = rc_survey_load(a, run.report, log);
    run.doc = run.survey ? rc_bind(run.bound, a, run.survey, log) : NULL;
    if (!run.doc || !rc_run_open_fonts(&run, run.doc->language))
        exit(1);
    note(&least[READ], start);
    start = now_ms();
    run.pages = rc_lay_out(a, run.doc, run.house, run.fonts, log);
    note(&least[LAYOUT], start);
    if (!run.pages)
        exit(1);
    *pages = run.pages->page_count;
    rc_pages untagged = without_tags(a, run.pages);
    rc_pages bare = only_fonts(a, run.pages);
    size_t size = write_pdf(&run, run.pages, &least[WHOLE]);
    (void)write_pdf(&run, &untagged, &least[UNTAGGED]);
    (void)write_pdf(&run, &bare, &least[BARE]);
    rc_fonts_close(run.fonts);
    rc_arena_free(run.bound);
    rc_log_free(log);
    rc_arena_free(a);
    return size;
}

int
main(int argc, char **argv)
{
    double t[PARTS];
    size_t size = 0, pages = 0;
    int runs = argc == 3 ? atoi(argv[2]) : 0;
    rc_options o = {.report = argc == 3 ? argv[1] : NULL, .share = "."};

    if (runs < 1) {
        fputs("usage: parts REPORT.yaml RUNS\n", stderr);
        return 2;
    }
    for (int i = 0; i < PARTS; i++)
        t[i] = 1e9;
    for (int i = 0; i < runs; i++)
        size = once(&o, t, &pages);
    double all = t[READ] + t[LAYOUT] + t[WHOLE];
    double tags = t[WHOLE] - t[UNTAGGED];
    printf("parts, CPU ms: reading and binding %.1f, layout %.1f, PDF %.1f\n",
           t[READ], t[LAYOUT], t[WHOLE]);
    printf("PDF without tags %.1f: tags %.1f; subsets and metadata %.1f; "
           "together %.0f%% of all   (aim: at most 25%%)\n",
           t[UNTAGGED], tags, t[BARE], 100 * (tags + t[BARE]) / all);
    printf("file: %.1f KiB a page   (aim: at most 5)\n",
           (double)size / 1024 / (double)pages);
    return 0;
}
