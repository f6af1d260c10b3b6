/* SHA-256, of whatever decides whether something must be made again. */
#ifndef RC_BASE_HASH_H
#define RC_BASE_HASH_H

#include "base/diag.h"

/* A digest under way; begin before use, end once. */
typedef struct rc_hash {
    uint64_t room[16]; /* the library's own */
} rc_hash;

enum { RC_HASH_DIGITS = 64 };

void rc_hash_begin(rc_hash *h);
void rc_hash_bytes(rc_hash *h, const void *at, size_t len);
/* With its length before it, so that parts never run together. */
void rc_hash_str(rc_hash *h, rc_str s);
void rc_hash_int(rc_hash *h, int64_t n);
void rc_hash_real(rc_hash *h, double x); /* by its bits */
/* The digest as RC_HASH_DIGITS small hexadecimal digits, in `a`. */
rc_str rc_hash_end(rc_hash *h, rc_arena *a);

/* The digest of a text alone: what sha256sum prints for it. */
rc_str rc_hash_of(rc_arena *a, rc_str s);

/* Adds a file's bytes, and after them their length. False when it cannot be read: the
 * log has "unreadable-file". */
bool rc_hash_file(rc_hash *h, const char *path, rc_log *log);

/* Adds what tells a file from any other, and from itself before it was last
 * changed, without reading it: device, number, size and times. False when it
 * cannot be found, or was changed less than two seconds ago: another change may
 * leave all that as it is. Nothing is logged. */
bool rc_hash_stamp(rc_hash *h, const char *path, rc_log *log);

/* Adds every file below a folder, by the bytes of its path there and by `add`,
 * which is one of the two above; what begins with a dot is left out. A folder
 * that is not there adds nothing but its absence. `keep` (or NULL) chooses among
 * files by name. */
bool rc_hash_tree(rc_hash *h, const char *folder, bool (*keep)(rc_str name),
                  bool (*add)(rc_hash *h, const char *path, rc_log *log),
                  rc_log *log);

#endif
