#include "cell.h"

#include "barometre/month.h"
#include "scratch.h"

static const bool day_first[3] = {[DATE_YMD] = true, [DATE_DMY] = true};
static const bool month_first[3] = {[DATE_YMD] = true, [DATE_MDY] = true};
static const bool iso_only[3] = {[DATE_YMD] = true};

static const char *read_date(const char *text, const bool shapes[static 3]) {
    static char day_text[DAY_TEXT_SIZE];
    int32_t day;
    if (!cell_date(text, strlen(text), shapes, &day))
        return "none";
    day_format(day, day_text);
    return day_text;
}

static void a_date_reads_in_the_shapes_of_its_profile(void) {
    static const struct {
        const char *text;
        const bool *shapes;
        const char *wanted;
    } cases[] = {
        {"2026-01-15", iso_only, "2026-01-15"},
        {"2024-02-29", iso_only, "2024-02-29"},
        {"15/01/2026", day_first, "2026-01-15"},
        {"5/1/2026", day_first, "2026-01-05"},
        {"01/15/2026", month_first, "2026-01-15"},
        {"3/4/2026", day_first, "2026-04-03"},
        {"3/4/2026", month_first, "2026-03-04"},
        {"2026-01-15", month_first, "2026-01-15"},
        {"15/01/2026", iso_only, "none"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(read_date(cases[i].text, cases[i].shapes), ==, cases[i].wanted);
}

static void a_time_after_the_date_is_not_used(void) {
    static const char *const times[] = {
        "2026-01-15 14:52:35 +0100",
        "2026-01-15T10:30:00+02:00",
        "2026-01-15T08:15:30.000Z",
        "2026-01-15 14:52",
        "2026-01-15 14:52:35 UTC",
        "2026-01-15T23:59:60Z",
        "15/01/2026 09:41",
        "15/1/2026 9:41",
        "2026-01-15T08:15:30,123-03:30",
        "2026-01-15 00:00:00",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        g_assert_cmpstr(read_date(times[i], day_first), ==, "2026-01-15");
}

static void what_is_not_a_date_is_refused(void) {
    static const char *const wrong[] = {
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "31/04/2026",
        "32/01/2026",
        "2026-1-5",
        "26-01-15",
        "15/01/26",
        "2026/01/15",
        "15-01-2026",
        "",
        "-",
        "2026-01-15x",
        "2026-01-15 ",
        "2026-01-15T",
        "2026-01-15 25:00",
        "2026-01-15 10:61",
        "2026-01-15 10",
        "2026-01-15 10:30 ,,",
        "12 mai 2026",
        "never",
        "20260115",
        "2026-01-15 10:30CUT",
        "0",
        "2026-01-15 10:3",
        "999999-01-01",
        "15/01/2026/1",
        "2026-01-15 10:30:99",
        "2026-01-15 10:30:00 +9",
        "//",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        if (strcmp(read_date(wrong[i], day_first), "none") != 0)
            g_error("'%s' is no date", wrong[i]);
    }
}

static void a_nul_is_no_part_of_a_time(void) {
    int32_t day;
    g_assert_false(cell_date("2026-01-15 10:30\0", 17, day_first, &day));
}

static void every_day_of_the_calendar_reads_back(void) {
    for (int32_t day = -1000; day < 60000; day++) {
        char text[DAY_TEXT_SIZE];
        int32_t again;
        day_format(day, text);
        g_assert_true(cell_date(text, 10, iso_only, &again));
        g_assert_cmpint(again, ==, day);
    }
}

static void a_number_reads_however_it_is_spaced(void) {
    static const struct {
        const char *text;
        int32_t wanted;
    } cases[] = {
        {"0", 0},
        {"42", 42},
        {"007", 7},
        {"12.5", 12},
        {"12,9", 12},
        {"1 234", 1234},
        {"1\u00A0234", 1234},
        {"12\u202F345\u202F678", 12345678},
        {"1\u202F234,56", 1234},
        {"2147483647", 2147483647},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int32_t number = -1;
        g_assert_true(cell_number(cases[i].text, strlen(cases[i].text), &number));
        g_assert_cmpint(number, ==, cases[i].wanted);
    }
}

static void what_is_not_a_number_is_refused(void) {
    static const char *const wrong[] = {
        "",           "-5",         "+5",     "abc",   "12a",   "1.2.3",
        "1,234.5",    ",5",         "1e3",    "5 %",   "0x1",   " 5",
        "2147483648", "9999999999", "\u00A0", "1\xC2", "1.5 0", "99999999999999999999999",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        int32_t number;
        if (cell_number(wrong[i], strlen(wrong[i]), &number))
            g_error("'%s' is no number", wrong[i]);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/cell/" #name, name)
    TEST(a_date_reads_in_the_shapes_of_its_profile);
    TEST(a_time_after_the_date_is_not_used);
    TEST(what_is_not_a_date_is_refused);
    TEST(a_nul_is_no_part_of_a_time);
    TEST(every_day_of_the_calendar_reads_back);
    TEST(a_number_reads_however_it_is_spaced);
    TEST(what_is_not_a_number_is_refused);
    return g_test_run();
}
