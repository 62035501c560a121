using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Course.Cli.Tests;

/// <summary>What must hold of the repository itself.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string Root = FindRoot();

    /// <summary>Projects whose packages some feeds do not carry.</summary>
    private static readonly string[] OptIn =
    [
        "RelativeEntropy.TorchSharp", "RelativeEntropy.TorchSharp.Tests", "RelativeEntropy.TorchSharp.Benchmarks", "Course.Kit.TorchSharp",
        "Course.Interactive", "Course.Interactive.Tests",
    ];

    /// <summary>Packages that every feed carries.</summary>
    private static readonly string[] Everywhere =
    [
        "FsCheck", "FSharp.Core", "Markdig", "MathNet.Numerics", "Microsoft.CodeAnalysis.Analyzers", "Microsoft.CodeAnalysis.CSharp",
        "Spectre.Console", "System.CommandLine", "System.Numerics.Tensors", "xunit.v3",
    ];

    /// <summary>Folders of texts for people.</summary>
    private static readonly string[] Documented = ["", "docs", "site"];

    [Fact]
    public void The_solution_builds_default_projects_in_every_configuration_and_opt_in_ones_in_Full_only()
    {
        string solution = File.ReadAllText(Path.Combine(Root, "Course.sln"));
        var projects = Project().Matches(solution).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["id"].Value);
        Assert.NotEmpty(projects);
        foreach ((string name, string id) in projects)
        {
            Assert.Contains($"{id}.Full|Any CPU.ActiveCfg = Release|Any CPU", solution, StringComparison.Ordinal);
            Assert.Contains($"{id}.Full|Any CPU.Build.0 = Release|Any CPU", solution, StringComparison.Ordinal);
            foreach (string configuration in new[] { "Debug", "Release" })
                Assert.Equal(
                    !OptIn.Contains(name),
                    solution.Contains($"{id}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU", StringComparison.Ordinal));
        }
        Assert.Equal(
            ProjectFiles().Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            projects.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Default_projects_need_only_packages_that_every_feed_carries_and_are_locked()
    {
        foreach (string project in ProjectFiles().Where(p => !OptIn.Contains(Path.GetFileNameWithoutExtension(p))))
        {
            Assert.All(References(project, "PackageReference"), package => Assert.Contains(package, Everywhere));
            Assert.All(
                References(project, "ProjectReference"), path => Assert.DoesNotContain(Path.GetFileNameWithoutExtension(path), OptIn));
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), $"{project} has no lock file");
        }
    }

    /// <summary>What judges, and what runs an answer, parses no C#. The opt-in extension lives in a host that does.</summary>
    [Fact]
    public void Of_all_programs_and_libraries_the_compiler_alone_has_Roslyn() =>
        Assert.Equal(
            ["Course.Compiler"],
            from project in ProjectFiles()
            let name = Path.GetFileNameWithoutExtension(project)
            let folder = Path.GetDirectoryName(project)!
            where Path.GetFileName(Path.GetDirectoryName(folder)) == "src" && !OptIn.Contains(name)
            let packages = File.ReadAllText(Path.Combine(folder, "packages.lock.json"))
            where packages.Contains("Microsoft.CodeAnalysis.CSharp", StringComparison.OrdinalIgnoreCase)
            select name);

    [Fact]
    public void Versions_are_exact_and_central()
    {
        XDocument central = XDocument.Load(Path.Combine(Root, "Directory.Packages.props"));
        Assert.All(
            central.Descendants("PackageVersion"), p => Assert.Matches(@"^\d+(\.\d+)+(-beta\.\d+\.\d+)?$", p.Attribute("Version")!.Value));
        Assert.All(
            ProjectFiles(),
            project => Assert.All(XDocument.Load(project).Descendants("PackageReference"), r => Assert.Null(r.Attribute("Version"))));
    }

    /// <summary>The same of the packages of npm that the tests of pages use. Their lock file says the rest.</summary>
    [Fact]
    public void Versions_of_the_site_are_exact_and_locked()
    {
        using JsonDocument package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "site", "package.json")));
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "site", "package-lock.json")));
        Assert.True(package.RootElement.GetProperty("private").GetBoolean());
        var asked = package.RootElement.GetProperty("devDependencies").EnumerateObject().ToList();
        Assert.NotEmpty(asked);
        JsonElement packages = locked.RootElement.GetProperty("packages");
        foreach (JsonProperty dependency in asked)
        {
            string version = dependency.Value.GetString()!;
            Assert.Matches(@"^\d+\.\d+\.\d+$", version);
            Assert.Equal(version, packages.GetProperty($"node_modules/{dependency.Name}").GetProperty("version").GetString());
        }
    }

    [Fact]
    public void Links_in_the_documentation_lead_somewhere()
    {
        foreach (string page in Documented.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md")))
        {
            foreach (string target in Link().Matches(File.ReadAllText(page)).Select(m => m.Groups["target"].Value.Split('#')[0]))
            {
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)), $"{Path.GetFileName(page)}: {target}");
            }
        }
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(r => r.Attribute("Include")?.Value).OfType<string>();

    private static IEnumerable<string> ProjectFiles() => new[] { "src", "tests", "benchmarks" }
        .Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories));

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Course.sln")))
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
        return folder;
    }

    [GeneratedRegex("""^Project\("\{(?!2150E333)[^"]+"\) = "(?<name>[^"]+)", "[^"]+", "(?<id>[^"]+)"\r?$""", RegexOptions.Multiline)]
    private static partial Regex Project();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
