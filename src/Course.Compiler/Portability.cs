using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Course.Compiler;

/// <summary>
/// The part of C# scripting that .NET Interactive, Verso and this project's runner run alike. What compiles here and breaks there is
/// refused with the name of the host that it breaks in; what compiles nowhere is left to the compiler.
/// </summary>
internal static class Portability
{
    internal readonly record struct Refusal(int Line, string Reason);

    public static Refusal? Check(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(descendIntoTrivia: true).Select(Refuse).FirstOrDefault(refusal => refusal is not null);

    private static Refusal? Refuse(SyntaxNode node) => Reason(node) is { } reason
        ? new Refusal(node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1, reason)
        : null;

    private static string? Reason(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "display" } }
            => "display(...) exists in .NET Interactive only and breaks in Verso; write value.Display()",
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "HTML" } }
            => "HTML(...) exists in .NET Interactive only and breaks in Verso; show a value that has ToHtml()",
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" },
            ArgumentList.Arguments.Count: > 0,
        }
            => "Display(...) with arguments gives other things in .NET Interactive and in Verso; write value.Display()",
        MemberAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.Text: "Console" }
                or MemberAccessExpressionSyntax { Name.Identifier.Text: "Console" },
            Name.Identifier.Text: "Error",
        }
            => "writing to Console.Error fails the cell in Verso; use Console.WriteLine",
        IdentifierNameSyntax
        {
            Identifier.Text: "dynamic",
            Parent: VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or ArrayTypeSyntax
                or MethodDeclarationSyntax or CastExpressionSyntax,
        }
            => "dynamic does not compile in Verso; name the type",
        ReferenceDirectiveTriviaSyntax or LoadDirectiveTriviaSyntax
            => $"{node.ToString().Split(' ')[0]} with a relative path breaks in Verso; what notebooks load stands in setup.csx",
        BadDirectiveTriviaSyntax or ShebangDirectiveTriviaSyntax
            => $"'{node.ToString().Trim()}' is not known to Verso; the only directive is #!import, alone in its cell",
        _ => null,
    };
}
