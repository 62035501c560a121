using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Course.Host;

/// <summary>
/// The subset of C# scripting that .NET Interactive, Verso and this host run alike. A cell outside it is refused with the
/// name of the host that it would break in.
/// </summary>
internal static class Portability
{
    internal readonly record struct Refusal(int Line, string Reason);

    public static Refusal? Check(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        return root.DescendantNodes(descendIntoTrivia: true).Select(Reason).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Reason(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax => At(node, "a namespace cannot be declared in a cell: every host compiles cells as scripts"),
        ParameterSyntax { Parent.Parent: MethodDeclarationSyntax } parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword)
            => At(node, "an extension method cannot be declared in .NET Interactive; write an ordinary method"),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "display" } }
            => At(node, "display(...) exists only in .NET Interactive; write value.Display()"),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "HTML" } }
            => At(node, "HTML(...) exists only in .NET Interactive; show a value that has ToHtml()"),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } } call when call.ArgumentList.Arguments.Count > 0
            => At(node, "Display(...) with arguments exists only in .NET Interactive; write value.Display()"),
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } }
            => At(node, "a using declaration at the top level does not compile in scripts; write using (...) { } or put it in a method"),
        IdentifierNameSyntax { Identifier.Text: "dynamic" } name when IsType(name)
            => At(node, "dynamic does not work in Verso; name the type"),
        ReferenceDirectiveTriviaSyntax => At(node, "#r belongs in setup.csx, which every host imports"),
        BadDirectiveTriviaSyntax or ShebangDirectiveTriviaSyntax
            => At(node, $"'{node.ToString().Trim()}' is not known to every host; the only directive is #!import at the start of a cell"),
        _ => null,
    };

    private static bool IsType(IdentifierNameSyntax name) =>
        name.Parent is VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or CastExpressionSyntax or ArrayTypeSyntax or MethodDeclarationSyntax;

    private static Refusal At(SyntaxNode node, string reason) =>
        new(node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1, reason);
}
