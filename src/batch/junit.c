#include "batch/junit.h"

#include "base/file.h"

static void
add_seconds(rc_buf *to, int64_t ms)
{
    rc_buf_printf(to, "%lld.%03lld", (long long)(ms / 1000),
                  (long long)(ms % 1000));
}

static void
add_case(rc_buf *to, const rc_record *r, rc_str per, rc_str key)
{
    const char *kind =
        r && r->exit == RC_EXIT_INPUT ? "failure" : "error";

    rc_buf_z(to, "    <testcase classname=\"");
    rc_buf_xml(to, per);
    rc_buf_z(to, "\" name=\"");
    rc_buf_xml(to, key);
    rc_buf_z(to, "\" time=\"");
    add_seconds(to, r ? r->ms : 0);
    if (!r) {
        rc_buf_z(to, "\">\n      <skipped message=\"not made\"/>\n");
    } else if (r->status == RC_VOLUME_FAILED) {
        rc_buf_printf(to, "\">\n      <%s message=\"not made\">", kind);
        rc_buf_xml(to, r->log);
        rc_buf_printf(to, "</%s>\n", kind);
    } else {
        rc_buf_z(to, "\"/>\n");
        return;
    }
    rc_buf_z(to, "    </testcase>\n");
}

bool
rc_junit_write(const char *path, const rc_manifest *m, rc_str per,
               const rc_unit *const *units, size_t count, rc_log *log)
{
    rc_buf cases = {0}, text = {0};
    size_t failures = 0, errors = 0, skipped = 0;
    int64_t ms = 0;
    bool ok;

    for (size_t i = 0; i < count; i++) {
        const rc_record *r = rc_manifest_lookup(m, units[i]->key);
        bool failed = r && r->status == RC_VOLUME_FAILED;
        add_case(&cases, r, per, units[i]->key);
        failures += failed && r->exit == RC_EXIT_INPUT;
        errors += failed && r->exit != RC_EXIT_INPUT;
        skipped += !r;
        ms += r ? r->ms : 0;
    }
    rc_buf_z(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<testsuites>\n  <testsuite name=\"");
    rc_buf_xml(&text, m->report);
    rc_buf_printf(&text,
                  "\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
                  "skipped=\"%zu\" time=\"",
                  count, failures, errors, skipped);
    add_seconds(&text, ms);
    rc_buf_z(&text, "\">\n");
    rc_buf_add(&text, rc_buf_str(&cases));
    rc_buf_z(&text, "  </testsuite>\n</testsuites>\n");
    ok = rc_file_write(path, rc_buf_str(&text), log);
    rc_buf_free(&cases);
    rc_buf_free(&text);
    return ok;
}
