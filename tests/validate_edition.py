#!/usr/bin/env python3
"""Validates edition documents against the schema, as a stranger would who redraws one.

usage: validate_edition.py SCHEMA EDITION...
       validate_edition.py SCHEMA --written-by PROGRAM   (the program prints an edition)

Of each edition that validates, broken copies are made too: none of them may validate.
Exit status: 0 all as expected, 1 not, 77 where python3-jsonschema is not installed.
"""
import copy
import json
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(77)


def broken_copies(edition):
    """Pairs of (what is wrong, a copy with that wrong)."""

    def changed(what, change):
        wrong = copy.deepcopy(edition)
        change(wrong)
        return what, wrong

    yield changed("another schema", lambda e: e.update(schema="barometre/edition/2"))
    yield changed("an unknown key", lambda e: e.update(total=1))
    yield changed("a missing key", lambda e: e.pop("bands"))
    yield changed("a month 13", lambda e: e.update(as_of="2026-13"))
    yield changed("a hash cut short", lambda e: e["method"].update(sha256="abc"))
    yield changed("truth as text", lambda e: e.update(closed="yes"))
    for i, place in enumerate(edition["marketplaces"]):
        yield from broken_places(changed, i, place)
        yield from broken_watches(changed, i, place)
        yield from broken_terms(changed, i, place)
    yield from broken_comparisons(changed, edition)
    for i in range(len(edition["sources"])):
        yield changed("a negative count", lambda e, i=i: e["sources"][i].update(stored=-1))


def broken_places(changed, i, place):
    def at(edition):
        return edition["marketplaces"][i]

    known = place["overall"]["score"] is not None
    yield changed("a name left out", lambda e: at(e).pop("name"))
    yield changed("capitals in an id", lambda e: at(e).update(id="Alpha"))
    yield changed("an unknown status", lambda e: at(e).update(status="good"))
    yield changed("a 31st month day", lambda e: at(e).update(signatory_from="2019-03-32"))
    yield changed("a score above 100", lambda e: at(e)["overall"].update(score=100.1))
    yield changed("a score as text", lambda e: at(e)["overall"].update(score="68.2"))
    yield changed("a score left out", lambda e: at(e)["overall"].pop("score"))
    yield changed(
        "a known score with a reason, or a missing one without",
        lambda e: at(e)["overall"].update(reason="few_firms" if known else None),
    )
    yield changed("an unknown reason", lambda e: at(e)["overall"].update(reason="why"))
    yield changed("half an interval", lambda e: at(e)["overall"].update(
        low=1.0, high=None, interval_reason=None))
    yield changed("a rank of 0", lambda e: at(e)["overall"].update(rank_low=0))
    yield changed("a reply in no language", lambda e: at(e).update(reply={}))
    yield changed("a reply in Latin", lambda e: at(e).update(reply={"la": "vale"}))
    for pillar in place["pillars"]:
        yield changed("an unknown claim", lambda e, p=pillar: at(e)["pillars"][p][
            "trend"].update(claim="better"))
        yield changed("an exact count as a class", lambda e, p=pillar: at(e)["pillars"][
            p].update(firms_class=12))
        yield changed("an insufficient score, or a sufficient one with reasons",
                      lambda e, p=pillar: break_status(at(e)["pillars"][p]))


        for name, indicator in place["pillars"][pillar]["indicators"].items():
            if "curve" in indicator:
                yield from broken_curves(changed, lambda e, p=pillar, n=name: at(e)[
                    "pillars"][p]["indicators"][n]["curve"])
        yield changed("a chance of weakness left out", lambda e, p=pillar: at(e)[
            "pillars"][p].pop("p_weakest"))
        yield changed("an impossible chance of weakness", lambda e, p=pillar: at(e)[
            "pillars"][p].update(p_weakest=1.5, p_weakest_reason=None))


def broken_curves(changed, at):
    point = {"day": 1, "share": 40, "low": 30, "high": 50}
    yield changed("a curve without reason, or a known one with",
                  lambda e: at(e).update(points=[point], reason="few_answers"))
    yield changed("half a per cent", lambda e: at(e).update(
        points=[dict(point, share=40.5)], reason=None))
    yield changed("a count of cases", lambda e: at(e).update(
        points=[dict(point, at_risk=7)], reason=None))
    yield changed("a chance without reason, or a known one with",
                  lambda e: flip_reason(at(e), "p_half_reason"))


def flip_reason(figure, reason="reason"):
    """A known figure gets a reason, a missing one loses it."""
    figure[reason] = "few_firms" if figure[reason] is None else None


def broken_watches(changed, i, place):
    def at(edition):
        return edition["marketplaces"][i]

    yield changed("a known probability beside no rank, or the reverse",
                  lambda e: at(e)["overall"].update(p_below_median=None if place[
                      "overall"]["p_below_median"] is not None else 0.5))
    for section in ("watch", "mediation", "declared", "changes", "statements",
                    "consumers", "observed_terms"):
        yield changed("a section left out", lambda e, s=section: at(e).pop(s))
    for section in ("mediation", "changes", "observed_terms"):
        yield changed("a reason too many or too few",
                      lambda e, s=section: flip_reason(at(e)[s]))
    yield changed("a count of changes below 0",
                  lambda e: at(e)["changes"].update(count=-1))
    yield changed("half a share", lambda e: at(e)["mediation"]["settled"].update(
        share=50.0, low=None, high=60.0, reason=None))
    for name in place["watch"]:
        yield changed("a share without reason, or a known one with",
                      lambda e, n=name: flip_reason(at(e)["watch"][n]["firms"]))
        yield changed("an amount below 0", lambda e, n=name: at(e)["watch"][n].update(
            amount=-0.1, amount_reason=None))
        yield changed("a known amount with a reason", lambda e, n=name: at(e)["watch"][
            n].update(amount=1.0, amount_reason="suppressed"))
        yield changed("a change without reason, or a known one with",
                      lambda e, n=name: flip_reason(at(e)["watch"][n], "change_reason"))
    for j in range(len(place["declared"])):
        yield changed("a declared figure without reason, or all with one",
                      lambda e, j=j: flip_reason(at(e)["declared"][j]))
        yield changed("half a complaint",
                      lambda e, j=j: at(e)["declared"][j].update(complaints=0.5))
    for j in range(len(place["statements"])):
        yield changed("a month of no day",
                      lambda e, j=j: at(e)["statements"][j].update(days=0))
        yield changed("an unknown act of a platform",
                      lambda e, j=j: at(e)["statements"][j].update(products=None))
    for j in range(len(place["consumers"])):
        yield changed("a hidden count without reason, or a known month with one",
                      lambda e, j=j: flip_reason(at(e)["consumers"][j]))


def broken_terms(changed, i, place):
    def document(edition):
        return edition["marketplaces"][i]["observed_terms"]["documents"][0]

    yield changed("a count of changes below 0", lambda e: e["marketplaces"][i][
        "observed_terms"].update(changes=-1))
    if not place["observed_terms"]["documents"]:
        return
    yield changed("an unknown pattern", lambda e: document(e).update(pattern="wild"))
    yield changed("a document without versions", lambda e: document(e).update(versions=0))
    yield changed("a document without a name", lambda e: document(e).pop("type"))
    for member, wrong in (("sha256", "0" * 63), ("seen_on", "2026-10"), ("contents", 0),
                          ("words_added", -1)):
        yield changed(f"a change whose {member} is {wrong}",
                      lambda e, m=member, w=wrong: document(e)["changes"][0].update({m: w}))


def broken_comparisons(changed, edition):
    for section in ("pairs", "groups", "robustness", "coverage", "context", "tables"):
        yield changed("a section left out", lambda e, s=section: e.pop(s))
    for group in edition["groups"]:
        yield changed("a difference without reason, or a known one with",
                      lambda e, g=group: flip_reason(e["groups"][g]))
        yield changed("a difference beyond 200 points", lambda e, g=group: e["groups"][
            g].update(difference=200.1, low=0.0, high=1.0, p=0.5, reason=None))
    yield changed("coverage without reason, or known with one",
                  lambda e: flip_reason(e["coverage"]))
    yield changed("robustness without places nor reason, or with both",
                  lambda e: flip_reason(e["robustness"]))
    yield changed("a variant twice", lambda e: e["robustness"].update(
        variants=["V0", "V0"]))
    for i in range(len(edition["pairs"])):
        yield changed("a pair without probability",
                      lambda e, i=i: e["pairs"][i].update(p=None))
    for i in range(len(edition["robustness"]["places"])):
        yield changed("a rank of 0", lambda e, i=i: e["robustness"]["places"][
            i].update(rank_low=0))
    for i, table in enumerate(edition["tables"]):
        yield changed("hidden cells without reason, or none with one",
                      lambda e, i=i: flip_reason(e["tables"][i]))
        row, column = table["rows"][0], table["columns"][0]
        yield changed("a count below 0", lambda e, i=i, r=row, c=column: e["tables"][i][
            "cells"][r].update({c: -1}))


def break_status(pillar):
    if pillar["status"] == "insufficient":
        pillar.update(score=50.0, reason=None)
    else:
        pillar.update(reasons=["few_firms"])


def read_editions(arguments):
    if arguments[0] == "--written-by":
        output = subprocess.run(arguments[1:], check=True, stdout=subprocess.PIPE)
        yield arguments[1], json.loads(output.stdout)
        return
    for path in arguments:
        with open(path, encoding="utf-8") as file:
            yield path, json.load(file)


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 64
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    checks, failures = 0, 0
    for name, edition in read_editions(sys.argv[2:]):
        checks += 1
        errors = list(validator.iter_errors(edition))
        for error in errors[:20]:
            print(f"# {name}: {error.json_path}: {error.message[:200]}")
        failures += bool(errors)
        print(f"{'not ok' if errors else 'ok'} {checks} - {name} validates")
        for what, wrong in broken_copies(edition):
            checks += 1
            passed = validator.is_valid(wrong)
            failures += passed
            print(f"{'not ok' if passed else 'ok'} {checks} - {what} does not validate")
    print(f"1..{checks}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
