#include "base/num.h"

#include <math.h>
#include <string.h>

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool
rc_num_int(rc_str s, int64_t *out)
{
    bool minus = s.len > 0 && s.at[0] == '-';
    size_t i = minus ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t n = 0; /* kept negative: that side reaches one further */
    for (; i < s.len; i++) {
        if (!is_digit(s.at[i]))
            return false;
        int digit = s.at[i] - '0';
        if (n < (INT64_MIN + digit) / 10)
            return false;
        n = n * 10 - digit;
    }
    if (!minus && n == INT64_MIN)
        return false;
    *out = minus ? n : -n;
    return true;
}

/* -- decimal to binary ------------------------------------------------------
 * Few digits go by one exact operation (Clinger, "How to read floating point
 * numbers accurately", 1990). The rest is halved or doubled as a string of
 * decimal digits until 53 bits stand before the point: slow, short, exact. */

enum { MOST_DIGITS = 400, DIGITS_ROOM = MOST_DIGITS + 1200 };

typedef struct decimal {
    unsigned char digit[DIGITS_ROOM]; /* most significant first */
    size_t count;
    size_t point; /* digits before the point */
} decimal;

static uint64_t
whole_part(const decimal *d)
{
    uint64_t n = 0;
    for (size_t i = 0; i < d->point; i++) {
        if (n > (UINT64_MAX >> 4) / 10)
            return UINT64_MAX >> 4; /* enough to know that it is too much */
        n = n * 10 + d->digit[i];
    }
    return n;
}

static void
halve(decimal *d)
{
    unsigned carry = 0;
    for (size_t i = 0; i < d->count; i++) {
        unsigned v = carry * 10 + d->digit[i];
        d->digit[i] = (unsigned char)(v / 2);
        carry = v % 2;
    }
    if (carry && d->count < DIGITS_ROOM)
        d->digit[d->count++] = 5;
}

/* The first digit is a zero kept for the carry. */
static void
twice(decimal *d)
{
    unsigned carry = 0;
    for (size_t i = d->count; i-- > 0;) {
        unsigned v = d->digit[i] * 2u + carry;
        d->digit[i] = (unsigned char)(v % 10);
        carry = v / 10;
    }
    if (d->digit[0]) {
        memmove(d->digit + 1, d->digit, d->count++);
        d->digit[0] = 0;
        d->point++;
    }
    while (d->count > d->point && d->digit[d->count - 1] == 0)
        d->count--;
}

static int
fraction_against_half(const decimal *d)
{
    if (d->count == d->point || d->digit[d->point] < 5)
        return -1;
    if (d->digit[d->point] > 5)
        return 1;
    for (size_t i = d->point + 1; i < d->count; i++)
        if (d->digit[i])
            return 1;
    return 0;
}

static double
decimal_to_real(decimal *d)
{
    int power = 0;
    const uint64_t low = UINT64_C(1) << 52, high = UINT64_C(1) << 53;
    while (whole_part(d) >= high) {
        halve(d);
        power++;
    }
    while (whole_part(d) < low && power > -1074) {
        twice(d);
        power--;
    }
    uint64_t n = whole_part(d);
    int half = fraction_against_half(d);
    if (half > 0 || (half == 0 && n % 2 == 1))
        n++;
    return ldexp((double)n, power);
}

/* The digits of `s` (after its sign) with their point; false if it is no
 * number or too long. */
static bool
read_decimal(rc_str s, decimal *d)
{
    *d = (decimal){.count = 1};
    bool point = false;
    if (s.len == 0 || !is_digit(s.at[0]) || !is_digit(s.at[s.len - 1]))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.' && !point) {
            point = true;
            d->point = d->count;
        } else if (!is_digit(s.at[i])) {
            return false;
        } else if (d->count > 1 || point || s.at[i] != '0') {
            if (d->count > MOST_DIGITS)
                return false;
            d->digit[d->count++] = (unsigned char)(s.at[i] - '0');
        }
    }
    if (!point)
        d->point = d->count;
    return true;
}

static bool
quick_real(const decimal *d, double *out)
{
    static const double ten_to[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    };
    size_t decimals = d->count - d->point;
    if (decimals > 22)
        return false;
    uint64_t n = 0;
    for (size_t i = 0; i < d->count; i++) {
        n = n * 10 + d->digit[i];
        if (n > UINT64_C(1) << 53)
            return false;
    }
    *out = (double)n / ten_to[decimals];
    return true;
}

bool
rc_num_real(rc_str s, double *out)
{
    bool minus = s.len > 0 && s.at[0] == '-';
    decimal d;
    if (!read_decimal(rc_str_part(s, minus, s.len), &d))
        return false;
    double x;
    if (!quick_real(&d, &x))
        x = decimal_to_real(&d);
    if (!isfinite(x))
        return false;
    *out = minus && x > 0 ? -x : x;
    return true;
}

int
rc_num_decimals(rc_str s)
{
    size_t point = rc_str_find(s, ".", 0);
    return point == SIZE_MAX ? 0 : (int)(s.len - point - 1);
}

/* -- rounding and printing ----------------------------------------------- */

static double
scale_of(int decimals)
{
    static const double scale[] = {1e0, 1e1, 1e2, 1e3, 1e4,
                                   1e5, 1e6, 1e7, 1e8, 1e9};
    rc_assert(decimals >= 0 && decimals <= 9);
    return scale[decimals];
}

double
rc_num_round(double x, int decimals)
{
    double scale = scale_of(decimals), y = fabs(x) * scale;
    if (!(y < 4503599627370496.0)) /* 2^52: no decimals left; or not finite */
        return x;
    double whole = floor(y), hair = fmin(y * 1e-9, 1e-6);
    if (y - whole >= 0.5 - hair)
        whole += 1;
    double r = whole / scale;
    return x < 0 && whole > 0 ? -r : r;
}

/* The digits of a whole number from 2^63 on. */
static size_t
print_huge(double whole, char *out)
{
    int power;
    double m = frexp(whole, &power);
    uint64_t n = (uint64_t)ldexp(m, 53);
    decimal d = {.count = 1, .point = 1};
    char digits[20];
    size_t count = 0;
    for (; n; n /= 10)
        digits[count++] = (char)(n % 10);
    while (count)
        d.digit[d.count++] = (unsigned char)digits[--count];
    d.point = d.count;
    for (power -= 53; power > 0; power--)
        twice(&d);
    for (size_t i = 1; i < d.count; i++)
        out[i - 1] = (char)('0' + d.digit[i]);
    return d.count - 1;
}

static size_t
print_whole(uint64_t n, char *out)
{
    char digits[20];
    size_t count = 0, len = 0;
    do
        digits[count++] = (char)('0' + n % 10);
    while (n /= 10);
    while (count)
        out[len++] = digits[--count];
    return len;
}

rc_str
rc_num_print(rc_arena *a, double x, int decimals)
{
    double scale = scale_of(decimals), r = rc_num_round(x, decimals);
    if (!isfinite(r))
        return rc_str_z(isnan(r) ? "nan" : r < 0 ? "\u2212inf" : "inf");
    double whole = floor(fabs(r));
    double part = floor((fabs(r) - whole) * scale + 0.5);
    if (part >= scale) {
        part = 0;
        whole += 1;
    }
    char out[352];
    size_t len = 0;
    if (r < 0) {
        memcpy(out, "\u2212", 3);
        len = 3;
    }
    len += whole < 9e18 ? print_whole((uint64_t)whole, out + len)
                        : print_huge(whole, out + len);
    if (decimals) {
        out[len++] = '.';
        uint64_t n = (uint64_t)part;
        for (int i = decimals; i-- > 0; n /= 10)
            out[len + (size_t)i] = (char)('0' + n % 10);
        len += (size_t)decimals;
    }
    return rc_str_copy(a, (rc_str){out, len});
}

size_t
rc_len_print(rc_len len, char *out)
{
    uint64_t size = (uint64_t)(len < 0 ? -(int64_t)len : (int64_t)len);
    uint64_t hundredths = (size * 100 + RC_PT / 2) / RC_PT;
    size_t n = 0;
    if (len < 0 && hundredths)
        out[n++] = '-';
    n += print_whole(hundredths / 100, out + n);
    unsigned rest = (unsigned)(hundredths % 100);
    if (rest) {
        out[n++] = '.';
        out[n++] = (char)('0' + rest / 10);
        if (rest % 10)
            out[n++] = (char)('0' + rest % 10);
    }
    out[n] = '\0';
    return n;
}

/* -- dates ----------------------------------------------------------------- */

static int
month_days(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (leap && month == 2);
}

bool
rc_num_date(rc_str s, int64_t part[3])
{
    static const char shape[] = "dddd-dd-dd";
    part[0] = part[1] = part[2] = 0;
    if (s.len != 4 && s.len != 7 && s.len != 10)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.at[i] >= '0' && s.at[i] <= '9';
        if (shape[i] == 'd' ? !digit : s.at[i] != '-')
            return false;
    }
    (void)rc_num_int(rc_str_part(s, 0, 4), &part[0]);
    if (s.len == 4)
        return part[0] > 0;
    (void)rc_num_int(rc_str_part(s, 5, 7), &part[1]);
    if (part[1] < 1 || part[1] > 12)
        return false;
    if (s.len == 7)
        return part[0] > 0;
    (void)rc_num_int(rc_str_part(s, 8, 10), &part[2]);
    return part[0] > 0 && part[2] >= 1
           && part[2] <= month_days(part[0], part[1]);
}
