using System.Reflection;
using System.Text.RegularExpressions;

namespace RelativeEntropy.Tests;

/// <summary>The functions of the library, by name.</summary>
internal static partial class Library
{
    private static readonly Dictionary<string, Type> Types = typeof(Divergence).Assembly.GetTypes()
        .Where(type => !type.IsNested && !type.Name.Contains('`', StringComparison.Ordinal)).DistinctBy(type => type.Name).ToDictionary(type => type.Name);

    /// <summary>Every public function of a public static class, without its overloads: Class.Function.</summary>
    public static string[] PublicFunctions =>
    [
        .. Types.Values.Where(type => type.IsPublic && type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => $"{type.Name}.{method.Name}"))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a class is for the library's own use.</summary>
    public static bool IsInternal(string typeName) => Types.TryGetValue(typeName, out Type? type) && !type.IsPublic;

    /// <summary>The first function of the library that an expression names: Class.Function; the expression itself where it names none.</summary>
    public static string FunctionNamedIn(string expression) =>
        Member().Matches(expression)
            .Where(m => Types.TryGetValue(m.Groups["type"].Value, out Type? type) && type.GetMember(m.Groups["member"].Value).Length > 0)
            .Select(m => m.Groups["type"].Value + "." + m.Groups["member"].Value).FirstOrDefault(expression);

    [GeneratedRegex(@"\b(?<type>[A-Z]\w*)\.(?=(?<member>[A-Z]\w*))")]
    private static partial Regex Member();
}
