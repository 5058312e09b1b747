#!/usr/bin/env python3
"""Draws the blank forms of the test environment: one fillable A4 PDF per entry of forms.json.

    apt-get install fonts-dejavu-core
    pip install fonttools==4.68.0 pikepdf==10.18.0
    python3 make.py            # --fonts DIR if DejaVu lies elsewhere, --out DIR to write elsewhere

Same input, same bytes: dates and file ids are fixed, so a rebuilt form shows up in git only if it changed.

forms.json: "blocks" are runs of fields used by several forms; a form's "fields" may name one as "@block".
A field is {"name", "label"} and optionally "half" (shares its row with the next half), "lines" (a box of so many
lines) or "options" (tick boxes). {"head"} starts a section. "…" at the end of "to" leaves room to write the office
in; the second line of a title starts at "break_at", if that is given; "sub" is the line below the title.
"""
import argparse
import io
import json
import re
import sys
import unicodedata
import zlib
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont as RawFont
from pikepdf import Array, Dictionary, Name, String

FONT_DIR = "/usr/share/fonts/truetype/dejavu"
REGULAR, BOLD = "DejaVuSerif", "DejaVuSerif-Bold"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FOOT = "Biểu mẫu minh hoạ cho môi trường thử nghiệm – không thay cho biểu mẫu chính thức"
PLEDGE = "Tôi cam đoan nội dung kê khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật."
MAX_BYTES = 40_000
# The resource name of the typing font. Under any ordinary name PDFium (Chrome, Edge) looks for Vietnamese letters in
# a system font instead and drops those it does not find; under this one it uses the embedded font for every letter.
TYPING = "/Wingdings"

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 60, WIDTH - 48, HEIGHT - 40, 48
MIDDLE = (LEFT + RIGHT) / 2
SIZE, ROW, GAP = 9.5, 20, 12
LETTERS = "AĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def typeable():
    """Every character a person may type into a field: ASCII, all Vietnamese letters, some signs."""
    upper = "".join(unicodedata.normalize("NFC", a + t) for a in LETTERS for t in TONES) + "Đ"
    return "".join(map(chr, range(32, 127))) + upper + upper.lower() + "–—‘’“”…°±²³×½§"


def nfc(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(v) for v in value]
    if isinstance(value, dict):
        return {k: nfc(v) for k, v in value.items()}
    return value


def file_name(code):
    return re.sub(r"[^A-Za-z0-9._-]", "_", unicodedata.normalize("NFC", code)) + ".pdf"


class Font:
    """A font without hinting, cut down to some characters, written with glyph ids as codes (Type0, Identity-H)."""

    def __init__(self, name, source, text, keep_ids=False):
        self.name, self.used = name, set()
        options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, recalc_timestamp=False, retain_gids=keep_ids)
        options.drop_tables += ["name", "OS/2", "post", "GDEF", "GPOS", "GSUB", "MATH", "FFTM", "gasp"]
        font = RawFont(source, recalcTimestamp=False)
        missing = {c for c in text if ord(c) not in font.getBestCmap()}
        if missing:
            sys.exit(f"{name}: no glyph for {''.join(sorted(missing))}")
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
        self.data = out.getvalue()
        self.raw = font = RawFont(io.BytesIO(self.data))
        self.scale = 1000 / font["head"].unitsPerEm
        self.ids = {chr(c): font.getGlyphID(g) for c, g in font.getBestCmap().items()}
        self.widths = [round(font["hmtx"][g][0] * self.scale) for g in font.getGlyphOrder()]

    def width(self, text, size):
        return sum(self.widths[self.ids[c]] for c in text) * size / 1000

    def code(self, text):
        self.used |= set(text)
        return "".join(f"{self.ids[c]:04X}" for c in text)

    def wrap(self, text, size, room):
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return [line for line in lines if line]

    def balance(self, text, size, room):
        """The same number of lines as wrap, but as even as they get."""
        count, narrow = len(self.wrap(text, size, room)), room
        while narrow > room / 3 and len(self.wrap(text, size, narrow - 5)) == count:
            narrow -= 5
        return self.wrap(text, size, narrow)

    def embed(self, pdf):
        by_id = {}
        for c in sorted(self.ids):
            by_id.setdefault(self.ids[c], c)
        pairs = [f"<{g:04X}> <{c.encode('utf-16-be').hex().upper()}>" for g, c in sorted(by_id.items())]
        runs = "".join(f"{len(p)} beginbfchar\n" + "\n".join(p) + "\nendbfchar\n" for p in (pairs[i:i + 100] for i in range(0, len(pairs), 100)))
        cmap = ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
                f"{runs}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        mark = zlib.crc32("".join(sorted(self.ids)).encode())
        tag = "".join(chr(65 + mark // 26 ** i % 26) for i in range(6))
        base, head, hhea = Name(f"/{tag}+{self.name}"), self.raw["head"], self.raw["hhea"]
        descriptor = pdf.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=base, Flags=6, ItalicAngle=0, StemV=140 if "Bold" in self.name else 80,
            FontBBox=Array([round(v * self.scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            Ascent=round(hhea.ascent * self.scale), Descent=round(hhea.descent * self.scale), CapHeight=729,
            FontFile2=pdf.make_stream(self.data, Length1=len(self.data))))
        cid = pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, CIDToGIDMap=Name.Identity, FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0), DW=600, W=Array([0, Array(self.widths)])))
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([cid]), ToUnicode=pdf.make_stream(cmap.encode())))


class Sheet:
    """One form being laid out: text goes to the canvas, fields are kept for afterwards."""

    def __init__(self, form, regular, bold, tight):
        self.form, self.regular, self.bold = form, regular, bold
        self.line_height, self.row_height, self.ending = 15 * tight, ROW * tight, 112 * tight
        self.number, self.pages, self.widgets = 0, [], []
        self.turn()

    def turn(self):
        self.pages.append([])
        self.y = TOP
        self.foot()

    def draw(self, operators):
        self.pages[-1].append(operators)

    def line(self, x1, y1, x2, y2, width, dash="[] 0"):
        self.draw(f"{dash} d {width} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def frame(self, x, y, width, height):
        self.draw(f"[] 0 d 0.6 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def write(self, x, y, text, font, size, align=0.0):
        """Text at x; align 0.5 centres it there, 1 ends it there."""
        x -= align * font.width(text, size)
        if text:
            self.draw(f"BT /{'B' if font is self.bold else 'R'} {size} Tf {x:.2f} {y:.2f} Td <{font.code(text)}> Tj ET")

    def foot(self):
        self.line(LEFT, BOTTOM - 10, RIGHT, BOTTOM - 10, 0.4)
        self.write(LEFT, BOTTOM - 21, FOOT, self.regular, 7.5)
        self.write(RIGHT, BOTTOM - 21, f"Trang {len(self.pages)}", self.regular, 7.5, 1)

    def room(self, height):
        if self.y - height < BOTTOM:
            self.turn()

    def text(self, text, font, size=SIZE, centred=False, leading=None):
        leading = leading or size * 1.4
        for line in (font.balance if centred else font.wrap)(text, size, RIGHT - LEFT):
            self.room(leading)
            self.write(MIDDLE if centred else LEFT, self.y - size, line, font, size, 0.5 if centred else 0)
            self.y -= leading

    def slot(self, name, label, x, right, base):
        """A dotted line to write on, from x to right, and the field above it."""
        self.line(x, base - 2, right, base - 2, 0.6, "[0.6 2] 0")
        self.widgets.append(("text", name, label, len(self.pages) - 1, (x, base - 4, right, base + 12)))

    def head(self):
        form, bold = self.form, self.bold
        self.write(RIGHT, self.y, form["model"], self.regular, 7.5, 1)
        self.y -= 10
        self.text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold, 11, True)
        self.text(MOTTO, bold, 10.5, True)
        half = bold.width(MOTTO, 10.5) / 2
        self.line(MIDDLE - half, self.y, MIDDLE + half, self.y, 0.7)
        self.y -= 16
        first, mark, rest = form["title"].partition(form.get("break_at", "\0"))
        for part in (first, mark + rest):
            self.text(part, bold, 12.5, True)
        if "sub" in form:
            self.text(f"({form['sub']})", self.regular, SIZE, True)
        self.y -= 8
        line = "Kính gửi: " + form["to"].rstrip("… ")
        if form["to"].endswith("…"):
            self.write(LEFT + 20, self.y - 10.5, line, bold, 10.5)
            self.slot("kinh_gui", "Kính gửi", LEFT + 24 + bold.width(line, 10.5), RIGHT, self.y - 10.5)
            self.y -= 15
        else:
            self.text(line, bold, 10.5, True)
        self.y -= 6

    def label(self, field):
        self.number += 1
        return f"{self.number}. {field['label']}:"

    def row(self, fields, extra=0):
        """One field over the full width, or two halves."""
        self.room(self.row_height + extra)
        edges = [(LEFT, MIDDLE - GAP / 2), (MIDDLE + GAP / 2, RIGHT)] if fields[0].get("half") else [(LEFT, RIGHT)]
        base = self.y - 14
        for field, (x, right) in zip(fields, edges):
            label = self.label(field)
            start = x + self.regular.width(label, SIZE) + 4
            if right - start < 60:
                sys.exit(f"{self.form['code']}: label leaves no room to write: {label}")
            self.write(x, base, label, self.regular, SIZE)
            self.slot(field["name"], field["label"], start, right, base)
        self.y -= self.row_height

    def box(self, field, extra):
        height = field["lines"] * self.line_height + 4
        self.room(24 + height + extra)
        self.y -= 4
        self.text(self.label(field), self.regular, leading=13)
        self.y -= 2
        self.frame(LEFT, self.y - height, RIGHT - LEFT, height)
        self.widgets.append(("lines", field["name"], field["label"], len(self.pages) - 1, (LEFT + 1, self.y - height + 1, RIGHT - 1, self.y - 1)))
        self.y -= height + 3

    def ticks(self, field, extra):
        options = field["options"]
        widest = max(self.regular.width(o, SIZE) for o in options) + 24
        columns = next((n for n in ((3, 2) if len(options) % 3 == 0 else (2,)) if n * widest < RIGHT - LEFT), 1)
        cell = (RIGHT - LEFT) / columns
        self.room(20 + -(-len(options) // columns) * 16 + extra)
        self.y -= 4
        self.text(self.label(field), self.regular, leading=14)
        for i, option in enumerate(options):
            x, base = LEFT + 10 + (i % columns) * cell, self.y - 11
            self.frame(x, base - 1, 9, 9)
            self.write(x + 14, base, option, self.regular, SIZE)
            self.widgets.append(("tick", f"{field['name']}_{i + 1}", f"{field['label']}: {option}", len(self.pages) - 1, (x, base - 1, x + 9, base + 8)))
            if i % columns == columns - 1 or i == len(options) - 1:
                self.y -= 16
        self.y -= 2

    def body(self):
        groups = []
        for field in self.form["fields"]:
            if field.get("half") and groups and groups[-1][0].get("half") and len(groups[-1]) == 1:
                groups[-1].append(field)
            else:
                groups.append([field])
        for i, group in enumerate(groups):
            field, extra = group[0], self.ending if i == len(groups) - 1 else 0  # the last field stays with the signature
            if "head" in field:
                self.room(18 + 2 * self.row_height)
                self.y -= 6
                self.text(field["head"], self.bold)
            elif "options" in field:
                self.ticks(field, extra)
            elif "lines" in field:
                self.box(field, extra)
            else:
                self.row(group, extra)

    def close(self):
        signers = self.form.get("sign", ["Người yêu cầu"])
        self.room(self.ending)
        self.y -= 8
        self.text(self.form.get("pledge", PLEDGE), self.regular)
        self.y -= 6
        x, base = LEFT + 200, self.y - 10
        for name, word, label, width in (("noi_ky", "", "Nơi lập", 100), ("ngay", ", ngày ", "Ngày", 26), ("thang", " tháng ", "Tháng", 26), ("nam", " năm ", "Năm", 38)):
            self.write(x, base, word, self.regular, SIZE)
            x += self.regular.width(word, SIZE)
            self.slot(name, label, x, x + width, base)
            x += width
        self.y -= 22
        for x, signer in zip([RIGHT - 115] if len(signers) == 1 else [LEFT + 115, RIGHT - 115], signers):
            self.write(x, self.y - SIZE, signer, self.bold, SIZE, 0.5)
            self.write(x, self.y - 21, self.form.get("seal", "(ký, ghi rõ họ tên)"), self.regular, 8, 0.5)


def build(form, regular, bold):
    for tight in (1, 0.94, 0.88, 0.84, 1.1):  # one page if that can be had, else two with more air
        sheet = Sheet(form, regular, bold, tight)
        sheet.head()
        sheet.body()
        sheet.close()
        if len(sheet.pages) == 1:
            break
    pdf = pikepdf.new()
    font = regular.embed(pdf)
    thick = Font(BOLD, io.BytesIO(bold.data), "".join(sorted(bold.used)), keep_ids=True).embed(pdf)
    bold.used = set()
    for operators in sheet.pages:
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(R=font, B=thick))
        page.Contents = pdf.make_stream("\n".join(operators).encode())
        page.Annots, page.Tabs = Array(), Name.R
    blanks, fields = {}, []

    def drawing(width, height, content):
        key = (round(width, 2), round(height, 2), content)
        if key not in blanks:
            blanks[key] = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, key[0], key[1]]),
                                          Resources=Dictionary(Font=Dictionary({TYPING: font})))
        return blanks[key]

    for kind, name, label, page, box in sheet.widgets:
        width, height = box[2] - box[0], box[3] - box[1]
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String(name), TU=String(label), F=4,
                            Rect=Array([round(v, 2) for v in box]), P=pdf.pages[page].obj)
        if kind == "tick":
            cross = f"1 w 1.5 1.5 m {width - 1.5:.2f} {height - 1.5:.2f} l 1.5 {height - 1.5:.2f} m {width - 1.5:.2f} 1.5 l S".encode()
            widget.FT, widget.V, widget.AS = Name.Btn, Name.Off, Name.Off
            widget.MK = Dictionary(CA=String("8"))
            widget.AP = Dictionary(N=Dictionary(Yes=drawing(width, height, cross), Off=drawing(width, height, b" ")))
        else:
            widget.FT, widget.DA = Name.Tx, String(f"{TYPING} {SIZE} Tf 0 0 0.4 rg")
            widget.Ff = 4096 if kind == "lines" else 0
            widget.AP = Dictionary(N=drawing(width, height, b"/Tx BMC\nEMC"))
        widget = pdf.make_indirect(widget)
        fields.append(widget)
        pdf.pages[page].obj.Annots.append(widget)
    root = pdf.Root
    root.AcroForm = Dictionary(Fields=Array(fields), DR=Dictionary(Font=Dictionary({TYPING: font})), DA=String(f"{TYPING} {SIZE} Tf 0 g"))
    root.Lang = String("vi-VN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo[Name.Title] = form["title"] + (f" – {form['sub']}" if "sub" in form else "")
    pdf.docinfo[Name.Subject] = form["model"]
    pdf.docinfo[Name.Author] = "Một Cửa"
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return out.getvalue(), len(sheet.pages), len(sheet.widgets)


def load(path):
    data = nfc(json.loads(path.read_text(encoding="utf-8")))
    for form in data["forms"]:
        flat = []
        for field in form["fields"]:
            flat += data["blocks"][field[1:]] if isinstance(field, str) else [field]
        names = [f["name"] for f in flat if "name" in f]
        twice = {n for n in names if names.count(n) > 1 or n in ("kinh_gui", "noi_ky", "ngay", "thang", "nam")}
        if twice:
            sys.exit(f"{form['code']}: field name used twice: {', '.join(sorted(twice))}")
        form["fields"] = flat
    files = [file_name(f["code"]) for f in data["forms"]]
    if len(set(files)) != len(files):
        sys.exit("two forms would write the same file")
    return data["forms"]


def main():
    here = Path(__file__).resolve().parent
    args = argparse.ArgumentParser(description="Draw the blank forms of the test environment.")
    args.add_argument("--fonts", type=Path, default=Path(FONT_DIR), help="folder of the DejaVu fonts")
    args.add_argument("--out", type=Path, default=here, help="folder to write to")
    args = args.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    letters = typeable()
    regular, bold = (Font(name, args.fonts / f"{name}.ttf", letters) for name in (REGULAR, BOLD))
    for form in load(here / "forms.json"):
        strange = {c for c in json.dumps(form, ensure_ascii=False) if c not in letters and c != "\n"}
        if strange:
            sys.exit(f"{form['code']}: no glyph for {''.join(sorted(strange))}")
        data, pages, fields = build(form, regular, bold)
        if len(data) > MAX_BYTES:
            sys.exit(f"{form['code']}: {len(data)} bytes, more than {MAX_BYTES}")
        (args.out / file_name(form["code"])).write_bytes(data)
        print(f"{len(data):6}  {file_name(form['code'])}  {pages} pages, {fields} fields")


if __name__ == "__main__":
    main()
