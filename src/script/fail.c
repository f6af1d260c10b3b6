/* Mistakes in expressions: remembered while Lua unwinds, then logged at their
 * place. An error of our own is the light userdata `s`, its words are in
 * s->fail; Lua's own messages are put into plain words here, so that an author
 * never reads of nil values, chunks or globals. */
#include "script/internal.h"

#include <stdlib.h>
#include <string.h>

/* -- raising ---------------------------------------------------------------- */
/* The line of the chunk at hand where Lua stands; 0 in a function that an
 * earlier {% set %} made. Chunks are named "=at" when their lines are known to
 * be tokens (rc_tokens_spread). */
static int
line_now(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (strcmp(ar.source, "=at") == 0)
            return ar.currentline;
    }
    return 0;
}

static void
set_token(rc_fail *f, rc_token_kind kind, rc_str token)
{
    f->token_kind = token.len < sizeof f->token ? kind : RC_TOKEN_NONE;
    f->token_len = 0;
    if (f->token_kind != RC_TOKEN_NONE && token.len > 0) {
        memcpy(f->token, token.at, token.len);
        f->token_len = token.len;
    }
}

static int
raise(lua_State *L, const char *name, const char *format, va_list ap)
    RC_PRINTF(3, 0);

static int
raise(lua_State *L, const char *name, const char *format, va_list ap)
{
    rc_script *s = rc_script_of(L);
    s->fail.name = name;
    s->fail.line = line_now(L);
    vsnprintf(s->fail.message, sizeof s->fail.message, format, ap);
    lua_pushlightuserdata(L, s);
    return lua_error(L);
}

int
rc_fail_at(lua_State *L, const char *name, rc_token_kind kind, rc_str token,
           const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    set_token(&rc_script_of(L)->fail, kind, token);
    int r = raise(L, name, format, ap);
    va_end(ap);
    return r;
}

int
rc_fail_here(lua_State *L, const char *name, const char *format, ...)
{
    rc_fail *f = &rc_script_of(L)->fail;
    lua_Debug ar;
    va_list ap;
    va_start(ap, format);
    set_token(f, RC_TOKEN_NONE, RC_LIT(""));
    if (lua_getstack(L, 0, &ar)) {
        lua_getinfo(L, "n", &ar);
        bool meta = strcmp(ar.namewhat, "metamethod") == 0;
        if (ar.name && !meta)
            set_token(f, RC_TOKEN_NAME, rc_str_z(ar.name));
        else if (ar.name && (strcmp(ar.name, "lt") == 0 ||
                             strcmp(ar.name, "le") == 0 ||
                             strcmp(ar.name, "eq") == 0))
            f->token_kind = RC_TOKEN_OTHER;
    }
    int r = raise(L, name, format, ap);
    va_end(ap);
    return r;
}

void
rc_fail_hint(lua_State *L, const char *format, ...)
{
    rc_fail *f = &rc_script_of(L)->fail;
    va_list ap;
    va_start(ap, format);
    vsnprintf(f->hint, sizeof f->hint, format, ap);
    va_end(ap);
}

void
rc_fail_choice(lua_State *L, rc_choice choice, int of)
{
    rc_fail *f = &rc_script_of(L)->fail;
    f->choice = choice;
    f->of = of;
}

void
rc_fail_given(lua_State *L, const char *const *given, const rc_group *group)
{
    rc_fail *f = &rc_script_of(L)->fail;
    f->choice = RC_CHOICE_GIVEN;
    f->given = given;
    f->group = group;
}

void
rc_charge(lua_State *L, size_t n)
{
    rc_script *s = rc_script_of(L);
    if (n > (size_t)(RC_STEPS_MAX - s->steps))
        rc_fail_here(L, "bounds", "expression takes more than %d steps",
                     RC_STEPS_MAX);
    s->steps += (int)n;
}

/* -- Lua's messages in plain words ------------------------------------------- */
static const char *
plain_type(rc_str lua_type_name)
{
    static const struct {
        const char *lua, *plain;
    } types[] = {
        {"nil", "nothing"},
        {"string", "a text"},
        {"number", "a number"},
        {"table", "a list"},
        {"boolean", "true or false"},
        {"function", "a function without its arguments"},
        {"figure", "a figure"},
        {"group", "a group"},
        {"item", "an item"},
        {"mention", "a mention"},
        {"groups", "all groups"},
        {"report", "the report"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (rc_str_is(lua_type_name, types[i].lua))
            return types[i].plain;
    }
    return "a value of another kind";
}

static void
say(rc_fail *f, const char *name, const char *format, ...) RC_PRINTF(3, 4);

static void
say(rc_fail *f, const char *name, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    f->name = name;
    vsnprintf(f->message, sizeof f->message, format, ap);
    va_end(ap);
}

/* What stands in `m` between `before` and `after`; empty where it does not. */
static rc_str
between(rc_str m, const char *before, const char *after)
{
    size_t from = rc_str_find(m, before, 0);
    if (from == SIZE_MAX)
        return RC_LIT("");
    from += strlen(before);
    size_t to = rc_str_find(m, after, from);
    return to == SIZE_MAX ? RC_LIT("") : rc_str_part(m, from, to);
}

static bool
has(rc_str m, const char *needle)
{
    return rc_str_find(m, needle, 0) != SIZE_MAX;
}

/* "attempt to call a nil value (field 'x')" and its like. */
static void
say_attempt(rc_fail *f, rc_str m)
{
    static const struct {
        const char *lua, *plain;
    } verbs[] = {
        {"attempt to call a ", "cannot be called: it is no function"},
        {"attempt to index a ", "has no fields"},
        {"attempt to perform arithmetic on a ", "is no number to reckon with"},
        {"attempt to concatenate a ", "cannot be joined to a text"},
        {"attempt to get length of a ", "has no length"},
        {"attempt to perform bitwise operation on a ",
         "is no number to reckon with"},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        rc_str type = between(m, verbs[i].lua, " value");
        if (type.len == 0)
            continue;
        rc_str name = between(m, " '", "')");
        if (name.len > 0)
            set_token(f, RC_TOKEN_NAME, name);
        bool constant = has(m, "(constant '");
        if (name.len > 0 && !constant)
            say(f, "bad-value", "'%.*s' is %s: it %s", RC_STR(name),
                plain_type(type), verbs[i].plain);
        else
            say(f, "bad-value", "%s %s", plain_type(type), verbs[i].plain);
        return;
    }
    rc_str left = between(m, "attempt to compare ", " with ");
    rc_str two = between(m, "attempt to compare two ", " values");
    size_t with = rc_str_find(m, " with ", 0);
    if (two.len > 0)
        say(f, "bad-value", "%s cannot be compared with another",
            plain_type(two));
    else if (left.len > 0)
        say(f, "bad-value", "%s cannot be compared with %s", plain_type(left),
            plain_type(rc_str_part(m, with + 6, m.len)));
    else
        say(f, "bad-value", "%.*s", RC_STR(m));
    if (two.len > 0 || left.len > 0)
        f->token_kind = RC_TOKEN_OTHER;
}

static void
say_runtime(rc_fail *f, rc_str m)
{
    if (has(m, "divide by zero") || has(m, "'n%%0'") || has(m, "'n%0'"))
        say(f, "bad-value", "division by zero");
    else if (has(m, "stack overflow") || has(m, "error in error handling"))
        say(f, "bounds", "expression calls itself too deeply");
    else if (has(m, "length overflow") || has(m, "table overflow"))
        say(f, "bounds", "expression makes too long a text or list");
    else if (has(m, "no integer representation"))
        say(f, "bad-value", "expected a whole number");
    else
        say_attempt(f, m);
}

static void
say_syntax(rc_fail *f, rc_str m)
{
    rc_str near = between(m, "near '", "'");
    if (has(m, "near '''"))
        near = RC_LIT("'");
    f->hint[0] = '\0';
    if (has(m, "unfinished string") || has(m, "unfinished long string"))
        say(f, "syntax", "text is not closed");
    else if (has(m, "malformed number"))
        say(f, "syntax", "'%.*s' is no number", RC_STR(near));
    else if (has(m, "escape sequence") || has(m, "escape"))
        say(f, "syntax", "text has a '\\' that means nothing here");
    else if (has(m, "C stack overflow") || has(m, "too many"))
        say(f, "bounds", "expression is nested too deeply");
    else if (has(m, "<eof> expected") && rc_str_is(near, ")"))
        say(f, "syntax", "one ')' too many");
    else if (has(m, "near <eof>"))
        say(f, "syntax", "expression ends too soon");
    else if (near.len > 0)
        say(f, "syntax", "unexpected '%.*s'", RC_STR(near));
    else
        say(f, "syntax", "%.*s", RC_STR(m));
    if (rc_str_is(near, "="))
        snprintf(f->hint, sizeof f->hint, "'==' compares");
    else if (rc_str_is(near, "!"))
        snprintf(f->hint, sizeof f->hint, "'~=' is not equal, 'not' negates");
    else if (rc_str_is(near, "&") || rc_str_is(near, "|"))
        snprintf(f->hint, sizeof f->hint, "write 'and', 'or'");
    else if (rc_str_is(near, "local") || rc_str_is(near, "for") ||
             rc_str_is(near, "if") || rc_str_is(near, "while") ||
             rc_str_is(near, "return") || rc_str_is(near, "repeat"))
        snprintf(f->hint, sizeof f->hint,
                 "one expression has no statements; {%% %%} holds the control");
}

void
rc_fail_take(rc_script *s, bool syntax)
{
    lua_State *L = s->L;
    rc_fail *f = &s->fail;
    if (!lua_islightuserdata(L, -1)) {
        size_t len = 0;
        const char *text = lua_tolstring(L, -1, &len);
        rc_str m = text ? (rc_str){text, len} : RC_LIT("");
        *f = (rc_fail){.of = -1};
        /* "at:12: message" */
        size_t colon = rc_str_find(m, ": ", 0);
        bool placed = rc_str_starts(m, "at:") || rc_str_starts(m, "e:");
        if (placed && colon != SIZE_MAX) {
            int64_t line = 0;
            if (rc_str_starts(m, "at:") &&
                rc_num_int(rc_str_part(m, 3, colon), &line))
                f->line = (int)line;
            m = rc_str_part(m, colon + 2, m.len);
        }
        if (has(m, "not enough memory"))
            say(f, "bounds",
                "expression takes too much memory or makes too long a text");
        else if (syntax)
            say_syntax(f, m);
        else
            say_runtime(f, m);
    }
    lua_pop(L, 1);
}

/* -- logging ------------------------------------------------------------------ */
typedef RC_VEC(rc_str) rc_names;

static void
add_name(rc_script *s, rc_names *v, rc_str name)
{
    *rc_vec_push(s->scratch, v) = name;
}

static int
by_name(const void *a, const void *b)
{
    return rc_str_cmp(*(const rc_str *)a, *(const rc_str *)b);
}

/* The table's own order is that of its hash, hence the sorting. */
static void
add_keys(rc_script *s, rc_names *v, int ref)
{
    lua_State *L = s->L;
    lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        size_t len = 0;
        const char *key = lua_tolstring(L, -2, &len);
        add_name(s, v, rc_str_copy(s->scratch, (rc_str){key, len}));
    }
    lua_pop(L, 1);
    if (v->count > 1)
        qsort(v->at, v->count, sizeof *v->at, by_name);
}

static void
add_fields(rc_script *s, rc_names *v, const rc_script_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_name(s, v, fields[i].name);
}

static void
add_scale(rc_script *s, rc_names *v, int item, bool nets, bool categories)
{
    int scale = item < 0 ? -1 : s->data->items[item].scale;
    if (scale < 0)
        return;
    const rc_scale *c = &s->data->scales[scale];
    for (size_t i = 0; nets && i < c->net_count; i++)
        add_name(s, v, c->nets[i]);
    for (size_t i = 0; categories && i < c->category_count; i++)
        add_name(s, v, c->categories[i].key);
}

static void
add_once(rc_script *s, rc_names *v, rc_str name)
{
    for (size_t i = 0; i < v->count; i++) {
        if (rc_str_eq(v->at[i], name))
            return;
    }
    add_name(s, v, name);
}

static void
add_data(rc_script *s, rc_names *v, rc_choice choice, int of)
{
    const rc_data *d = s->data;
    if (choice == RC_CHOICE_KINDS) {
        for (size_t i = 0; i < d->group_count; i++)
            add_once(s, v, d->groups[i].kind);
    } else if (choice == RC_CHOICE_QUESTIONS) {
        for (size_t i = 0; i < d->question_count; i++)
            add_name(s, v, d->questions[i].key);
    } else if (choice == RC_CHOICE_CHARTS && of >= 0) {
        const rc_question *q = &d->questions[of];
        for (int i = 0; i < q->item_count; i++)
            add_once(s, v, d->items[q->first_item + i].chart);
    } else if (choice == RC_CHOICE_WAVES) {
        for (size_t i = 0; i < d->wave_count; i++)
            add_name(s, v, d->waves[i].key);
    } else if (choice == RC_CHOICE_FACTS) {
        for (size_t i = 0; i < d->fact_count; i++)
            add_name(s, v, d->facts[i].key);
    } else if (choice == RC_CHOICE_THEMES) {
        for (size_t i = 0; i < d->theme_count; i++)
            add_once(s, v,
                     rc_str_join(s->scratch, d->themes[i].question,
                                 RC_LIT("."), d->themes[i].theme));
    }
}

static void
add_given(rc_script *s, rc_names *v)
{
    for (const char *const *g = s->fail.given; g && *g; g++)
        add_name(s, v, rc_str_z(*g));
    const rc_group *group = s->fail.group;
    for (size_t i = 0; group && i < group->column_count; i++)
        add_name(s, v, group->columns[i].name);
}

static rc_names
names_of(rc_script *s, rc_choice choice, int of)
{
    rc_names v = {0};
    switch (choice) {
    case RC_CHOICE_NONE:
        break;
    case RC_CHOICE_NAMES:
        add_keys(s, &v, s->globals);
        add_keys(s, &v, s->vocabulary);
        break;
    case RC_CHOICE_ITEMS:
        for (size_t i = 0; i < s->data->item_count; i++)
            add_name(s, &v, s->data->items[i].id);
        break;
    case RC_CHOICE_GROUPS:
        for (size_t i = 0; i < s->data->group_count; i++)
            add_name(s, &v, s->data->groups[i].key);
        break;
    case RC_CHOICE_NETS:
        add_scale(s, &v, of, true, false);
        break;
    case RC_CHOICE_CATEGORIES:
        add_scale(s, &v, of, false, true);
        break;
    case RC_CHOICE_MEASURES:
        add_scale(s, &v, of, true, true);
        break;
    case RC_CHOICE_ROLES:
        add_fields(s, &v, s->env.roles, s->env.role_count);
        break;
    case RC_CHOICE_REPORT:
        add_fields(s, &v, s->env.fields, s->env.field_count);
        break;
    case RC_CHOICE_KINDS:
    case RC_CHOICE_QUESTIONS:
    case RC_CHOICE_CHARTS:
    case RC_CHOICE_WAVES:
    case RC_CHOICE_THEMES:
    case RC_CHOICE_FACTS:
        add_data(s, &v, choice, of);
        break;
    case RC_CHOICE_GIVEN:
        add_given(s, &v);
        break;
    }
    return v;
}

static bool
is_token(const rc_fail *f, rc_str e, rc_token t)
{
    rc_str text = rc_str_part(e, t.from, t.to);
    if (t.kind != f->token_kind)
        return false;
    if (t.kind == RC_TOKEN_STRING && text.len >= 2) {
        size_t frame = 1;
        if (text.at[0] == '[')
            frame += rc_str_find(text, "[", 1);
        text = rc_str_part(text, frame, text.len - frame);
    }
    return rc_str_eq(text, (rc_str){f->token, f->token_len});
}

static bool
is_comparison(rc_str e, rc_token t)
{
    rc_str text = rc_str_part(e, t.from, t.to);
    return t.kind == RC_TOKEN_OTHER && text.len > 0 &&
           (text.at[0] == '<' || text.at[0] == '>' || rc_str_is(text, "==") ||
            rc_str_is(text, "~="));
}

/* The offending token: the one that is spelt so nearest behind the place where
 * Lua stood, else the first spelt so, else where Lua stood. */
static size_t
find_token(const rc_fail *f, rc_str e, rc_tokens t)
{
    size_t stood = f->line ? rc_tokens_on_line(e, t, f->line) : t.count;
    if (f->token_kind == RC_TOKEN_NAME || f->token_kind == RC_TOKEN_STRING) {
        for (size_t i = stood < t.count ? stood : 0; i < t.count; i++) {
            if (is_token(f, e, t.at[i]))
                return i;
        }
        for (size_t i = stood; i-- > 0;) {
            if (is_token(f, e, t.at[i]))
                return i;
        }
    }
    /* Lua gives a comparison the line of its right side. */
    for (size_t i = stood; f->token_kind == RC_TOKEN_OTHER && i-- > 0;) {
        if (is_comparison(e, t.at[i]))
            return i;
    }
    if (stood == t.count && f->line > 0 && t.count > 0)
        return t.count - 1; /* ends too soon: its last token */
    return stood;
}

/* A name followed by what Lua takes for arguments was meant as a function. */
static bool
is_call(rc_str e, rc_tokens t, size_t i)
{
    if (i + 1 >= t.count)
        return false;
    char c = e.at[t.at[i + 1].from];
    return t.at[i + 1].kind == RC_TOKEN_STRING || c == '(' || c == '{';
}

static void
log_diag(rc_script *s, rc_span at)
{
    rc_fail *f = &s->fail;
    rc_diag *d = rc_log_error(s->log, f->name, at, "%s", f->message);
    if (f->hint[0])
        rc_diag_hint(d, "%s", f->hint);
    if (f->choice != RC_CHOICE_NONE) {
        rc_names v = names_of(s, f->choice, f->of);
        rc_diag_suggest(d, (rc_str){f->token, f->token_len}, v.at, v.count);
    }
}

void
rc_fail_log(rc_script *s, rc_str expression, rc_span span)
{
    rc_fail *f = &s->fail;
    if (strcmp(f->name, RC_FAIL_SILENT) == 0)
        return;
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_tokens t = rc_tokens_make(s->scratch, expression);
    size_t i = find_token(f, expression, t);
    rc_span at = span;
    if (span.to - span.from == expression.len && i < t.count) {
        at.from = span.from + (uint32_t)t.at[i].from;
        at.to = span.from + (uint32_t)t.at[i].to;
    }
    if (strcmp(f->name, "unknown-name") == 0 && is_call(expression, t, i))
        say(f, "unknown-function", "unknown function '%.*s'",
            (int)f->token_len, f->token);
    /* What Lua did not expect is the bracket that we put round it. */
    if (strcmp(f->message, "unexpected ')'") == 0 && f->line > 0 &&
        rc_tokens_on_line(expression, t, f->line) == t.count)
        say(f, "syntax", "expression ends too soon");
    log_diag(s, at);
    *f = (rc_fail){.of = -1};
    rc_arena_rewind(s->scratch, mark);
}
