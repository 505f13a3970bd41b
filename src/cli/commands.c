#include "commands.h"

const struct command commands[] = {
    {"init", "DIR", "Make an observatory directory", command_init},
    {"run", "", "The nightly batch: ingest the inbox, score, draw, publish", command_run},
    {"ingest", "FILE…", "Read exports into the store", command_ingest},
    {"score", "", "Print the edition of a month as JSON", command_score},
    {"publish", "", "Publish a closed month, or a correction of one", command_publish},
    {"draw", "EDITION.json -o DIR", "Draw the charts of an edition", command_draw},
    {"status", "", "What the observatory holds and what the next run would do",
     command_status},
    {"explain", "PLACE[.PILLAR[.INDICATOR]]", "How a figure came to be", command_explain},
    {"preview", "PLACE -o DIR",
     "The figures of one place, for itself, before publication", command_preview},
    {"profile", "FILE", "Draft a profile for an export that none knows", command_profile},
    {"withdraw", "SOURCE --reason TEXT", "Take one import back", command_withdraw},
    {"rejects", "", "The refused records, where and why", command_rejects},
    {NULL},
};
