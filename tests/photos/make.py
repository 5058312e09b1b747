#!/usr/bin/env python3
# 1. apt-get install -y fonts-liberation2 fonts-dancingscript qpdf
# 2. pip install pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 pillow-heif==1.8.1 reportlab==5.1.0
# 3. python3 tests/photos/make.py [FOLDER]    (all files; default: this folder)   |   make.py --large FILE   (one JPEG over 40 MB)
"""Photographs of papers as a citizen's phone takes them, and bad files, for the browser tests.

Every person, number, plot and office on the papers is invented. Each picture has its own
fixed seed, so a second run with the same package versions gives the same bytes.
"""
import io
import math
import subprocess
import sys
import unicodedata
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

MM = 300 / 25.4                       # page pixels in one millimetre (300 dpi)
PW, PH = 210, 297                     # A4 in millimetres
SERIF = "/usr/share/fonts/truetype/liberation2/LiberationSerif-%s.ttf"
SANS = "/usr/share/fonts/truetype/liberation2/LiberationSans-%s.ttf"
HAND = "/usr/share/fonts/opentype/dancingscript/DancingScript-Regular.otf"
BLACK, BLUE, RED = (28, 26, 30), (26, 48, 140), (196, 26, 38)
PASSWORD = "matkhau123"               # opens khoa.pdf

_fonts = {}


def font(path, pt):
    key = (path, pt)
    if key not in _fonts:
        _fonts[key] = ImageFont.truetype(path, round(pt * 300 / 72))
    return _fonts[key]


# ---------------------------------------------------------------- the printed page

class Page:
    """An A4 page; every position is in millimetres from its top left corner."""

    def __init__(self, colour, seed):
        self.im = Image.new("RGB", (round(PW * MM), round(PH * MM)), colour)
        self.d = ImageDraw.Draw(self.im)
        self.rng = np.random.default_rng(seed)

    def text(self, x, y, s, pt=12, style="Regular", anchor="ls", fill=BLACK, face=SERIF):
        f = font(face % style, pt)
        self.d.text((x * MM, y * MM), s, font=f, fill=fill, anchor=anchor)
        return x + f.getlength(s) / MM

    def centre(self, x, y, s, **kw):
        self.text(x, y, s, anchor="ms", **kw)

    def rule(self, x0, y, x1, width=0.25, fill=BLACK):
        self.d.line([(x0 * MM, y * MM), (x1 * MM, y * MM)], fill=fill, width=max(1, round(width * MM)))

    def dots(self, x0, y, x1):
        x = x0
        while x < x1:
            self.d.ellipse([x * MM - 1.7, y * MM - 1.7, x * MM + 1.7, y * MM + 1.7], fill=(90, 90, 95))
            x += 1.05

    def para(self, x, y, width, s, pt=12, lead=6.0, indent=0.0, style="Regular", fill=BLACK):
        """Justified paragraph; gives the y of the line after it."""
        f = font(SERIF % style, pt)
        space = f.getlength(" ") / MM
        lines, line, used = [], [], indent
        for word in s.split():
            w = f.getlength(word) / MM
            if line and used + w > width:
                lines.append(line)
                line, used = [], 0.0
            line.append((word, w))
            used += w + space
        lines.append(line)
        for n, line in enumerate(lines):
            at = x + (indent if n == 0 else 0)
            gap = space
            if n < len(lines) - 1 and len(line) > 1:
                room = width - (indent if n == 0 else 0)
                gap = (room - sum(w for _, w in line)) / (len(line) - 1)
            for word, w in line:
                self.d.text((at * MM, y * MM), word, font=f, fill=fill, anchor="ls")
                at += w + gap
            y += lead
        return y

    def field(self, x, y, label, value, x1, pt=12, hand=17):
        """A printed label, a dotted line up to x1 and the value written on it by hand."""
        x = self.text(x, y, label, pt=pt) + 1.2
        self.dots(x, y + 0.3, x1)
        if value:
            self.hand(x + 1.5, y - 1.1, value, hand)

    # Handwriting: the letters of a script font, one by one and a little uneven; the
    # Vietnamese marks, which that font lacks, are drawn as strokes of the pen.
    def hand(self, x, y, s, pt=17, colour=BLUE):
        f = font(HAND, pt)
        size = pt * 300 / 72
        layer = Image.new("L", self.im.size, 0)
        d = ImageDraw.Draw(layer)
        px, drift = x * MM, 0.0
        for ch in unicodedata.normalize("NFC", s):
            parts = unicodedata.normalize("NFD", ch)
            base, marks = parts[0], parts[1:]
            bar = base in "đĐ"
            base = {"đ": "d", "Đ": "D"}.get(base, base)
            if base == "i" and any(m != "\u0323" for m in marks):
                base = "\u0131"
            drift = 0.8 * drift + self.rng.normal(0, size * 0.012)
            bx, by = px, y * MM + drift
            d.text((bx, by), base, font=f, fill=235, anchor="ls")
            box = f.getbbox(base, anchor="ls")
            if base == ",":                                         # the font's comma looks like a full stop
                d.line([(bx + size * 0.06, by - size * 0.02), (bx + size * 0.07, by + size * 0.03), (bx - size * 0.01, by + size * 0.14)],
                       fill=240, width=max(3, round(size * 0.045)), joint="curve")
            if marks or bar:
                self._marks(d, bx, by, box, marks, bar, base, size)
            px += f.getlength(base) * (1 + self.rng.normal(0, 0.012)) + size * 0.012
            if base == " ":
                px += size * 0.06
        self._ink(layer, colour, 0.88)
        return px / MM

    def _marks(self, d, bx, by, box, marks, bar, base, size):
        r = self.rng
        w = max(3, round(size * 0.042))

        def stroke(points):
            points = [(px + r.normal(0, size * 0.006), py + r.normal(0, size * 0.006)) for px, py in points]
            d.line(points, fill=240, width=w, joint="curve")
            for px, py in (points[0], points[-1]):
                d.ellipse([px - w / 2, py - w / 2, px + w / 2, py + w / 2], fill=240)

        u = size * 0.1
        mid = bx + (box[0] + box[2]) / 2 + size * 0.03
        top = by + box[1] - u * 0.7
        if bar:
            if base == "D":
                cy, x0 = by + (box[1] + box[3]) / 2, bx + box[0]
                stroke([(x0 - u * 0.3, cy), (x0 + u * 2.6, cy - u * 0.2)])
            else:
                cy, x1 = by + box[1] * 0.76, bx + box[2]
                stroke([(x1 - u * 2.6, cy), (x1 + u * 0.5, cy - u * 0.3)])
        shape = False
        for m in marks:
            if m == "\u0302":                                       # â ê ô
                stroke([(mid - u, top), (mid, top - u * 0.9), (mid + u, top)])
                shape = True
            elif m == "\u0306":                                     # ă
                stroke([(mid - u, top - u * 0.9), (mid - u * 0.4, top - u * 0.1), (mid + u * 0.4, top - u * 0.1), (mid + u, top - u * 0.9)])
                shape = True
            elif m == "\u031b":                                     # ơ ư
                x1, y1 = bx + box[2] - u * 0.4, by + box[1] + u * 0.5
                stroke([(x1 - u * 0.2, y1), (x1 + u * 0.7, y1 - u * 0.2), (x1 + u * 0.8, y1 - u * 1.1)])
        for m in marks:
            tx, ty = (mid + u * 0.5, top - u * 1.35) if shape else (mid, top)
            if m == "\u0301":
                if shape:
                    tx += u * 0.6
                stroke([(tx - u * 0.2, ty), (tx + u * 0.8, ty - u * 1.2)])
            elif m == "\u0300":
                stroke([(tx - u * 0.8, ty - u * 1.2), (tx + u * 0.2, ty)])
            elif m == "\u0309":
                stroke([(tx - u * 0.5, ty - u * 1.2), (tx + u * 0.2, ty - u * 1.5), (tx + u * 0.5, ty - u), (tx, ty - u * 0.5), (tx, ty)])
            elif m == "\u0303":
                stroke([(tx - u, ty - u * 0.2), (tx - u * 0.4, ty - u * 0.8), (tx + u * 0.4, ty - u * 0.2), (tx + u, ty - u * 0.8)])
            elif m == "\u0323":
                cx, cy = bx + (box[0] + box[2]) / 2, by + (0 if base in "yY" else max(0, box[3])) + u * 0.9
                d.ellipse([cx - w * 0.8, cy - w * 1.0, cx + w * 1.0, cy + w * 1.0], fill=245)

    def _ink(self, layer, colour, strength):
        """Lay ink through a mask, a little uneven, so that the paper shows through."""
        box = layer.getbbox()
        if not box:
            return
        part = layer.crop(box)
        rough = soft_noise(self.rng, part.size[1], part.size[0], 14)
        a = np.asarray(part, np.float32) * np.clip(strength + 0.10 * rough, 0, 1)
        paper = self.im.crop(box)
        inked = ImageChops.multiply(paper, Image.new("RGB", part.size, tuple(min(255, c + 12) for c in colour)))
        paper.paste(inked, (0, 0), Image.fromarray(a.astype(np.uint8)))
        self.im.paste(paper, box[:2])

    def signature(self, x, y, w, h, colour=BLUE):
        """A scribble that nobody's name can be read from."""
        r = self.rng
        n = 900
        t = np.linspace(0, 1, n)
        xs = t * 0.82 + 0.10 * np.sin(2 * math.pi * 4.6 * t + r.uniform(0, 6)) + 0.04 * np.sin(2 * math.pi * 9.1 * t)
        env = 0.42 * np.exp(-2.2 * t) + 0.10
        ys = 0.5 + env * np.sin(2 * math.pi * 5.3 * t + r.uniform(0, 6)) - 0.18 * t
        layer = Image.new("L", self.im.size, 0)
        d = ImageDraw.Draw(layer)

        def trace(px, py):
            for i in range(len(px) - 1):
                width = 3.2 + 2.2 * abs(math.sin(i / 37))
                cx, cy = (x + px[i] * w) * MM, (y + py[i] * h) * MM
                dx, dy = (x + px[i + 1] * w) * MM, (y + py[i + 1] * h) * MM
                d.line([(cx, cy), (dx, dy)], fill=240, width=round(width))
                d.ellipse([cx - width / 2, cy - width / 2, cx + width / 2, cy + width / 2], fill=240)

        trace(xs, ys)
        t = np.linspace(0, 1, 300)
        trace(-0.05 + 1.15 * t, 0.86 - 0.16 * t + 0.05 * np.sin(3.1 * t))
        self._ink(layer, colour, 0.82)

    def stamp(self, cx, cy, radius, ring, centre, angle):
        """A round red stamp with text round the ring, a star and lines in the middle."""
        k = round(radius * 2.2 * MM)
        im = Image.new("L", (k, k), 0)
        d = ImageDraw.Draw(im)
        c = k / 2
        for r, w in ((radius, 0.9), (radius - 1.3, 0.3), (radius * 0.66, 0.35)):
            r, w = r * MM, round(w * MM)
            d.ellipse([c - r, c - r, c + r, c + r], outline=255, width=w)
        f = font(SANS % "Bold", radius * 0.50)
        step = 2 * math.pi / len(ring)
        for i, ch in enumerate(ring):
            a = -math.pi / 2 + (i + 0.5) * step
            glyph = Image.new("L", (120, 140), 0)
            ImageDraw.Draw(glyph).text((60, 92), ch, font=f, fill=255, anchor="ms")
            glyph = glyph.rotate(-math.degrees(a) - 90, Image.BICUBIC)
            rr = radius * 0.80 * MM
            at = (round(c + rr * math.cos(a) - 60), round(c + rr * math.sin(a) - 70))
            im.paste(255, at, glyph)
        star(d, c, c - radius * 0.36 * MM, radius * 0.17 * MM, 255)
        fc = font(SANS % "Bold", radius * 0.46)
        for i, line in enumerate(centre):
            d.text((c, c + (radius * 0.04 + i * radius * 0.22) * MM), line, font=fc, fill=255, anchor="ms")
        im = im.rotate(angle, Image.BICUBIC).filter(ImageFilter.GaussianBlur(1.2))
        worn = 0.95 + 0.16 * soft_noise(self.rng, k, k, 45) + 0.10 * soft_noise(self.rng, k, k, 4)
        im = Image.fromarray((np.asarray(im, np.float32) * np.clip(worn, 0.15, 1)).astype(np.uint8))
        layer = Image.new("L", self.im.size, 0)
        layer.paste(im, (round(cx * MM - c), round(cy * MM - c)))
        self._ink(layer, RED, 0.88)


def star(d, cx, cy, r, fill):
    pts = []
    for i in range(10):
        a = -math.pi / 2 + i * math.pi / 5
        q = r if i % 2 == 0 else r * 0.40
        pts.append((cx + q * math.cos(a), cy + q * math.sin(a)))
    d.polygon(pts, fill=fill)


def soft_noise(rng, h, w, cell):
    """Smooth noise of about unit strength; cell is the size of its spots in pixels."""
    small = rng.normal(0, 1, (max(2, math.ceil(h / cell) + 2), max(2, math.ceil(w / cell) + 2))).astype(np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def heading(p, y):
    p.centre(PW / 2 + 4, y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pt=13, style="Bold")
    p.centre(PW / 2 + 4, y + 6.2, "Độc lập - Tự do - Hạnh phúc", pt=13.5, style="Bold")
    p.rule(PW / 2 - 27, y + 8, PW / 2 + 35, 0.3)


def foot(p):
    p.centre(PW / 2, 289, "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ", pt=9, face=SANS, fill=(110, 110, 115))


def page_request():
    p = Page((250, 250, 247), 11)
    heading(p, 22)
    p.centre(PW / 2, 43, "PHIẾU YÊU CẦU", pt=16, style="Bold")
    p.centre(PW / 2, 50, "ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", pt=13.5, style="Bold")
    p.text(40, 60.5, "Kính gửi:", pt=13, style="BoldItalic")
    p.dots(61, 60.8, 180)
    p.hand(63, 60, "Trung tâm Phục vụ hành chính công phường Ninh Kiều", 16)
    x0, x1, y, h = 25, 192, 72, 9.2

    def section(s):
        nonlocal y
        p.text(x0, y, s, pt=12.5, style="Bold")
        y += h

    def line(label, value, split=None):
        nonlocal y
        if split:
            at, label2, value2 = split
            p.field(x0 + 3, y, label, value, at - 2)
            p.field(at, y, label2, value2, x1)
        else:
            p.field(x0 + 3, y, label, value, x1)
        y += h

    section("I. Người yêu cầu đăng ký")
    line("1. Họ và tên:", "NGUYỄN VĂN AN", (128, "Năm sinh:", "1985"))
    line("2. Số định danh cá nhân/CCCD:", "092085001234")
    line("3. Địa chỉ:", "12/4 đường Thử Nghiệm, phường Ninh Kiều, TP. Cần Thơ")
    line("4. Điện thoại:", "0900 000 123", (108, "Thư điện tử:", "an@example.vn"))
    y += 1.5
    section("II. Thông tin về thửa đất")
    line("1. Thửa đất số:", "215", (98, "Tờ bản đồ số:", "12"))
    line("2. Diện tích:", "96,5 m²", (98, "Loại đất:", "Đất ở tại đô thị"))
    line("3. Số phát hành Giấy chứng nhận:", "MT 00012345")
    y += 1.5
    section("III. Nội dung biến động")
    line("1. Nội dung:", "Nhận chuyển nhượng toàn bộ thửa đất theo")
    p.dots(x0 + 3, y + 0.3, x1)
    p.hand(x0 + 5, y - 1.1, "hợp đồng số 0123, ngày 03 tháng 3 năm 2026", 17)
    y += h
    line("2. Lý do:", "Mua để ở")
    y += 1.5
    section("IV. Giấy tờ nộp kèm theo")
    for n, s in enumerate(("Giấy chứng nhận đã cấp (bản gốc)", "Hợp đồng chuyển nhượng có công chứng", "Tờ khai thuế, lệ phí trước bạ"), 1):
        box = [(x0 + 3) * MM, (y - 3.6) * MM, (x0 + 7) * MM, (y + 0.4) * MM]
        p.d.rectangle(box, outline=BLACK, width=4)
        tick = Image.new("L", p.im.size, 0)
        td = ImageDraw.Draw(tick)
        td.line([((x0 + a) * MM, (y + b) * MM) for a, b in ((3.4, -1.8), (4.7, 0), (8, -4.9))], fill=240, width=7, joint="curve")
        p._ink(tick, BLUE, 0.85)
        p.text(x0 + 10, y, "%d. %s" % (n, s), pt=12)
        y += 7.2
    y = p.para(x0, y + 1, x1 - x0, "Tôi cam đoan nội dung kê khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.", pt=12, lead=6, indent=8)
    y += 3
    end = p.hand(112, y, "Cần Thơ", 15)
    for label, value in ((", ngày", "09"), ("tháng", "3"), ("năm", "2026")):
        end = p.text(end + 1.5, y, label, pt=12, style="Italic")
        end = p.hand(end + 1.5, y, value, 15)
    y += 6.5
    p.centre(150, y, "Người yêu cầu đăng ký", pt=12.5, style="Bold")
    p.centre(150, y + 5, "(Ký và ghi rõ họ tên)", pt=11, style="Italic")
    p.signature(130, y + 4.5, 40, 17)
    p.hand(131, y + 25, "Nguyễn Văn An", 17)
    foot(p)
    return p.im


def page_certificate():
    p = Page((250, 226, 223), 22)
    r, W, H = p.rng, p.im.size[0], p.im.size[1]
    # Fine wavy lines under everything.
    fine = Image.new("L", p.im.size, 0)
    fd = ImageDraw.Draw(fine)
    xs = np.arange(0, W + 40, 24)
    for i in range(-10, 150):
        ys = i * 26 + 42 * np.sin(xs / 210 + i * 0.16) + 20 * np.sin(xs / 67 - i * 0.11)
        fd.line(list(zip(xs.tolist(), ys.tolist())), fill=70, width=3)
    p.im.paste(Image.new("RGB", p.im.size, (226, 150, 150)), (0, 0), fine)
    # A pale sun of rings in the middle.
    sun = Image.new("L", p.im.size, 0)
    sd = ImageDraw.Draw(sun)
    cx, cy = W / 2, 152 * MM
    for q in (62, 60, 52, 44, 42, 33, 24, 22):
        sd.ellipse([cx - q * MM, cy - q * MM, cx + q * MM, cy + q * MM], outline=85, width=6)
    for q0, q1, n in ((52.5, 59.5, 72), (33.5, 41.5, 48), (24.5, 32, 36)):
        for i in range(n):
            a = 2 * math.pi * i / n
            b = a + math.pi / n
            sd.line([(cx + q0 * MM * math.cos(a), cy + q0 * MM * math.sin(a)), (cx + q1 * MM * math.cos(b), cy + q1 * MM * math.sin(b)),
                     (cx + q0 * MM * math.cos(a + 2 * math.pi / n), cy + q0 * MM * math.sin(a + 2 * math.pi / n))], fill=85, width=5)
    for i in range(14):
        a = 2 * math.pi * i / 14
        sd.polygon([(cx + 20 * MM * math.cos(a), cy + 20 * MM * math.sin(a)), (cx + 6 * MM * math.cos(a + 0.22), cy + 6 * MM * math.sin(a + 0.22)),
                    (cx + 6 * MM * math.cos(a - 0.22), cy + 6 * MM * math.sin(a - 0.22))], fill=60)
    p.im.paste(Image.new("RGB", p.im.size, (214, 130, 126)), (0, 0), sun)
    # An ornamental frame: bands, and knots along them.
    ink = (178, 66, 62)
    for inset, w in ((9, 1.0), (10.6, 0.3), (18.4, 0.3), (19.4, 0.7)):
        p.d.rectangle([inset * MM, inset * MM, W - inset * MM, H - inset * MM], outline=ink, width=round(w * MM))

    def knot(x, y, flip):
        q = 2.9 * MM
        p.d.ellipse([x - q, y - q, x + q, y + q], outline=ink, width=5)
        p.d.ellipse([x - q * 0.45, y - q * 0.45, x + q * 0.45, y + q * 0.45], fill=ink)
        for s in (-1, 1):
            if flip:
                p.d.arc([x - q, y + s * q * 1.2 - q, x + q, y + s * q * 1.2 + q], 0, 360, fill=ink, width=4)
            else:
                p.d.arc([x + s * q * 1.2 - q, y - q, x + s * q * 1.2 + q, y + q], 0, 360, fill=ink, width=4)

    m = 14.5
    for i in range(27):
        x = (m + 10 + i * (PW - 2 * m - 20) / 26) * MM
        knot(x, m * MM, False)
        knot(x, H - m * MM, False)
    for i in range(38):
        y = (m + 10 + i * (PH - 2 * m - 20) / 37) * MM
        knot(m * MM, y, True)
        knot(W - m * MM, y, True)
    for x in (m, PW - m):
        for y in (m, PH - m):
            p.d.rectangle([(x - 3.6) * MM, (y - 3.6) * MM, (x + 3.6) * MM, (y + 3.6) * MM], outline=ink, width=6)
            star(p.d, x * MM, y * MM, 3.0 * MM, ink)

    c, red = PW / 2, (190, 30, 36)
    p.centre(c, 31, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pt=13.5, style="Bold")
    p.centre(c, 37.4, "Độc lập - Tự do - Hạnh phúc", pt=13.5, style="Bold")
    p.rule(c - 30, 39.4, c + 30, 0.3)
    star(p.d, c * MM, 49 * MM, 6 * MM, (205, 50, 46))
    p.d.ellipse([(c - 8) * MM, 41 * MM, (c + 8) * MM, 57 * MM], outline=(205, 50, 46), width=7)
    p.centre(c, 67, "GIẤY CHỨNG NHẬN", pt=25, style="Bold", fill=red)
    p.centre(c, 75, "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU", pt=14.5, style="Bold", fill=red)
    p.centre(c, 82, "TÀI SẢN GẮN LIỀN VỚI ĐẤT", pt=14.5, style="Bold", fill=red)
    p.centre(c, 89.5, "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ", pt=13, style="Bold", face=SANS, fill=(150, 20, 120))

    x, y, h = 28, 100, 7.4
    lines = [
        ("Bold", "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:"),
        ("Regular", "    Bà: TRẦN THỊ BÌNH          Năm sinh: 1990"),
        ("Regular", "    CCCD số: 092190005678"),
        ("Regular", "    Địa chỉ: số 7 đường Mẫu, phường Cái Khế, thành phố Cần Thơ"),
        ("Bold", "2. Thông tin thửa đất:"),
        ("Regular", "    a) Thửa đất số: 215;   tờ bản đồ số: 12"),
        ("Regular", "    b) Địa chỉ: đường Thử Nghiệm, phường Ninh Kiều, TP. Cần Thơ"),
        ("Regular", "    c) Diện tích: 96,5 m² (chín mươi sáu phẩy năm mét vuông)"),
        ("Regular", "    d) Loại đất: Đất ở tại đô thị"),
        ("Regular", "    đ) Thời hạn sử dụng: Lâu dài"),
        ("Regular", "    e) Hình thức sử dụng: Sử dụng riêng"),
        ("Bold", "3. Thông tin tài sản gắn liền với đất: -/-"),
        ("Bold", "4. Sơ đồ thửa đất:"),
    ]
    for style, s in lines:
        p.text(x, y, s, pt=13, style=style)
        y += h
    # The plot: 5,0 m by 19,3 m.
    plot = [(38, y + 1), (88, y + 3), (86.6, y + 17), (37, y + 15.5)]
    p.d.line([(a * MM, b * MM) for a, b in plot + plot[:1]], fill=BLACK, width=6)
    for n, (a, b) in enumerate(plot, 1):
        p.d.ellipse([a * MM - 9, b * MM - 9, a * MM + 9, b * MM + 9], fill=BLACK)
        p.text(a + (1.5 if n in (2, 3) else -4), b + 1, str(n), pt=10)
    p.centre(62, y + 9, "215", pt=13, style="Bold")
    p.rule(57, y + 10, 67)
    p.centre(62, y + 14.3, "96,5", pt=11)
    p.centre(62, y + 0.3, "19,3 m", pt=10, style="Italic")
    p.text(90, y + 11, "5,0 m", pt=10, style="Italic")
    p.centre(62, y + 23, "Đường Thử Nghiệm", pt=11, style="Italic")
    p.text(28, 266, "Số phát hành: MT 00012345", pt=12, style="Bold", fill=red)
    p.text(28, 272, "Số vào sổ cấp GCN: CT 00215", pt=11.5)
    p.centre(148, 205, "Cần Thơ, ngày 15 tháng 5 năm 2025", pt=12, style="Italic")
    p.centre(148, 212, "VĂN PHÒNG THỬ NGHIỆM", pt=12.5, style="Bold")
    p.centre(148, 218, "GIÁM ĐỐC", pt=12.5, style="Bold")
    p.signature(138, 224, 42, 20, (22, 30, 90))
    p.centre(148, 256, "Lê Văn Mẫu", pt=13, style="Bold")
    p.stamp(137, 234, 17.5, "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ – ", ("VĂN PHÒNG", "THỬ NGHIỆM"), 14)
    # The words of no value once more, large and pale across the page.
    wm = Image.new("L", p.im.size, 0)
    ImageDraw.Draw(wm).text((W / 2, H * 0.50), "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ", font=font(SANS % "Bold", 38), fill=62, anchor="mm")
    wm = wm.rotate(52, Image.BICUBIC)
    p.im.paste(Image.new("RGB", p.im.size, (150, 30, 110)), (0, 0), wm)
    return p.im


def page_contract():
    p = Page((249, 248, 244), 33)
    heading(p, 22)
    p.centre(PW / 2, 42, "HỢP ĐỒNG", pt=17, style="Bold")
    p.centre(PW / 2, 49.5, "CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT", pt=15, style="Bold")
    p.centre(PW / 2, 56, "Số: 0123/2026/HĐCN", pt=12, style="Italic")
    x, w, L, I = 27, 163, 6.3, 9
    y = 65
    para = lambda s, **kw: p.para(x, y, w, s, pt=13, lead=L, indent=I, **kw)
    y = para("Hôm nay, ngày 03 tháng 3 năm 2026, tại Văn phòng công chứng Thử Nghiệm, thành phố Cần Thơ, chúng tôi gồm có:")
    y = para("BÊN CHUYỂN NHƯỢNG (Bên A):", style="Bold")
    y = para("Bà TRẦN THỊ BÌNH, sinh năm 1990, CCCD số 092190005678, nơi ở: số 7 đường Mẫu, phường Cái Khế, thành phố Cần Thơ.")
    y = para("BÊN NHẬN CHUYỂN NHƯỢNG (Bên B):", style="Bold")
    y = para("Ông NGUYỄN VĂN AN, sinh năm 1985, CCCD số 092085001234, nơi ở: 12/4 đường Thử Nghiệm, phường Ninh Kiều, thành phố Cần Thơ.")
    y = para("Điều 1. Thửa đất chuyển nhượng", style="Bold")
    y = para("Bên A chuyển nhượng cho Bên B toàn bộ thửa đất số 215, tờ bản đồ số 12, diện tích 96,5 m², loại đất: đất ở tại đô thị, theo Giấy chứng nhận số phát hành MT 00012345 cấp ngày 15 tháng 5 năm 2025.")
    y = para("Điều 2. Giá chuyển nhượng và phương thức thanh toán", style="Bold")
    y = para("Giá chuyển nhượng là 850.000.000 đồng (tám trăm năm mươi triệu đồng). Bên B thanh toán cho Bên A bằng chuyển khoản, một lần, ngay sau khi hợp đồng được công chứng.")
    y = para("Điều 3. Giao đất và đăng ký biến động", style="Bold")
    y = para("Bên A giao thửa đất và giấy tờ về đất cho Bên B trong 05 ngày làm việc. Bên B thực hiện đăng ký biến động đất đai tại cơ quan có thẩm quyền theo quy định của pháp luật.")
    y = para("Điều 4. Thuế, lệ phí", style="Bold")
    y = para("Thuế thu nhập cá nhân do Bên A nộp; lệ phí trước bạ và phí công chứng do Bên B nộp.")
    y = para("Điều 5. Cam đoan của hai bên", style="Bold")
    y = para("Những thông tin đã ghi trong hợp đồng này là đúng sự thật. Hợp đồng được lập thành 03 bản có giá trị như nhau.")
    y += 4
    p.centre(56, y, "BÊN A", pt=13, style="Bold")
    p.centre(110, y, "BÊN B", pt=13, style="Bold")
    p.centre(163, y, "CÔNG CHỨNG VIÊN", pt=13, style="Bold")
    for cx in (56, 110, 163):
        p.centre(cx, y + 5.2, "(Ký và ghi rõ họ tên)" if cx < 150 else "(Ký, đóng dấu)", pt=10.5, style="Italic")
    p.signature(41, y + 6, 30, 15)
    p.signature(95, y + 6, 32, 15)
    p.signature(150, y + 7, 32, 16, (22, 26, 70))
    p.centre(56, y + 29, "Trần Thị Bình", pt=13, style="Bold")
    p.centre(110, y + 29, "Nguyễn Văn An", pt=13, style="Bold")
    p.centre(163, y + 29, "Phạm Thị Thử", pt=13, style="Bold")
    p.stamp(154, y + 15, 16, "VP CÔNG CHỨNG THỬ NGHIỆM – MẪU THỬ – ", ("KHÔNG CÓ", "GIÁ TRỊ"), -9)
    foot(p)
    return p.im


# ---------------------------------------------------------------- the tables

TW, TH, TS = 720, 720, 5.0            # table: millimetres, and pixels per millimetre


def wood(rng, tone):
    """Planks with grain that runs along x."""
    w, h = round(TW * TS), round(TH * TS)
    out = np.zeros((h, w, 3), np.float32)
    tone = np.array(tone, np.float32)
    y = 0
    while y < h:
        ph = int(rng.integers(95, 125) * TS)
        ph = min(ph, h - y)
        yy, xx = np.mgrid[0:ph, 0:w].astype(np.float32)
        bend = cv2.resize(rng.normal(0, 1, (6, 8)).astype(np.float32), (w, ph), interpolation=cv2.INTER_CUBIC)
        pace = rng.uniform(0.18, 0.38)
        rings = np.sin((yy / TS) * pace + bend * rng.uniform(3, 6) + rng.uniform(0, 6)) * 0.5
        rings += 0.35 * np.sin((yy / TS) * pace * 3.1 + bend * 11 + rng.uniform(0, 6))
        pores = cv2.resize(rng.normal(0, 1, (ph // 2 + 2, w // 45 + 2)).astype(np.float32), (w, ph), interpolation=cv2.INTER_LINEAR)
        pores = np.clip(pores - 1.3, 0, 2)
        fine = cv2.resize(rng.normal(0, 1, (ph // 2 + 2, w // 160 + 2)).astype(np.float32), (w, ph), interpolation=cv2.INTER_LINEAR)
        streak = cv2.resize(rng.normal(0, 1, (ph // 9 + 2, w // 420 + 2)).astype(np.float32), (w, ph), interpolation=cv2.INTER_CUBIC)
        v = 1 + 0.07 * rings + 0.035 * fine + 0.03 * streak - 0.16 * pores + rng.normal(0, 0.05)
        part = tone * v[..., None]
        part[..., 2] *= (1 - 0.06 * rings)
        edge = np.minimum(yy, ph - 1 - yy) / TS
        part *= (1 - 0.65 * np.exp(-(edge / 0.7) ** 2))[..., None]
        out[y:y + ph] = part
        y += ph
    return np.clip(out, 0, 255)


def tiles(rng, tone, side=150):
    """Glazed floor tiles with a pale cloudy pattern and grout between them."""
    w, h = round(TW * TS), round(TH * TS)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32) / TS
    cloud = soft_noise(rng, h, w, 260) + 0.6 * soft_noise(rng, h, w, 90) + 0.3 * soft_noise(rng, h, w, 25)
    fx, fy = (xx + 40) % side, (yy + 65) % side
    ids = ((xx + 40) // side).astype(int) * 17 + ((yy + 65) // side).astype(int) * 31
    shade = rng.normal(0, 0.02, 997).astype(np.float32)[ids % 997]
    out = np.array(tone, np.float32) * (1 + 0.035 * cloud + shade)[..., None]
    vein = np.exp(-(cloud / 0.09) ** 2)
    out *= (1 - 0.035 * vein)[..., None] * np.array([1, 0.99, 0.97], np.float32)
    d = np.minimum(np.minimum(fx, side - fx), np.minimum(fy, side - fy))
    grout = np.clip((1.6 - d) / 0.5, 0, 1)[..., None]
    dirt = (1 + 0.10 * soft_noise(rng, h, w, 40))[..., None]
    out = out * (1 - grout) + np.array([126, 118, 108], np.float32) * dirt * grout
    bevel = np.exp(-((d - 2.2) / 0.8) ** 2)[..., None]
    return np.clip(out * (1 + 0.06 * bevel), 0, 255)


def pen(table, x, y, angle):
    """A blue ball pen on the table, in millimetres from the table's centre."""
    k = TS
    pts = lambda pl: np.array([[((TW / 2 + x) + px * math.cos(angle) - py * math.sin(angle)) * k,
                                ((TH / 2 + y) + px * math.sin(angle) + py * math.cos(angle)) * k] for px, py in pl], np.int32)
    shadow = np.zeros(table.shape[:2], np.float32)
    cv2.fillPoly(shadow, [pts([(-70, 1), (72, 1), (72, 9), (-70, 9)])], 1.0)
    shadow = cv2.GaussianBlur(shadow, (0, 0), 14)
    table *= (1 - 0.55 * shadow)[..., None]
    n = 24
    for i in range(n):
        q0, q1 = -4.2 + 8.4 * i / n, -4.2 + 8.4 * (i + 1) / n
        light = 0.35 + 0.65 * math.sin(math.pi * (i + 0.5) / n) ** 1.3 + (0.9 if i in (7, 8) else 0)
        paint = lambda a, b, c, s=1.0: cv2.fillPoly(table, [pts([(a, q0 * s), (b, q0 * s), (b, q1 * s), (a, q1 * s)])],
                                                    [min(255.0, v * light) for v in c])
        paint(-70, 18, (235, 236, 238))
        paint(18, 58, (70, 96, 190))
        for j in range(12):
            paint(58 + j, 59 + j, (60, 60, 66), 0.9 - 0.065 * j)
        paint(-76, -70, (60, 84, 180), 0.7)
    return table


# ---------------------------------------------------------------- the photograph

def photograph(page, table, seed, size, tilt, turn, roll, fill, shift, light, warm, hand_shadow, creases=(), exposure=1.0):
    """The page on the table as seen by a phone: (width, height) pixels, as RGB uint8.

    tilt, turn and roll are the camera's angles in degrees; fill is the share of the frame
    that the page takes up along the tighter side."""
    rng = np.random.default_rng(seed)
    w, h = size
    a, b, c = (math.radians(v) for v in (tilt, turn, roll))
    rx = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    ry = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    rz = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    R = rx @ ry @ rz
    P = np.column_stack([R[:, 0], R[:, 1], np.array([0, 0, 520.0])])     # plane in mm -> camera
    corners = np.array([[-PW / 2, -PH / 2, 1], [PW / 2, -PH / 2, 1], [PW / 2, PH / 2, 1], [-PW / 2, PH / 2, 1]]).T
    q = P @ corners
    q = q[:2] / q[2]
    span = q.max(1) - q.min(1)
    f = fill * min(w / span[0], h / span[1])
    mid = (q.max(1) + q.min(1)) / 2 * f
    K = np.array([[f, 0, w / 2 - mid[0] + shift[0] * w], [0, f, h / 2 - mid[1] + shift[1] * h], [0, 0, 1]])
    inv = np.linalg.inv(K @ P)

    SS = 2
    ys, xs = np.mgrid[0:h * SS, 0:w * SS].astype(np.float32)
    xs, ys = (xs + 0.5) / SS, (ys + 0.5) / SS
    den = inv[2, 0] * xs + inv[2, 1] * ys + inv[2, 2]
    u = ((inv[0, 0] * xs + inv[0, 1] * ys + inv[0, 2]) / den).astype(np.float32)
    v = ((inv[1, 0] * xs + inv[1, 1] * ys + inv[1, 2]) / den).astype(np.float32)
    del den

    # The table, with the paper's shadow on it.
    tab = table.copy()
    m = np.zeros(tab.shape[:2], np.float32)
    x0, y0 = (TW - PW) / 2 * TS, (TH - PH) / 2 * TS
    cv2.rectangle(m, (round(x0 + 6), round(y0 + 8)), (round(x0 + PW * TS + 12), round(y0 + PH * TS + 14)), 1.0, -1)
    tab *= (1 - 0.45 * cv2.GaussianBlur(m, (0, 0), 11) - 0.18 * cv2.GaussianBlur(m, (0, 0), 50))[..., None]
    tab = cv2.GaussianBlur(tab, (0, 0), 0.8)
    img = cv2.remap(tab, (u + TW / 2) * TS, (v + TH / 2) * TS, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    del tab, m

    # The paper does not lie quite flat.
    ph1, ph2 = (float(p) for p in rng.uniform(0, 6, 2))
    pu = u + PW / 2 + 0.8 * np.sin(v / 95 + ph1) + 0.35 * np.sin(u / 33 + v / 60)
    pv = v + PH / 2 + 0.9 * np.sin(u / 70 + ph2) + 0.30 * np.sin(v / 41 - u / 50)
    pg = cv2.remap(np.asarray(page, np.float32), pu * MM, pv * MM, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    # Shade from the waves of the sheet and from its folds.
    sh = 1 + 0.022 * np.sin(v / 60 + ph1 + u / 140) + 0.018 * np.sin(u / 48 + ph2)
    for pos in creases:
        d = pv - pos
        sh += 0.075 * np.exp(-(d / 1.0) ** 2) * np.sign(d) * 0.6 - 0.05 * np.exp(-((d + 6) / 7) ** 2) + 0.03 * np.exp(-((d - 6) / 7) ** 2)
    sh += 0.006 * soft_noise(rng, h * SS, w * SS, 3)
    pg *= sh[..., None]
    edge = np.minimum(np.minimum(pu, PW - pu), np.minimum(pv, PH - pv))
    alpha = np.clip(edge / 0.18 + 0.5, 0, 1)[..., None]
    img = img * (1 - alpha) + pg * alpha
    del pg, alpha, edge, sh, pu, pv, u, v, xs, ys
    img = cv2.resize(img, (w, h), interpolation=cv2.INTER_AREA)

    # Light falls off to one side, the lens darkens its corners, a hand or head gives a soft shadow.
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    nx, ny = xx / w - 0.5, yy / h - 0.5
    lum = 1.0 + light[0] * nx + light[1] * ny
    lum *= 1 - 0.22 * (nx * nx + ny * ny)
    px, py, ang, depth, soft = hand_shadow
    dist = (nx - px) * math.cos(ang) + (ny - py) * math.sin(ang) + 0.03 * np.sin(7 * ny + 4 * nx)
    lum *= 1 - depth / (1 + np.exp(-dist / soft))
    img *= lum[..., None] * np.array(warm, np.float32) * exposure
    # The lens: a little soft, softer towards one end.
    sharp = cv2.GaussianBlur(img, (0, 0), 0.65)
    dull = cv2.GaussianBlur(img, (0, 0), 1.5)
    k = np.clip(np.abs(ny * 1.2 - 0.1) * 1.1 - 0.15, 0, 0.6)[..., None]
    img = sharp * (1 - k) + dull * k
    # The sensor: fine grain in light, blotches in colour.
    grain = rng.normal(0, 1.9, (h, w)).astype(np.float32)
    img += cv2.GaussianBlur(grain, (0, 0), 0.6)[..., None] * 1.5
    img += cv2.resize(rng.normal(0, 1.3, (h // 4, w // 4, 3)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    # A phone's tone curve.
    t = np.clip(img / 255, 0, 1)
    t = t + 0.10 * t * (1 - t) * (2 * t - 1) * 2
    return (np.clip(t, 0, 1) * 255 + 0.5).astype(np.uint8)


def save_jpeg(pixels, path, orientation=1, quality=80):
    im = Image.fromarray(pixels)
    if orientation == 6:              # the camera was held upright: stored a quarter turn to the left
        im = im.transpose(Image.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "May thu"
    exif[0x0132] = "2026:03:09 09:15:00"
    im.save(path, "JPEG", quality=quality, subsampling="4:2:0", optimize=True, exif=exif)


# ---------------------------------------------------------------- the other files

def clean_pdf():
    """A one-page PDF with real text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas
    pdfmetrics.registerFont(TTFont("Serif", SERIF % "Regular"))
    pdfmetrics.registerFont(TTFont("SerifB", SERIF % "Bold"))
    buf = io.BytesIO()
    c = canvas.Canvas(buf, pagesize=A4, invariant=1, pageCompression=1)
    c.setTitle("Giấy ủy quyền (mẫu thử)")
    mid = A4[0] / 2
    for y, f, pt, s in ((780, "SerifB", 13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (762, "SerifB", 13, "Độc lập - Tự do - Hạnh phúc"),
                        (715, "SerifB", 16, "GIẤY ỦY QUYỀN"), (60, "Serif", 9, "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ")):
        c.setFont(f, pt)
        c.drawCentredString(mid, y, s)
    c.setFont("Serif", 13)
    for i, s in enumerate(("Tôi là: NGUYỄN VĂN AN, CCCD số 092085001234.", "Nơi ở: 12/4 đường Thử Nghiệm, phường Ninh Kiều, thành phố Cần Thơ.",
                           "Nay ủy quyền cho: LÊ THỊ CÚC, CCCD số 092192004321,", "nộp hồ sơ đăng ký biến động đất đai đối với thửa đất số 215,",
                           "tờ bản đồ số 12, và nhận kết quả thay tôi.", "", "Cần Thơ, ngày 09 tháng 3 năm 2026")):
        c.drawString(72, 670 - 22 * i, s)
    c.showPage()
    c.save()
    return buf.getvalue()


def program():
    """4 kB that begin as a Windows program does; nothing in it can run."""
    b = bytearray(4096)
    b[0:2] = b"MZ"
    b[60:64] = (128).to_bytes(4, "little")
    stub = b"This program cannot be run in DOS mode.\r\r\n$"
    b[78:78 + len(stub)] = stub
    b[128:132] = b"PE\0\0"
    b[512:] = np.random.default_rng(77).integers(0, 256, 4096 - 512, dtype=np.uint8).tobytes()
    return bytes(b)


def large(path):
    """A valid JPEG of more than 40 MB: pure noise, which does not compress."""
    rng = np.random.default_rng(99)
    im = Image.fromarray(rng.integers(0, 256, (2900, 3900, 3), dtype=np.uint8))
    im.save(path, "JPEG", quality=100, subsampling="4:4:4")


def main(folder):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)

    table = wood(np.random.default_rng(101), (186, 146, 106))
    request = photograph(page_request(), table, 1, (1500, 2000), tilt=-13, turn=5, roll=3.2, fill=0.93, shift=(0.0, 0.005),
                         light=(-0.26, -0.12), warm=(0.965, 0.93, 0.86), hand_shadow=(0.34, 0.30, 0.6, 0.30, 0.05), creases=(99, 198), exposure=1.05)
    save_jpeg(request, out / "phieu.jpg", orientation=6)

    table = tiles(np.random.default_rng(102), (196, 190, 178))
    certificate = photograph(page_certificate(), table, 2, (1500, 2000), tilt=-9, turn=-10, roll=-4.5, fill=0.93, shift=(0.0, 0.0),
                             light=(0.22, -0.18), warm=(0.95, 0.94, 0.93), hand_shadow=(-0.38, 0.20, 2.7, 0.26, 0.06), creases=(148.5,), exposure=1.03)
    save_jpeg(certificate, out / "giay-chung-nhan.jpg")

    table = pen(wood(np.random.default_rng(103), (112, 74, 48)), 168, 40, 1.25)
    contract = photograph(page_contract(), table, 3, (2000, 1500), tilt=-16, turn=4, roll=2.4, fill=0.95, shift=(-0.04, 0.0),
                          light=(0.20, -0.20), warm=(0.97, 0.94, 0.88), hand_shadow=(-0.22, 0.34, 1.9, 0.28, 0.05), creases=(148.5,), exposure=0.98)
    save_jpeg(contract, out / "hop-dong.jpg")

    (out / "empty.jpg").write_bytes(b"")
    (out / "chuong-trinh.pdf").write_bytes(program())
    pdf = clean_pdf()
    (out / "mot-trang.pdf").write_bytes(pdf)
    (out / "hong.pdf").write_bytes(pdf[:len(pdf) * 6 // 10])
    # Fixed id and iv, for the same bytes each time: fit for a test file only.
    subprocess.run(["qpdf", "--static-id", "--static-aes-iv", "--allow-weak-crypto", "--encrypt", PASSWORD, "chu-" + PASSWORD, "128", "--use-aes=y", "--",
                    out / "mot-trang.pdf", out / "khoa.pdf"], check=True)
    small = Image.fromarray(certificate).resize((600, 800), Image.LANCZOS)
    buf = io.BytesIO()
    small.save(buf, "JPEG", quality=80)
    (out / "hong.jpg").write_bytes(buf.getvalue()[:len(buf.getvalue()) * 4 // 10])
    Image.fromarray(contract).resize((800, 600), Image.LANCZOS).save(out / "anh.webp", "WEBP", quality=75, method=6)
    Image.fromarray(request).resize((300, 400), Image.LANCZOS).save(out / "anh.png", "PNG", optimize=True)
    try:
        import pillow_heif
        heif = pillow_heif.from_pillow(small)
        heif.save(out / "anh.heic", quality=60)
    except ImportError:
        print("anh.heic left out: pillow-heif is not installed")

    for path in sorted(out.iterdir()):
        if path.suffix in (".jpg", ".pdf", ".webp", ".png", ".heic"):
            print("%8d  %s" % (path.stat().st_size, path.name))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--large"]:
        large(sys.argv[2])
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
