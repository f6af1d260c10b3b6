/* Lists: items, what ranks them, and what was said in comments. Lists are in
 * the order of the data wherever nothing else is asked. */
#include "script/internal.h"

static void
append(lua_State *L, int list, int *n)
{
    lua_rawseti(L, list, ++*n);
}

/* -- items --------------------------------------------------------------------- */
/* A chart's name, or its number as data files have it. */
static rc_str
arg_chart(lua_State *L, int i)
{
    if (lua_isinteger(L, i))
        return rc_str_printf(rc_script_of(L)->scratch, "%lld",
                             (long long)lua_tointeger(L, i));
    return rc_arg_str(L, i, "a chart");
}

static void
push_all_items(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    int n = 0;
    rc_charge(L, s->data->item_count);
    lua_createtable(L, (int)s->data->item_count, 0);
    int list = lua_gettop(L);
    for (size_t i = 0; i < s->data->item_count; i++) {
        rc_push_ref(L, RC_BOX_ITEM, (int)i);
        append(L, list, &n);
    }
}

/* Pushes the list of items that arguments `i` (question, or a list as it is)
 * and `chart` (0: none) name. */
static void
push_items(lua_State *L, int i, int chart)
{
    rc_script *s = rc_script_of(L);
    if (lua_type(L, i) == LUA_TTABLE) {
        rc_arg_list(L, i);
        lua_pushvalue(L, i);
        return;
    }
    if (lua_isnoneornil(L, i)) {
        push_all_items(L);
        return;
    }
    int question = rc_arg_question(L, i), n = 0;
    const rc_question *q = &s->data->questions[question];
    bool all = chart == 0 || lua_isnoneornil(L, chart);
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_str wanted = all ? RC_LIT("") : arg_chart(L, chart);
    lua_createtable(L, q->item_count, 0);
    int list = lua_gettop(L);
    for (int k = 0; k < q->item_count; k++) {
        int item = q->first_item + k;
        if (!all && !rc_str_eq(s->data->items[item].chart, wanted))
            continue;
        rc_push_ref(L, RC_BOX_ITEM, item);
        append(L, list, &n);
    }
    if (n == 0 && !all) {
        rc_fail_choice(L, RC_CHOICE_CHARTS, question);
        rc_fail_at(L, "unknown-chart", RC_TOKEN_STRING, wanted,
                   "question '%.*s' has no chart '%.*s'", RC_STR(q->key),
                   RC_STR(wanted));
    }
    rc_arena_rewind(s->scratch, mark);
}

static int
word_items(lua_State *L)
{
    lua_settop(L, 2);
    push_items(L, 1, 2);
    return 1;
}

/* Items on which net `a` has more, or fewer, or as many as net `b`: by counts
 * where they are known, so it holds for every base. `a` -1: the positive. */
static int
balanced_items(lua_State *L, rc_str net, int sign)
{
    rc_script *s = rc_script_of(L);
    int wave = rc_data_newest_wave(s->data), n = 0;
    lua_settop(L, 3);
    int group = rc_arg_group_or_hand(L, 2);
    push_items(L, 1, 3); /* at 4 */
    lua_createtable(L, 0, 0);
    for (lua_Integer i = 1; lua_rawgeti(L, 4, i) != LUA_TNIL; i++) {
        int item = rc_arg_item(L, 6);
        int positive = rc_item_positive(s, item);
        int negative = rc_item_negative(s, item);
        int a = net.len ? rc_item_net(s, item, net) : positive;
        int b = a == positive ? negative : positive;
        bool take = false;
        if (a >= 0 && b >= 0 &&
            !rc_stats_not_asked(s->env.stats, item, group, wave)) {
            rc_figure x = rc_stats_net(s->env.stats, item, a, group, wave);
            rc_figure y = rc_stats_net(s->env.stats, item, b, group, wave);
            take = x.kind != RC_FIG_NONE && y.kind != RC_FIG_NONE &&
                   rc_figures_compare(L, &x, &y) == sign;
        }
        if (take)
            append(L, 5, &n);
        else
            lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}

static int
word_more_net(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    return balanced_items(
        L, s->nets[lua_tointeger(L, lua_upvalueindex(1))], 1);
}

static int
word_positive_items(lua_State *L)
{
    return balanced_items(L, RC_LIT(""), 1);
}

static int
word_negative_items(lua_State *L)
{
    return balanced_items(L, RC_LIT(""), -1);
}

static int
word_even_items(lua_State *L)
{
    return balanced_items(L, RC_LIT(""), 0);
}

/* -- order ----------------------------------------------------------------------- */
/* Highest first, stable; places by what is printed, so that figures a reader
 * sees as equal are tied. */
static void
sort_refs(lua_State *L, rc_ref *refs, size_t n)
{
    rc_charge(L, n * n / 8);
    for (size_t i = 1; i < n; i++) {
        rc_ref r = refs[i];
        size_t k = i;
        for (; k > 0; k--) {
            if (rc_figures_compare(L, &refs[k - 1].figure, &r.figure) >= 0)
                break;
            refs[k] = refs[k - 1];
        }
        refs[k] = r;
    }
    for (size_t i = 0; i < n; i++) {
        refs[i].place = (int)i + 1;
        if (i > 0 && rc_figures_same(L, &refs[i - 1].figure, &refs[i].figure)) {
            refs[i].place = refs[i - 1].place;
            refs[i].tied = refs[i - 1].tied = true;
        }
    }
}

/* rank(items, net?, group?, wave?); rank(groups, item, net?, wave?). What was
 * not asked is left out. */
static int
word_rank(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_arg_list(L, 1);
    size_t count = (size_t)lua_rawlen(L, 1), n = 0;
    lua_settop(L, 4);
    int wave = rc_arg_wave(L, 4);
    rc_ref *refs = lua_newuserdatauv(L, (count + 1) * sizeof *refs, 0);
    lua_rawgeti(L, 1, 1);
    bool groups = rc_ref_at(L, 6, RC_BOX_GROUP) != NULL;
    int one = groups ? rc_arg_item(L, 2) : rc_arg_group_or_hand(L, 3);
    lua_pop(L, 1);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        int other = groups ? rc_arg_group(L, 6) : rc_arg_item(L, 6);
        int item = groups ? one : other, group = groups ? other : one;
        lua_pop(L, 1);
        rc_figure f = rc_measure(L, groups ? 3 : 2, item, group, wave);
        if (f.kind == RC_FIG_NONE)
            continue;
        refs[n++] = (rc_ref){.tag = groups ? RC_BOX_GROUP : RC_BOX_ITEM,
                             .index = other,
                             .ranked = true,
                             .figure = f};
    }
    rc_mark mark = rc_arena_mark(s->scratch);
    sort_refs(L, refs, n);
    rc_arena_rewind(s->scratch, mark);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        rc_push_ranked(L, refs[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int
place_at(lua_State *L, int list, lua_Integer i)
{
    lua_rawgeti(L, list, i);
    const rc_ref *r = rc_box_at(L, -1);
    bool ranked = r && (r->tag == RC_BOX_ITEM || r->tag == RC_BOX_GROUP) &&
                  r->ranked;
    int place = ranked ? r->place : (int)i;
    lua_pop(L, 1);
    return place;
}

static int
slice(lua_State *L, lua_Integer from, lua_Integer to)
{
    int n = 0;
    lua_createtable(L, 0, 0);
    int list = lua_gettop(L);
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, i);
        append(L, list, &n);
    }
    return 1;
}

/* top(list, n), bottom(list, n): the first and the last `n`, and what is tied
 * with them. */
static int
word_top(lua_State *L)
{
    rc_arg_list(L, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_Integer to = rc_arg_int(L, 2, "how many");
    if (to < 0)
        to = 0;
    if (to > count)
        to = count;
    while (to > 0 && to < count &&
           place_at(L, 1, to + 1) == place_at(L, 1, to))
        to++;
    return slice(L, 1, to);
}

static int
word_bottom(lua_State *L)
{
    rc_arg_list(L, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_Integer n = rc_arg_int(L, 2, "how many");
    lua_Integer from = n < 0 ? count + 1 : n > count ? 1 : count - n + 1;
    while (from > 1 && from <= count &&
           place_at(L, 1, from - 1) == place_at(L, 1, from))
        from--;
    return slice(L, from, count);
}

static void
arg_function(lua_State *L, int i)
{
    if (lua_type(L, i) != LUA_TFUNCTION)
        rc_fail_here(L, "bad-argument", "expected a function, found %s",
                     rc_kind_name(L, i));
}

/* filter(list, f): the elements for which f is true. map(list, f): what f
 * makes of each. */
static int
word_filter(lua_State *L)
{
    int n = 0;
    rc_arg_list(L, 1);
    arg_function(L, 2);
    lua_settop(L, 2);
    lua_createtable(L, 0, 0);
    for (lua_Integer i = 1; lua_rawgeti(L, 1, i) != LUA_TNIL; i++) {
        lua_pushvalue(L, 2);
        lua_pushvalue(L, 4);
        lua_call(L, 1, 1);
        bool take = lua_toboolean(L, -1);
        lua_pop(L, 1);
        if (take)
            append(L, 3, &n);
        else
            lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}

static int
word_map(lua_State *L)
{
    int n = 0;
    rc_arg_list(L, 1);
    arg_function(L, 2);
    lua_settop(L, 2);
    lua_createtable(L, 0, 0);
    for (lua_Integer i = 1; lua_rawgeti(L, 1, i) != LUA_TNIL; i++) {
        lua_pushvalue(L, 2);
        lua_rotate(L, 4, 1);
        lua_call(L, 1, 1);
        if (lua_isnil(L, -1))
            lua_pop(L, 1);
        else
            append(L, 3, &n);
    }
    lua_pop(L, 1);
    return 1;
}

/* -- comments ----------------------------------------------------------------------- */
/* The first mention after `last` of any of the groups; -1: none. */
static int
next_mention(const rc_data *d, const int *groups, size_t count, int last)
{
    int next = -1;
    for (size_t i = 0; i < count; i++) {
        size_t end = d->mentions_of.from[groups[i] + 1];
        for (size_t k = d->mentions_of.from[groups[i]]; k < end; k++) {
            int at = d->mentions_of.at[k];
            if (at > last && (next < 0 || at < next))
                next = at;
        }
    }
    return next;
}

/* mentions(question?, group?): of the group at hand, with those it is reported
 * together with; none of one that is withheld. */
static int
word_mentions(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    rc_str question = RC_LIT("");
    int n = 0;
    lua_settop(L, 2);
    if (!lua_isnil(L, 1))
        question = s->data->questions[rc_arg_question(L, 1)].key;
    int group = rc_arg_group_or_hand(L, 2);
    bool shown = !rc_stats_withheld(s->env.stats, group);
    size_t count = 0;
    const int *joined = rc_stats_joined(s->env.stats, group, &count);
    for (size_t i = 0; i < count; i++)
        rc_data_reads(s->data, joined[i]);
    lua_createtable(L, 0, 0);
    for (int i = shown ? next_mention(s->data, joined, count, -1) : -1; i >= 0;
         i = next_mention(s->data, joined, count, i)) {
        const rc_mention *m = &s->data->mentions[i];
        rc_charge(L, 1);
        if (question.len && !rc_str_eq(m->question, question))
            continue;
        rc_push_ref(L, RC_BOX_MENTION, i);
        append(L, 3, &n);
    }
    return 1;
}

static void
set_text(lua_State *L, const char *key, rc_str text)
{
    rc_push_str(L, text);
    lua_setfield(L, -2, key);
}

static rc_str
role_label(const rc_script *s, rc_str role)
{
    bool found = false;
    rc_str label = rc_field(s->env.roles, s->env.role_count, role, &found);
    return found ? label : role;
}

/* comments_of(question?, group?, theme?): exactly that group's. */
static int
word_comments_of(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    int n = 0;
    lua_settop(L, 3);
    rc_str question = RC_LIT(""), theme = RC_LIT("");
    if (!lua_isnil(L, 1))
        question = s->data->questions[rc_arg_question(L, 1)].key;
    int group = rc_arg_group_or_hand(L, 2);
    if (!lua_isnil(L, 3))
        theme = rc_arg_str(L, 3, "a theme");
    bool shown = !rc_stats_withheld(s->env.stats, group);
    rc_data_reads(s->data, group);
    lua_createtable(L, 0, 0);
    const rc_by_group *of = &s->data->comments_of;
    for (size_t i = of->from[group]; shown && i < of->from[group + 1]; i++) {
        const rc_comment *c = &s->data->comments[of->at[i]];
        rc_charge(L, 1);
        if ((question.len && !rc_str_eq(c->question, question)) ||
            (theme.len && !rc_str_eq(c->theme, theme)))
            continue;
        lua_createtable(L, 0, 6);
        set_text(L, "id", c->id);
        set_text(L, "question", c->question);
        set_text(L, "theme", c->theme);
        set_text(L, "text", c->text);
        set_text(L, "role", role_label(s, c->role));
        append(L, 4, &n);
    }
    return 1;
}

static void
push_theme(lua_State *L, const rc_theme *t, rc_figure f)
{
    lua_createtable(L, 0, 3);
    set_text(L, "key", t->theme);
    set_text(L, "label", t->label);
    rc_push_figure(L, f);
    lua_setfield(L, -2, "value");
}

/* themes(question, group?): `.key`, `.label`, `.value`, highest first, equal
 * ones in the order of the data; none that are in conflict, each once. */
static int
word_themes(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_data *d = s->data;
    int found = 0;
    lua_settop(L, 2);
    rc_str question = rc_arg_str(L, 1, "a question");
    int group = rc_arg_group_or_hand(L, 2), wave = rc_data_newest_wave(d);
    rc_data_reads(d, group);
    size_t from = d->themes_of.from[group], to = d->themes_of.from[group + 1];
    size_t most = 0, n = 0;
    rc_charge(L, to - from);
    for (size_t k = from; k < to; k++)
        most += rc_str_eq(d->themes[d->themes_of.at[k]].question, question);
    rc_ref *refs = lua_newuserdatauv(L, (most + 1) * sizeof *refs, 0);
    rc_mark mark = rc_arena_mark(s->scratch);
    for (size_t k = from; k < to; k++) {
        int i = d->themes_of.at[k];
        const rc_theme *t = &d->themes[i];
        if (t->conflict || t->wave != wave ||
            !rc_str_eq(t->question, question))
            continue;
        rc_str id =
            rc_str_join(s->scratch, t->question, RC_LIT("."), t->theme);
        rc_figure f = rc_stats_theme(s->env.stats, id, group, wave);
        if (rc_data_theme(d, id, group, wave) == t && f.kind != RC_FIG_NONE)
            refs[n++] = (rc_ref){.index = i, .figure = f};
    }
    sort_refs(L, refs, n);
    rc_arena_rewind(s->scratch, mark);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_theme(L, &d->themes[refs[i].index], refs[i].figure);
        append(L, 4, &found);
    }
    if (rc_data_question(d, question) >= 0 || rc_data_has_themes(d, question))
        return 1;
    rc_fail_choice(L, RC_CHOICE_QUESTIONS, -1);
    return rc_fail_at(L, "unknown-question", RC_TOKEN_STRING, question,
                      "unknown question '%.*s'", RC_STR(question));
}

/* Has the question an item with two nets that the group was asked? */
static bool
is_asked(const rc_script *s, const rc_question *q, int group)
{
    int wave = rc_data_newest_wave(s->data);
    for (int i = q->first_item; i < q->first_item + q->item_count; i++)
        if (rc_item_positive(s, i) >= 0 && rc_item_negative(s, i) >= 0 &&
            !rc_stats_not_asked(s->env.stats, i, group, wave))
            return true;
    return false;
}

/* questions(group?): the keys of those with nets that the group was asked. */
static int
word_questions(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    int n = 0;
    lua_settop(L, 1);
    int group = rc_arg_group_or_hand(L, 1);
    rc_charge(L, s->data->item_count);
    lua_createtable(L, 0, 0);
    for (size_t i = 0; i < s->data->question_count; i++) {
        const rc_question *q = &s->data->questions[i];
        if (!is_asked(s, q, group))
            continue;
        rc_push_str(L, q->key);
        append(L, 2, &n);
    }
    return 1;
}

/* question_name "key": as words.questions of the report has it, else the text
 * of the question. */
static int
word_question_name(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    const rc_question *q = &s->data->questions[rc_arg_question(L, 1)];
    bool found = false;
    rc_str label =
        rc_field(s->env.questions, s->env.question_count, q->key, &found);
    rc_str text = s->data->items[q->first_item].question_text;
    rc_push_str(L, found ? label : rc_without_brackets(s, text));
    return 1;
}

/* role "key": its label, as words.roles of the report has it. */
static int
word_role(lua_State *L)
{
    const rc_script *s = rc_script_of(L);
    rc_str key = rc_arg_str(L, 1, "a role");
    bool found = false;
    rc_str label = rc_field(s->env.roles, s->env.role_count, key, &found);
    if (found) {
        rc_push_str(L, label);
        return 1;
    }
    rc_fail_choice(L, RC_CHOICE_ROLES, -1);
    return rc_fail_at(L, "unknown-role", RC_TOKEN_STRING, key,
                      "unknown role '%.*s'", RC_STR(key));
}

void
rc_vocab_lists(rc_script *s)
{
    static const rc_word words[] = {
        {"items", word_items},
        {"positive_items", word_positive_items},
        {"negative_items", word_negative_items},
        {"even_items", word_even_items},
        {"rank", word_rank},
        {"top", word_top},
        {"bottom", word_bottom},
        {"filter", word_filter},
        {"map", word_map},
        {"mentions", word_mentions},
        {"comments_of", word_comments_of},
        {"themes", word_themes},
        {"questions", word_questions},
        {"question_name", word_question_name},
        {"role", word_role},
        {NULL, NULL},
    };
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->vocabulary);
    for (size_t i = 0; i < s->net_count; i++) {
        rc_str name = rc_str_printf(s->arena, "more_%.*s", RC_STR(s->nets[i]));
        lua_pushlstring(L, name.at, name.len);
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, word_more_net, 1);
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
    rc_register(s, words);
}
