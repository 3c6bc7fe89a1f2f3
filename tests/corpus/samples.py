"""Small files of every format, written from scratch."""

import io
import zipfile

import docx


def pdf(pages):
    """A PDF of pages, each a list of (text, size) lines; Chinese by a standard CMap."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    fonts = (
        b"<</Font<</L<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        b"/H<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/ItalicAngle 0"
        b"/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200/CapHeight 800/StemV 80>>>>]>>>>>>"
    )
    kids = []
    for lines in pages:
        drawn = []
        for row, (text, size) in enumerate(lines):
            if text.isascii():
                shown = b"/L %d Tf (%s) Tj" % (size, text.encode())
            else:
                shown = b"/H %d Tf <%s> Tj" % (size, text.encode("utf-16-be").hex().encode())
            drawn.append(b"BT 1 0 0 1 40 %d Tm %s ET" % (760 - 24 * row, shown))
        stream = b"\n".join(drawn)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources %s>>"
            % (len(objects), fonts)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def word():
    """A Word file with a title, headings, a numbered list and a table between paragraphs."""
    document = docx.Document()
    document.add_heading("Courtyard Rules", 0)
    document.add_heading("Meetings", 1)
    document.add_paragraph("Owners meet every month.")
    document.add_paragraph("Post the notice.", style="List Number")
    document.add_paragraph("Keep minutes.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Yard", "Flats", "North", "40"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("The table was agreed in May.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bomb():
    """A Word file whose document part unpacks to 64 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (64 << 20))
    return file.getvalue()


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于社区议事的通知_示范网</title>
<meta name="ContentSource" content="示范网"></head><body>
<nav>首页 &gt; 政策</nav><div class="breadcrumb">当前位置：首页</div>
<table><tr><td><b>索 引 号：</b></td><td>0001/2024</td>
<td><b>发文机关：</b></td><td>示范市人民政府办公室</td></tr>
<tr><td><b>成文日期：</b></td><td>2024年03月05日</td><td><b>标　　题：</b></td>
<td>示范市人民政府办公室关于开展社区议事的通知</td></tr>
<tr><td><b>发文字号：</b></td><td>示政办发[2024]13号</td><td><b>发布日期：</b></td><td>2024年03月09日</td></tr></table>
<div class="TRS_Editor"><p style="text-align:center"><strong>示范市人民政府办公室</strong></p>
<p style="text-align:center"><strong>关于开展社区议事的通知</strong></p>
<p>示政办发〔2024〕13号</p><p>各区人民政府：</p>
<p>为了方便居民商量身边的事情，现就开展社区议事有关工作通知如下。</p>
<p><strong>一、总体要求</strong></p><p>坚持居民的事情由居民商量着办。</p>
<p>（一）工作目标。到年底，每个社区都有固定的议事场所。每季度至少开一次会。</p>
<p>示范市人民政府办公室</p><p>2024年3月5日</p></div>
<footer>版权所有 示范网</footer><script>alert(1)</script></body></html>"""
