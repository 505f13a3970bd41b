"""The rated marketplaces of an edition, worst first: score, ends of the interval, band, name."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    places = [place for place in json.load(file)["marketplaces"]
              if place["overall"]["score"] is not None]
for place in sorted(places, key=lambda place: place["overall"]["score"]):
    overall = place["overall"]
    print(overall["score"], overall["low"], overall["high"], overall["band"], place["name"],
          sep="\t")
