using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Course.Notebooks;

/// <summary>Formulas in Markdown become MathML.</summary>
internal sealed class MathExtension : IMarkdownExtension
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Use<MathExtension>().Build();

    private static readonly object Around = new();

    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.InlineParsers.Insert(0, new MathInlineParser());
        pipeline.BlockParsers.Insert(0, new MathBlockParser());
        pipeline.DocumentProcessed += KeepPunctuation;
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer)
            return;
        renderer.ObjectRenderers.Insert(0, new InLine());
        renderer.ObjectRenderers.Insert(0, new Display());
    }

    /// <summary>The formulas of a text in Markdown, in order.</summary>
    public static IEnumerable<(string Tex, bool Display)> Formulas(string markdown) =>
        Markdown.Parse(markdown, Pipeline).Descendants()
            .Select(node => node switch
            {
                MathInline inline => (inline.Content.ToString(), inline.DelimiterCount > 1),
                MathBlock block => (block.Lines.ToString(), true),
                _ => default,
            }).Where(formula => formula.Item1 is not null);

    /// <summary>
    /// A formula takes the bracket before it and the punctuation after it along, so that no line begins or ends with them alone.
    /// </summary>
    private static void KeepPunctuation(MarkdownDocument document)
    {
        foreach (MathInline math in document.Descendants<MathInline>())
        {
            string before = "", after = "";
            if (math.PreviousSibling is LiteralInline previous)
            {
                string text = previous.Content.ToString();
                string kept = text.TrimEnd('(', '[', '"', '“', '‘');
                before = text[kept.Length..];
                previous.Content.End -= before.Length;
            }
            if (math.NextSibling is LiteralInline next)
            {
                string text = next.Content.ToString();
                string kept = text.TrimStart('.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '’', '\'', '-', '–');
                after = text[..^kept.Length];
                next.Content.Start += after.Length;
            }
            math.SetData(Around, (before, after));
        }
    }

    private sealed class InLine : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj)
        {
            (string before, string after) = obj.GetData(Around) is (string b, string a) ? (b, a) : ("", "");
            bool display = obj.DelimiterCount > 1;
            renderer.WriteEscape(display ? before : "");
            renderer.Write(display ? "<span class=\"formula display\">" : "<span class=\"formula\">");
            renderer.WriteEscape(display ? "" : before);
            renderer.Write(MathMl.Of(obj.Content.ToString(), display));
            renderer.WriteEscape(after).Write("</span>");
        }
    }

    private sealed class Display : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj)
        {
            renderer.EnsureLine();
            renderer.Write("<div class=\"formula display\">").Write(MathMl.Of(obj.Lines.ToString(), display: true)).WriteLine("</div>");
        }
    }
}
