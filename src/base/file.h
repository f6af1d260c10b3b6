/* Files: read whole, written whole or not at all. */
#ifndef RC_BASE_FILE_H
#define RC_BASE_FILE_H

#include "base/diag.h"

/* Reads a file into the arena (NUL-terminated beyond its length). Returns
 * false and logs (RC_WORLD "unreadable-file", at `at`) when it cannot. */
bool rc_file_read(rc_arena *a, const char *path, rc_log *log, rc_span at,
                  rc_str *out);

/* The same, part by part, without keeping it. */
bool rc_file_parts(const char *path, void (*take)(void *to, rc_str part),
                   void *to, rc_log *log, rc_span at);

/* Reads a UTF-8 text as a source: drops a BOM, reports ill-formed UTF-8 as an
 * author's error at its byte. `shown` is the path diagnostics print. */
const rc_source *rc_source_read(rc_arena *a, const char *path, rc_str shown,
                                rc_log *log, rc_span at);

bool rc_file_exists(const char *path);
bool rc_path_is_folder(const char *path);

/* Writes `bytes` beside `path` and renames when it is whole and on disk
 * (fsync). The folders above are made. On failure nothing is left, the old
 * file stays, and the log has RC_RETRY "no-space" (ENOSPC, EDQUOT) or RC_WORLD
 * "unwritable-file". */
bool rc_file_write(const char *path, rc_str bytes, rc_log *log);
/* The same for one of many in a folder: its new name is on disk only with the
 * next rc_file_write there. Power lost before leaves the old file whole. */
bool rc_file_write_many(const char *path, rc_str bytes, rc_log *log);

/* Makes a folder and those above it, where they are not there. False, with the
 * diagnostics of rc_file_write, when that cannot be. */
bool rc_path_make_folder(const char *folder, rc_log *log);

/* The names in a folder (".." and what begins with a dot left out), sorted by
 * their bytes; none when it cannot be read. For suggestions. */
const rc_str *rc_path_list(rc_arena *a, const char *folder, size_t *count);

/* `path` without ".", doubled slashes and "x/..", as far as can be said without
 * looking; what lies below `folder` (absolute, may be empty) from there. For
 * people to read. */
rc_str rc_path_clean(rc_arena *a, rc_str path, rc_str folder);
rc_str rc_path_join(rc_arena *a, rc_str folder, rc_str name); /* NUL after */
rc_str rc_path_folder(rc_arena *a, rc_str path); /* "." if none */
rc_str rc_path_base(rc_str path);                /* the last part */

#endif
