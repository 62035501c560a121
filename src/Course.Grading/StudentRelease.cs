using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Checks;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>
/// Writes what students get: the course with its chapters, exercises and tools, without solutions and tests, and with the checks compiled.
/// Only what is listed here goes out, so that nothing new leaks by being forgotten.
/// </summary>
/// <param name="course">The course.</param>
public sealed partial class StudentRelease(CourseFolder course)
{
    private const string Checks = "src/Course.Checks";

    private static readonly string[] Files =
    [
        ".devcontainer/devcontainer.json", ".editorconfig", ".gitattributes", ".gitignore",
        ".vscode/extensions.json", ".vscode/settings.json",
        "CITATION.cff", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "course", "course.cmd", "global.json",
        "docs/accuracy.md", "docs/command.md", "docs/guide.md", "docs/library-shape.md", "docs/peers.md", "docs/performance.md",
        "docs/torchsharp.md", "docs/upstream.md", "src/Directory.Build.props", "torch.props",
    ];

    private static readonly string[] Folders =
    [
        "docs/book", "docs/images", "src/Course.Cli", "src/Course.Compiler", "src/Course.Figures", "src/Course.Grading", "src/Course.Hosting",
        "src/Course.Kit", "src/Course.Kit.TorchSharp", "src/Course.Models", "src/Course.Notebooks", "src/Course.Protocol",
        "src/Course.Runner", "src/Course.Shard", "src/RelativeEntropy", "src/RelativeEntropy.TorchSharp", "tools/AheadOfTime",
    ];

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where to: a new folder, or one that is empty but for what git keeps.</param>
    /// <exception cref="NotebookFormatException">An exercise cannot be released.</exception>
    /// <exception cref="InvalidOperationException">The folder is not empty, or this is no course that can be released.</exception>
    public void Write(string folder)
    {
        string target = Path.GetFullPath(folder);
        if (File.Exists(target)
            || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any(e => Path.GetFileName(e) != ".git")))
        {
            throw new InvalidOperationException($"'{CourseFolder.Shown(target)}' is not empty. Name a new folder with --out");
        }
        (string Name, Notebook Notebook)[] exercises =
        [
            .. CourseFolder.NotebooksIn(course.Solutions)
                .Select(path => (Path.GetFileName(path), Releasing.Release(ExerciseSheet.Read(path)))),
        ];

        foreach (string file in Files)
            Copy(In(file), Path.Combine(target, file));
        foreach (string from in Folders.SelectMany(name => SourcesIn(In(name))))
            Copy(from, Path.Combine(target, Path.GetRelativePath(course.Root, from)));
        foreach (string chapter in CourseFolder.NotebooksIn(course.Notebooks))
        {
            Copy(chapter, Path.Combine(target, "notebooks", Path.GetFileName(chapter)));
            if (File.Exists(SliderFile.Of(chapter)))
                Copy(SliderFile.Of(chapter), Path.Combine(target, "notebooks", Path.GetFileName(SliderFile.Of(chapter))));
        }
        foreach ((string name, Notebook notebook) in exercises)
            NotebookFile.Write(notebook, Path.Combine(target, "exercises", name));
        Copy(In("docs/for-students.md"), Path.Combine(target, "README.md"));
        AtomicFile.Write(Path.Combine(target, ".vscode", "tasks.json"), WithoutTests(File.ReadAllText(In(".vscode/tasks.json"))));
        AtomicFile.Write(Path.Combine(target, "Course.sln"), WithoutOtherProjects(File.ReadAllText(In("Course.sln"))));

        // A project of the same name, which others refer to as before, and which yields the compiled checks.
        Copy(typeof(Exercise).Assembly.Location, Path.Combine(target, Checks, "Course.Checks.dll"));
        Copy(In($"{Checks}/packages.lock.json"), Path.Combine(target, Checks, "packages.lock.json"));
        AtomicFile.Write(Path.Combine(target, Checks, "Course.Checks.csproj"), CompiledChecks);
    }

    private string In(string name) => Path.Combine(course.Root, name);

    private static IEnumerable<string> SourcesIn(string folder) => Directory.EnumerateFiles(folder)
        .Concat(
            Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) is not ("bin" or "obj")).SelectMany(SourcesIn));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    private static string WithoutTests(string tasks)
    {
        JsonNode root = JsonNode.Parse(tasks)!;
        JsonArray all = root["tasks"]!.AsArray();
        foreach (JsonNode? task in all.Where(t => t?["label"]?.ToString() == "test").ToList())
            all.Remove(task);
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    /// <summary>The solution with the projects alone that go out.</summary>
    private static string WithoutOtherProjects(string solution)
    {
        string[] others =
        [
            .. Project().Matches(solution)
                .Where(p => !GoesOut(p.Groups["path"].Value.Replace('\\', '/')))
                .Select(p => p.Groups["id"].Value),
        ];
        string without = Project().Replace(solution, p => others.Contains(p.Groups["id"].Value) ? "" : p.Value);
        IEnumerable<string> lines = without.Split('\n', StringSplitOptions.None).Where(line => !others.Any(line.Contains));
        return string.Concat(lines.Select(line => line + "\n")).TrimEnd('\n') + "\n";
    }

    private static bool GoesOut(string path) =>
        path is "src" || Folders.Append(Checks).Any(folder => path.StartsWith($"{folder}/", StringComparison.Ordinal));

    private const string CompiledChecks =
        """
        <Project>
          <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
          <PropertyGroup>
            <Description>What must be true of an answer: one class per exercise, compiled.</Description>
            <ProduceReferenceAssembly>false</ProduceReferenceAssembly>
            <GenerateDocumentationFile>false</GenerateDocumentationFile>
            <DebugType>none</DebugType>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../RelativeEntropy/RelativeEntropy.csproj" />
          </ItemGroup>
          <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
          <!-- There is nothing to compile: the assembly is at hand. -->
          <Target Name="CoreCompile">
            <Copy SourceFiles="Course.Checks.dll" DestinationFiles="@(IntermediateAssembly)" SkipUnchangedFiles="true" />
          </Target>
        </Project>

        """;

    [GeneratedRegex(
        """^Project\("[^"]+"\) = "[^"]+", "(?<path>[^"]+)", "(?<id>[^"]+)"\r?\n(?:.*\n)*?EndProject\r?\n""", RegexOptions.Multiline)]
    private static partial Regex Project();
}
