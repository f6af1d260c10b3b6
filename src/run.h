/* What recto.c and the files beside it share: one run, from the report's folder
 * on. */
#ifndef RC_RUN_H
#define RC_RUN_H

#include "doc/bind.h"
#include "layout/layout.h"
#include "recto.h"

/* What one run holds, made in order. */
typedef struct rc_run {
    rc_arena *arena;
    rc_arena *bound; /* of the block tree: until the page list is made */
    rc_log *log;
    rc_str share;
    const rc_report *report;
    const rc_house *house;
    rc_house_fields house_fields;
    const rc_survey *survey;
    const rc_doc *doc;
    rc_fonts *fonts;
    const rc_pages *pages;
} rc_run;

/* Begins a run: finds the share folder and reads report.yaml. */
bool rc_run_read(rc_run *run, const rc_options *o, rc_arena *a, rc_log *log);
/* share/FOLDER/NAME */
const char *rc_run_share_path(rc_run *run, const char *folder, rc_str name);
/* The house style's file; NULL after an error. `named`: in place of the
 * report's, or NULL. */
const char *rc_run_house_path(rc_run *run, const char *named);
bool rc_run_read_house(rc_run *run, const char *named);
/* A font in the report's own fonts/, else the program's. */
const char *rc_run_font_path(rc_run *run, rc_str file);
bool rc_run_open_fonts(rc_run *run, rc_str language);
/* The digests of a run that has read report.yaml and the house style. */
bool rc_run_hash_inputs(rc_run *run, const rc_options *o, rc_inputs *out);
rc_str rc_run_hash_seen(rc_run *run, const rc_options *o);

#endif
