"""What a complaint answers to an indicator, by the "answer" object of method.json.

An answer is None, True, False, or (day, event) for a delay: event False where the case was
still open then."""


def holds(clause, complaint):
    return all(complaint.get(field) in words for field, words in clause.items())


def is_number(day):
    return isinstance(day, int) and not isinstance(day, bool)


def dated(rule, complaint):
    """The answer that the dates (or the plain yes or no) give."""
    kind = rule["kind"]
    if kind == "answer":
        told = complaint.get(rule["field"])
        return None if told is None else told == (rule.get("favourable", "yes") == "yes")
    if kind == "given":
        told = complaint.get(rule["field"])
        return None if told is None else told != "never"
    begin, end = complaint.get(rule["from"]), complaint.get(rule["to"])
    if kind == "lead":
        if begin == "never":
            return False
        both = is_number(begin) and is_number(end)
        return end - begin >= rule["days"] if both else None
    if not is_number(begin):
        return None
    if is_number(end):
        return end - begin, True
    until = complaint.get(rule["until"])
    return (until - begin, False) if is_number(until) else None


def answer(rule, complaint):
    """(answer, whether it was told without dates)."""
    if not holds(rule.get("only_if", {}), complaint):
        return None, False
    if any(holds(clause, complaint) for clause in rule.get("except_if", [])):
        return None, False
    by_date = dated(rule, complaint)
    delay = rule["kind"] == "delay"
    if delay and by_date is not None and by_date[0] < 0:
        return None, False
    open_case = delay and by_date is not None and not by_date[1]
    direct = complaint.get(rule["direct"]) if "direct" in rule else None
    if direct is None or (by_date is not None and not open_case):
        return by_date, False
    if not delay:
        return direct, True
    if direct:
        return (rule["days"], True), True
    if open_case and by_date[0] > rule["days"]:
        return by_date, False
    return (rule["days"] + 1, False), True
