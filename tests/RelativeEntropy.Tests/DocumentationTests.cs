using System.Reflection;
using System.Xml.Linq;

namespace RelativeEntropy.Tests;

/// <summary>What the documentation of every public function says.</summary>
public sealed class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(Divergence).Assembly.Location, "xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    private static IEnumerable<MethodInfo> Functions => typeof(Divergence).Assembly.GetExportedTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));

    [Fact]
    public void Every_function_documents_each_parameter_the_result_and_the_source()
    {
        List<string> faults = [];
        int documented = 0;
        foreach (MethodInfo function in Functions)
        {
            string id = IdOf(function);
            XElement? member = Members.GetValueOrDefault(id);
            while (member?.Element("inheritdoc")?.Attribute("cref")?.Value is { } other)
                member = Members.GetValueOrDefault(other);
            if (member is null)
            {
                faults.Add($"{id}: no documentation");
                continue;
            }

            documented++;
            var described = member.Elements("param").Select(p => p.Attribute("name")!.Value).ToHashSet();
            faults.AddRange(function.GetParameters().Where(p => !described.Contains(p.Name!)).Select(p => $"{id}: parameter {p.Name}"));
            if (function.ReturnType != typeof(void) && member.Element("returns") is null)
                faults.Add($"{id}: what it returns");
            if (!NeedsNoSource(function.Name) && !(member.Element("remarks")?.Value.Contains("Source:", StringComparison.Ordinal) ?? false))
                faults.Add($"{id}: the source");
        }

        Assert.True(documented > 100, $"only {documented} functions were found");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Batches refer to the function of one row, and the length of a work buffer has no source.</summary>
    private static bool NeedsNoSource(string name) => name.EndsWith("Rows", StringComparison.Ordinal) || name == "WorkLength";

    /// <summary>The name under which the compiler writes a method's documentation.</summary>
    private static string IdOf(MethodInfo method)
    {
        string parameters = string.Join(',', method.GetParameters().Select(p => NameOf(p.ParameterType)));
        return $"M:{method.DeclaringType!.FullName}.{method.Name}{(parameters.Length > 0 ? $"({parameters})" : "")}";
    }

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!) + "@";
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        return type.IsGenericType
            ? $"{type.Namespace}.{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}"
            : type.FullName!.Replace('+', '.');
    }
}
