/* What was made of what: manifest.json of a folder of volumes
 * (docs/manifest.schema.json), and the journal beside it while a run is under
 * way. */
#ifndef RC_BATCH_MANIFEST_H
#define RC_BATCH_MANIFEST_H

#include "recto.h"

#define RC_MANIFEST_FILE "manifest.json"
#define RC_JOURNAL_FILE ".recto-journal"
enum { RC_MANIFEST_VERSION = 1 };

typedef enum rc_volume_status {
    RC_VOLUME_MADE,
    RC_VOLUME_FAILED, /* an older file may still be there */
} rc_volume_status;

/* One volume as it was last made or tried. */
typedef struct rc_record {
    rc_str key, name, per;
    rc_str file;             /* below the folder; empty: there is none */
    rc_volume_status status;
    const rc_inputs *inputs; /* what it was made of */
    rc_str output;           /* SHA-256 of the file */
    int64_t bytes, modified; /* its size; when it was written, in ns */
    rc_str tree, results;    /* digests: see rc_made */
    const rc_str *reads;
    size_t read_count;
    int64_t pages, figures, warnings;
    int64_t ms;              /* how long it took */
    int exit;                /* of a failed one: the exit status it asks for */
    rc_str messages;         /* its log, as a JSON array */
    rc_str log;              /* the same for people: of a failed one */
} rc_record;

/* The volumes that a report has, of one kind. */
typedef struct rc_wanted {
    rc_str per;
    rc_str inputs; /* the digest they were counted with */
    const rc_unit *units;
    size_t count;
} rc_wanted;

typedef struct rc_manifest {
    rc_arena *arena;
    rc_str report;
    RC_VEC(rc_inputs *) inputs;
    RC_VEC(rc_wanted) wanted;
    RC_VEC(rc_record) records;
    uint32_t *slots; /* records by key: index + 1; a power of two of them */
    size_t slot_count;
} rc_manifest;

/* Reads the folder's manifest and then its journal, whose whole lines count
 * and whose last may be torn. None there: an empty manifest, or an error
 * where one is `needed`. NULL after errors. `journal`: set when there is one.
 */
rc_manifest *rc_manifest_read(rc_arena *a, const char *folder, bool needed,
                              bool *journal, rc_log *log);
rc_manifest *rc_manifest_new(rc_arena *a);

/* By key; NULL if there is none. Valid until the next rc_manifest_put. */
rc_record *rc_manifest_lookup(const rc_manifest *m, rc_str key);
/* Adds a record, or replaces the one of its key. Strings are kept. */
void rc_manifest_put(rc_manifest *m, const rc_record *r);
void rc_manifest_remove(rc_manifest *m, rc_str key);
/* The same set of inputs, kept once; strings are copied. What was seen of them
 * last counts. */
const rc_inputs *rc_manifest_inputs(rc_manifest *m, const rc_inputs *in);
/* Those of which that was seen; NULL if there are none. */
const rc_inputs *rc_manifest_seen(const rc_manifest *m, rc_str seen);
/* The volumes of a kind; NULL if not known. */
const rc_wanted *rc_manifest_wanted(const rc_manifest *m, rc_str per);
/* Units are kept by reference. */
void rc_manifest_want(rc_manifest *m, const rc_wanted *w);

/* The manifest as text: records in the order of the units they are of, and
 * after them those that no unit is for, by key. */
void rc_manifest_print(const rc_manifest *m, rc_buf *to);
bool rc_manifest_write(const rc_manifest *m, const char *folder, rc_log *log);

/* The journal: a line of inputs, then one for each record, appended whole. */
typedef struct rc_journal {
    int fd; /* -1: none */
    rc_str path;
} rc_journal;
bool rc_journal_open(rc_journal *j, rc_arena *a, const char *folder,
                     const rc_inputs *in, rc_log *log);
/* False when it cannot be written (no space): the record is in memory still. */
bool rc_journal_add(rc_journal *j, const rc_record *r);
/* `done`: the manifest has it all, and the journal goes. */
void rc_journal_close(rc_journal *j, bool done);

#endif
