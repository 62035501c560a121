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

TEX = pathlib.Path(__file__).resolve().parent.parent.parent / "src/Course.Notebooks/Pages/Tex"

# Signs that grow in height. Chromium makes all sizes of one as wide as the widest, so they are drawn with about one width.
TALL = "()[]{}⟨⟩⌈⌉⌊⌋|‖√"

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


def transform(font, name, matrix, width):
    pen = TTGlyphPen(None)
    font.getGlyphSet()[name].draw(TransformPen(pen, matrix))
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)


def fit_tall_signs(font):
    """Draws the larger sizes of a sign no wider than its third; the parts of a double bar may overlap as those of a single one do."""
    variants = font["MATH"].table.MathVariants
    tall = {font.getBestCmap()[ord(c)]: c for c in TALL}
    for base, construction in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction):
        if base not in tall:
            continue
        sizes = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        width = font["hmtx"][base if tall[base] == "√" or len(sizes) < 3 else sizes[2]][0]
        for name in {*sizes, *(part.glyph for part in parts)}:
            if (own := font["hmtx"][name][0]) > width:
                transform(font, name, Transform(width / own, 0, 0, 1, 0, 0), width)
        if tall[base] == "‖":
            for part in parts:
                part.StartConnectorLength = part.EndConnectorLength = 800


def fit_primes(font):
    """Primes as a superscript: larger and lower than beside a letter."""
    for code in (0x2032, 0x2033, 0x2034, 0x2057):
        name = font.getBestCmap()[code]
        bottom, factor = bounds(font, name)[1], 1.5
        transform(font, name, Transform(factor, 0, 0, factor, 0, 80 - factor * bottom), round(factor * font["hmtx"][name][0]))


def main():
    font, options = cut(sys.argv[1])
    fit_tall_signs(font)
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
