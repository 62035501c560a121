using System.Text;
using System.Text.RegularExpressions;

namespace Course.Cli;

/// <summary>
/// Markdown with TeX in it as text that can be read in a terminal: <c>$\frac{p_i}{q_i}$</c> becomes <c>p_i/q_i</c>. It knows the TeX that
/// the course's hints use, and leaves what it does not know as it is written, without the backslash.
/// </summary>
internal static partial class PlainTex
{
    private const int LongestFormula = 1000;

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["epsilon"] = "ε",
        ["varepsilon"] = "ε",
        ["zeta"] = "ζ",
        ["eta"] = "η",
        ["theta"] = "θ",
        ["kappa"] = "κ",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["nu"] = "ν",
        ["xi"] = "ξ",
        ["pi"] = "π",
        ["rho"] = "ρ",
        ["sigma"] = "σ",
        ["tau"] = "τ",
        ["phi"] = "φ",
        ["varphi"] = "φ",
        ["chi"] = "χ",
        ["psi"] = "ψ",
        ["omega"] = "ω",
        ["Gamma"] = "Γ",
        ["Delta"] = "Δ",
        ["Theta"] = "Θ",
        ["Lambda"] = "Λ",
        ["Sigma"] = "Σ",
        ["Phi"] = "Φ",
        ["Psi"] = "Ψ",
        ["Omega"] = "Ω",
        ["le"] = " ≤ ",
        ["leq"] = " ≤ ",
        ["ge"] = " ≥ ",
        ["geq"] = " ≥ ",
        ["ne"] = " ≠ ",
        ["neq"] = " ≠ ",
        ["approx"] = " ≈ ",
        ["equiv"] = " ≡ ",
        ["propto"] = " ∝ ",
        ["sim"] = " ~ ",
        ["to"] = " → ",
        ["rightarrow"] = " → ",
        ["mapsto"] = " ↦ ",
        ["Rightarrow"] = " ⇒ ",
        ["in"] = " ∈ ",
        ["cdot"] = "·",
        ["times"] = "×",
        ["pm"] = "±",
        ["ll"] = " ≪ ",
        ["gg"] = " ≫ ",
        ["infty"] = "∞",
        ["partial"] = "∂",
        ["nabla"] = "∇",
        ["sum"] = "Σ",
        ["prod"] = "Π",
        ["int"] = "∫",
        ["ldots"] = "...",
        ["dots"] = "...",
        ["cdots"] = "...",
        ["star"] = "*",
        ["ast"] = "*",
        ["prime"] = "'",
        ["top"] = "T",
        ["mid"] = " | ",
        ["Vert"] = "‖",
        ["vert"] = "|",
        ["lVert"] = "‖",
        ["rVert"] = "‖",
        ["lvert"] = "|",
        ["rvert"] = "|",
        ["langle"] = "⟨",
        ["rangle"] = "⟩",
        ["lceil"] = "⌈",
        ["rceil"] = "⌉",
        ["lfloor"] = "⌊",
        ["rfloor"] = "⌋",
        ["quad"] = "  ",
        ["qquad"] = "    ",
        ["ell"] = "l",
        ["forall"] = "∀",
        ["cup"] = "∪",
        ["cap"] = "∩",
        ["odot"] = "⊙",
        ["left"] = "",
        ["right"] = "",
        ["big"] = "",
        ["Big"] = "",
        ["bigl"] = "",
        ["bigr"] = "",
        ["Bigl"] = "",
        ["Bigr"] = "",
        ["displaystyle"] = "",
        ["limits"] = "",
    };

    private static readonly Dictionary<string, string> Accents = new(StringComparer.Ordinal)
    {
        ["hat"] = "\u0302",
        ["tilde"] = "\u0303",
        ["bar"] = "\u0304",
        ["overline"] = "\u0304",
        ["dot"] = "\u0307",
    };

    private static readonly Dictionary<char, char> Superscripts = Map("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ");

    /// <summary>The text.</summary>
    public static string Of(string markdown) => Math().Replace(
        markdown.Replace("**", "", StringComparison.Ordinal),
        m => m.Groups["code"].Success ? m.Value : Spaces().Replace(Formula(m.Groups["tex"].Value.Trim()), " ").Trim());

    /// <summary>A formula. One that is longer than any that a hint needs is left as it is: its nesting would take the stack.</summary>
    private static string Formula(string tex)
    {
        int at = 0;
        return tex.Length > LongestFormula ? tex : Read(tex, ref at, until: '\0');
    }

    private static string Read(string tex, ref int at, char until)
    {
        var text = new StringBuilder();
        while (at < tex.Length && tex[at] != until)
            text.Append(Next(tex, ref at));
        at++;
        return text.ToString();
    }

    private static string Next(string tex, ref int at)
    {
        char c = tex[at++];
        switch (c)
        {
            case '{':
                return Read(tex, ref at, '}');
            case '^':
                return Raised(Argument(tex, ref at));
            case '_':
                return Lowered(Argument(tex, ref at));
            case '\\' when at < tex.Length:
                return Command(tex, ref at);
            case '=' or '<' or '>':
                return $" {c} ";
            case '~' or '\n' or '&':
                return " ";
            default:
                return c.ToString();
        }
    }

    private static string Command(string tex, ref int at)
    {
        if (!char.IsLetter(tex[at]))
        {
            char sign = tex[at++];
            return sign switch { '|' => " ‖ ", ',' or ';' or ':' or ' ' => " ", '!' => "", '\\' => "\n", _ => sign.ToString() };
        }
        int begin = at;
        while (at < tex.Length && char.IsLetter(tex[at]))
            at++;
        string name = tex[begin..at];
        switch (name)
        {
            case "frac" or "tfrac" or "dfrac":
                string above = Argument(tex, ref at);
                return $"{Grouped(above)}/{Grouped(Argument(tex, ref at))}";
            case "sqrt":
                return Argument(tex, ref at) is var root && root.Length == 1 ? $"√{root}" : $"√({root})";
            case "binom":
                string of = Argument(tex, ref at);
                return $"C({of}, {Argument(tex, ref at)})";
            case "text" or "mathrm" or "mathbf" or "boldsymbol" or "mathbb" or "mathcal" or "operatorname" or "textbf" or "textit"
                or "mathsf":
                return Argument(tex, ref at);
            case "begin" or "end":
                Argument(tex, ref at);
                return " ";
            case var _ when Accents.TryGetValue(name, out string? accent):
                string under = Argument(tex, ref at);
                return under.Length == 1 ? under + accent : under;
            default:
                return Symbols.TryGetValue(name, out string? symbol) ? symbol : name + (Follows().IsMatch(tex, at) ? " " : "");
        }
    }

    private static string Argument(string tex, ref int at)
    {
        while (at < tex.Length && tex[at] == ' ')
            at++;
        return at < tex.Length ? Next(tex, ref at) : "";
    }

    private static string Raised(string text) => text.Length > 0 && text.All(Superscripts.ContainsKey)
        ? new string([.. text.Select(c => Superscripts[c])])
        : text is "*" or "'" ? text : $"^{Grouped(text)}";

    private static string Lowered(string text) => $"_{Grouped(text)}";

    /// <summary>With brackets around it, where it would otherwise be read as less than the whole.</summary>
    private static string Grouped(string text) => text.Trim() is var plain && Single().IsMatch(plain) ? plain : $"({plain})";

    private static Dictionary<char, char> Map(string from, string to) => from.Zip(to).ToDictionary(pair => pair.First, pair => pair.Second);

    [GeneratedRegex(@"(?<code>`[^`]*`)|\$\$(?<tex>.+?)\$\$|\$(?<tex>[^$]+)\$", RegexOptions.Singleline)]
    private static partial Regex Math();

    [GeneratedRegex(@"^(?:[\w.']\p{M}?)+(?:_\w+)?[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|^\p{L}\p{M}?$|^∞$")]
    private static partial Regex Single();

    /// <summary>What a function's name must not run into: a letter, a digit, or another command.</summary>
    [GeneratedRegex(@"\G\s*[\w\\-[_]]")]
    private static partial Regex Follows();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Spaces();
}
