using System.Reflection;
using System.Xml.Linq;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>What the documentation of every public function says.</summary>
public sealed class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(TorchDivergence).Assembly.Location, "xml"))
        .Descendants("member").DistinctBy(NameOf).ToDictionary(NameOf);

    // No two public functions of a class share a name.
    private static string NameOf(XElement member) => member.Attribute("name")!.Value.Split('(')[0].Split('`')[0];

    private static IEnumerable<MethodInfo> Functions => typeof(TorchDivergence).Assembly.GetExportedTypes().Where(type => type.IsClass)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && method.Name != nameof(ToString));

    [Fact]
    public void Every_function_documents_each_parameter_the_result_and_the_source()
    {
        List<string> faults = [];
        foreach (MethodInfo function in Functions)
        {
            string id = $"M:{function.DeclaringType!.FullName}.{function.Name}";
            XElement[] texts = [.. WithInherited(Members[id])];
            var described = texts.SelectMany(t => t.Elements("param")).Select(p => p.Attribute("name")!.Value).ToHashSet();
            faults.AddRange(function.GetParameters().Where(p => !described.Contains(p.Name!)).Select(p => $"{id}: parameter {p.Name}"));
            if (function.ReturnType != typeof(void) && !texts.Any(t => t.Element("returns") is not null))
                faults.Add($"{id}: what it returns");
            if (function.ReturnType == typeof(Tensor) && !texts[0].Value.Contains("Source:", StringComparison.Ordinal))
                faults.Add($"{id}: the source");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<XElement> WithInherited(XElement member)
    {
        yield return member;
        while (member.Element("inheritdoc")?.Attribute("cref")?.Value is { } other)
            yield return member = Members[other.Split('(')[0]];
    }
}
