/* The inside of a log, shared by the file that fills it and the one that
 * prints it. Not for other rooms. */
#ifndef RC_BASE_DIAG_LOG_H
#define RC_BASE_DIAG_LOG_H

#include "base/diag.h"

typedef struct log_place {
    rc_span at;
    rc_str message;
} log_place;

struct rc_diag {
    rc_log *log;
    rc_severity severity;
    const char *name;
    log_place first;
    rc_str hint;
    RC_VEC(log_place) also;
    size_t source_order; /* of first mention */
    size_t order;        /* of logging */
};

/* What a name was logged for, so that one broken column of a large table
 * neither fills memory nor drowns the rest. */
typedef struct log_name {
    const char *name;
    rc_severity severity;
    size_t count; /* all of them */
    size_t kept;  /* with their words: at most LOG_KEPT */
} log_name;

enum { LOG_KEPT = 1000, LOG_PRINTED = 50 };

typedef struct log_slot {
    uint64_t hash;
    rc_diag *diag; /* NULL: counted, its words not kept */
    bool used;
} log_slot;

struct rc_log {
    rc_arena *arena;
    RC_VEC(rc_diag *) diags;
    RC_VEC(log_name) names;
    RC_VEC(rc_str) allowed;
    RC_VEC(const char *) following; /* names that follow from others */
    size_t followed;                /* how often they did */
    size_t said;                    /* errors, with those said again */
    RC_VEC(const rc_source *) sources;
    log_slot *slots; /* on the heap; a power of two of them */
    size_t slot_count, slots_used;
    rc_diag *spill; /* takes the hints of what is not kept */
};

bool log_is_allowed(const rc_log *log, const char *name, rc_severity severity);

#endif
