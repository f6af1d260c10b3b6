/* What a worker process does. It takes the numbers of tasks from the pipe `in`
 * until that ends. For each it writes a zero byte to stderr, where whatever was
 * printed for it ends, and to `out` a line of JSON:
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

/* A number from such a pipe. False with EAGAIN when there is none now. */
bool rc_worker_take(int fd, size_t *number);

#endif
