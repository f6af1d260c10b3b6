/* Volumes from one report: read and checked once, then one document after
 * another, each in an arena of its own. */
#include <string.h>

#include "base/hash.h"
#include "device/device.h"
#include "run.h"

struct rc_job {
    rc_run run;
    const rc_options *options;
    const rc_volume *volumes;
    const rc_unit *units;
    size_t count;
    rc_str per;
    const char *icc;
    rc_pdf_kit *kit; /* of the volumes made by this process */
    rc_shelf *shelf;
    const rc_str *results; /* digest of each group's results */
    rc_str rules;          /* and of what was worked out from all of them */
    uint8_t *read;         /* by group: see rc_watch */
};

/* -- opening --------------------------------------------------------------- */

static bool
list_units(rc_job *job, const char *per, rc_log *log)
{
    rc_arena *a = job->run.arena;
    rc_unit *units;

    if (per)
        job->per = rc_str_z(per);
    job->volumes = rc_volumes(a, job->run.survey,
                              per ? rc_str_z(per) : (rc_str){0}, &job->count,
                              log);
    job->units = units = RC_MAKE_ARRAY(a, rc_unit, job->count + 1);
    for (size_t i = 0; i < job->count; i++)
        units[i] = (rc_unit){job->volumes[i].key, job->volumes[i].name,
                             job->volumes[i].weight};
    return job->volumes != NULL;
}

static void
digest_results(rc_job *job)
{
    rc_arena *a = job->run.arena;
    const rc_data *d = rc_survey_data(job->run.survey);
    rc_str tables;
    rc_hash h;

    job->results = rc_data_digests(a, d, &tables);
    rc_hash_begin(&h);
    rc_hash_str(&h, tables);
    rc_stats_hash(rc_survey_stats(job->run.survey), &h);
    job->rules = rc_hash_end(&h, a);
    job->read = RC_MAKE_ARRAY(a, uint8_t, d->group_count + 1);
    d->watch->read = job->read;
}

rc_job *
rc_job_open(rc_arena *a, const rc_options *o, rc_log *log)
{
    rc_job *job = RC_MAKE(a, rc_job);

    job->options = o;
    if (!rc_run_read(&job->run, o, a, log))
        return NULL;
    rc_run_read_house(&job->run, o->house);
    job->per = rc_report_volume_kind(job->run.report);
    return job;
}

bool
rc_job_inputs(rc_job *job, rc_inputs *out)
{
    return rc_run_hash_inputs(&job->run, job->options, out);
}

rc_str
rc_job_seen(rc_job *job)
{
    return rc_run_hash_seen(&job->run, job->options);
}

bool
rc_job_load(rc_job *job, const char *per)
{
    rc_run *run = &job->run;

    run->survey = rc_survey_load(run->arena, run->report, run->log);
    if (run->survey && list_units(job, per, run->log) && run->house)
        rc_run_open_fonts(run, rc_report_language(run->report));
    if (!run->fonts || rc_log_status(run->log) != 0)
        return false;
    digest_results(job);
    job->shelf = rc_shelf_new();
    job->icc = rc_run_share_path(run, "assets", RC_LIT("sRGB.icc"));
    return true;
}

void
rc_job_close(rc_job *job)
{
    if (!job)
        return;
    rc_fonts_close(job->run.fonts);
    rc_pdf_kit_free(job->kit);
    rc_shelf_free(job->shelf);
    job->run.fonts = NULL;
    job->shelf = NULL;
    job->kit = NULL;
}

const rc_unit *
rc_job_units(const rc_job *job, size_t *count)
{
    *count = job->count;
    return job->units;
}

rc_str
rc_job_per(const rc_job *job)
{
    return job->per;
}

rc_str
rc_job_report(const rc_job *job)
{
    return rc_report_name(job->run.report);
}

/* -- one volume ------------------------------------------------------------ */

rc_str
rc_job_results(const rc_job *job, rc_arena *a, const rc_str *keys,
               size_t count)
{
    const rc_data *d = rc_survey_data(job->run.survey);
    rc_hash h;

    rc_hash_begin(&h);
    rc_hash_str(&h, job->rules);
    for (size_t i = 0; i < count; i++) {
        int group = rc_data_group(d, keys[i]);
        rc_hash_str(&h, keys[i]);
        if (group >= 0)
            rc_hash_str(&h, job->results[group]);
    }
    return rc_hash_end(&h, a);
}

/* The groups whose results were read since the last time. */
static void
take_reads(rc_job *job, rc_arena *a, rc_made *out)
{
    const rc_data *d = rc_survey_data(job->run.survey);
    rc_str *keys;
    size_t count = 0;

    for (size_t i = 0; i < d->group_count; i++)
        count += job->read[i];
    out->reads = keys = RC_MAKE_ARRAY(a, rc_str, count + 1);
    for (size_t i = 0; i < d->group_count; i++)
        if (job->read[i])
            keys[out->read_count++] = d->groups[i].key;
    out->results = rc_job_results(job, a, keys, count);
}

bool
rc_job_make(rc_job *job, size_t i, rc_str tree, rc_arena *a, rc_made *out,
            rc_log *log)
{
    rc_arena *bound = rc_arena_new(); /* until the page list is made */
    const rc_pages *pages = NULL;
    const rc_doc *doc;

    *out = (rc_made){0};
    memset(job->read, 0, rc_survey_data(job->run.survey)->group_count);
    doc = rc_bind_volume(bound, a, job->run.survey, &job->volumes[i],
                         job->shelf, log);
    if (doc && rc_log_status(log) == 0) {
        take_reads(job, a, out);
        out->tree = rc_doc_digest(a, doc, &out->figures);
        out->same = tree.len && rc_str_eq(tree, out->tree);
        if (!out->same)
            pages = rc_lay_out(a, doc, job->run.house, job->run.fonts, log);
    }
    rc_arena_free(bound);
    if (!pages || rc_log_status(log) != 0)
        return out->same;
    out->pages = pages->page_count;
    if (!job->kit)
        job->kit = rc_pdf_kit_new();
    return rc_pdf_write(pages, job->icc, job->kit, log, &out->pdf);
}
