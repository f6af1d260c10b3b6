/* Expressions: a line each, evaluated, assigned and looped over, against the
 * small survey of the cases. */
#include "fuzz.h"

#include "data/load.h"
#include "script/script.h"

static const rc_stats *
survey(void)
{
    static const rc_stats *stats;
    if (stats)
        return stats;
    static rc_arena *a;
    a = rc_arena_new();
    rc_log *log = rc_log_new();
    const rc_data *data = NULL;
    if (!rc_data_load(a, "tests/cases/small/data", RC_LIT("data"), NULL, log,
                      &data))
        exit(1);
    rc_stats_options o = {.whole = rc_data_group(data, RC_LIT("eastmere")),
                          .caution = 100,
                          .counts = 30,
                          .minimum = 2,
                          .rule = RC_TOGETHER};
    stats = rc_stats_make(a, data, &o, log);
    rc_log_free(log);
    return stats;
}

static void
run_line(rc_script *s, rc_arena *a, rc_str line, rc_span at)
{
    rc_value v;
    int loop;
    size_t count;
    (void)rc_script_eval(s, a, line, at, &v);
    (void)rc_script_assign(s, RC_LIT("x"), line, at);
    rc_script_push(s);
    if (rc_script_for(s, line, at, &loop, &count)) {
        for (size_t i = 0; i < count && i < 4; i++) {
            rc_script_next(s, loop, i, RC_LIT("y"));
            (void)rc_script_eval(s, a, RC_LIT("y"), at, &v);
        }
        rc_script_for_end(s, loop);
    }
    rc_script_pop(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const rc_script_field fields[] = {{{"title", 5}, {"A report", 8}}};
    rc_script_env env = {.stats = survey(),
                         .fields = fields,
                         .field_count = 1,
                         .per_cent = {"words", 5},
                         .roles = fields,
                         .role_count = 1};
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    rc_script *s = rc_script_open(&env, log);
    rc_str text;
    rc_script_set_group(s, 1);
    rc_script_push(s);
    if (fuzz_text(a, data, size, &text)) {
        const rc_source *source = rc_source_make(a, RC_LIT("x.md"), text);
        for (size_t from = 0, lines = 0; from < text.len && lines < 20;
             lines++) {
            size_t end = rc_str_find(text, "\n", from);
            if (end == SIZE_MAX)
                end = text.len;
            run_line(s, a, rc_str_part(text, from, end),
                     rc_span_make(source, from, end));
            from = end + 1;
        }
    }
    rc_script_pop(s);
    rc_script_close(s);
    fuzz_finish(log);
    rc_arena_free(a);
    return 0;
}
