/* Files: whole or not at all, and every failure told. */
#include "base/file.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

static char folder[64];
static rc_arena *arena;
static rc_log *log_;

static void
set_up(void)
{
    strcpy(folder, "/tmp/recto-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    arena = rc_arena_new();
    log_ = rc_log_new();
}

static void
remove_below(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char below[512];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        if (unlink(below) != 0)
            remove_below(below);
    }
    if (d)
        closedir(d);
    rmdir(path);
}

static void
tear_down(void)
{
    chmod(folder, 0700);
    remove_below(folder);
    rc_log_free(log_);
    rc_arena_free(arena);
}

static const char *
in_folder(const char *name)
{
    return rc_path_join(arena, rc_str_z(folder), rc_str_z(name)).at;
}

static void
put(const char *name, const char *bytes, size_t len)
{
    FILE *f = fopen(in_folder(name), "wb");
    ck_assert_ptr_nonnull(f);
    fwrite(bytes, 1, len, f);
    fclose(f);
}

static int
files_in(const char *path)
{
    DIR *d = opendir(path);
    int count = 0;
    while (readdir(d))
        count++;
    closedir(d);
    return count - 2;
}

static bool
logged(const char *words)
{
    char *text = NULL;
    size_t len;
    FILE *f = open_memstream(&text, &len);
    rc_log_print(log_, f, RC_LOG_HUMAN, false);
    fclose(f);
    bool found = strstr(text, words);
    if (!found)
        fputs(text, stderr);
    free(text);
    return found;
}

START_TEST(test_write_and_read)
{
    rc_str out, bytes = RC_LIT("a\0b");
    const char *path = in_folder("new/deeper//x.pdf");
    ck_assert(rc_file_write(path, bytes, log_));
    ck_assert(rc_file_exists(path));
    ck_assert(rc_path_is_folder(in_folder("new/deeper")));
    ck_assert(!rc_path_is_folder(path));
    ck_assert(rc_file_read(arena, path, log_, rc_span_none(), &out));
    ck_assert(rc_str_eq(out, bytes));
    ck_assert_int_eq(out.at[out.len], 0);
    ck_assert(rc_file_write(path, RC_LIT("second"), log_));
    ck_assert(rc_file_read(arena, path, log_, rc_span_none(), &out));
    ck_assert(rc_str_is(out, "second"));
    ck_assert_int_eq(files_in(in_folder("new/deeper")), 1);
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_DONE);
}
END_TEST

START_TEST(test_mode_follows_umask)
{
    struct stat st;
    mode_t old = umask(027);
    ck_assert(rc_file_write(in_folder("x"), RC_LIT("x"), log_));
    umask(old);
    ck_assert_int_eq(stat(in_folder("x"), &st), 0);
    ck_assert_int_eq((int)(st.st_mode & 0777), 0640);
}
END_TEST

START_TEST(test_link_stays_a_link)
{
    struct stat st;
    put("target", "old", 3);
    ck_assert_int_eq(symlink("target", in_folder("link")), 0);
    ck_assert(rc_file_write(in_folder("link"), RC_LIT("new"), log_));
    ck_assert_int_eq(lstat(in_folder("link"), &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    rc_str out;
    ck_assert(rc_file_read(arena, in_folder("target"), log_, rc_span_none(),
                           &out));
    ck_assert(rc_str_is(out, "new"));
}
END_TEST

START_TEST(test_full_device)
{
    ck_assert(!rc_file_write("/dev/full", RC_LIT("x"), log_));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_RETRY);
    ck_assert(logged("[no-space]"));
    struct stat st; /* it is still there, and still a device */
    ck_assert(stat("/dev/full", &st) == 0 && S_ISCHR(st.st_mode));
}
END_TEST

/* A write that fails in the middle: the limit on a file's size stands for the
 * full disk. */
START_TEST(test_failure_leaves_the_old_file)
{
    put("x", "old", 3);
    struct rlimit limit = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    rc_str many = {rc_arena_array(arena, 100000, 1), 100000};
    ck_assert(!rc_file_write(in_folder("x"), many, log_));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
    rc_str out;
    ck_assert(rc_file_read(arena, in_folder("x"), log_, rc_span_none(), &out));
    ck_assert(rc_str_is(out, "old"));
    ck_assert_int_eq(files_in(folder), 1);
}
END_TEST

START_TEST(test_unwritable)
{
    put("file", "x", 1);
    mkdir(in_folder("folder"), 0700);
    const char *paths[] = {
        in_folder("file/below"), /* a part of the path is no folder */
        in_folder("folder"),
        "/proc/recto/x.pdf",
    };
    ck_assert(!rc_file_write(paths[_i], RC_LIT("x"), log_));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
    ck_assert(logged("[unwritable-file]"));
    ck_assert_int_eq(files_in(folder), 2);
}
END_TEST

START_TEST(test_unwritable_folder)
{
    if (geteuid() == 0)
        return; /* root may write everywhere */
    chmod(folder, 0500);
    ck_assert(!rc_file_write(in_folder("x"), RC_LIT("x"), log_));
    ck_assert(logged("permission denied"));
}
END_TEST

START_TEST(test_unreadable)
{
    rc_str out = RC_LIT("kept");
    ck_assert(!rc_file_read(arena, in_folder("none"), log_, rc_span_none(),
                            &out));
    ck_assert(rc_str_is(out, "kept"));
    ck_assert(logged("there is no such file [unreadable-file]"));
    ck_assert(!rc_file_read(arena, folder, log_, rc_span_none(), &out));
    ck_assert(logged("it is a folder [unreadable-file]"));
    ck_assert_ptr_null(rc_source_read(arena, in_folder("none"), RC_LIT("n"),
                                      log_, rc_span_none()));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_WORLD);
}
END_TEST

START_TEST(test_source)
{
    put("x", "\xEF\xBB\xBF# \xC3\xA9\r\n", 9);
    const rc_source *s = rc_source_read(arena, in_folder("x"),
                                        RC_LIT("chapters/x.md"), log_,
                                        rc_span_none());
    ck_assert(rc_str_is(s->path, "chapters/x.md"));
    ck_assert(rc_str_is(s->text, "# \xC3\xA9\r\n"));
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_DONE);
    put("empty", "", 0);
    s = rc_source_read(arena, in_folder("empty"), RC_LIT("e"), log_,
                       rc_span_none());
    ck_assert_uint_eq(s->text.len, 0);
}
END_TEST

START_TEST(test_source_in_latin_1)
{
    put("x", "one\ncaf\xE9 cr\xE8me\0!\n", 17);
    const rc_source *s = rc_source_read(arena, in_folder("x"), RC_LIT("x.md"),
                                        log_, rc_span_none());
    size_t bad;
    ck_assert(rc_utf8_valid(s->text, &bad)); /* from here on all is */
    ck_assert(rc_str_is(s->text, "one\ncaf? cr?me?!\n"));
    ck_assert_uint_eq(rc_log_count(log_, RC_ERROR), 1);
    ck_assert_int_eq(rc_log_status(log_), RC_EXIT_INPUT);
    ck_assert(logged("x.md:2:4: error: byte 8 of the file is not UTF-8 "
                     "[bad-utf8]\n"
                     "    2 | caf? cr?me?!\n"
                     "      |    ^ save the file as UTF-8; 3 bytes are not"));
}
END_TEST

START_TEST(test_paths)
{
    rc_arena *a = arena;
    ck_assert_str_eq(rc_path_join(a, RC_LIT("a"), RC_LIT("b")).at, "a/b");
    ck_assert_str_eq(rc_path_join(a, RC_LIT("a/"), RC_LIT("b")).at, "a/b");
    ck_assert_str_eq(rc_path_join(a, RC_LIT("."), RC_LIT("b")).at, "b");
    ck_assert_str_eq(rc_path_join(a, RC_LIT(""), RC_LIT("b")).at, "b");
    ck_assert_str_eq(rc_path_join(a, RC_LIT("a"), RC_LIT("/b")).at, "/b");
    ck_assert_str_eq(rc_path_join(a, RC_LIT("a"), RC_LIT("./b")).at, "a/b");
    ck_assert_str_eq(rc_path_folder(a, RC_LIT("a/b/c")).at, "a/b");
    ck_assert_str_eq(rc_path_folder(a, RC_LIT("a/b/")).at, "a");
    ck_assert_str_eq(rc_path_folder(a, RC_LIT("c")).at, ".");
    ck_assert_str_eq(rc_path_folder(a, RC_LIT("/c")).at, "/");
    ck_assert_str_eq(rc_path_folder(a, RC_LIT("/")).at, "/");
    ck_assert(rc_str_is(rc_path_base(RC_LIT("a/b.md")), "b.md"));
    ck_assert(rc_str_is(rc_path_base(RC_LIT("a/b/")), "b"));
    ck_assert(rc_str_is(rc_path_base(RC_LIT("b")), "b"));
}
END_TEST

START_TEST(paths_are_cleaned_for_people)
{
    static const struct {
        const char *path, *folder, *clean;
    } cases[] = {
        {"/w/build/../layouts/x/house.yaml", "", "/w/layouts/x/house.yaml"},
        {"/w/build/../layouts/x/house.yaml", "/w", "layouts/x/house.yaml"},
        {"/work/x", "/w", "/work/x"},
        {"/w", "/w", "."},
        {"./a//b/./c/", "", "a/b/c"},
        {"a/..", "", "."},
        {"../../a/b/..", "", "../../a"},
        {"/../a", "/", "/a"},
        {"/a/..", "", "/"},
        {"", "", "."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_str clean = rc_path_clean(arena, rc_str_z(cases[i].path),
                                     rc_str_z(cases[i].folder));
        ck_assert_str_eq(clean.at, cases[i].clean);
    }
}
END_TEST

START_TEST(folders_are_listed_in_order)
{
    size_t count;
    const rc_str *names = rc_path_list(arena, "samples", &count);
    ck_assert_uint_ge(count, 1);
    bool listed = false;
    for (size_t i = 0; i < count; i++)
        listed = listed || rc_str_is(names[i], "ways-of-working-2013");
    ck_assert(listed);
    names = rc_path_list(arena, "layouts", &count);
    for (size_t i = 1; i < count; i++)
        ck_assert_int_lt(rc_str_cmp(names[i - 1], names[i]), 0);
    rc_path_list(arena, "nowhere", &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("base_file");
    TCase *t = tcase_create("file");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, test_write_and_read);
    tcase_add_test(t, test_mode_follows_umask);
    tcase_add_test(t, test_link_stays_a_link);
    tcase_add_test(t, test_full_device);
    tcase_add_test(t, test_failure_leaves_the_old_file);
    tcase_add_loop_test(t, test_unwritable, 0, 3);
    tcase_add_test(t, test_unwritable_folder);
    tcase_add_test(t, test_unreadable);
    tcase_add_test(t, test_source);
    tcase_add_test(t, test_source_in_latin_1);
    tcase_add_test(t, test_paths);
    tcase_add_test(t, paths_are_cleaned_for_people);
    tcase_add_test(t, folders_are_listed_in_order);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
