/* The volumes as a JUnit report, which every CI can show. */
#ifndef RC_BATCH_JUNIT_H
#define RC_BATCH_JUNIT_H

#include "batch/manifest.h"

/* One test case a unit, in order; a unit without a record counts as skipped.
 * A mistake of the authors is a failure, trouble of the world an error. */
bool rc_junit_write(const char *path, const rc_manifest *m, rc_str per,
                    const rc_unit *const *units, size_t count, rc_log *log);

#endif
