/* What a worker process does. It reads the numbers of tasks, each on a line,
 * from `in` until that ends, and for each writes a line of JSON to `out`:
 *
 *   status      the exit status that the volume's log asks for; 0: made
 *   same        it says what it said before: the file stays as it is
 *   pages, figures, warnings, milliseconds
 *   output, bytes, modified, tree, reads, results: see rc_record
 *   messages    its log, for programs; log: the same for people */
#ifndef RC_BATCH_WORKER_H
#define RC_BATCH_WORKER_H

#include "batch/pool.h"

/* A volume's log as a JSON array, and the same for people; in `a`. */
rc_str rc_worker_messages(rc_arena *a, const rc_log *log);
rc_str rc_worker_log(rc_arena *a, const rc_log *log);

RC_NORETURN void rc_worker_run(const rc_pool *p, int in, int out);

#endif
