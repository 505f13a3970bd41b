"""Turns the reference export into JSON, one object a line: json_lines.py EXPORT > LINES"""

import csv
import json
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
