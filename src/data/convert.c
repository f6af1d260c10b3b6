/* CSV to SQLite and back. Cells are carried as text, untouched. */
#include "data/loader.h"

#include "base/file.h"

#include <sqlite3.h>
#include <string.h>

/* -- to CSV ----------------------------------------------------------------- */

/* An empty row of one column would be an empty line, which is no row. */
static void
add_cell(rc_buf *b, rc_str s, bool alone)
{
    rc_buf_csv(b, s, alone && s.len == 0);
}

static bool
write_csv(const rc_table *t, rc_str folder, rc_reader *r)
{
    rc_buf b = {0};
    size_t count = t->column_count;
    for (size_t i = 0; i < count; i++) {
        add_cell(&b, t->columns[i], count == 1);
        rc_buf_char(&b, i + 1 < count ? ',' : '\n');
    }
    for (size_t row = 0; row < t->row_count; row++)
        for (size_t i = 0; i < count; i++) {
            add_cell(&b, rc_table_cell(t, row, (int)i), count == 1);
            rc_buf_char(&b, i + 1 < count ? ',' : '\n');
        }
    rc_str name = rc_str_printf(r->scratch, "%.*s.csv", RC_STR(t->name));
    rc_str path = rc_path_join(r->scratch, folder, name);
    bool ok = rc_file_write(path.at, rc_buf_str(&b), r->log);
    rc_buf_free(&b);
    return ok;
}

/* -- to SQLite -------------------------------------------------------------- */

/* SQL quotes a name as CSV does a cell. */
static void
add_name(rc_buf *b, rc_str name)
{
    rc_buf_csv(b, name, true);
}

static int
make_table(sqlite3 *db, const rc_table *t)
{
    rc_buf b = {0};
    rc_buf_z(&b, "CREATE TABLE ");
    add_name(&b, t->name);
    for (size_t i = 0; i < t->column_count; i++) {
        rc_buf_z(&b, i ? ", " : " (");
        add_name(&b, t->columns[i]);
        rc_buf_z(&b, " TEXT");
    }
    rc_buf_z(&b, ")");
    rc_buf_char(&b, '\0');
    int status = sqlite3_exec(db, b.at, NULL, NULL, NULL);
    rc_buf_free(&b);
    return status;
}

static int
fill_table(sqlite3 *db, const rc_table *t)
{
    rc_buf b = {0};
    rc_buf_z(&b, "INSERT INTO ");
    add_name(&b, t->name);
    for (size_t i = 0; i < t->column_count; i++)
        rc_buf_z(&b, i ? ", ?" : " VALUES (?");
    rc_buf_z(&b, ")");
    sqlite3_stmt *s = NULL;
    int status = sqlite3_prepare_v2(db, b.at, (int)b.len, &s, NULL);
    rc_buf_free(&b);
    for (size_t row = 0; status == SQLITE_OK && row < t->row_count; row++) {
        for (size_t i = 0; i < t->column_count; i++) {
            rc_str c = rc_table_cell(t, row, (int)i);
            sqlite3_bind_text(s, (int)i + 1, c.at, (int)c.len, SQLITE_STATIC);
        }
        status = sqlite3_step(s);
        status = status == SQLITE_DONE ? sqlite3_reset(s) : status;
    }
    sqlite3_finalize(s);
    return status;
}

static int
fill_database(sqlite3 *db, const rc_table tables[RC_TABLE_COUNT])
{
    int status = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; status == SQLITE_OK && i < RC_TABLE_COUNT; i++) {
        if (!tables[i].there)
            continue;
        status = make_table(db, &tables[i]);
        if (status == SQLITE_OK)
            status = fill_table(db, &tables[i]);
    }
    if (status == SQLITE_OK)
        status = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    return status;
}

/* Made in memory and written whole, so that no half file is ever left and the
 * same tables give the same bytes. */
static bool
write_sqlite(const rc_table tables[RC_TABLE_COUNT], const char *to,
             rc_reader *r)
{
    sqlite3 *db = NULL;
    bool ok = false;
    int status = sqlite3_open_v2(":memory:", &db,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                 NULL);
    if (status == SQLITE_OK)
        status = fill_database(db, tables);
    sqlite3_int64 size = 0;
    unsigned char *bytes =
        status == SQLITE_OK ? sqlite3_serialize(db, "main", &size, 0) : NULL;
    if (bytes) {
        rc_str whole = {(const char *)bytes, (size_t)size};
        ok = rc_file_write(to, whole, r->log);
    } else {
        if (status == SQLITE_OK)
            status = SQLITE_NOMEM;
        rc_log_add(r->log, status == SQLITE_NOMEM ? RC_RETRY : RC_ERROR,
                   "bad-database", rc_span_none(), "cannot make '%s': %s", to,
                   sqlite3_errstr(status));
    }
    sqlite3_free(bytes);
    sqlite3_close(db);
    return ok;
}

/* -- both ------------------------------------------------------------------- */

/* Everything is checked but what report.yaml may allow: sums over groups, and
 * rows of percentages. */
bool
rc_data_convert(const char *from, const char *to, rc_log *log)
{
    /* sources live as long as the log that names them */
    rc_loader l = {.reader = {rc_log_arena(log), rc_arena_new(), log}};
    l.place = rc_str_z(from);
    l.options.row_sums_free = true;
    l.partitions_free = true;
    bool ok = rc_load_all(&l, from);
    if (ok && !rc_path_is_folder(from)) {
        for (size_t i = 0; ok && i < RC_TABLE_COUNT; i++)
            if (l.tables[i].there)
                ok = write_csv(&l.tables[i], rc_str_z(to), &l.reader);
    } else if (ok) {
        ok = write_sqlite(l.tables, to, &l.reader);
    }
    rc_arena_free(l.reader.scratch);
    return ok;
}
