namespace Course.Notebooks;

/// <summary>What an atom is to its neighbours: it decides the space between them (Knuth, The TeXbook, 1984, chapter 18).</summary>
internal enum TexClass
{
    Ordinary,
    Operator,
    Binary,
    Relation,
    Opening,
    Closing,
    Punctuation,
    Inner,
}

/// <summary>The shape of letters and digits.</summary>
internal enum TexFace
{
    Italic,
    Upright,
    Bold,
    BoldItalic,
    Script,
    DoubleStruck,
    Fraktur,
    Sans,
    Monospace,
}

/// <summary>The size that a part of a formula is set in.</summary>
internal enum TexStyle
{
    Display,
    Text,
    Script,
}

/// <summary>Where scripts stand: beside their base, above and below it in display, or always above and below it.</summary>
internal enum TexLimits
{
    Beside,
    InDisplay,
    Always,
}

/// <summary>The mark that an accent puts over its base, or under it.</summary>
/// <param name="Sign">The character.</param>
/// <param name="Combining">The character that puts it on a letter in plain text, or null.</param>
/// <param name="Stretches">Whether it grows as wide as its base.</param>
/// <param name="Below">Whether it stands under the base.</param>
/// <param name="Wide">The character over more than a letter, where it is another.</param>
internal sealed record TexMark(string Sign, string? Combining, bool Stretches, bool Below = false, string? Wide = null);

/// <summary>A part of a formula.</summary>
/// <param name="Class">What it is to its neighbours.</param>
internal abstract record TexNode(TexClass Class);

/// <summary>A letter, or a word set as one.</summary>
internal sealed record TexLetter(string Text, TexFace Face) : TexNode(TexClass.Ordinary);

internal sealed record TexNumber(string Text, TexFace Face) : TexNode(TexClass.Ordinary);

/// <summary>A sign: an operator, a relation, a bracket, a comma. <paramref name="Identifier"/> tells ∞ from +.</summary>
internal sealed record TexSymbol(string Text, TexClass Kind, TexLimits Limits = TexLimits.Beside, bool Identifier = false) : TexNode(Kind);

/// <summary>A function with a name: ln, max.</summary>
internal sealed record TexFunction(string Name, TexLimits Limits) : TexNode(TexClass.Operator);

/// <summary>Words.</summary>
internal sealed record TexText(string Text, TexFace Face) : TexNode(TexClass.Ordinary);

/// <summary>A space of so many eighteenths of an em; less than zero draws together.</summary>
internal sealed record TexSpace(double Width) : TexNode(TexClass.Ordinary);

/// <summary>What stands in braces.</summary>
internal sealed record TexRow(IReadOnlyList<TexNode> Nodes, TexClass Kind = TexClass.Ordinary) : TexNode(Kind);

/// <summary>One above the other: a fraction, or without the bar a binomial coefficient.</summary>
internal sealed record TexFraction(TexNode Above, TexNode Below, bool Bar, TexStyle? Style) : TexNode(TexClass.Ordinary);

internal sealed record TexRoot(TexNode Of, TexNode? Degree) : TexNode(TexClass.Ordinary);

internal sealed record TexScripts(TexNode Base, TexNode? Lower, TexNode? Upper, TexLimits Limits) : TexNode(Base.Class);

internal sealed record TexAccent(TexNode Base, TexMark Mark) : TexNode(TexClass.Ordinary);

/// <summary>Something small above or below something else.</summary>
internal sealed record TexStack(TexNode Base, TexNode? Above, TexNode? Below) : TexNode(Base.Class);

/// <summary>A bracket of a given height in em, or, where it is null, as high as the pair that it stands in.</summary>
internal sealed record TexDelimiter(string Text, double? Height, TexClass Kind) : TexNode(Kind);

/// <summary>Brackets as high as what they enclose. An empty one is not drawn.</summary>
internal sealed record TexFenced(string Open, TexNode Body, string Close) : TexNode(TexClass.Inner);

/// <summary>An arrow as long as what stands on it.</summary>
internal sealed record TexArrow(string Text, TexNode Above, TexNode? Below) : TexNode(TexClass.Relation);

/// <param name="Columns">How columns are aligned: l, c or r for each; "rl" repeats, with no space between the two.</param>
/// <param name="Style">The size of the cells.</param>
/// <param name="Rows">The cells.</param>
internal sealed record TexTable(string Columns, TexStyle Style, IReadOnlyList<IReadOnlyList<TexNode>> Rows) : TexNode(TexClass.Ordinary)
{
    public const string Aligned = "rl";
}

internal sealed record TexStyled(TexStyle Style, TexNode Body) : TexNode(Body.Class);

internal sealed record TexColoured(string Colour, TexNode Body) : TexNode(Body.Class);

internal sealed record TexBoxed(TexNode Body) : TexNode(TexClass.Ordinary);

/// <summary>Room for what is not drawn.</summary>
internal sealed record TexPhantom(TexNode Body) : TexNode(TexClass.Ordinary);

/// <summary>A command that the course does not know.</summary>
internal sealed record TexUnknown(string Name) : TexNode(TexClass.Ordinary);

/// <summary>A formula.</summary>
/// <param name="Body">What it holds.</param>
/// <param name="Tag">The number or name beside a display, or null.</param>
/// <param name="Problem">The first thing that was not understood, or null.</param>
/// <param name="IsWhole">Whether all of it was read: it is neither too long nor nested too deep.</param>
internal sealed record TexFormula(TexNode Body, TexNode? Tag, string? Problem, bool IsWhole = true);
