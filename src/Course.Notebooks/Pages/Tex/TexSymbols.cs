using System.Text;

namespace Course.Notebooks;

/// <summary>The names of TeX and what they stand for.</summary>
internal static class TexSymbols
{
    /// <summary>Greek letters. Capitals are upright, as TeX sets them.</summary>
    public static readonly Dictionary<string, string> Greek = Pairs("""
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν
        xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        """);

    /// <summary>Signs, by name or by themselves.</summary>
    public static readonly Dictionary<string, TexSymbol> Signs = new[]
    {
        Of(TexClass.Relation, """
            = = < < > > : : le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ lt < gt > approx ≈ equiv ≡ propto ∝ sim ∼ simeq ≃ cong ≅
            doteq ≐ asymp ≍ ll ≪ gg ≫ lll ⋘ ggg ⋙ prec ≺ preceq ⪯ succ ≻ succeq ⪰ lesssim ≲ gtrsim ≳ approxeq ≊ triangleq ≜ coloneqq ≔
            in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ supsetneq ⊋ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂
            vdash ⊢ dashv ⊣ models ⊨ smile ⌣ frown ⌢ to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔
            longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ Leftarrow ⇐ Longleftarrow ⟸ impliedby ⟸ Leftrightarrow ⇔
            Longleftrightarrow ⟺ iff ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightleftharpoons ⇌
            uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙ rightsquigarrow ⇝
            """),
        Of(TexClass.Binary, """
            + + - − * ∗ pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎ setminus ∖
            wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ diamond ⋄ triangleleft ◃ triangleright ▹ amalg ⨿ dagger †
            ddagger ‡ wr ≀ bigtriangleup △
            """),
        Of(TexClass.Ordinary, """
            | | / / . . ! ! ? ? @ @ " " vert | Vert ‖ % % # # & & $ $ _ _ backslash \ prime ′ neg ¬ lnot ¬ forall ∀ exists ∃ nexists ∄
            angle ∠ top ⊤ bot ⊥ vdots ⋮
            """),
        Of(TexClass.Inner, "ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ ddots ⋱"),
        Identifiers("""
            infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ square □ Box □ blacksquare ■ qed □
            triangle △ Diamond ◊ lozenge ◊ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ checkmark ✓ degree ° imath ı jmath ȷ
            ss ß pounds £ copyright ©
            """),
        Of(TexClass.Opening, "( ( [ [ { { lbrace { lbrack [ langle ⟨ lvert | lVert ‖ lceil ⌈ lfloor ⌊ lgroup ⟮"),
        Of(TexClass.Closing, ") ) ] ] } } rbrace } rbrack ] rangle ⟩ rvert | rVert ‖ rceil ⌉ rfloor ⌋ rgroup ⟯"),
        Of(TexClass.Punctuation, ", , ; ; colon :"),
        Of(TexClass.Operator, "int ∫ iint ∬ iiint ∭ oint ∮"),
        Of(TexClass.Operator, """
            sum ∑ prod ∏ coprod ∐ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
            """, TexLimits.InDisplay),
    }.SelectMany(p => p).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);

    /// <summary>Functions with a name, and where their scripts stand.</summary>
    public static readonly Dictionary<string, TexFunction> Functions = Named(TexLimits.Beside, """
            arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
            """)
        .Concat(Named(TexLimits.InDisplay, "det gcd inf lim max min sup Pr"))
        .Append(new("liminf", new TexFunction("lim inf", TexLimits.InDisplay)))
        .Append(new("limsup", new TexFunction("lim sup", TexLimits.InDisplay)))
        .Append(new("argmax", new TexFunction("arg max", TexLimits.InDisplay)))
        .Append(new("argmin", new TexFunction("arg min", TexLimits.InDisplay)))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Brackets that can be given a size, by name or by themselves; "." is none.</summary>
    public static readonly Dictionary<string, string> Delimiters = Pairs("""
        ( ( ) ) [ [ ] ] / / | | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ < ⟨ > ⟩
        lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lgroup ⟮ rgroup ⟯ backslash \ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
        """).Append(new(".", "")).Append(new(@"\|", "‖")).Append(new(@"\{", "{")).Append(new(@"\}", "}"))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The heights in em of \big and its kin.</summary>
    public static readonly Dictionary<string, (double Height, TexClass Class)> Sizes = new[]
    {
        ("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0),
    }.SelectMany(s => new[]
    {
        (s.Item1, s.Item2, TexClass.Ordinary), (s.Item1 + "l", s.Item2, TexClass.Opening),
        (s.Item1 + "r", s.Item2, TexClass.Closing), (s.Item1 + "m", s.Item2, TexClass.Relation),
    }).ToDictionary(s => s.Item1, s => (s.Item2, s.Item3), StringComparer.Ordinal);

    /// <summary>Spaces, in eighteenths of an em.</summary>
    public static readonly Dictionary<string, double> Spaces = new(StringComparer.Ordinal)
    {
        [","] = 3,
        ["thinspace"] = 3,
        [":"] = 4,
        [">"] = 4,
        ["medspace"] = 4,
        [";"] = 5,
        ["thickspace"] = 5,
        ["!"] = -3,
        ["negthinspace"] = -3,
        [" "] = 6,
        ["\n"] = 6,
        ["space"] = 6,
        ["enspace"] = 9,
        ["quad"] = 18,
        ["qquad"] = 36,
    };

    public static readonly Dictionary<string, TexMark> Accents = new(StringComparer.Ordinal)
    {
        ["hat"] = new("ˆ", "\u0302", false),
        ["widehat"] = new("ˆ", "\u0302", true, Wide: "\u0302"),
        ["check"] = new("ˇ", "\u030C", false),
        ["tilde"] = new("˜", "\u0303", false),
        ["widetilde"] = new("˜", "\u0303", true, Wide: "\u0303"),
        ["bar"] = new("¯", "\u0304", false),
        ["breve"] = new("˘", "\u0306", false),
        ["dot"] = new("˙", "\u0307", false),
        ["ddot"] = new("¨", "\u0308", false),
        ["mathring"] = new("˚", "\u030A", false),
        ["acute"] = new("´", "\u0301", false),
        ["grave"] = new("`", "\u0300", false),
        ["vec"] = new("→", "\u20D7", false),
        ["overline"] = new("‾", "\u0304", true),
        ["underline"] = new("_", "\u0332", true, Below: true),
        ["overrightarrow"] = new("→", "\u20D7", true),
        ["overbrace"] = new("⏞", null, true),
        ["underbrace"] = new("⏟", null, true, Below: true),
    };

    /// <summary>Commands that give what follows a face; letters under them that stand together are one word.</summary>
    public static readonly Dictionary<string, TexFace> Faces = new(StringComparer.Ordinal)
    {
        ["mathrm"] = TexFace.Upright,
        ["mathit"] = TexFace.Italic,
        ["mathnormal"] = TexFace.Italic,
        ["mathbf"] = TexFace.Bold,
        ["boldsymbol"] = TexFace.BoldItalic,
        ["bm"] = TexFace.BoldItalic,
        ["mathcal"] = TexFace.Script,
        ["mathscr"] = TexFace.Script,
        ["mathbb"] = TexFace.DoubleStruck,
        ["mathfrak"] = TexFace.Fraktur,
        ["mathsf"] = TexFace.Sans,
        ["mathtt"] = TexFace.Monospace,
    };

    /// <summary>Commands that set words.</summary>
    public static readonly Dictionary<string, TexFace> Texts = new(StringComparer.Ordinal)
    {
        ["text"] = TexFace.Upright,
        ["textrm"] = TexFace.Upright,
        ["textnormal"] = TexFace.Upright,
        ["mbox"] = TexFace.Upright,
        ["hbox"] = TexFace.Upright,
        ["textit"] = TexFace.Italic,
        ["emph"] = TexFace.Italic,
        ["textbf"] = TexFace.Bold,
        ["textsf"] = TexFace.Sans,
        ["texttt"] = TexFace.Monospace,
    };

    public static readonly Dictionary<string, string> Arrows = Pairs(
        "xrightarrow → xleftarrow ← xRightarrow ⇒ xLeftarrow ⇐ xleftrightarrow ↔ xmapsto ↦");

    /// <summary>A relation struck through.</summary>
    public static string Negated(string relation) => (relation + "\u0338").Normalize(NormalizationForm.FormC);

    /// <summary>A letter, digit or word in a face, as characters of their own (Unicode, Mathematical Alphanumeric Symbols).</summary>
    public static string InFace(string text, TexFace face) => string.Concat(text.EnumerateRunes().Select(r => InFace(r, face)));

    private static string InFace(Rune rune, TexFace face)
    {
        int c = rune.Value;
        int at = face switch
        {
            TexFace.Bold => At(c, 0x1D400, 0x1D7CE, 0x1D6A8),
            TexFace.Italic => c == 'h' ? 0x210E : At(c, 0x1D434, 0, 0x1D6E2),
            TexFace.BoldItalic => IsGreekCapital(c) ? At(c, 0, 0, 0x1D6A8) : At(c, 0x1D468, 0x1D7CE, 0x1D71C),
            TexFace.Script => Exception("BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ", c) ?? At(c, 0x1D49C, 0, 0),
            TexFace.DoubleStruck => Exception("CℂHℍNℕPℙQℚRℝZℤ", c) ?? At(c, 0x1D538, 0x1D7D8, 0),
            TexFace.Fraktur => Exception("CℭHℌIℑRℜZℨ", c) ?? At(c, 0x1D504, 0, 0),
            TexFace.Sans => At(c, 0x1D5A0, 0x1D7E2, 0),
            _ => 0,
        };
        return at == 0 ? rune.ToString() : char.ConvertFromUtf32(at);
    }

    private static bool IsGreekCapital(int c) => c is >= 'Α' and <= 'Ω';

    /// <summary>The place of a letter, digit or Greek letter in alphabets that begin at the given places; 0 is none.</summary>
    private static int At(int c, int letters, int digits, int greek) => c switch
    {
        >= 'A' and <= 'Z' when letters > 0 => letters + c - 'A',
        >= 'a' and <= 'z' when letters > 0 => letters + 26 + c - 'a',
        >= '0' and <= '9' when digits > 0 => digits + c - '0',
        >= 'Α' and <= 'Ω' when greek > 0 => greek + c - 'Α',
        >= 'α' and <= 'ω' when greek > 0 => greek + 26 + c - 'α',
        _ when greek > 0 && "∂ϵϑϰϕϱϖ".IndexOf((char)c, StringComparison.Ordinal) is >= 0 and var i => greek + 51 + i,
        _ => 0,
    };

    private static int? Exception(string pairs, int c)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == c)
                return pairs[i + 1];
        }
        return null;
    }

    private static IEnumerable<KeyValuePair<string, TexSymbol>> Of(TexClass kind, string pairs, TexLimits limits = TexLimits.Beside) =>
        Pairs(pairs).Select(p => KeyValuePair.Create(p.Key, new TexSymbol(p.Value, kind, limits)));

    private static IEnumerable<KeyValuePair<string, TexSymbol>> Identifiers(string pairs) =>
        Pairs(pairs).Select(p => KeyValuePair.Create(p.Key, new TexSymbol(p.Value, TexClass.Ordinary, Identifier: true)));

    private static IEnumerable<KeyValuePair<string, TexFunction>> Named(TexLimits limits, string names) =>
        Words(names).Select(n => KeyValuePair.Create(n, new TexFunction(n, limits)));

    private static Dictionary<string, string> Pairs(string text) =>
        Words(text).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
