/* Targets and references. A reference is filled in when everything has its
 * number. Ids in a chapter that `each` repeats are local to it: [](#fig) in a
 * region's file is that region's figure; from elsewhere it is "#fig-KEY". */
#include "doc/internal.h"

static uint32_t
hash(int scope, rc_str id)
{
    return rc_str_hash(RC_STR_HASH ^ (uint32_t)scope, id);
}

static int32_t *
find_slot(const rc_binder *b, int scope, rc_str id)
{
    size_t mask = b->ref_room - 1;
    for (size_t i = hash(scope, id) & mask;; i = (i + 1) & mask) {
        int32_t at = b->ref_slots[i];
        if (!at)
            return &b->ref_slots[i];
        const rc_ref *r = &b->refs.at[at - 1];
        if (r->scope == scope && rc_str_eq(r->id, id))
            return &b->ref_slots[i];
    }
}

static void
grow_slots(rc_binder *b)
{
    if (b->ref_room > 2 * (b->refs.count + 1))
        return;
    b->ref_room = b->ref_room ? b->ref_room * 4 : 256;
    b->ref_slots = RC_MAKE_ARRAY(b->a, int32_t, b->ref_room);
    for (size_t i = 0; i < b->refs.count; i++)
        *find_slot(b, b->refs.at[i].scope, b->refs.at[i].id) = (int32_t)i + 1;
}

static const rc_ref *
lookup(rc_binder *b, int scope, rc_str id)
{
    grow_slots(b);
    int32_t at = *find_slot(b, scope, id);
    return at ? &b->refs.at[at - 1] : NULL;
}

static void
name_ref(rc_binder *b, const rc_ref *ref, int target)
{
    grow_slots(b);
    int32_t *slot = find_slot(b, ref->scope, ref->id);
    rc_ref *r = rc_vec_push(b->a, &b->refs);
    *r = *ref;
    r->target = target;
    *slot = (int32_t)b->refs.count;
}

int
rc_ref_add(rc_binder *b, const rc_ref *ref)
{
    int n = (int)b->targets.count;
    rc_target *t = rc_vec_push(b->a, &b->targets);
    t->span = ref->span;
    rc_str global = ref->id;
    if (ref->id.len) {
        const rc_ref *old = lookup(b, ref->scope, ref->id);
        if (old) {
            rc_diag *d =
                rc_log_error(b->log, "doubled-id", ref->span,
                             "id '%.*s' is there twice", RC_STR(ref->id));
            rc_diag_also(d, old->span, "first here");
            global = (rc_str){0};
        } else {
            name_ref(b, ref, n);
        }
    }
    if (global.len && ref->scope >= 0) {
        rc_str key = b->data->groups[b->plans.at[ref->scope].group].key;
        rc_ref outer = *ref;
        outer.scope = -1;
        if (!rc_str_ends(ref->id, rc_str_cz(b->a, key)))
            outer.id =
                rc_str_printf(b->a, "%.*s-%.*s", RC_STR(ref->id), RC_STR(key));
        global = outer.id;
        if (lookup(b, -1, outer.id))
            global = (rc_str){0};
        else
            name_ref(b, &outer, n);
    }
    b->targets.at[n].id =
        global.len ? global : rc_str_printf(b->a, "_%d", n + 1);
    return n;
}

void
rc_ref_use_later(rc_binder *b, const rc_ref_use *use)
{
    *rc_vec_push(b->a, &b->uses) = *use;
}

void
rc_ref_use_again(rc_binder *b, const rc_inline *run, rc_inline *copy)
{
    for (size_t i = b->uses.count; i-- > 0;) {
        if (b->uses.at[i].run != run)
            continue;
        rc_ref_use use = b->uses.at[i];
        use.run = copy;
        use.text_only = true;
        rc_ref_use_later(b, &use);
        return;
    }
}

static const rc_ref *
resolve(rc_binder *b, const rc_ref_use *u)
{
    for (int scope = u->scope;;) {
        const rc_ref *r = lookup(b, scope, u->id);
        if (r || scope < 0)
            return r;
        int parent = b->plans.at[scope].parent;
        scope = parent < 0 ? -1 : rc_plan_scope(b, parent);
    }
}

static rc_str
ref_text(rc_binder *b, const rc_ref *r)
{
    const rc_words *w = b->words;
    rc_str word = {0};
    switch (r->kind) {
    case RC_REF_CHAPTER:
        word = r->letter ? w->appendix : w->chapter;
        break;
    case RC_REF_SECTION:
        word = w->section;
        break;
    case RC_REF_FIGURE:
        word = w->figure;
        break;
    case RC_REF_TABLE:
        word = w->table;
        break;
    case RC_REF_HEAD:
        break;
    }
    if (!word.len || !r->number.len)
        return r->title;
    return rc_str_printf(b->a, "%.*s\u00a0%.*s", RC_STR(word),
                         RC_STR(r->number));
}

static void
unknown_id(rc_binder *b, const rc_ref_use *u)
{
    rc_str *names = RC_MAKE_ARRAY(b->a, rc_str, b->refs.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < b->refs.count; i++)
        if (b->refs.at[i].scope == -1 || b->refs.at[i].scope == u->scope)
            names[n++] = b->refs.at[i].id;
    rc_diag *d = rc_log_error(b->log, "unknown-id", u->span,
                              "nothing has the id '%.*s'", RC_STR(u->id));
    rc_diag_suggest(d, u->id, names, n);
}

void
rc_refs_finish(rc_binder *b)
{
    static const char *const lost[] = {"unknown-id"};
    if (b->lost_blocks)
        rc_log_follow(b->log, lost, 1);
    rc_span said = rc_span_none();
    for (size_t i = 0; i < b->uses.count; i++) {
        rc_ref_use *u = &b->uses.at[i];
        const rc_ref *r = resolve(b, u);
        if (u->target)
            *u->target = r ? r->target : -1;
        if (u->run)
            u->run->target = r && !u->text_only ? r->target : -1;
        if (!r) {
            bool again = said.source && said.source == u->span.source &&
                         said.from == u->span.from;
            if (!again)
                unknown_id(b, u);
            said = u->span;
            continue;
        }
        if (!u->run || u->keep)
            continue;
        rc_str text =
            u->page ? rc_str_printf(b->a, "%.*s\u00a0", RC_STR(b->words->page))
                    : ref_text(b, r);
        u->run->text = u->head ? rc_capital(b->a, text) : text;
    }
}
