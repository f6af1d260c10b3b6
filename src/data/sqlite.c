/* SQLite into tables: the file is opened read-only, every value is taken as
 * text, rows are numbered as they come. */
#include "data/table.h"

#include "base/file.h"

#include <sqlite3.h>
#include <string.h>

static void
bad_database(rc_reader *r, const rc_source *source, const char *why)
{
    rc_log_error(r->log, "bad-database", (rc_span){.source = source},
                 "cannot read it as a SQLite file: %s", why);
}

static void
check_bytes(rc_reader *r, rc_table *t, rc_text *c, uint32_t row,
            size_t column)
{
    rc_str s = {c->at, c->len};
    size_t bad;
    unsigned char byte;
    if (c->len == 0
        || (rc_utf8_valid(s, &bad) && !memchr(c->at, 0, c->len)))
        return;
    char *mended = rc_arena_array(r->keep, s.len + 1, 1);
    memcpy(mended, s.at, s.len);
    rc_text_mend(mended, s.len, &byte);
    c->at = mended;
    t->mended = true;
    rc_span at = {.source = t->source, .row = row,
                  .column = t->columns[column]};
    rc_diag *d = rc_log_error(r->log, "bad-utf8", at,
                              "byte 0x%02X is not UTF-8", byte);
    rc_diag_hint(d, "save the file as UTF-8");
}

static rc_text
text_of(rc_arena *a, const void *at, int len)
{
    if (!at || len <= 0)
        return (rc_text){.at = ""};
    rc_str copy = rc_str_copy(a, (rc_str){at, (size_t)len});
    return (rc_text){.at = copy.at, .len = (uint32_t)copy.len};
}

static int
read_rows(rc_reader *r, sqlite3_stmt *rows, rc_table *t)
{
    size_t count = t->column_count;
    rc_text *cells = RC_MAKE_ARRAY(r->scratch, rc_text, count);
    int status;
    for (uint32_t row = 1; (status = sqlite3_step(rows)) == SQLITE_ROW; row++) {
        for (size_t i = 0; i < count; i++) {
            const void *at = sqlite3_column_text(rows, (int)i);
            cells[i] =
                text_of(r->keep, at, sqlite3_column_bytes(rows, (int)i));
            check_bytes(r, t, &cells[i], row, i);
        }
        rc_table_add(r, t, row, cells);
    }
    return status;
}

static void
read_table(rc_reader *r, sqlite3 *db, rc_str shown, rc_table *t)
{
    rc_str path = rc_str_printf(r->keep, "%.*s#%.*s", RC_STR(shown),
                                RC_STR(t->name));
    t->source = rc_source_make(r->keep, path, (rc_str){"", 0});
    char query[64];
    snprintf(query, sizeof query, "SELECT * FROM \"%.*s\"", RC_STR(t->name));
    sqlite3_stmt *rows = NULL;
    int status = sqlite3_prepare_v2(db, query, -1, &rows, NULL);
    if (status == SQLITE_OK) {
        size_t count = (size_t)sqlite3_column_count(rows);
        rc_text *heads = RC_MAKE_ARRAY(r->scratch, rc_text, count);
        for (size_t i = 0; i < count; i++) {
            const char *name = sqlite3_column_name(rows, (int)i);
            heads[i] = text_of(r->keep, name, name ? (int)strlen(name) : 0);
        }
        rc_table_begin(r, t, heads, count);
        status = read_rows(r, rows, t);
    }
    sqlite3_finalize(rows);
    if (status != SQLITE_DONE) {
        t->broken = true;
        bad_database(r, t->source, sqlite3_errstr(status));
    }
}

/* Tables only: a view may run for as long as it likes. */
static bool
has_table(sqlite3 *db, rc_str name)
{
    static const char query[] =
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"
        " AND sql NOT LIKE 'CREATE VIRTUAL%'";
    sqlite3_stmt *s = NULL;
    bool found = false;
    if (sqlite3_prepare_v2(db, query, -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_text(s, 1, name.at, (int)name.len, SQLITE_STATIC);
        found = sqlite3_step(s) == SQLITE_ROW;
    }
    sqlite3_finalize(s);
    return found;
}

/* A file that is cut or damaged says so here, not by a missing row. */
static bool
is_sound(rc_reader *r, sqlite3 *db, const rc_source *source)
{
    sqlite3_stmt *s = NULL;
    int status = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &s, NULL);
    bool sound = false;
    if (status == SQLITE_OK)
        status = sqlite3_step(s);
    if (status == SQLITE_ROW) {
        const char *word = (const char *)sqlite3_column_text(s, 0);
        sound = word && strcmp(word, "ok") == 0;
        status = SQLITE_CORRUPT;
    }
    sqlite3_finalize(s);
    if (!sound)
        bad_database(r, source, sqlite3_errstr(status));
    return sound;
}

bool
rc_sqlite_read(rc_reader *r, const char *path, rc_str shown,
               rc_table tables[RC_TABLE_COUNT])
{
    const rc_source *source =
        rc_source_make(r->keep, rc_str_copy(r->keep, shown), (rc_str){"", 0});
    sqlite3 *db = NULL;
    int status = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
    bool ok = status == SQLITE_OK;
    if (!ok) {
        rc_log_add(r->log, RC_WORLD, "unreadable-file", rc_span_none(),
                   "cannot read '%.*s': %s", RC_STR(shown),
                   sqlite3_errstr(status));
    } else {
        sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        ok = is_sound(r, db, source);
    }
    for (size_t i = 0; ok && i < RC_TABLE_COUNT; i++)
        if (has_table(db, tables[i].name))
            read_table(r, db, shown, &tables[i]);
    sqlite3_close(db);
    return ok;
}
