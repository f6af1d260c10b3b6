/* Loading: tables of a survey that is sound, one or more of them replaced by
 * those of the input. */
#include "fuzz.h"

#include "data/load.h"

static const struct {
    const char *name, *text;
} sound[] = {
    {"groups.csv", "group,kind,parent,name,invited,respondents,responses\n"
                   "all,nation,,All,40,11,11\neast,region,all,East,20,5,5\n"
                   "west,region,all,West,20,6,6\n"},
    {"scales.csv", "scale,position,category,label,net,in_base,value,kind\n"
                   "yn,1,yes,Yes,agree,1,,single\n"
                   "yn,2,no,No,disagree,1,,single\n"
                   "ten,1,low,Low,,1,0,numeric\nten,2,high,High,,1,10,numeric\n"},
    {"questions.csv",
     "question,item,position,question_text,item_text,scale,base_text,asked_of\n"
     "q,a,1,Do you?,I do,yn,All,all\nq,b,2,Do you?,How much,ten,All,all\n"},
    {"results.csv", "group,question,item,category,count,percent,wave\n"
                    "all,q,a,yes,6,,w1\nall,q,a,no,5,,w1\n"
                    "east,q,a,yes,3,,w1\neast,q,a,no,2,,w1\n"
                    "west,q,a,yes,3,,w1\nwest,q,a,no,3,,w1\n"
                    "all,q,b,low,,40,w1\nall,q,b,high,,60,w1\n"},
    {"bases.csv", "group,question,item,unweighted,weighted,effective,wave\n"
                  "all,q,a,11,,,w1\nall,q,b,11,,9.5,w1\n"},
    {"waves.csv", "wave,position,label,fieldwork_start,fieldwork_end\n"
                  "w1,1,First,2013-10-09,2013-11\n"},
};
static const char *const others[] = {"means.csv",    "changes.csv",
                                     "themes.csv",   "mentions.csv",
                                     "comments.csv", "facts.csv"};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[128];
    rc_arena *a = rc_arena_new();
    rc_log *log = rc_log_new();
    const rc_data *out = NULL;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(path, sizeof path, "%s/%s", fuzz_folder(), others[i]);
        remove(path);
    }
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        fuzz_write(sound[i].name, sound[i].text,
                   rc_str_z(sound[i].text).len);
    fuzz_write_parts("results.csv", data, size);
    bool good = rc_data_load(a, fuzz_folder(), RC_LIT("data"), NULL, log, &out);
    rc_assert(good == (rc_log_count(log, RC_ERROR) == 0));
    rc_assert(!good || out);
    fuzz_finish(log);
    rc_arena_free(a);
    return 0;
}
