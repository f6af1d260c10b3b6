/* What can be done with figures: compared, taken from each other, joined to text.
 *
 * A figure knows its base, so the low-base rule is kept here and in fields.c and
 * cannot be written around: below the threshold a figure gives `.count` and
 * `.base`, but no share, no difference, and no comparison with another group. */
#include "script/internal.h"

#include <math.h>

double
rc_figure_whole(rc_figure f)
{
    f.decimals = 0;
    return rc_figure_rounded(f);
}

rc_str
rc_group_name(const rc_script *s, int group)
{
    return group < 0 ? RC_LIT("the group") : s->data->groups[group].name;
}

int
rc_fail_low(lua_State *L, const rc_figure *f, const char *what)
{
    rc_str name = rc_group_name(rc_script_of(L), f->group);
    rc_fail_hint(L, "below the threshold print '.count', or the figure itself");
    return rc_fail_here(L, "low-base",
                        "%s of %.*s rests on %lld answer%s: too few for %s",
                        f->kind == RC_FIG_MEAN ? "the mean" : "the figure",
                        RC_STR(name), (long long)f->base,
                        f->base > 1 ? "s" : "", what);
}

void
rc_need_asked(lua_State *L, const rc_figure *f)
{
    const rc_script *s = rc_script_of(L);
    if (f->kind != RC_FIG_NONE)
        return;
    if (f->item < 0)
        rc_fail_here(L, "not-asked", "there is no such figure");
    rc_str id = s->data->items[f->item].id;
    rc_str name = rc_group_name(s, f->group);
    rc_fail_hint(L, "ask '.asked' first");
    rc_fail_at(L, "not-asked", RC_TOKEN_STRING, id,
               "there is no figure of '%.*s' for %.*s", RC_STR(id),
               RC_STR(name));
}

static bool
small(const rc_figure *f)
{
    return f->num > -(1LL << 31) && f->num < (1LL << 31) && f->den > 0 &&
           f->den < (1LL << 31);
}

static int
order(double a, double b)
{
    if (fabs(a - b) <= 1e-12) /* sums of percentages handed over */
        return 0;
    return a < b ? -1 : 1;
}

static bool
same_measure(const rc_figure *a, const rc_figure *b)
{
    bool shares = (a->kind == RC_FIG_SHARE || a->kind == RC_FIG_THEME) &&
                  (b->kind == RC_FIG_SHARE || b->kind == RC_FIG_THEME);
    return shares || a->kind == b->kind;
}

/* Two waves of an item with a change between them that nothing bridges are two
 * questions. */
static void
need_one_question(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    const rc_script *s = rc_script_of(L);
    bool same = a->item >= 0 && a->item == b->item && a->group >= 0
                && a->group == b->group && a->wave >= 0 && b->wave >= 0;
    if (!same || a->wave == b->wave)
        return;
    int first = a->wave < b->wave ? a->wave : b->wave;
    int last = a->wave < b->wave ? b->wave : a->wave;
    rc_str id = s->data->items[a->item].id;
    if (!rc_stats_comparable(s->env.stats, a->item, a->group, first, last))
        rc_fail_at(L, "not-comparable", RC_TOKEN_STRING, id,
                   "'%.*s' was changed between '%.*s' and '%.*s': the two "
                   "cannot be compared",
                   RC_STR(id), RC_STR(s->data->waves[first].key),
                   RC_STR(s->data->waves[last].key));
}

/* Errors of every comparison. Inside one group counts compare well; across
 * groups, one of them under the threshold, nothing does. */
static void
need_comparable(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    rc_need_asked(L, a);
    rc_need_asked(L, b);
    if (!same_measure(a, b))
        rc_fail_here(L, "bad-value",
                     "a share, a mean and a difference in points cannot be "
                     "compared with each other");
    need_one_question(L, a, b);
    if (a->group == b->group && a->wave == b->wave)
        return;
    if (a->low == RC_LOW_COUNTS)
        rc_fail_low(L, a, "a comparison");
    if (b->low == RC_LOW_COUNTS)
        rc_fail_low(L, b, "a comparison");
}

int
rc_figures_compare(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    need_comparable(L, a, b);
    if (a->exact && b->exact && small(a) && small(b)) {
        int64_t left = a->num * b->den, right = b->num * a->den;
        return left < right ? -1 : left > right;
    }
    return order(a->share, b->share);
}

bool
rc_figures_same(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    need_comparable(L, a, b);
    if (a->low == RC_LOW_COUNTS && b->low == RC_LOW_COUNTS)
        return a->count == b->count;
    rc_arena *scratch = rc_script_of(L)->scratch;
    return rc_str_eq(rc_figure_digits(scratch, *a),
                     rc_figure_digits(scratch, *b));
}

/* A figure with a number: per cent, points, or the mean as it is. */
static int
compare_number(lua_State *L, const rc_figure *f, double n)
{
    rc_need_asked(L, f);
    if (f->low == RC_LOW_COUNTS)
        rc_fail_low(L, f, "per cent");
    return order(f->kind == RC_FIG_MEAN ? f->share : f->share * 100, n);
}

static int
compare(lua_State *L)
{
    const rc_figure *a = rc_figure_at(L, 1), *b = rc_figure_at(L, 2);
    if (a && b)
        return rc_figures_compare(L, a, b);
    if (a && lua_type(L, 2) == LUA_TNUMBER)
        return compare_number(L, a, lua_tonumber(L, 2));
    if (b && lua_type(L, 1) == LUA_TNUMBER)
        return -compare_number(L, b, lua_tonumber(L, 1));
    return rc_fail_here(L, "bad-value", "%s cannot be compared with %s",
                        rc_kind_name(L, 1), rc_kind_name(L, 2));
}

/* -- equal ---------------------------------------------------------------------- */
static rc_equal_box *
equal_at(lua_State *L, int i)
{
    rc_equal_box *q = rc_box_at(L, i);
    return q && q->tag == RC_BOX_EQUAL ? q : NULL;
}

int
rc_op_hold(lua_State *L)
{
    rc_equal_box *q = equal_at(L, 1);
    if (!q)
        return rc_fail_here(L, "bad-value", "nothing can be compared so");
    if (q->held) { /* a == b | c */
        q->held = false;
        lua_getiuservalue(L, 1, 1);
        lua_rotate(L, 2, 1);
        lua_arith(L, LUA_OPBOR);
    }
    lua_setiuservalue(L, 1, 1);
    q->held = true;
    return 1;
}

/* Values of two kinds are never equal: where one of them is the report's own,
 * an author means something else. Nothing, true and false may be asked for. */
static void
need_alike(lua_State *L, int a, int b)
{
    const int *x = rc_box_at(L, a), *y = rc_box_at(L, b);
    int other = lua_type(L, x ? b : a);
    bool odd = x && y ? *x != *y
                      : other == LUA_TNUMBER || other == LUA_TSTRING
                            || other == LUA_TTABLE;
    if ((!x && !y) || !odd)
        return;
    int tag = x ? *x : *y;
    if (tag == RC_BOX_VALUE)
        rc_fail_hint(L, "compare its '.percent' or '.count' with a number");
    else if (tag != RC_BOX_REPORT && tag != RC_BOX_GROUPS)
        rc_fail_hint(L, "compare its '.%s' with a text",
                     tag == RC_BOX_GROUP ? "key" : "id");
    rc_fail_here(L, "bad-value", "%s is never equal to %s",
                 rc_kind_name(L, x ? a : b), rc_kind_name(L, x ? b : a));
}

static bool
is_equal(lua_State *L)
{
    rc_equal_box *q = equal_at(L, 2);
    if (!q)
        return false;
    q->held = false;
    lua_getiuservalue(L, 2, 1);
    int right = lua_gettop(L);
    need_alike(L, 1, right);
    const rc_figure *a = rc_figure_at(L, 1), *b = rc_figure_at(L, right);
    if (a && b)
        return rc_figures_compare(L, a, b) == 0;
    const rc_ref *x = rc_box_at(L, 1), *y = rc_box_at(L, right);
    bool named = x && y && (x->tag == RC_BOX_GROUP || x->tag == RC_BOX_ITEM
                            || x->tag == RC_BOX_MENTION);
    if (named)
        return x->tag == y->tag && x->index == y->index;
    return lua_rawequal(L, 1, right);
}

int
rc_op_equal(lua_State *L)
{
    bool equal = is_equal(L);
    lua_pushboolean(L, equal);
    return 1;
}

int
rc_op_unequal(lua_State *L)
{
    bool equal = is_equal(L);
    lua_pushboolean(L, !equal);
    return 1;
}

/* -- order ---------------------------------------------------------------------- */
int
rc_op_lt(lua_State *L)
{
    if (equal_at(L, 2))
        return rc_op_unequal(L);
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

int
rc_op_le(lua_State *L)
{
    if (equal_at(L, 2))
        return rc_op_equal(L);
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

int
rc_op_sub(lua_State *L)
{
    const rc_figure *a = rc_figure_at(L, 1), *b = rc_figure_at(L, 2);
    if (!a || !b)
        return rc_fail_here(L, "bad-value", "%s cannot be taken from %s",
                            rc_kind_name(L, 2), rc_kind_name(L, 1));
    rc_need_asked(L, a);
    rc_need_asked(L, b);
    if (a->low == RC_LOW_COUNTS)
        return rc_fail_low(L, a, "a difference");
    if (b->low == RC_LOW_COUNTS)
        return rc_fail_low(L, b, "a difference");
    if (!same_measure(a, b))
        return rc_fail_here(L, "bad-value",
                            "a share and a mean have no difference");
    need_one_question(L, a, b);
    rc_push_figure(L, rc_stats_minus(*a, *b));
    return 1;
}

int
rc_op_unm(lua_State *L)
{
    const rc_figure *a = rc_figure_at(L, 1);
    if (!a || a->kind != RC_FIG_POINTS)
        return rc_fail_here(L, "bad-value",
                            "only a difference in points has a negative");
    rc_figure f = *a;
    f.num = -f.num;
    f.share = -f.share;
    rc_push_figure(L, f);
    return 1;
}

int
rc_op_add(lua_State *L)
{
    rc_fail_hint(L, "name the net, or count with '.count'");
    return rc_fail_here(L, "bad-value", "figures are not added up");
}

int
rc_op_join(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_str a = rc_text_of(L, 1, s->scratch), b = rc_text_of(L, 2, s->scratch);
    rc_push_str(L, rc_str_printf(s->scratch, "%.*s%.*s", RC_STR(a), RC_STR(b)));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}
