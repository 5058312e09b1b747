#!/usr/bin/env python3
# 1. apt-get install -y fonts-liberation2 fonts-dancingscript
# 2. pip install pillow==13.0.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 segno==1.6.6
# 3. python3 tests/papers/make.py [FOLDER]    (all files; default: this folder)
"""Flat papers, evenly lit and without a table around them, and the words printed on them.

Every person, number, plot and office on the papers is invented. Each paper has its own
fixed seed, so a second run with the same package versions gives the same bytes.
"""
import math
import sys
from pathlib import Path

import cv2
import numpy as np
import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "photos"))
import make as photos
from make import BLACK, BLUE, MM, SANS, font, foot, heading, soft_noise, star

MONO = SANS.replace("Sans", "Mono")
SAMPLE = "MẪU THỬ – KHÔNG CÓ GIÁ TRỊ"
GREY, INK, FRAME = (110, 110, 115), (22, 26, 70), (178, 66, 62)
QR = "092085001234|361234567|Nguyễn Văn An|02091985|Nam|12/4 đường Thử Nghiệm, phường Ninh Kiều, TP. Cần Thơ|05032022"


# ---------------------------------------------------------------- the paper and its words

class Words(ImageDraw.ImageDraw):
    """Draws, and keeps the printed text; handwriting, stamps and watermarks have other layers."""

    def __init__(self, im):
        super().__init__(im)
        self.block, self.kept = 0, []

    def text(self, xy, s, font=None, anchor="ls", **kw):
        left = xy[0] - font.getlength(s) * {"l": 0, "m": 0.5, "r": 1}[anchor[0]]
        self.kept.append((self.block, xy[1], left, s))
        super().text(xy, s, font=font, anchor=anchor, **kw)

    def lines(self):
        """Block by block, from the top; what stands on one baseline is one line."""
        out, last = [], None
        for block, y, left, s in sorted(self.kept):
            if last is None or block != last[0] or y - last[1] > 1.2 * MM:
                out.append([])
                last = block, y
            out[-1].append((left, s))
        return [" ".join(" ".join(s for _, s in sorted(line)).split()) for line in out]


class Sheet(photos.Page):
    """A page of any size, in millimetres; its picture remembers the words."""

    def __init__(self, colour, seed, w=210, h=297):
        self.im = Image.new("RGB", (round(w * MM), round(h * MM)), colour)
        self.im.words = self.d = Words(self.im)
        self.rng = np.random.default_rng(seed)

    def flow(self, y, paras, x=27, w=163, pt=12, lead=6.0, indent=9.0, gap=0.0):
        """Paragraphs one under another; a star before one makes it bold."""
        for s in paras:
            y = self.para(x, y, w, s.lstrip("*"), pt, lead, indent, "Bold" if s[0] == "*" else "Regular") + gap
        return y

    def sign(self, cx, y, head, note, name, pt=12, colour=BLUE, room=28):
        self.centre(cx, y, head, pt=pt, style="Bold")
        self.centre(cx, y + pt * 0.43, note, pt=pt - 1.5, style="Italic")
        self.signature(cx - 16, y + room * 0.24, 32, room * 0.52, colour)
        self.centre(cx, y + room, name, pt=pt, style="Bold")

    def grid(self, x, y, widths, rows, height, pt=11, pad=2.0):
        """A ruled table; the first row is its head."""
        xs = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
        for i in range(len(rows) + 1):
            self.rule(xs[0], y + i * height, xs[-1])
        for a in xs:
            self.line([(a, y), (a, y + len(rows) * height)])
        for i, row in enumerate(rows):
            base = y + (i + 0.5) * height + pt * 0.12
            for j, s in enumerate(row):
                self.text(xs[j] + pad, base, s, pt=pt, style="Regular" if i else "Bold")
        return y + len(rows) * height

    def line(self, points, width=0.25, fill=BLACK):
        self.d.line([(a * MM, b * MM) for a, b in points], fill=fill, width=max(1, round(width * MM)))

    def tint(self, colour, mask):
        self.im.paste(Image.new("RGB", self.im.size, colour), (0, 0), mask)

    def waves(self, colour, step, swing, strength):
        """Fine wavy lines under everything."""
        w, h = self.im.size
        mask = Image.new("L", (w, h), 0)
        d = ImageDraw.Draw(mask)
        xs = np.arange(0, w + 40, 20)
        for i in range(-8, h // step + 8):
            ys = i * step + swing * np.sin(xs / 210 + i * 0.16) + swing / 2 * np.sin(xs / 67 - i * 0.11)
            d.line(list(zip(xs.tolist(), ys.tolist())), fill=strength, width=3)
        self.tint(colour, mask)

    def watermark(self, s, pt, angle, colour, strength):
        mask = Image.new("L", self.im.size, 0)
        ImageDraw.Draw(mask).text((mask.width / 2, mask.height / 2), s, font=font(SANS % "Bold", pt), fill=strength, anchor="mm")
        self.tint(colour, mask.rotate(angle, Image.BICUBIC))

    def shade(self, factor):
        """Multiply every pixel by a field of factors."""
        a = np.asarray(self.im, np.float32) * factor[..., None]
        self.im.paste(Image.fromarray(np.clip(a + 0.5, 0, 255).astype(np.uint8)))

    def grain(self, strength):
        w, h = self.im.size
        self.shade(1 + strength * (0.7 * soft_noise(self.rng, h, w, 5) + 0.5 * soft_noise(self.rng, h, w, 40)))


photos.Page = Sheet                   # so that the pages drawn there remember their words too


def office_heading(p, y, over, office, left=60, right=147, pt=11.5):
    """The office on the left, the country's name on the right."""
    p.centre(left, y, over, pt=pt)
    p.centre(left, y + 5.4, office, pt=pt, style="Bold")
    p.rule(left - 12, y + 7.2, left + 12, 0.3)
    p.centre(right, y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", pt=pt, style="Bold")
    p.centre(right, y + 5.4, "Độc lập - Tự do - Hạnh phúc", pt=pt + 0.5, style="Bold")
    p.rule(right - 26, y + 7.2, right + 26, 0.3)


# ---------------------------------------------------------------- the papers

def page_letter():
    p = Sheet((250, 249, 246), 44)
    heading(p, 21)
    p.centre(105, 40, "ĐƠN ĐỀ NGHỊ", pt=15, style="Bold")
    p.centre(105, 46.5, "Đính chính thông tin trên Giấy chứng nhận quyền sử dụng đất", pt=12.5, style="Bold")
    p.centre(105, 55.5, "Kính gửi: Trung tâm Phục vụ hành chính công phường Ninh Kiều", pt=12)
    y = p.flow(64, (
        "Tôi tên là Nguyễn Văn An, sinh ngày 02 tháng 9 năm 1985, số định danh cá nhân 092085001234. Nơi thường trú: 12/4 đường Thử Nghiệm, phường Ninh Kiều, thành phố Cần Thơ. Điện thoại: 0900 000 123.",
        "Tôi là người sử dụng thửa đất số 215, tờ bản đồ số 12, diện tích 96,5 m², loại đất: đất ở tại đô thị. Ngày 09 tháng 3 năm 2026, tôi đã nộp hồ sơ đăng ký biến động do nhận chuyển nhượng quyền sử dụng đất và đã được xác nhận thay đổi trên Giấy chứng nhận số phát hành MT 00012345, số vào sổ CT 00215.",
        "Khi nhận kết quả, tôi đối chiếu với giấy tờ tùy thân và thấy địa chỉ của tôi ghi trên Giấy chứng nhận là “12/14 đường Thử Nghiệm”, trong khi địa chỉ đúng là “12/4 đường Thử Nghiệm”. Các thông tin khác về diện tích, ranh giới, mục đích và thời hạn sử dụng đất đều đúng.",
        "Vì vậy, tôi làm đơn này đề nghị quý cơ quan xem xét, đính chính địa chỉ của tôi trên Giấy chứng nhận theo quy định của pháp luật về đất đai, để tôi thuận tiện khi thực hiện nghĩa vụ thuế và các giao dịch sau này.",
        "*Giấy tờ nộp kèm theo đơn:",
        "1. Bản gốc Giấy chứng nhận số phát hành MT 00012345.",
        "2. Bản sao căn cước của người đề nghị.",
        "3. Giấy xác nhận thông tin về cư trú cấp ngày 20 tháng 4 năm 2026.",
        "Tôi cam đoan những điều trình bày trên đây là đúng sự thật và xin chịu trách nhiệm trước pháp luật. Tôi xin chân thành cảm ơn."), gap=0.8)
    p.centre(147, y + 3, "Cần Thơ, ngày 22 tháng 4 năm 2026", pt=12, style="Italic")
    p.sign(147, y + 9.5, "NGƯỜI LÀM ĐƠN", "(Ký và ghi rõ họ tên)", "Nguyễn Văn An")
    foot(p)
    return p.im


def page_record():
    p = Sheet((250, 250, 248), 55)
    office_heading(p, 20, "ỦY BAN NHÂN DÂN", "PHƯỜNG THỬ NGHIỆM")
    p.centre(105, 42, "BIÊN BẢN", pt=16, style="Bold")
    p.centre(105, 49, "XÁC ĐỊNH RANH GIỚI, MỐC GIỚI THỬA ĐẤT", pt=13, style="Bold")
    p.centre(105, 55.5, "Số: 27/BB-RG", pt=12, style="Italic")
    y = p.flow(65, (
        "Hôm nay, lúc 08 giờ 30 phút ngày 16 tháng 4 năm 2026, tại thửa đất số 215, tờ bản đồ số 12, đường Thử Nghiệm, phường Ninh Kiều, thành phố Cần Thơ, chúng tôi gồm có:",
        "1. Ông Đỗ Quang Mẫu, cán bộ đo đạc, Trung tâm Kỹ thuật Thử Nghiệm;",
        "2. Bà Võ Thị Thử, công chức phụ trách địa chính của phường;",
        "3. Ông Nguyễn Văn An, người sử dụng thửa đất số 215;",
        "4. Những người sử dụng đất liền kề có tên trong bảng dưới đây.",
        "Các bên đã cùng nhau xem xét thực địa, kiểm tra hiện trạng sử dụng đất và thống nhất xác định ranh giới, mốc giới của thửa đất như sau:"), gap=0.5)
    y = p.grid(27, y - 1, (19, 24, 38, 50, 32), (
        ("Đoạn", "Dài (m)", "Vật ranh giới", "Người sử dụng liền kề", "Ý kiến"),
        ("1 – 2", "19,30", "Mép tường gạch", "Lê Thị Cúc", "Đồng ý"),
        ("2 – 3", "5,02", "Hàng rào thép", "Phan Văn Dũng", "Đồng ý"),
        ("3 – 4", "12,15", "Cọc bê tông", "Huỳnh Ngọc Em", "Đồng ý"),
        ("4 – 5", "7,18", "Cọc bê tông", "Huỳnh Ngọc Em", "Đồng ý"),
        ("5 – 1", "4,98", "Mép đường", "Đường Thử Nghiệm", "Không có")), 8.5)
    y = p.flow(y + 8, (
        "Ranh giới thửa đất được sử dụng ổn định từ năm 2011 đến nay, không có tranh chấp, khiếu nại. Diện tích đo đạc thực tế là 96,5 m², phù hợp với diện tích ghi trên Giấy chứng nhận số phát hành MT 00012345.",
        "Biên bản kết thúc lúc 10 giờ 15 phút cùng ngày, đã được đọc lại cho mọi người cùng nghe, công nhận đúng và cùng ký tên. Biên bản lập thành 03 bản có giá trị như nhau."), gap=0.5)
    y += 6
    p.sign(52, y, "NGƯỜI SỬ DỤNG ĐẤT", "(Ký và ghi rõ họ tên)", "Nguyễn Văn An", 11.5)
    p.sign(105, y, "CÁN BỘ ĐO ĐẠC", "(Ký và ghi rõ họ tên)", "Đỗ Quang Mẫu", 11.5, INK)
    p.sign(160, y, "TM. ỦY BAN NHÂN DÂN", "(Ký, đóng dấu)", "Võ Thị Thử", 11.5)
    p.stamp(145, y + 15, 16.5, "ỦY BAN NHÂN DÂN THỬ NGHIỆM – MẪU THỬ – ", ("KHÔNG CÓ", "GIÁ TRỊ"), 11)
    foot(p)
    return p.im


def page_drawing():
    p = Sheet((251, 251, 250), 66)
    p.line([(15, 15), (195, 15), (195, 282), (15, 282), (15, 15)], 0.5)
    p.centre(105, 28, "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH", pt=16, style="Bold")
    p.centre(105, 36, "Thửa đất số 318, tờ bản đồ số 07, phường Thử Nghiệm, thành phố Cần Thơ", pt=12)
    metres = ((0, 1.4), (16.4, 0), (24.2, 7.1), (22.3, 20.6), (3.1, 22))
    at = lambda a, b: (44 + a * 5, 66 + b * 5)                       # 1:200
    plot = [at(a, b) for a, b in metres]
    sides = list(zip(metres, metres[1:] + metres[:1]))
    area = abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in sides)) / 2
    number = lambda v, n: ("%.*f" % (n, v)).replace(".", ",")
    # The neighbours' borders, the road, a house.
    for a, b in ((metres[0], (-4.4, 2.2)), (metres[1], (14.9, -4.4)), (metres[2], (28.6, 8.4)), (metres[3], (28.8, 20.1))):
        p.line([at(*a), at(*b)], 0.2, GREY)
    for dy in (0, 5):
        p.line([at(-4.6, 24.4 + dy), at(29, 22.4 + dy)], 0.35)
    for i in range(17):
        p.line([at(-4 + i * 2, 26.9 - i * 0.119), at(-3.1 + i * 2, 26.85 - i * 0.119)], 0.15, GREY)
    house = [at(*q) for q in ((5.2, 6.1), (15.6, 5.2), (16.4, 14.9), (6.0, 15.8))]
    mask = Image.new("L", p.im.size, 0)
    ImageDraw.Draw(mask).polygon([(a * MM, b * MM) for a, b in house], fill=255)
    hatch = Image.new("L", p.im.size, 0)
    for x in range(-200, 210, 3):
        ImageDraw.Draw(hatch).line([(x * MM, 297 * MM), ((x + 297) * MM, 0)], fill=120, width=2)
    p.tint(BLACK, ImageChops.multiply(mask, hatch))
    p.line(house + house[:1], 0.3)
    p.d.polygon([(v * MM) for q in ((80, 106.5), (109, 106.5), (109, 123), (80, 123)) for v in q], fill=(251, 251, 250))
    p.centre(94.5, 113, "318", pt=14, style="Bold")
    p.rule(84, 114.5, 105)
    p.centre(94.5, 120.3, number(area, 1), pt=12)
    p.line(plot + plot[:2], 0.55)
    mid = (sum(a for a, _ in plot) / 5, sum(b for _, b in plot) / 5)
    for n, ((a, b), (c, e)) in enumerate(zip(plot, plot[1:] + plot[:1]), 1):
        p.d.ellipse([a * MM - 11, b * MM - 11, a * MM + 11, b * MM + 11], fill=(251, 251, 250), outline=BLACK, width=4)
        off = lambda x, y, k: (x + k * (x - mid[0]) / math.dist((x, y), mid), y + k * (y - mid[1]) / math.dist((x, y), mid) + 1.5)
        p.centre(*off(a, b, 5.5), str(n), pt=12, style="Bold")
        x, y = off((a + c) / 2, (b + e) / 2, 6 if n in (1, 4) else 8)
        p.centre(x, y, number(math.dist((a, b), (c, e)) / 5, 2), pt=11)
    for x, y, s in ((33, 104, "317"), (94, 52, "319"), (184, 128, "320")):
        p.centre(x, y, s, pt=12, fill=GREY)
    p.centre(112, 191.5, "Đường Mẫu", pt=12, style="Italic")
    p.d.polygon([v * MM for q in ((176, 50), (173, 66), (176, 63), (179, 66)) for v in q], fill=BLACK)
    p.centre(176, 48, "Bắc", pt=12, style="Bold")
    p.d.block = 1
    p.text(22, 224, "Bảng chiều dài cạnh", pt=12, style="Bold")
    p.grid(22, 227, (26, 34), (("Cạnh", "Chiều dài (m)"),) + tuple(
        ("%d – %d" % (n, n % 5 + 1), number(math.dist(*side), 2)) for n, side in enumerate(sides, 1)), 7)
    p.d.block = 2
    p.text(100, 232, "Diện tích: %s m²" % number(area, 1), pt=12)
    p.text(100, 239, "Tỷ lệ 1:200", pt=12)
    p.text(100, 246, "Ngày đo: 14 tháng 4 năm 2026", pt=12)
    p.text(100, 253, "Người đo vẽ: Đỗ Quang Mẫu", pt=12)
    p.signature(128, 255, 30, 14)
    p.centre(105, 279, SAMPLE, pt=9, face=SANS, fill=GREY)
    return p.im


def page_slip():
    p = Sheet((250, 250, 246), 77, 210, 148)
    office_heading(p, 16, "TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG", left=52, right=144)
    p.centre(105, 37, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", pt=15, style="Bold")
    p.centre(105, 44, "Mã hồ sơ: MT.26-260309-0012", pt=12, style="Italic")
    for i, (label, value) in enumerate((
            ("Người nộp hồ sơ:", "Nguyễn Văn An"),
            ("Nội dung giải quyết:", "Đăng ký biến động do chuyển nhượng quyền sử dụng đất"),
            ("Giấy tờ đã nhận:", "04 loại, gồm 09 trang"),
            ("Thời gian nhận hồ sơ:", "09 giờ 15 phút, ngày 09 tháng 3 năm 2026"),
            ("Hẹn trả kết quả:", "trước 17 giờ, ngày 23 tháng 3 năm 2026"))):
        p.text(22, 56 + i * 8.5, label, pt=12.5)
        p.text(70, 56 + i * 8.5, value, pt=12.5, style="Bold")
    p.sign(55, 103, "NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", "Nguyễn Văn An", room=26)
    p.sign(155, 103, "NGƯỜI TIẾP NHẬN", "(Ký và ghi rõ họ tên)", "Võ Thị Thử", colour=INK, room=26)
    p.centre(105, 142, SAMPLE, pt=9, face=SANS, fill=GREY)
    return p.im


def page_open():
    """The two inner sides of a land certificate."""
    p = Sheet((250, 229, 226), 88, 420, 297)
    p.waves((230, 160, 160), 52, 42, 60)
    for x in (0, 210):
        for inset, w in ((10, 0.9), (12, 0.3), (15.5, 0.3)):
            p.line([(x + inset, inset), (x + 210 - inset, inset), (x + 210 - inset, 297 - inset), (x + inset, 297 - inset), (x + inset, inset)], w, FRAME)
        for a in (13.75, 196.25):
            for b in (13.75, 283.25):
                star(p.d, (x + a) * MM, b * MM, 1.7 * MM, FRAME)
        p.rule(x + 15.5, 31, x + 194.5, 0.3, FRAME)
    p.watermark(SAMPLE, 62, 33, (150, 30, 110), 40)
    w = 160
    p.centre(105, 26, "Số phát hành: MT 00012345", pt=14, style="Bold", fill=(190, 30, 36))
    y = p.flow(44, (
        "*I. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
        "Bà Trần Thị Bình, sinh năm 1990, số căn cước công dân 092190005678. Địa chỉ: số 7 đường Mẫu, phường Cái Khế, thành phố Cần Thơ.",
        "*II. Thửa đất, tài sản gắn liền với đất",
        "*1. Thửa đất"), 25, w, 14, 8, 0, 1.2)
    for s in ("a) Thửa đất số: 215, tờ bản đồ số: 12", "b) Địa chỉ: đường Thử Nghiệm, phường Ninh Kiều, TP. Cần Thơ", "c) Diện tích: 96,5 m²",
              "d) Hình thức sử dụng: sử dụng riêng", "đ) Mục đích sử dụng: đất ở tại đô thị", "e) Thời hạn sử dụng: lâu dài",
              "g) Nguồn gốc sử dụng: công nhận quyền sử dụng đất"):
        p.text(30, y, s, pt=14)
        y += 8.4
    for s in ("2. Nhà ở: -/-", "3. Công trình xây dựng khác: -/-", "4. Cây lâu năm: -/-"):
        p.text(25, y + 1, s, pt=14, style="Bold")
        y += 8.4
    p.text(25, y + 1, "5. Ghi chú: không", pt=14, style="Bold")
    p.centre(140, y + 16, "Cần Thơ, ngày 15 tháng 5 năm 2025", pt=13.5, style="Italic")
    p.sign(140, y + 24, "GIÁM ĐỐC", "(Ký, đóng dấu)", "Lê Văn Mẫu", 14, room=38)
    p.stamp(127, y + 44, 18, "VĂN PHÒNG THỬ NGHIỆM – MẪU THỬ – ", ("KHÔNG CÓ", "GIÁ TRỊ"), 12)
    p.text(25, 275, "Số vào sổ cấp GCN: CT 00215", pt=13)

    p.d.block = 1
    p.text(235, 44, "III. Sơ đồ thửa đất", pt=14, style="Bold")
    plot = [(262, 66), (363, 70), (361, 96), (260, 92)]
    p.line(plot + plot[:2], 0.5)
    for n, (a, b) in enumerate(plot, 1):
        p.d.ellipse([a * MM - 12, b * MM - 12, a * MM + 12, b * MM + 12], fill=BLACK)
        p.centre(a + (4 if n in (2, 3) else -4), b + 1.5, str(n), pt=13)
    p.centre(312, 80, "215", pt=15, style="Bold")
    p.rule(302, 81.8, 322)
    p.centre(312, 88.5, "96,5", pt=14)
    p.centre(312, 64, "19,3 m", pt=13, style="Italic")
    p.text(366, 84, "5,0 m", pt=13, style="Italic")
    p.centre(312, 106, "Đường Thử Nghiệm", pt=13, style="Italic")
    p.text(235, 122, "IV. Những thay đổi sau khi cấp Giấy chứng nhận", pt=14, style="Bold")
    for a in (235, 325, 395):
        p.line([(a, 127), (a, 262)])
    for b in (127, 145, 262):
        p.rule(235, b, 395)
    p.centre(280, 134, "Nội dung thay đổi", pt=13.5, style="Bold")
    p.centre(280, 141, "và cơ sở pháp lý", pt=13.5, style="Bold")
    p.flow(154, ("Chuyển nhượng cho ông Nguyễn Văn An, sinh năm 1985, số định danh cá nhân 092085001234, địa chỉ: 12/4 đường Thử Nghiệm, phường Ninh Kiều, thành phố Cần Thơ, "
                 "theo hồ sơ số 260309-0012.",), 239, 82, 13.5, 8, 0)
    p.d.block = 2
    p.centre(360, 134, "Xác nhận của", pt=13.5, style="Bold")
    p.centre(360, 141, "cơ quan có thẩm quyền", pt=13.5, style="Bold")
    p.centre(360, 154, "Ngày 23 tháng 3 năm 2026", pt=13, style="Italic")
    p.sign(360, 162, "GIÁM ĐỐC", "(Ký, đóng dấu)", "Lê Văn Mẫu", 13.5, room=40)
    p.stamp(351, 183, 17, "VĂN PHÒNG THỬ NGHIỆM – MẪU THỬ – ", ("KHÔNG CÓ", "GIÁ TRỊ"), -8)
    p.centre(315, 275, SAMPLE, pt=13, style="Bold", face=SANS, fill=(150, 20, 120))
    # The fold: a dark furrow between two lighter edges.
    x = (np.arange(p.im.width) / MM - 210)[None, :]
    p.shade((1 - 0.16 * np.exp(-(x / 0.45) ** 2) + 0.025 * np.exp(-((np.abs(x) - 1.6) / 0.9) ** 2) - 0.03 * np.exp(-(x / 5) ** 2)) * np.ones((p.im.height, 1), np.float32))
    return p.im


def page_card():
    p = Sheet((226, 240, 228), 99, 85.6, 53.98)
    w, h = p.im.size
    slope = Image.fromarray(np.tile(np.linspace(0, 255, w).astype(np.uint8), (h, 1)))
    p.tint((212, 231, 242), slope)
    p.waves((150, 196, 190), 13, 22, 70)
    p.watermark("MẪU THỬ", 42, 24, (150, 30, 110), 30)
    text = lambda x, y, s, pt=6.4, style="Regular", **kw: p.text(x, y, s, pt=pt, style=style, face=SANS, **kw)
    text(34, 5.6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.6, "Bold", anchor="ms")
    text(34, 8.8, "Độc lập - Tự do - Hạnh phúc", 6.2, "Bold", anchor="ms")
    text(34, 14.6, "CĂN CƯỚC CÔNG DÂN", 11, "Bold", anchor="ms", fill=(190, 30, 36))
    text(34, 18.6, SAMPLE, 6.6, "Bold", anchor="ms", fill=(150, 20, 120))
    # A grey head and shoulders.
    face = Image.new("RGB", (round(20 * MM), round(26.5 * MM)), (205, 216, 220))
    d = ImageDraw.Draw(face)
    d.rounded_rectangle([2 * MM, 17.5 * MM, 18 * MM, 40 * MM], 6 * MM, fill=(140, 147, 152))
    d.ellipse([5.2 * MM, 3.5 * MM, 14.8 * MM, 16.3 * MM], fill=(140, 147, 152))
    p.im.paste(face, (round(4 * MM), round(21 * MM)))
    x = text(28, 24.6, "Số:", 7)
    text(x + 1.2, 24.6, "092085001234", 10.5, "Bold", fill=(190, 30, 36))
    for y, pairs in ((29, ("Họ và tên:", "NGUYỄN VĂN AN")), (33, ("Ngày sinh:", "02/09/1985")), (37, ("Giới tính:", "Nam", "Quốc tịch:", "Việt Nam")),
                     (41, ("Quê quán:", "xã Mẫu, TP. Cần Thơ")), (45, ("Nơi thường trú:", "12/4 đường Thử Nghiệm,")), (48.6, ("", "phường Ninh Kiều, TP. Cần Thơ"))):
        x = 28
        for i in range(0, len(pairs), 2):
            x = text(x, y, pairs[i], 6.2) + 1 if pairs[i] else x
            x = text(x, y, pairs[i + 1], 6.8, "Bold") + 4
    p.d.block = 1
    text(14, 46.4, "MẪU THỬ", 6.4, "Bold", anchor="ms", fill=(245, 245, 245))
    text(4, 51.2, "Có giá trị đến: 02/09/2045", 5.4)
    code = segno.make(QR, mode="byte", encoding="utf-8", error="m", boost_error=False, micro=False)
    dots = np.kron(np.array([[1 - v for v in row] for row in code.matrix_iter(border=4)], np.uint8) * 255, np.ones((4, 4), np.uint8))
    p.im.paste(Image.fromarray(dots).convert("RGB"), (w - dots.shape[1] - round(1.6 * MM), round(1.6 * MM)))
    return p.im


def page_receipt():
    p = Sheet((247, 247, 248), 110, 80, 220)
    ink, y = (52, 50, 60), 11.0
    for s in ("=TRUNG TÂM PHỤC VỤ HÀNH CHÍNH", "=CÔNG PHƯỜNG THỬ NGHIỆM", "=Số 1 đường Mẫu, TP. Cần Thơ", "-",
              "#BIÊN LAI THU PHÍ, LỆ PHÍ", "=Số: 0004721", "Ngày: 09/03/2026|Giờ: 09:22", "Quầy: 03", "Người thu: Võ Thị Thử",
              "Người nộp: NGUYỄN VĂN AN", "Mã hồ sơ: MT.26-260309-0012", "-",
              "Nội dung|Số tiền", "Phí thẩm định hồ sơ|650.000", "Lệ phí đăng ký|80.000", "Cấp Giấy chứng nhận|100.000",
              "Trích lục bản đồ|15.000", "Sao chụp 09 trang|13.500", "Trả kết quả tại nhà|30.000", "-",
              "Tổng cộng|888.500", "Tiền mặt|900.000", "Trả lại|11.500", "-",
              "Bằng chữ: tám trăm tám mươi tám", "nghìn năm trăm đồng.", "=Giữ biên lai khi nhận kết quả.", "=Xin cảm ơn!", "-", "=" + SAMPLE):
        if s == "-":
            for i in range(35):
                p.rule(5 + i * 2, y - 3.6, 6.2 + i * 2, 0.3, ink)
            y += 3.0
            continue
        kw = dict(pt=9.6, style="Bold" if s[0] == "#" else "Regular", fill=ink, face=MONO)
        if s[0] in "#=":
            p.centre(40, y, s[1:], **kw)
        else:
            left, _, right = s.partition("|")
            p.text(5, y, left, **kw)
            if right:
                p.text(75, y, right, anchor="rs", **kw)
        y += 7.5
    return p.im


def page_sparse():
    p = Sheet((251, 251, 249), 121)
    p.text(190, 16, SAMPLE, pt=9, face=SANS, fill=GREY, anchor="rs")
    p.flow(30, (
        "Hợp đồng này được lập thành 03 bản chính, mỗi bản gồm 04 trang và có giá trị pháp lý như nhau; Bên A giữ 01 bản, Bên B giữ 01 bản và 01 bản lưu tại Văn phòng công chứng Thử Nghiệm. "
        "Hai bên đã tự đọc lại toàn bộ hợp đồng, hiểu rõ quyền, nghĩa vụ và lợi ích hợp pháp của mình, đồng ý với mọi điều khoản đã ghi và cùng ký tên vào từng trang của hợp đồng. "
        "Phần còn lại của trang này được để trống.",), pt=13, lead=6.6)
    return p.im


def page_blank():
    """Nothing is printed here; the letter on the other side shows through, mirrored."""
    p = Sheet((245, 244, 239), 132)
    other = np.asarray(page_letter().convert("L").transpose(Image.FLIP_LEFT_RIGHT), np.float32) / 250
    p.shade(1 - 0.05 * (1 - np.minimum(1, cv2.GaussianBlur(other, (0, 0), 7))))
    p.grain(0.006)
    return p.im


def page_recycled():
    p = Sheet((206, 205, 201), 143)
    heading(p, 20)
    p.centre(105, 36, "VĂN BẢN THỎA THUẬN PHÂN CHIA DI SẢN THỪA KẾ", pt=13.5, style="Bold")
    p.centre(105, 42, "Số: 0098/2026/VBTT", pt=11.5, style="Italic")
    y = p.flow(50, (
        "Hôm nay, ngày 11 tháng 5 năm 2026, tại Văn phòng công chứng Thử Nghiệm, thành phố Cần Thơ, chúng tôi là những người thừa kế theo pháp luật của ông Hồ Văn Giả, chết ngày 18 tháng 01 năm 2025 theo Trích lục khai tử số 06/TLKT của Ủy ban nhân dân phường Thử Nghiệm, gồm có:",
        "1. Bà Đặng Thị Giả, sinh năm 1952, số căn cước 092152003344, là vợ của ông Hồ Văn Giả;",
        "2. Ông Hồ Minh Thử, sinh năm 1976, số căn cước 092076005566, là con của ông Hồ Văn Giả;",
        "3. Bà Hồ Thị Mẫu, sinh năm 1981, số căn cước 092181007788, là con của ông Hồ Văn Giả.",
        "Cha, mẹ của ông Hồ Văn Giả đã chết trước ông. Ngoài những người có tên nêu trên, ông Hồ Văn Giả không có người thừa kế nào khác. Chúng tôi tự nguyện lập văn bản này để thỏa thuận phân chia di sản với những nội dung sau đây:",
        "*Điều 1. Di sản thừa kế",
        "Di sản là phần quyền của ông Hồ Văn Giả trong khối tài sản chung với bà Đặng Thị Giả, gồm quyền sử dụng thửa đất số 318, tờ bản đồ số 07, diện tích 432,4 m², trong đó có 150,0 m² đất ở tại đô thị và 282,4 m² đất trồng cây lâu năm, địa chỉ thửa đất: đường Mẫu, phường Thử Nghiệm, thành phố Cần Thơ; và ngôi nhà cấp bốn có diện tích xây dựng 98,0 m² gắn liền với thửa đất nói trên, theo Giấy chứng nhận số phát hành MT 00067890 do Văn phòng Thử Nghiệm cấp ngày 09 tháng 10 năm 2014.",
        "*Điều 2. Nội dung thỏa thuận phân chia",
        "Bà Đặng Thị Giả và bà Hồ Thị Mẫu đồng ý tặng cho toàn bộ kỷ phần thừa kế mà mình được hưởng cho ông Hồ Minh Thử. Ông Hồ Minh Thử đồng ý nhận phần di sản được chia và phần được tặng cho, đồng thời có trách nhiệm chăm sóc, phụng dưỡng bà Đặng Thị Giả và để bà tiếp tục ở tại ngôi nhà trên cho đến hết đời.",
        "Sau khi văn bản này được công chứng, ông Hồ Minh Thử được quyền liên hệ với cơ quan có thẩm quyền để làm thủ tục đăng ký biến động quyền sử dụng đất, quyền sở hữu nhà ở đối với phần di sản đã nhận và nộp các khoản thuế, phí, lệ phí theo quy định của pháp luật.",
        "*Điều 3. Cam đoan của những người thừa kế",
        "Những thông tin về nhân thân, về quan hệ thừa kế và về di sản đã ghi trong văn bản này là đúng sự thật. Chúng tôi không bỏ sót người thừa kế; nếu có người khác chứng minh được quyền thừa kế hợp pháp của mình thì chúng tôi liên đới chịu trách nhiệm trước pháp luật. Thửa đất không có tranh chấp, không bị kê biên để bảo đảm thi hành án và không thế chấp tại bất kỳ tổ chức tín dụng nào.",
        "Việc niêm yết thụ lý văn bản thỏa thuận đã được thực hiện tại trụ sở Ủy ban nhân dân phường Thử Nghiệm từ ngày 20 tháng 4 năm 2026 đến hết ngày 05 tháng 5 năm 2026. Trong thời gian niêm yết không có khiếu nại, tố cáo nào liên quan đến di sản và những người được hưởng di sản.",
        "Văn bản này được lập thành 04 bản chính, mỗi bản gồm 01 tờ, 02 trang, có giá trị như nhau; mỗi người thừa kế giữ 01 bản và 01 bản lưu tại Văn phòng công chứng Thử Nghiệm."), 22, 168, 11.5, 5.35)
    p.centre(50, y + 3, "Đặng Thị Giả", pt=11.5, style="Bold")
    p.centre(105, y + 3, "Hồ Minh Thử", pt=11.5, style="Bold")
    p.centre(160, y + 3, "Hồ Thị Mẫu", pt=11.5, style="Bold")
    for cx in (50, 105, 160):
        p.signature(cx - 13, y + 5, 28, 13)
    foot(p)
    # Fibres and specks of the recycled paper.
    for _ in range(900):
        x, y, a = p.rng.uniform(0, p.im.width), p.rng.uniform(0, p.im.height), p.rng.uniform(0, 2 * math.pi)
        k, v = p.rng.uniform(2, 16), int(p.rng.integers(165, 190))
        p.d.line([(x, y), (x + k * math.cos(a), y + k * math.sin(a))], fill=(v, v - 1, v - 5), width=2)
    p.grain(0.004)
    return p.im


def page_note():
    p = Sheet((250, 249, 243), 154)
    p.text(35, 20, "PHIẾU GHI CHÉP", pt=15, style="Bold")
    p.text(35, 27, "Ngày ghi:", pt=12)
    p.dots(53, 27.3, 105)
    p.text(108, 27, "Người ghi:", pt=12)
    p.dots(128, 27.3, 195)
    p.text(195, 13, SAMPLE, pt=9, face=SANS, fill=GREY, anchor="rs")
    for i in range(26):
        p.rule(0, 44 + i * 9.4, 210, 0.18, (150, 180, 215))
    p.line([(30, 0), (30, 297)], 0.25, (225, 130, 135))
    p.hand(56, 26, "14 tháng 4 năm 2026", 16)
    p.hand(131, 26, "Nguyễn Văn An", 16)
    for i, s in enumerate((
            "Kính gửi cô Bình,",
            "Hôm nay cán bộ đo đạc đã đến đo lại thửa đất số 215.",
            "Các mốc giới vẫn còn đủ, chỉ có cọc số 4 bị nghiêng.",
            "Chiều dài phía giáp nhà cô Cúc là 19,3 mét, đúng như",
            "trong sổ. Phía giáp đường là 5 mét, không thay đổi.",
            "Anh Dũng nhà bên cạnh đã đồng ý ký biên bản, còn ông",
            "Em đi vắng, hẹn sáng thứ năm sẽ ra phường ký sau.",
            "Giấy tờ còn thiếu:",
            "- bản sao hợp đồng có công chứng, hai bản",
            "- tờ khai lệ phí trước bạ",
            "- giấy xác nhận cư trú của tôi",
            "Tiền đo đạc hết 1.250.000 đồng, tôi đã trả rồi.",
            "Cô xem có gì chưa đúng thì gọi cho tôi biết nhé.",
            "Hẹn gặp cô ở phường lúc 8 giờ sáng thứ hai.",
            "An")):
        p.hand(150 if s == "An" else 34, 52.4 + i * 9.4, s, 19)
    return p.im


# ---------------------------------------------------------------- the files

PAPERS = (                            # name, page, width and height in pixels, JPEG quality
    ("phieu", photos.page_request, 1240, 1754, 82),
    ("hop-dong", photos.page_contract, 1240, 1754, 82),
    ("giay-chung-nhan", photos.page_certificate, 1240, 1754, 58),
    ("don", page_letter, 1240, 1754, 82),
    ("bien-ban", page_record, 1240, 1754, 82),
    ("ban-ve", page_drawing, 1240, 1754, 82),
    ("to-a5", page_slip, 1240, 874, 82),
    ("so-mo", page_open, 1754, 1240, 78),
    ("can-cuoc", page_card, 1011, 638, 82),
    ("bien-lai", page_receipt, 472, 1299, 82),
    ("trang-thua", page_sparse, 1240, 1754, 82),
    ("trang-trang", page_blank, 1240, 1754, 82),
    ("xam", page_recycled, 1240, 1754, 72),
    ("viet-tay", page_note, 1240, 1754, 82),
)


def main(folder):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, page, w, h, quality in PAPERS:
        im = page()
        words = im.words.lines()
        path = out / (name + ".jpg")
        im = im.filter(ImageFilter.GaussianBlur(im.width / w / 2))
        im.resize((w, h), Image.BOX).save(path, "JPEG", quality=quality, subsampling="4:2:0", optimize=True)
        path.with_suffix(".txt").write_text("".join(s + "\n" for s in words), "utf-8")
        total += path.stat().st_size
        print("%8d  %s" % (path.stat().st_size, path.name))
    print("%8d  in all" % total)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
