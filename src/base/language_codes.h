/* The codes that BCP 47 takes its subtags from, in lower case and in order:
 * ISO 639-3 (languages), ISO 15924 (scripts), ISO 3166-1 (countries). Private
 * to language.c. */
#ifndef RC_BASE_LANGUAGE_CODES_H
#define RC_BASE_LANGUAGE_CODES_H

/* A line a language: its code of two letters, the one of three that a tag
 * must not have in its place, its name in English. */
extern const char rc_language_short[];
/* Languages without a code of two letters, by the first of their three: the
 * two others, pair after pair. Without those that name no language (mis, mul,
 * und); zxx, no language at all, is there. */
extern const char *const rc_language_long[26];
extern const char rc_language_scripts[];   /* by fours */
extern const char rc_language_countries[]; /* by twos */

#endif
