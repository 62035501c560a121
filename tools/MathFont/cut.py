"""Cuts STIX Two Math down to what the formulas of pages need, and fits it to how browsers set them.

    npm install @fontsource/stix-two-math@5.3.0 --prefix DIR
    apt-get install python3-fonttools python3-brotli
    python3 tools/MathFont/cut.py DIR/node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2

It writes src/Course.Notebooks/Pages/Tex/Font/CourseMath.woff2. The README beside that file says what is changed.
"""
import pathlib
import re
import sys

from fontTools import subset
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables import otTables

TEX = pathlib.Path(__file__).resolve().parent.parent.parent / "src/Course.Notebooks/Pages/Tex"

# Heights of brackets and widths of braces, in thousandths of an em, that are drawn as one glyph.
TALL = "()[]{}|‖√⌈⌉⌊⌋"
HEIGHTS = [1187, 1427, 1667, 1907, 2145, 2385, 2625, 2900, 3200, 3600, 4000, 4500, 5100, 5800, 6600, 7500, 8500]
WIDE = "⏞⏟‾→"
WIDTHS = [round(1000 * 1.09 ** i) for i in range(40)]

# What TeX's own fonts have (Knuth, The TeXbook, 1984, appendix G: sup drop, sub drop); accents stand a little clearer of their letters.
CONSTANTS = {"SuperscriptBaselineDropMax": 386, "SubscriptBaselineDropMin": 50, "AccentBaseHeight": 400}


def characters():
    """Letters and digits, Latin and Greek, with their mathematical faces, and every sign that the parser and the printer name."""
    yield from range(0x20, 0x7F)
    yield from range(0xA0, 0x100)
    yield from range(0x391, 0x3CA)
    yield from (0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F5)
    yield from range(0x1D400, 0x1D4B6)      # bold, italic, bold italic; script capitals
    yield from (ord(c) for c in "ℬℰℱℋℐℒℳℛℂℍℕℙℚℝℤℎℓℏℜℑℵ")
    yield from range(0x1D538, 0x1D552)      # double-struck capitals
    yield 0x1D7D9                           # double-struck 1
    yield from range(0x1D5A0, 0x1D5D4)      # sans serif
    yield from (0x1D6A4, 0x1D6A5)           # i and j without dots
    yield from range(0x1D6A8, 0x1D756)      # Greek: bold, italic, bold italic
    yield from range(0x1D7CE, 0x1D7D8)      # bold digits
    yield from (ord(c) for c in "√–—‘’“”…″‴⁗\u2003\u2009\u2061\u2062\u2063\u2064")
    for name in ("TexSymbols.cs", "MathMl.cs", "TexParser.cs"):
        text = (TEX / name).read_text(encoding="utf-8")
        yield from (ord(c) for c in text if ord(c) > 0x7F)
        yield from (int(code, 16) for code in re.findall(r"\\u([0-9A-F]{4})", text))


def cut(path):
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["ccmp"]
    options.name_IDs = [0, 1, 2, 5, 13, 14]
    options.notdef_outline = True
    options.glyph_names = True
    font = subset.load_font(path, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(set(characters())))
    cutter.subset(font)
    return font, options


def bounds(font, name):
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.bounds


def assemble(font, parts, size, overlap, vertical):
    """The offsets of the parts that together are as long as size, or None where no number of extenders gives it."""
    for repeats in range(1, 60):
        run = [p for part in parts for p in [part] * (repeats if part.PartFlags & 1 else 1)]
        joints = [min(a.EndConnectorLength, b.StartConnectorLength) for a, b in zip(run, run[1:])]
        longest = sum(p.FullAdvance for p in run) - overlap * len(joints)
        if longest < size:
            continue
        spare = sum(max(j - overlap, 0) for j in joints)
        share = (longest - size) / spare if spare else 0
        if share > 1:
            return None
        offsets, at = [], 0.0
        for part, joint in zip(run, joints + [0]):
            offsets.append((part.glyph, round(at - (bounds(font, part.glyph)[1] if vertical else 0))))
            at += part.FullAdvance - overlap - share * max(joint - overlap, 0)
        return offsets
    return None


def draw(font, name, offsets, size, vertical):
    """Adds a glyph of parts; a tall one has the axis at its middle."""
    below = font["MATH"].table.MathConstants.AxisHeight.Value - size // 2 if vertical else 0
    pen = TTGlyphPen(font.getGlyphSet())
    for part, offset in offsets:
        pen.addComponent(part, (1, 0, 0, 1, 0, below + offset) if vertical else (1, 0, 0, 1, offset, 0))
    width = max(font["hmtx"][part][0] for part, _ in offsets) if vertical else size
    font.setGlyphOrder(font.getGlyphOrder() + [name])
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)


def draw_sizes(font, coverage, constructions, signs, sizes, vertical):
    drawn = {font.getBestCmap()[ord(c)] for c in signs}
    overlap = font["MATH"].table.MathVariants.MinConnectorOverlap
    for base, construction in zip(coverage.glyphs, constructions):
        if base not in drawn or construction.GlyphAssembly is None:
            continue
        variants = construction.MathGlyphVariantRecord
        largest = max((v.AdvanceMeasurement for v in variants), default=0)
        for size in (s for s in sizes if s > largest):
            offsets = assemble(font, construction.GlyphAssembly.PartRecords, size, overlap, vertical)
            if offsets is None:
                continue
            name = f"{base}.{'v' if vertical else 'h'}{size}"
            draw(font, name, offsets, size, vertical)
            record = otTables.MathGlyphVariantRecord()
            record.VariantGlyph, record.AdvanceMeasurement = name, size
            variants.append(record)
        construction.VariantCount = len(variants)


def fit_primes(font):
    """Primes as a superscript: larger and lower than beside a letter."""
    for code in (0x2032, 0x2033, 0x2034, 0x2057):
        name = font.getBestCmap()[code]
        bottom, factor = bounds(font, name)[1], 1.5
        pen = TTGlyphPen(None)
        font.getGlyphSet()[name].draw(TransformPen(pen, Transform(factor, 0, 0, factor, 0, 80 - factor * bottom)))
        width = round(factor * font["hmtx"][name][0])
        font["glyf"][name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)


def main():
    font, options = cut(sys.argv[1])
    variants = font["MATH"].table.MathVariants
    draw_sizes(font, variants.VertGlyphCoverage, variants.VertGlyphConstruction, TALL, HEIGHTS, vertical=True)
    draw_sizes(font, variants.HorizGlyphCoverage, variants.HorizGlyphConstruction, WIDE, WIDTHS, vertical=False)
    fit_primes(font)
    for name, value in CONSTANTS.items():
        getattr(font["MATH"].table.MathConstants, name).Value = value
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Course Math"
    font["post"].formatType = 3.0
    target = TEX / "Font/CourseMath.woff2"
    subset.save_font(font, str(target), options)
    print(f"{target.stat().st_size} bytes, {len(font.getGlyphOrder())} glyphs, {len(font.getBestCmap())} characters")


main()
