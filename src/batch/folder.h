/* The folder that volumes go to: made, locked against a second run, and freed
 * of what a killed run left. */
#ifndef RC_BATCH_FOLDER_H
#define RC_BATCH_FOLDER_H

#include "base/diag.h"

/* Makes the folder and locks it. Returns the lock, for rc_folder_unlock; -1
 * when it cannot be used: RC_WORLD "unwritable-file", RC_RETRY "no-space", or
 * RC_RETRY "in-use" when another run has it. Workers that outlive a killed run
 * by a moment are waited for. */
int rc_folder_lock(const char *folder, rc_log *log);
void rc_folder_unlock(int lock);

/* When a file was last written, in nanoseconds since 1970. */
struct stat;
int64_t rc_folder_modified(const struct stat *st);

/* Removes what was written beside its place and never renamed. */
void rc_folder_clean(const char *folder);

#endif
