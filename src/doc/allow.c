/* `allow:` of report.yaml. A warning or a note is left out by its name; a check
 * of accessibility lets pass what it finds, and the file then claims neither
 * PDF/UA nor PDF/A: whoever reads the claim may rely on all of it. */
#include "doc/internal.h"

#include <string.h>

static const char *const checks[] = {
    "low-contrast",    "missing-alt",      "missing-head",
    "skipped-heading", "unknown-language",
};

static const char *const remarks[] = {
    "absent-category",   "answered-alike",       "effective-over-base",
    "illustrative-comment", "no-effective-base", "no-headline",
    "no-line-end",       "open-sum",             "overfull-line",
    "reported-together", "too-many-lines",       "typed-number",
    "unknown-column",    "withheld",
};

enum {
    CHECKS = sizeof checks / sizeof *checks,
    REMARKS = sizeof remarks / sizeof *remarks,
};

static bool
is_known(rc_str name)
{
    for (size_t i = 0; i < CHECKS; i++)
        if (rc_str_is(name, checks[i]))
            return true;
    for (size_t i = 0; i < REMARKS; i++)
        if (rc_str_is(name, remarks[i]))
            return true;
    return false;
}

void
rc_allow_read(const rc_node *name, rc_log *log)
{
    if (name->kind != RC_NODE_SCALAR) {
        rc_node_expected(name, "the name of a check or warning", log);
        return;
    }
    if (is_known(name->scalar)) {
        rc_log_allow(log, name->scalar);
        return;
    }
    rc_str names[CHECKS + REMARKS];
    for (size_t i = 0; i < CHECKS + REMARKS; i++)
        names[i] = rc_str_z(i < CHECKS ? checks[i] : remarks[i - CHECKS]);
    rc_diag *d = rc_log_error(log, "unknown-check", name->span,
                              "nothing of the name '%.*s' can be allowed",
                              RC_STR(name->scalar));
    rc_diag_hint(d, "checks of accessibility, warnings and notes can; errors "
                    "must be mended");
    rc_diag_near(d, name->scalar, names, CHECKS + REMARKS);
}

/* How often an allowed check failed; 0 for what is none. */
static size_t
failures(const rc_node *name, const rc_log *log)
{
    for (size_t k = 0; k < CHECKS; k++)
        if (rc_str_is(name->scalar, checks[k]))
            return rc_log_allowed(log, checks[k]);
    return 0;
}

bool
rc_allow_found(const rc_report *r, const rc_log *log)
{
    const rc_node *list = rc_map_get(r->root, "allow");
    for (size_t i = 0; list && i < list->item_count; i++)
        if (failures(list->items[i], log))
            return true;
    return false;
}

bool
rc_allow_used(const rc_report *r, rc_log *log)
{
    const rc_node *list = rc_map_get(r->root, "allow");
    bool used = false;
    for (size_t i = 0; list && i < list->item_count; i++) {
        const rc_node *name = list->items[i];
        size_t count = failures(name, log);
        if (!count)
            continue;
        used = true;
        rc_log_note(log, "no-claim", name->span,
                    "'%.*s' is allowed and was found in %zu place%s: the file "
                    "claims neither PDF/UA nor PDF/A",
                    RC_STR(name->scalar), count, count == 1 ? "" : "s");
    }
    return used;
}
