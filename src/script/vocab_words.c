/* Words: small numbers, lists, plurals, dates, facts. English. */
#include "script/internal.h"

#include <string.h>

/* -- numbers ------------------------------------------------------------------- */
static const char *const ones[] = {
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const tens[] = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety",
};

static rc_str
under_hundred(rc_arena *a, int64_t n)
{
    if (n < 20)
        return rc_str_z(ones[n]);
    return rc_str_printf(a, "%s%s%s", tens[n / 10], n % 10 ? "-" : "",
                         n % 10 ? ones[n % 10] : "");
}

static rc_str
under_thousand(rc_arena *a, int64_t n)
{
    if (n < 100)
        return under_hundred(a, n);
    rc_str rest = under_hundred(a, n % 100);
    if (n % 100 == 0)
        return rc_str_printf(a, "%s hundred", ones[n / 100]);
    return rc_str_printf(a, "%s hundred and %.*s", ones[n / 100],
                         RC_STR(rest));
}

rc_str
rc_number_words(rc_arena *a, int64_t n)
{
    if (n <= -1000000 || n >= 1000000)
        return rc_str_printf(a, "%lld", (long long)n);
    if (n < 0) {
        rc_str positive = rc_number_words(a, -n);
        return rc_str_printf(a, "minus %.*s", RC_STR(positive));
    }
    if (n < 1000)
        return under_thousand(a, n);
    rc_str thousands = under_thousand(a, n / 1000);
    if (n % 1000 == 0)
        return rc_str_printf(a, "%.*s thousand", RC_STR(thousands));
    rc_str rest = under_thousand(a, n % 1000);
    return rc_str_printf(a, "%.*s thousand%s %.*s", RC_STR(thousands),
                         n % 1000 < 100 ? " and" : ",", RC_STR(rest));
}

rc_str
rc_count_words(rc_arena *a, int64_t n)
{
    if (n == 0)
        return RC_LIT("none");
    return n > 0 && n < 10 ? rc_str_z(ones[n])
                           : rc_str_printf(a, "%lld", (long long)n);
}

/* -- capital letters ------------------------------------------------------------- */
/* Simple capitals of the alphabets that survey names are written in: Latin,
 * Greek, Cyrillic (Unicode, UnicodeData.txt, field 12). */
static uint32_t
capital(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) ||
        (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) ||
        (c >= 0x430 && c <= 0x44F))
        return c - 32;
    if (c >= 0x450 && c <= 0x45F)
        return c - 80;
    if (c == 0xFF)
        return 0x178;
    bool even = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177);
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (c == 0x131)
        return 'I';
    if ((even && c % 2 == 1) || (odd && c % 2 == 0))
        return c - 1;
    return c;
}

rc_str
rc_cap(rc_arena *a, rc_str text)
{
    if (text.len == 0)
        return text;
    size_t pos = 0;
    uint32_t first = rc_utf8_next(text, &pos), upper = capital(first);
    if (upper == first)
        return text;
    rc_buf b = {0};
    rc_buf_code(&b, upper);
    rc_buf_add(&b, rc_str_part(text, pos, text.len));
    rc_str out = rc_str_copy(a, rc_buf_str(&b));
    rc_buf_free(&b);
    return out;
}

static int
word_cap(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    const rc_value_box *v = rc_value_at(L, 1);
    if (v) {
        rc_value_box *copy =
            rc_push_value(L, v->kind, (rc_str){v->text, v->len});
        copy->number = v->number;
        copy->figure = v->figure;
        copy->cap = true;
        return 1;
    }
    if (lua_type(L, 1) == LUA_TNUMBER) {
        rc_value_box *n = rc_push_value(L, RC_VALUE_NUMBER, RC_LIT(""));
        n->number = lua_tonumber(L, 1);
        n->cap = true;
        return 1;
    }
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_push_str(L, rc_cap(s->scratch, rc_text_of(L, 1, s->scratch)));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

static int
push_number(lua_State *L, rc_value_kind kind)
{
    int64_t n = rc_arg_int(L, 1, "a number");
    rc_push_value(L, kind, RC_LIT(""))->number = (double)n;
    return 1;
}

static int
word_words(lua_State *L)
{
    return push_number(L, RC_VALUE_WORDS);
}

static int
word_digits(lua_State *L)
{
    const rc_figure *f = rc_figure_at(L, 1);
    if (f && f->low != RC_LOW_COUNTS) {
        rc_fail_hint(L, "sign() prints a figure as \"64%%\"");
        return rc_fail_here(L, "bad-argument",
                            "expected a number, found a figure");
    }
    if (lua_type(L, 1) == LUA_TNUMBER && !lua_isinteger(L, 1)) {
        rc_push_value(L, RC_VALUE_DIGITS, RC_LIT(""))->number =
            lua_tonumber(L, 1);
        return 1;
    }
    return push_number(L, RC_VALUE_DIGITS);
}

/* plural(n, "lead", "leads"): the word alone. */
static int
word_plural(lua_State *L)
{
    const rc_value_box *v = rc_value_at(L, 1);
    bool words = v && (v->kind == RC_VALUE_WORDS || v->kind == RC_VALUE_DIGITS);
    double n = words ? v->number : 0;
    if (!words && lua_type(L, 1) == LUA_TNUMBER)
        n = lua_tonumber(L, 1);
    else if (!words && lua_type(L, 1) == LUA_TTABLE)
        n = (double)lua_rawlen(L, 1);
    else if (!words)
        n = (double)rc_arg_int(L, 1, "a number");
    rc_str one = rc_arg_str(L, 2, "a word"), many = rc_arg_str(L, 3, "a word");
    bool single = n > 0.99999999 && n < 1.00000001;
    rc_push_str(L, single ? one : many);
    return 1;
}

/* an("item"): with its article. By sound where letters mislead. */
static int
word_an(lua_State *L)
{
    static const char *const with_a[] = {"uni", "eu", "use", "usu", "one",
                                         "once", "uk", "ut", NULL};
    static const char *const with_an[] = {"8", "11", "18", "hour", "honest",
                                          "honour", "heir", NULL};
    rc_script *s = rc_script_of(L);
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_str text = rc_text_of(L, 1, s->scratch);
    char low[8] = "";
    for (size_t i = 0; i + 1 < sizeof low && i < text.len; i++) {
        char c = text.at[i];
        low[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    bool an = low[0] && strchr("aeiou", low[0]);
    for (size_t i = 0; with_a[i]; i++) {
        if (strncmp(low, with_a[i], strlen(with_a[i])) == 0)
            an = false;
    }
    for (size_t i = 0; with_an[i]; i++) {
        size_t len = strlen(with_an[i]);
        bool longer = low[len] >= '0' && low[len] <= '9' && low[0] != '8';
        if (strncmp(low, with_an[i], len) == 0 && !longer)
            an = true;
    }
    rc_push_str(L, rc_str_printf(s->scratch, "%s %.*s", an ? "an" : "a",
                                 RC_STR(text)));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

/* -- lists -------------------------------------------------------------------------- */
typedef struct joiner {
    const char *comma, *last;
} joiner;

/* Names that hold commas or "and" themselves would run into each other. */
static joiner
joiner_for(rc_script *s, const rc_str *parts, size_t n, rc_str word)
{
    bool commas = false, ands = false;
    rc_str spaced = rc_str_printf(s->scratch, " %.*s ", RC_STR(word));
    for (size_t i = 0; i < n; i++) {
        commas = commas || rc_str_find(parts[i], ", ", 0) != SIZE_MAX;
        ands = ands || rc_str_find(parts[i], spaced.at, 0) != SIZE_MAX ||
               rc_str_find(parts[i], " & ", 0) != SIZE_MAX;
    }
    const char *comma = commas ? "; " : ", ";
    const char *before = commas ? ";" : ands ? "," : "";
    return (joiner){comma, rc_str_printf(s->scratch, "%s %.*s ", before,
                                         RC_STR(word)).at};
}

static void
push_joined(lua_State *L, const rc_str *parts, size_t n, rc_str word)
{
    rc_script *s = rc_script_of(L);
    joiner j = joiner_for(s, parts, n, word);
    rc_str out = RC_LIT("");
    size_t room = 0;
    for (size_t i = 0; i < n; i++)
        room += parts[i].len + strlen(j.last) + strlen(j.comma);
    char *at = RC_MAKE_ARRAY(s->scratch, char, room + 1);
    for (size_t i = 0; i < n; i++) {
        const char *between = i == 0 ? "" : i + 1 == n ? j.last : j.comma;
        memcpy(at + out.len, between, strlen(between));
        out.len += strlen(between);
        if (parts[i].len)
            memcpy(at + out.len, parts[i].at, parts[i].len);
        out.len += parts[i].len;
    }
    out.at = at;
    rc_push_str(L, out);
}

/* list(values), list(values, "or"), list(values, "short_name"). */
static int
word_list(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_arg_list(L, 1);
    lua_settop(L, 2);
    rc_str word = RC_LIT("and"), field = RC_LIT("");
    if (!lua_isnil(L, 2))
        field = rc_arg_str(L, 2, "'or', or a field");
    if (rc_str_is(field, "and") || rc_str_is(field, "or") ||
        rc_str_is(field, "nor")) {
        word = field;
        field = RC_LIT("");
    }
    rc_mark mark = rc_arena_mark(s->scratch);
    size_t n = (size_t)lua_rawlen(L, 1), bytes = 0;
    rc_str *parts = RC_MAKE_ARRAY(s->scratch, rc_str, n + 1);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        if (field.len) {
            lua_getfield(L, -1, field.at);
            lua_remove(L, -2);
        }
        parts[i] =
            rc_str_copy(s->scratch, rc_text_of(L, lua_gettop(L), s->scratch));
        bytes += parts[i].len;
        if (bytes > RC_TEXT_MAX)
            return rc_fail_here(L, "bounds",
                                "text would be longer than %d bytes",
                                RC_TEXT_MAX);
        lua_pop(L, 1);
    }
    push_joined(L, parts, n, word);
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

/* -- dates ---------------------------------------------------------------------------- */
static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

/* date("2013-11-29"), and its "day" (29 November), "month" (November 2013) or
 * "year". */
static int
word_date(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    int64_t part[3];
    rc_str text;
    rc_mark mark = rc_arena_mark(s->scratch);
    if (lua_isinteger(L, 1)) /* a year */
        text = rc_text_of(L, 1, s->scratch);
    else
        text = rc_arg_str(L, 1, "a date");
    if (!rc_num_date(text, part))
        return rc_fail_at(L, "bad-argument", RC_TOKEN_STRING, text,
                          "'%.*s' is no date: write it as 2013-11-29",
                          RC_STR(text));
    rc_str form = lua_isnoneornil(L, 2) ? RC_LIT("")
                                        : rc_arg_str(L, 2, "a form of date");
    bool day = part[2] > 0, month = part[1] > 0, year = true;
    if (rc_str_is(form, "day"))
        year = false;
    else if (rc_str_is(form, "month"))
        day = false;
    else if (rc_str_is(form, "year"))
        day = month = false;
    else if (form.len)
        return rc_fail_at(L, "bad-argument", RC_TOKEN_STRING, form,
                          "a date has a 'day', 'month' or 'year', no '%.*s'",
                          RC_STR(form));
    rc_str d = day ? rc_str_printf(s->scratch, "%d ", (int)part[2])
                   : RC_LIT("");
    rc_str m = month ? rc_str_z(months[part[1] - 1]) : RC_LIT("");
    rc_str y = year ? rc_str_printf(s->scratch, "%s%d", month ? " " : "",
                                    (int)part[0])
                    : RC_LIT("");
    rc_push_str(L, rc_str_printf(s->scratch, "%.*s%.*s%.*s", RC_STR(d),
                                 RC_STR(m), RC_STR(y)));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

/* -- facts ----------------------------------------------------------------------------- */
/* A number where it is one; text, dates and years stay as they stand. */
static int
word_fact(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_str key = rc_arg_str(L, 1, "the key of a fact");
    const rc_fact *f = rc_data_fact(s->data, key);
    if (!f) {
        rc_fail_choice(L, RC_CHOICE_FACTS, -1);
        return rc_fail_at(L, "unknown-fact", RC_TOKEN_STRING, key,
                          "unknown fact '%.*s'", RC_STR(key));
    }
    int64_t whole;
    double real;
    bool text = f->unit.len == 0 || rc_str_is(f->unit, "text") ||
                rc_str_is(f->unit, "date") || rc_str_is(f->unit, "year");
    if (!text && rc_num_int(f->value, &whole))
        lua_pushinteger(L, whole);
    else if (!text && rc_num_real(f->value, &real))
        lua_pushnumber(L, real);
    else
        rc_push_str(L, f->value);
    return 1;
}

/* literal("10"): typed by hand, and meant. */
static int
word_literal(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_push_str(L, rc_text_of(L, 1, s->scratch));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

/* -- mentions --------------------------------------------------------------------------- */
rc_str
rc_mention_words(rc_script *s, rc_arena *a, int mention, rc_str one,
                 rc_str many)
{
    const rc_mention *m = &s->data->mentions[mention];
    rc_str noun = m->precision == RC_EXACT && m->count == 1 ? one : many;
    rc_str count = rc_count_words(a, m->count);
    const char *space = noun.len ? " " : "";
    if (m->precision == RC_COUPLE)
        return rc_str_printf(a, "a couple%s%.*s", noun.len ? " of " : "",
                             RC_STR(noun));
    if (m->precision == RC_ONE_OR_TWO)
        return rc_str_printf(a, "one or two%s%.*s", space, RC_STR(noun));
    if (m->of_commenting <= 0)
        return rc_str_printf(a, "%.*s%s%.*s", RC_STR(count), space,
                             RC_STR(noun));
    rc_str all = rc_count_words(a, m->of_commenting);
    return rc_str_printf(a, "%.*s of the %.*s%s%.*s who commented",
                         RC_STR(count), RC_STR(all), many.len ? " " : "",
                         RC_STR(many));
}

void
rc_vocab_words(rc_script *s)
{
    static const rc_word words[] = {
        {"words", word_words},   {"digits", word_digits},
        {"cap", word_cap},       {"plural", word_plural},
        {"an", word_an},         {"list", word_list},
        {"date", word_date},     {"fact", word_fact},
        {"literal", word_literal}, {NULL, NULL},
    };
    rc_register(s, words);
}
