/* YAML: any text to a tree, and the tree asked for what layouts ask for. */
#include "fuzz.h"

#include "spec/yaml.h"

static void
walk(const rc_node *n, rc_log *log)
{
    static const char *const words[] = {"stacked", "ranked", NULL};
    int64_t whole;
    double real;
    bool truth;
    rc_len len;
    rc_str s;
    if (!n)
        return;
    rc_assert(!n->span.source || n->span.to <= n->span.source->text.len);
    for (size_t i = 0; i < n->item_count; i++)
        walk(n->items[i], log);
    if (n->kind != RC_NODE_MAP)
        return;
    for (size_t i = 0; i < n->pair_count; i++) {
        const rc_node *v = n->pairs[i].value;
        walk(v, log);
        (void)rc_node_is_true(v);
    }
    rc_map_known(n, words, "a test", log);
    (void)rc_map_int(n, "a", &whole, log);
    (void)rc_map_real(n, "a", &real, log);
    (void)rc_map_bool(n, "a", &truth, log);
    (void)rc_map_len(n, "a", &len, log);
    (void)rc_map_str(n, "a", &s, log);
    (void)rc_map_choice(n, "a", words, log);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    rc_str text;
    if (fuzz_text(a, data, size, &text)) {
        const rc_source *s = rc_source_make(a, RC_LIT("x.yaml"), text);
        walk(rc_yaml_source(a, s, log), log);
    }
    fuzz_finish(log);
    rc_arena_free(a);
    return 0;
}
