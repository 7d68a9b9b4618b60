"""check.py NIANBAO [OUT]: has others open what `nianbao convert` writes.

python-docx and openpyxl open the documents and find every figure where the form prints it; LibreOffice
calculates the totals anew and prints both without complaint; the Nu validator accepts the page, in which
every figure is found by its address; the pictures of the pages are left in OUT (target/peers) for people
to look at. The layout of the tables is worked out here once more, from the
forms' own files, so that nothing is compared with itself.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORMS = ("gongkai-2021", "gongkai-2019")
PROGRAMS = {
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui fonts-wqy-microhei",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "java": "default-jre-headless",
}
# The Nu validator, of the npm package vnu-jar.
VNU = Path(os.environ.get("NIANBAO_VNU", "vnu.jar"))


def missing():
    """What has to be installed first, as sentences."""
    for program, packages in PROGRAMS.items():
        if not shutil.which(program):
            yield f"{program} is missing: apt-get install -y --no-install-recommends {packages}"
    for module, package in (("docx", "python-docx"), ("openpyxl", "openpyxl")):
        try:
            __import__(module)
        except ImportError:
            yield f"the Python module {module} is missing: pip install {package}"
    if not VNU.is_file():
        yield f"{VNU} is missing: npm pack vnu-jar, unpack it, and name its vnu.jar in NIANBAO_VNU"


# --- the form's printed tables, worked out from its file ---


def leaves(heads):
    """The lines under heads: (id, grid columns)."""
    for head in heads:
        if "id" in head:
            yield head["id"], head.get("span", 1)
        else:
            yield from leaves(head["heads"])


def depth(heads):
    return max(1 + depth(head["heads"]) if "heads" in head else 1 for head in heads)


def places(form):
    """For each figure: which printed table, and the row and the first and last column of its grid."""
    tables = {table["id"]: table for table in form["tables"]}
    number = 0
    for section in form["sections"]:
        for sheet in section.get("sheets", []):
            top = 0
            for table in (tables[name] for name in sheet["tables"]):
                top += 1 if "banner" in table else 0
                rows, columns = [name for name, _ in leaves(table["rows"])], list(leaves(table["columns"]))
                heads = depth(table["columns"]) + (depth(table["rows"]) if table.get("across") else 0)
                left = 0 if table.get("across") else depth(table["rows"])
                top += heads
                for at, row in enumerate(rows):
                    column = left
                    if table.get("across"):
                        column = at * sum(span for _, span in columns)
                    for name, span in columns:
                        line = top if table.get("across") else top + at
                        yield f"{table['id']}.{row}.{name}", (number, line, column, column + span - 1)
                        column += span
                top += 1 if table.get("across") else len(rows)
            number += 1


def totals(form):
    """The cells that are sums: address and addresses of the parts."""
    tables = {table["id"]: table for table in form["tables"]}
    for relation in form["relations"]:
        own = all(not term.startswith(("prior:", "-")) for term in relation["left"] + relation["right"])
        if relation["severity"] != "error" or len(relation["left"]) != 1 or not own or "for_each" not in relation:
            continue
        table = tables[relation["table"]]
        across, down = (
            ([name for name, _ in leaves(table[key])] for key in ("columns", "rows"))
        )
        if relation["for_each"] == "row":
            for row in down:
                address = f"{table['id']}.{row}."
                yield address + relation["left"][0], [address + part for part in relation["right"]]
        if relation["for_each"] == "column":
            for column in across:
                name = lambda row: f"{table['id']}.{row}.{column}"
                yield name(relation["left"][0]), [name(part) for part in relation["right"]]


# --- reports ---

SENTENCE = "本机关按照要求公开应当公开的内容，及时更新栏目，按时答复申请。"


def report(form, figures, **more):
    return {
        "form": form["id"],
        "agency": "某市某县人民政府办公室",
        "year": 2023 if form["id"].endswith("2021") else 2020,
        "date": "2024年1月25日",
        "contact": "联系人：某某；电话：0000-00000000",
        "sections": {
            "preamble": "本报告依据条例编制，由六个部分组成。" + SENTENCE,
            "overview": f"{SENTENCE * 3}\n\n（一）主动公开\n\n{SENTENCE * 5}\n\n（二）依申请公开。{SENTENCE * 2}",
            "requests": "注：部分申请由上级机关转来。",
            "problems": f"一是更新不够及时。\n二是形式单一。\n\n{SENTENCE * 3}",
            "other": "本年度没有收取信息处理费。",
        },
        "figures": figures,
        **more,
    }


def figures(form, most):
    """Numbers for every cell, with totals that are sums."""
    chance = random.Random(form["id"])
    numbers = {address: chance.choice([0, 0, 1, 2, 3, 12, most]) for address, _ in places(form)}
    for _ in range(4):
        for total, parts in totals(form):
            numbers[total] = sum(numbers[part] for part in parts)
    return numbers


def reports():
    for name in FORMS:
        form = json.loads((ROOT / "forms" / f"{name}.json").read_text(encoding="utf-8"))
        yield f"{name}-full", form, report(form, figures(form, 117))
        yield f"{name}-empty", form, {"form": name, "agency": "", "year": None, "figures": {}}
        large = figures(form, 1139888)
        total, parts = next(totals(form))
        large.update({total: large[total] + 1, parts[0]: "22（其中修订16件）", parts[1]: "=1+1"})
        texts = {"overview": SENTENCE * 900, "problems": "\n\n".join([SENTENCE * 12] * 9), "other": "+无 <&>\"'"}
        long = report(form, large)
        long["sections"] = texts
        yield f"{name}-long", form, long


# --- what others make of them ---


def shown(value):
    return "" if value is None else str(value)


def fail(name, sentence):
    raise SystemExit(f"✗ {name}: {sentence}")


def check(name, what, found, expected):
    if found != expected:
        fail(name, f"{what}: {found!r} where {expected!r} was expected")


def check_docx(name, path, form, report):
    import docx

    document = docx.Document(path)
    tables = [table._cells for table in document.tables]
    widths = [len(table.columns) for table in document.tables]
    for address, (number, row, first, last) in places(form):
        cells = [tables[number][row * widths[number] + column] for column in range(first, last + 1)]
        for cell in cells:
            check(name, address, cell.text, shown(report["figures"].get(address)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    check(name, "headings", headings, [f"{s['number']}、{s['heading']['zh']}" for s in form["sections"]])
    check(name, "author", document.core_properties.author, report["agency"])
    text = "\n".join(p.text for p in document.paragraphs)
    for section in report.get("sections", {}).values():
        for paragraph in section.split("\n\n"):
            if paragraph not in text:
                fail(name, f"a paragraph is missing: {paragraph[:30]}")
    parts = {str(part.partname): part.blob for part in document.part.package.iter_parts()}
    carried = re.sub(r"^.*?<report[^>]*>|</report>$", "", parts["/customXml/item1.xml"].decode(), flags=re.S)
    carried = json.loads(carried.replace("&quot;", '"').replace("&apos;", "'"))
    check(name, "the carried report", carried["figures"], report["figures"])
    repeated = sum(len(table._tbl.xpath(".//w:tblHeader")) for table in document.tables)
    return f"python-docx: {len(tables)} tables, {len(list(places(form)))} figures, {repeated} repeated rows"


def named(workbook, name):
    """The cell that bears a name."""
    sheet, place = workbook.defined_names[name].attr_text.rsplit("!", 1)
    return workbook[sheet.strip("'")][place.replace("$", "")]


def check_xlsx(name, path, form, report):
    import openpyxl

    workbook, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    names = {named(workbook, address).coordinate + named(workbook, address).parent.title: address for address, _ in places(form)}
    sums = {}
    for total, parts in totals(form):
        sums.setdefault(total, []).append(sorted(parts))
    formulas = 0
    for address, _ in places(form):
        cell, expected = named(workbook, address), report["figures"].get(address)
        check(name, address, named(values, address).value, expected)
        if cell.data_type != "f":
            if address in sums and expected is not None and not cell.comment:
                fail(name, f"{address} is neither a formula nor marked")
            continue
        formulas += 1
        parts = []
        for range_ in cell.value.removeprefix("=SUM(").removesuffix(")").split(","):
            cells = cell.parent[range_]
            cells = cells if isinstance(cells, tuple) else ((cells,),)
            parts += [names[c.coordinate + cell.parent.title] for row in cells for c in (row if isinstance(row, tuple) else (row,)) if c.coordinate + cell.parent.title in names]
        if sorted(parts) not in sums.get(address, []):
            fail(name, f"{address} adds up {parts}")
    hidden = workbook["nianbao"]
    check(name, "the hidden sheet", hidden.sheet_state, "veryHidden")
    carried = json.loads("".join(row[0].value for row in hidden.iter_rows()))
    check(name, "the carried report", carried["figures"], report["figures"])
    frozen = [sheet.freeze_panes for sheet in workbook if sheet.freeze_panes]
    return f"openpyxl: {len(workbook.sheetnames) - 1} sheets, {len(workbook.defined_names)} names, {formulas} formulas, frozen {frozen}"


class Page(HTMLParser):
    """The figures of a page by their addresses, its linked data, and every tag."""

    def __init__(self):
        super().__init__()
        self.figures, self.data, self.tags, self.at, self.in_data = {}, "", set(), None, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        if "data-cell" in attributes:
            self.at = attributes["data-cell"]
            self.figures[self.at] = ""
        if tag == "script":
            check("page", "script", attributes, {"type": "application/ld+json"})
            self.in_data = True

    def handle_endtag(self, tag):
        self.at = None if tag == "td" else self.at
        self.in_data = self.in_data and tag != "script"

    def handle_data(self, data):
        if self.in_data:
            self.data += data
        elif self.at:
            self.figures[self.at] += data


def check_html(name, path, form, report):
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    for address, _ in places(form):
        check(name, address, page.figures.get(address), shown(report["figures"].get(address)))
    linked = json.loads(page.data)
    check(name, "the linked data", linked["report"]["figures"], report["figures"])
    if outside := page.tags & {"link", "img", "iframe", "object", "form"}:
        fail(name, f"the page has {outside}")
    done = subprocess.run(["java", "-jar", VNU, path], capture_output=True, text=True, timeout=300)
    if done.returncode or done.stderr.strip():
        fail(name, done.stderr)
    return f"{len(page.figures)} figures by their addresses; the Nu validator has nothing to say"


def soffice(profile, arguments):
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not re.match(r"convert |Overwriting|Warning: failed to launch javaldx", line)]
    if done.returncode or lines:
        raise SystemExit(f"✗ LibreOffice: {arguments[-1]}: {lines or done.returncode}")


def recalculated(name, path, form, report, profile):
    """LibreOffice has only the formulas, without what they came to here."""
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / path.name
        openpyxl.load_workbook(path).save(bare)
        out = Path(folder) / "out"
        soffice(profile, ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, bare])
        workbook = openpyxl.load_workbook(out / path.name, data_only=True)
        for address, _ in places(form):
            found, expected = named(workbook, address).value, report["figures"].get(address)
            same = found == expected or isinstance(expected, (int, float)) and abs(Decimal(str(found)) - Decimal(str(expected))) < Decimal("1e-9")
            if not same:
                fail(name, f"{address} is {found!r} once calculated, {expected!r} in the report")


def printed(path, out, profile):
    soffice(profile, ["--convert-to", "pdf", "--outdir", out, path])
    pdf = (out / path.name).with_suffix(".pdf")
    pdf = pdf.rename(out / f"{path.name}.pdf")
    subprocess.run(["pdftoppm", "-png", "-r", "60", "-l", "12", pdf, out / path.name], check=True)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return text.count("\f"), text


def main(nianbao, out):
    faults = list(missing())
    if faults:
        raise SystemExit("\n".join(faults))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as profile:
        for name, form, report in reports():
            source = out / f"{name}.json"
            source.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
            for ending, opened in (("html", check_html), ("docx", check_docx), ("xlsx", check_xlsx)):
                path = out / f"{name}.{ending}"
                subprocess.run([nianbao, "convert", source, "-o", path], check=True)
                told = opened(path.name, path, form, report)
                if ending == "html":
                    print(f"✓ {path.name}: {path.stat().st_size:,} bytes; {told}")
                    continue
                if ending == "xlsx":
                    recalculated(path.name, path, form, report, profile)
                    told += "; LibreOffice calculates the same"
                pages, text = printed(path, out, profile)
                for number in (n for n in report["figures"].values() if isinstance(n, int) and n > 99):
                    if str(number) not in text:
                        fail(path.name, f"{number} is not seen in print")
                print(f"✓ {path.name}: {path.stat().st_size:,} bytes; {told}; {pages} pages")
    print(f"Pictures of the pages: {out}/*.png")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "target" / "peers").resolve())
