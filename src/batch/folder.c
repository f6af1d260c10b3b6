#define _DEFAULT_SOURCE /* flock, st_mtim */
#include "batch/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum { WAIT_MS = 2000, STEP_MS = 20 };

/* A lock goes with its process, however that ends. File systems without locks
 * have none. */
static bool
take_lock(int fd)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000};

    for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0;
         waited += STEP_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return true;
        if (waited >= WAIT_MS)
            return false;
        nanosleep(&step, NULL);
    }
    return true;
}

int
rc_folder_lock(const char *folder, rc_log *log)
{
    int fd = -1;

    if (rc_path_make_folder(folder, log))
        fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && !take_lock(fd)) {
        rc_diag *d = rc_log_add(log, RC_RETRY, "in-use", rc_span_none(),
                                "another run is writing to '%s'", folder);
        rc_diag_hint(d, "wait for it, or name another folder with -o");
        close(fd);
        fd = -1;
    } else if (fd < 0 && rc_log_status(log) == 0) {
        rc_log_add(log, RC_WORLD, "unwritable-file", rc_span_none(),
                   "cannot open the folder '%s'", folder);
    }
    return fd;
}

void
rc_folder_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

int64_t
rc_folder_modified(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * 1000000000 +
           (int64_t)st->st_mtim.tv_nsec;
}

/* NAME.PID-N.part, as rc_file_write names them. */
static bool
is_part(rc_str name)
{
    size_t at = name.len;
    bool dash = false;

    if (!rc_str_ends(name, ".part"))
        return false;
    for (at -= 5; at > 0; at--) {
        char c = name.at[at - 1];
        if (c == '.')
            break;
        if (c == '-' && !dash)
            dash = true;
        else if (c < '0' || c > '9')
            return false;
    }
    return dash && at > 1;
}

void
rc_folder_clean(const char *folder)
{
    rc_arena *a = rc_arena_new();
    size_t count;
    const rc_str *names = rc_path_list(a, folder, &count);

    for (size_t i = 0; i < count; i++)
        if (is_part(names[i]))
            unlink(rc_path_join(a, rc_str_z(folder), names[i]).at);
    rc_arena_free(a);
}
