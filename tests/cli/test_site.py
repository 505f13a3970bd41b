"""The pages as a browser, a search engine and a spreadsheet meet them."""

import csv
import html.parser
import io
import json
import re
import unittest
import xml.etree.ElementTree as tree
import zipfile

import observatory
import program

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://barometre.example/"
HOSTILE = "=<script>\u202ealert(1)</script> & “x” 'y'"


class Outline(html.parser.HTMLParser):
    """Elements with their attributes, in order, and the text of some."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def all(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]


def workbook(path):
    """The cells of the first sheet, numbers as float, and how many formulas there are."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        shared = [
            "".join(t.text or "" for t in item.iter(f"{{{space['m']}}}t"))
            for item in tree.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = tree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.findall(".//m:row", space):
        cells = []
        for cell in row.findall("m:c", space):
            letters = re.match("[A-Z]+", cell.get("r")).group()
            column = 0
            for letter in letters:
                column = 26 * column + ord(letter) - 64
            cells += [None] * (column - len(cells))
            value = cell.findtext("m:v", None, space)
            if value is not None:
                cells[column - 1] = (shared[int(value)] if cell.get("t") == "s"
                                     else float(value))
        rows.append(cells)
    return rows, len(sheet.findall(".//m:f", space))


class Site(program.Case):
    @classmethod
    def setUpClass(cls):
        import pathlib
        import tempfile
        cls.made = tempfile.TemporaryDirectory(prefix="barometre-test-")
        own = pathlib.Path(cls.made.name) / "o"
        result = program.call("init", "--sample", own)
        assert result.returncode == 0, result.stderr
        observatory.edit_json(own / "marketplaces.json",
                              lambda d: d["marketplaces"][0].update(
                                  aliases=[d["marketplaces"][0]["name"]], name=HOSTILE))
        result = program.call("-C", own, "run", "--as-of", "2026-10")
        assert result.returncode == 0, result.stderr
        cls.site = observatory.current(own)
        cls.pages = {path: path.read_text("utf-8") for path in cls.site.rglob("index.html")
                     if "editions" not in path.relative_to(cls.site).parts}
        cls.edition = json.loads((cls.site / "edition.json").read_text("utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def file_at(self, url):
        """The file that a web server shows at an absolute address of the site."""
        self.assertTrue(url.startswith(BASE), url)
        path = self.site / url[len(BASE):]
        return path / "index.html" if url.endswith("/") else path

    def rows(self, name):
        text = (self.site / "data" / f"{name}.csv").read_bytes().decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_there_is_a_page_for_each_place_and_subject_in_each_language(self):
        places = len(self.edition["marketplaces"])
        self.assertGreater(places, 5)
        self.assertEqual(len(self.pages), 2 * (places + 5))

    def test_pages_are_well_formed(self):
        for path, text in self.pages.items():
            self.assertTrue(text.startswith("<!DOCTYPE html>"), path)
            tree.fromstring(text)

    def test_pages_hold_no_script_and_no_style_of_their_own(self):
        for path, text in self.pages.items():
            for tag, attributes in Outline(text).elements:
                self.assertNotIn(tag, ("script", "style", "iframe", "base", "form"), path)
                for name, value in attributes.items():
                    self.assertFalse(name == "style" or name.startswith("on"), path)
                    self.assertNotRegex(value or "", r"^\s*javascript:", path)

    def test_headings_are_in_order_below_one_h1(self):
        for path, text in self.pages.items():
            levels = [int(tag[1]) for tag, _ in Outline(text).elements
                      if re.fullmatch("h[1-6]", tag)]
            self.assertEqual(levels.count(1), 1, path)
            self.assertEqual(levels[0], 1, path)
            for above, below in zip(levels, levels[1:]):
                self.assertLessEqual(below, above + 1, path)

    def test_ids_are_unique_and_what_refers_to_them_finds_them(self):
        for path, text in self.pages.items():
            elements = Outline(text).elements
            ids = [a["id"] for _, a in elements if "id" in a]
            self.assertEqual(len(ids), len(set(ids)), path)
            referred = [word for _, a in elements
                        for word in a.get("aria-labelledby", "").split()]
            referred += re.findall(r'href="#([^"]+)"', text)
            referred += re.findall(r"url\(#([^)]+)\)", text)
            self.assertGreater(len(referred), 0, path)
            self.assertLessEqual(set(referred), set(ids), path)

    def test_links_lead_to_files_and_to_places_in_them(self):
        for path, text in self.pages.items():
            body = text[text.index("<body"):]
            for link in re.findall(r'(?:href|src|srcset)="([^"]+)"', body):
                self.assertNotRegex(link, r"^(\w+:|/)", path)
                file, _, place = link.partition("#")
                target = (path.parent / file).resolve() if file else path
                self.assertTrue(target.is_file(), f"{path}: {link}")
                if place:
                    self.assertIn(f'id="{place}"', target.read_text("utf-8"))

    def test_languages_are_told_and_lead_to_each_other(self):
        for path, text in self.pages.items():
            outline = Outline(text)
            english = "en" in path.relative_to(self.site).parts
            self.assertEqual(outline.all("html")[0]["lang"], "en" if english else "fr")
            others = {a["hreflang"]: self.file_at(a["href"])
                      for a in outline.all("link") if "hreflang" in a}
            self.assertEqual(set(others), {"fr", "en"})
            own = others["en" if english else "fr"]
            self.assertTrue(all(other.is_file() for other in others.values()), path)
            self.assertEqual(own.read_text("utf-8"), text)
            switch = [a for a in outline.all("a") if "hreflang" in a]
            self.assertEqual([a["hreflang"] for a in switch], ["fr" if english else "en"])

    def test_each_page_names_its_permanent_address(self):
        for path, text in self.pages.items():
            outline = Outline(text)
            canonical = [a["href"] for a in outline.all("link") if a.get("rel") == "canonical"]
            self.assertEqual(len(canonical), 1, path)
            self.assertEqual(self.file_at(canonical[0]).read_text("utf-8"), text)
            graph = {a["property"]: a["content"] for a in outline.all("meta")
                     if "property" in a}
            self.assertEqual(graph["og:url"], canonical[0])

    def test_the_share_picture_is_as_large_as_it_says(self):
        for name in ("index.html", "en/index.html"):
            graph = {a["property"]: a["content"]
                     for a in Outline((self.site / name).read_text("utf-8")).all("meta")
                     if "property" in a}
            png = self.file_at(graph["og:image"]).read_bytes()
            self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
            size = [int.from_bytes(png[at:at + 4], "big") for at in (16, 20)]
            self.assertEqual([int(graph["og:image:width"]), int(graph["og:image:height"])], size)
            self.assertGreater(len(graph["og:image:alt"]), 40)

    def test_the_sitemap_lists_every_canonical_page_with_its_twin(self):
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        listed = {}
        for url in tree.parse(self.site / "sitemap.xml").getroot():
            links = {link.get("hreflang"): link.get("href")
                     for link in url.iter("{http://www.w3.org/1999/xhtml}link")}
            listed[url.findtext(space + "loc")] = links
        for text in self.pages.values():
            canonical = next(a["href"] for a in Outline(text).all("link")
                             if a.get("rel") == "canonical")
            self.assertIn(canonical, listed)
        for url, links in listed.items():
            self.assertTrue(self.file_at(url).is_file(), url)
            self.assertIn(url, links.values())
            for link in links.values():
                self.assertIn(link, listed)

    def test_the_lead_names_those_whom_the_probabilities_set_apart(self):
        lead = Outline((self.site / "en/index.html").read_text("utf-8"))
        text = tree.fromstring((self.site / "en/index.html").read_text("utf-8"))
        first, second, _ = [p.text for p in text.find(".//div[@class='bar-lead']")]
        better, _, less = first.partition(" better than ")
        for place in self.edition["marketplaces"]:
            overall = place["overall"]
            name = place["name"].replace("\u202e", "")
            if overall["score"] is None:
                continue
            self.assertEqual(name in better, overall["p_above_median"] > 0.95, name)
            self.assertEqual(name in less, overall["p_below_median"] > 0.95, name)
            self.assertEqual(name in second,
                             overall["trend"]["claim"] in ("improving", "worsening"), name)
        self.assertTrue(lead.elements)

    def test_a_place_stands_where_its_pairs_put_it(self):
        names = {p["id"]: p["name"].replace("\u202e", "") for p in self.edition["marketplaces"]}
        for place in self.edition["marketplaces"]:
            page = tree.fromstring(
                (self.site / f"en/places/{place['id']}/index.html").read_text("utf-8"))
            groups = {h.findtext("h3"): {a.text for a in h.iter("a")}
                      for h in page.findall(".//div[@class='bar-pairs']/div")}
            expected = {}
            for pair in self.edition["pairs"]:
                if place["id"] not in (pair["a"], pair["b"]):
                    continue
                own = pair["p"] if pair["a"] == place["id"] else 1 - pair["p"]
                other = names[pair["b"] if pair["a"] == place["id"] else pair["a"]]
                key = ("Behind it" if own > 0.9 else
                       "Ahead of it" if 1 - own > 0.9 else "Not told apart from it")
                expected.setdefault(key, set()).add(other)
            groups.pop("Not comparable, for want of a rating", None)
            self.assertEqual(groups, expected, place["id"])

    def test_each_indicator_leads_to_its_texts(self):
        place = self.edition["marketplaces"][1]
        text = (self.site / f"places/{place['id']}/index.html").read_text("utf-8")
        said = set(re.findall(r'href="\.\./\.\./methode/index\.html#(base-[a-z0-9-]+)"', text))
        wanted = {"base-" + re.sub("[^a-z0-9]", "-", b.lower())
                  for p in place["pillars"].values() for i in p["indicators"].values()
                  for b in i["basis"]}
        self.assertEqual(said, wanted)
        method = (self.site / "methode/index.html").read_text("utf-8")
        for one in wanted:
            self.assertIn(f'<tr id="{one}">', method)

    def test_pages_are_light(self):
        for path, text in self.pages.items():
            self.assertLessEqual(path.stat().st_size, 400_000, path)
            loaded = [a["href"] for a in Outline(text).all("link")
                      if a.get("rel") in ("stylesheet", "preload", "icon")]
            self.assertEqual([one.rsplit("/", 1)[-1] for one in loaded], ["barometre.css", "icon.svg"])
            self.assertEqual(Outline(text).all("img", "source", "object", "embed"), [])

    def test_each_workbook_holds_the_rows_of_its_csv(self):
        files = sorted((self.site / "data").glob("*.csv"))
        for file in files:
            with open(file, encoding="utf-8", newline="") as lines:
                rows = list(csv.reader(lines))
            cells, formulas = workbook(file.with_suffix(".xlsx"))
            self.assertEqual(formulas, 0)
            self.assertEqual(len(cells), len(rows), file)
            for row, line in zip(cells[1:], rows[1:]):
                row += [None] * (len(line) - len(row))
                for cell, text in zip(row, line):
                    if isinstance(cell, float):
                        self.assertAlmostEqual(cell, float(text))
                    elif text[:1] == "'":
                        self.assertEqual(cell, text[1:])
                    else:
                        self.assertEqual(cell or "", text)

    def test_workbooks_hold_no_clock(self):
        for file in (self.site / "data").glob("*.xlsx"):
            with zipfile.ZipFile(file) as book:
                self.assertIn(b"2026-10-31T00:00:00Z", book.read("docProps/core.xml"))
                self.assertEqual({info.date_time for info in book.infolist()},
                                 {(1980, 1, 1, 0, 0, 0)})
                self.assertIn(b'state="frozen"', book.read("xl/worksheets/sheet1.xml"))

    def test_every_table_has_a_caption_and_scopes(self):
        for path, text in self.pages.items():
            for table in tree.fromstring(text).iter("table"):
                self.assertTrue(table.findtext("caption"), path)
                for head in table.iter("th"):
                    self.assertIn(head.get("scope"), ("row", "col"), path)
                widths = {len(row) for row in table.iter("tr")}
                self.assertEqual(len(widths), 1, path)

    def test_every_figure_is_named_and_drawn_as_text(self):
        for path, text in self.pages.items():
            for figure in tree.fromstring(text).iter("figure"):
                self.assertEqual(figure.get("role"), "figure")
                self.assertEqual(figure.get("aria-label"), figure.findtext("figcaption"))
                drawn = list(figure.iter("{http://www.w3.org/2000/svg}svg"))
                self.assertTrue(drawn, path)
                for svg in drawn:
                    self.assertEqual(svg.get("role"), "img")

    def test_pages_have_landmarks_and_a_way_past_the_menu(self):
        for path, text in self.pages.items():
            outline = Outline(text)
            for landmark in ("header", "main", "footer"):
                self.assertEqual(len(outline.all(landmark)), 1, path)
            self.assertEqual(outline.all("a")[0]["href"], "#" + outline.all("main")[0]["id"])
            labels = [a.get("aria-label") for a in outline.all("nav")]
            self.assertNotIn(None, labels, path)
            self.assertEqual(len(labels), len(set(labels)), path)

    def test_a_hostile_name_is_text_and_no_formula(self):
        place = self.edition["marketplaces"][0]["id"]
        page = tree.fromstring(
            (self.site / f"places/{place}/index.html").read_text("utf-8"))
        self.assertEqual(page.findtext(".//h1"), HOSTILE.replace("\u202e", ""))
        for path in [*self.pages, *self.site.rglob("*.atom"), *self.site.glob("frag*")]:
            text = path.read_text("utf-8")
            self.assertNotIn("\u202e", text, path)
            self.assertNotIn("<script", text, path)
        name = next(r["name"] for r in self.rows("scores") if r["place"] == place)
        self.assertEqual(name, "'" + HOSTILE.replace("\u202e", ""))

    def test_files_hold_the_numbers_of_the_edition(self):
        rows = {row["place"]: row for row in self.rows("scores")}
        self.assertEqual(set(rows), {p["id"] for p in self.edition["marketplaces"]})
        for place in self.edition["marketplaces"]:
            row, overall = rows[place["id"]], place["overall"]
            for member in ("score", "low", "high", "rank_low", "rank_high"):
                said = float(row[member]) if row[member] else None
                self.assertEqual(said, overall[member], (place["id"], member))
            self.assertEqual(row["reason"] or None, overall["reason"])
        pillars = {(r["place"], r["pillar"]): r for r in self.rows("pillars")}
        for place in self.edition["marketplaces"]:
            for name, pillar in place["pillars"].items():
                said = pillars[place["id"], name]["score"]
                self.assertEqual(float(said) if said else None, pillar["score"])

    def test_what_secrecy_hides_is_empty_in_the_files(self):
        hidden = {(r["place"], r["dimension"]) for r in self.rows("watch")
                  if r["share"] == ""}
        expected = {(p["id"], name) for p in self.edition["marketplaces"]
                    for name, w in p["watch"].items() if w["firms"]["share"] is None}
        self.assertTrue(expected)
        self.assertEqual(hidden, expected)
        counts = sum(1 for r in self.rows("counts") if r["firms_count"] == "")
        nulls = sum(value is None for table in self.edition["tables"]
                    for cells in table["cells"].values() for value in cells.values())
        self.assertEqual(counts, nulls)

    def test_pages_show_the_scores_of_the_edition(self):
        for place in self.edition["marketplaces"]:
            score = place["overall"]["score"]
            for lead, mark in (("", ","), ("en/", ".")):
                page = tree.fromstring(
                    (self.site / f"{lead}places/{place['id']}/index.html").read_text("utf-8"))
                said = page.find(".//dl/div/dd").text
                if score is None:
                    self.assertRegex(said, r"^n[./]d.? \(")
                else:
                    self.assertTrue(said.startswith(f"{score:.1f}".replace(".", mark)), said)

    def test_each_file_of_data_is_described(self):
        files = sorted((self.site / "data").glob("*.csv"))
        self.assertGreater(len(files), 6)
        for file in files:
            metadata = json.loads((file.parent / (file.name + "-metadata.json")).read_text())
            with open(file, encoding="utf-8", newline="") as lines:
                header, *rows = csv.reader(lines)
            columns = metadata["tableSchema"]["columns"]
            self.assertEqual(metadata["url"], file.name)
            self.assertEqual([c["titles"] for c in columns], header)
            for row in rows:
                self.assertEqual(len(row), len(header), file)
                for column, cell in zip(columns, row):
                    if column["datatype"] == "number" and cell:
                        float(cell)

    def test_the_feeds_hold_every_alert_once_newest_first(self):
        alerts = sum(len(p["alerts"]) for p in self.edition["marketplaces"])
        self.assertGreater(alerts, 0)
        for name in ("alertes.atom", "en/alerts.atom"):
            feed = tree.parse(self.site / name).getroot()
            entries = feed.findall(ATOM + "entry")
            self.assertEqual(len(entries), alerts)
            ids = [entry.findtext(ATOM + "id") for entry in entries]
            self.assertEqual(len(set(ids)), alerts)
            for one in ids:
                self.assertRegex(one, "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-"
                                      "a[0-9a-f]{3}-[0-9a-f]{12}$")
            dates = [entry.findtext(ATOM + "updated") for entry in entries]
            self.assertEqual(dates, sorted(dates, reverse=True))
            for entry in entries:
                link = entry.find(ATOM + "link").get("href").split("#")[0]
                self.assertTrue(self.file_at(link).is_file(), link)

    def test_a_fragment_is_one_element_with_ids_of_its_own(self):
        for code in ("fr", "en"):
            root = tree.fromstring((self.site / f"fragment.{code}.html").read_text("utf-8"))
            self.assertEqual((root.tag, root.get("lang")), ("section", code))
            ids = [e.get("id") for e in root.iter() if e.get("id")]
            self.assertTrue(all(i.startswith("barometre-") for i in ids), ids)
            self.assertEqual(len(ids), len(set(ids)))
            picture = root.find(".//picture")
            self.assertTrue(self.file_at(picture.find("img").get("src")).is_file())
            self.assertTrue(self.file_at(picture.find("source").get("srcset")).is_file())
            self.assertGreater(len(picture.find("img").get("alt")), 40)

    def test_the_stylesheet_knows_every_colour_of_the_charts(self):
        sheet = (self.site / "barometre.css").read_text("utf-8")
        used = {name for text in self.pages.values()
                for names in re.findall(r'class="([fs]-[^"]+)"', text)
                for name in names.split()}
        self.assertGreater(len(used), 8)
        for name in used:
            self.assertIn(f".bar .{name} {{", sheet)


if __name__ == "__main__":
    program.main()
