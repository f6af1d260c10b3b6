/* Language tags (BCP 47, RFC 5646): what PDF, XMP and screen readers go by. */
#ifndef RC_BASE_LANGUAGE_H
#define RC_BASE_LANGUAGE_H

#include "base/diag.h"

/* Whether `tag` is well formed and its language, script and country are known
 * ("en", "en-GB", "zh-Hant-HK", "sr-Latn"); variants, extensions and private
 * parts are only looked at for their form. Upper and lower case are alike.
 * If not, says so at `at`: "unknown-language", a check that a report may
 * allow. */
bool rc_language_check(rc_log *log, rc_str tag, rc_span at);

#endif
