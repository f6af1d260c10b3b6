/* Numbered PDF objects, and the file they make: libharu's object layer lives
 * behind this header and nowhere else. Every object is a dictionary, possibly
 * with a stream. Running out of memory ends the process; any other complaint
 * of libharu's would be a mistake of ours. */
#ifndef RC_DEVICE_OBJECTS_H
#define RC_DEVICE_OBJECTS_H

#include "base/str.h"

typedef struct rc_objects rc_objects;

/* Good for one file after another: what compressing and writing need is had
 * once. */
rc_objects *rc_objects_new(void);
void rc_objects_free(rc_objects *o);

/* Begins a file in `out`, which must be empty: each object is written there
 * when it is finished. A file that was begun before and not ended is
 * forgotten. */
void rc_objects_begin(rc_objects *o, rc_buf *out);

/* Numbers for `count` objects to come, in a row; the first of them. Each must
 * be finished, in whatever order. */
uint32_t rc_objects_add(rc_objects *o, size_t count);

/* Entries by libharu. Keys and names must outlive nothing: they are copied. No
 * more than four objects are open at once: begun here and not yet finished. */
void rc_objects_name(rc_objects *o, uint32_t id, const char *key,
                     const char *value);
void rc_objects_int(rc_objects *o, uint32_t id, const char *key,
                    int32_t value);
void rc_objects_ref(rc_objects *o, uint32_t id, const char *key,
                    uint32_t target);

/* Finishes the object with further entries, already in PDF syntax:
 * "/K 3/Pg 4 0 R". */
void rc_objects_finish(rc_objects *o, uint32_t id, rc_str entries);

/* Compressed as RC_FILTER_DEFLATED wants it; borrowed until the next call or
 * the next object. */
rc_str rc_objects_deflate(rc_objects *o, rc_str data);

typedef enum rc_filter {
    RC_FILTER_NONE,     /* as it is */
    RC_FILTER_FLATE,    /* to be compressed */
    RC_FILTER_DEFLATED, /* compressed before */
} rc_filter;
/* Finishes it as a stream, with Length and Filter. */
void rc_objects_finish_stream(rc_objects *o, uint32_t id, rc_str data,
                              rc_filter filter);

/* The end of the file: what waits for its object stream, and a
 * cross-reference stream with an identifier, from the digest of all before it.
 * Call when every object is finished. */
void rc_objects_end(rc_objects *o, uint32_t catalog, uint32_t info);

#endif
