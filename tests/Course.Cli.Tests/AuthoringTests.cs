using System.Text.RegularExpressions;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli.Tests;

/// <summary>What authors and instructors make with the command.</summary>
public sealed class AuthoringTests : IDisposable
{
    private static readonly CourseFolder Real = CourseFolder.Find(AppContext.BaseDirectory)!;

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Students_get_chapters_exercises_library_and_tools_and_neither_solutions_nor_the_sources_of_checks_and_tests()
    {
        string target = Path.Combine(_folder, "release");
        new StudentRelease(Real).Write(target);
        string[] files =
        [
            .. Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(target, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            ["src/Course.Checks/Course.Checks.csproj", "src/Course.Checks/Course.Checks.dll", "src/Course.Checks/packages.lock.json"],
            files.Where(f => f.StartsWith("src/Course.Checks/", StringComparison.Ordinal)));
        Assert.Equal(
            CourseFolder.NotebooksIn(Real.Solutions).Count, files.Count(f => f.StartsWith("exercises/", StringComparison.Ordinal)));
        Assert.Equal(
            Directory.GetFiles(Real.Notebooks, "*.sliders.json").Select(f => $"notebooks/{Path.GetFileName(f)}").Order(StringComparer.Ordinal),
            files.Where(f => f.EndsWith(".sliders.json", StringComparison.Ordinal)));
        Assert.Contains("notebooks/02-gibbs-inequality.sliders.json", files);
        Assert.Contains("README.md", files);
        Assert.Contains("course.cmd", files);
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(target, "course")).HasFlag(UnixFileMode.UserExecute));
        Assert.DoesNotContain(files, f =>
            f.StartsWith("solutions", StringComparison.Ordinal) || f.StartsWith("tests", StringComparison.Ordinal)
            || f.Contains("/bin/", StringComparison.Ordinal) || f.EndsWith("setup.csx", StringComparison.Ordinal));
        foreach (string notebook in files.Where(f => f.EndsWith(".ipynb", StringComparison.Ordinal)))
            Assert.DoesNotMatch(@"// begin solution|#### (Solution|Alternative|Wrong)", File.ReadAllText(Path.Combine(target, notebook)));
        string solution = File.ReadAllText(Path.Combine(target, "Course.sln"));
        Assert.Contains("Course.Cli", solution, StringComparison.Ordinal);
        Assert.DoesNotContain("Tests", solution, StringComparison.Ordinal);
        Assert.DoesNotContain("Benchmarks", solution, StringComparison.Ordinal);
        string[] projects = [.. Regex.Matches(solution, @"""(src[^""]+\.csproj)""").Select(m => m.Groups[1].Value.Replace('\\', '/'))];
        Assert.Equal(files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)), projects.Order(StringComparer.Ordinal));

        // What the notebooks on tensors import is written by a project that goes out, in Full.
        Assert.Contains(files, f => f.StartsWith("notebooks/gpu-", StringComparison.Ordinal));
        Assert.Contains("src/Course.Kit.TorchSharp/Course.Kit.TorchSharp.csproj", projects);
        Assert.Contains("torch.props", files);

        // No path of this machine in what is handed out.
        Assert.DoesNotContain(
            Real.Root,
            System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(target, "src/Course.Checks/Course.Checks.dll"))),
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new StudentRelease(Real).Write(target));
    }

    [Theory]
    [InlineData(ExerciseKind.Function)]
    [InlineData(ExerciseKind.Value)]
    [InlineData(ExerciseKind.Choice)]
    [InlineData(ExerciseKind.Property)]
    public void A_new_exercise_reads_as_one_and_is_registered_after_those_before_it(ExerciseKind kind)
    {
        var course = new CourseFolder(_folder);
        string registry = Path.Combine(_folder, "src", "Course.Checks", "Exercises.cs");
        string solutions = Path.Combine(course.Solutions, "02-gibbs-inequality.ipynb");
        Directory.CreateDirectory(Path.GetDirectoryName(registry)!);
        Directory.CreateDirectory(course.Solutions);
        File.Copy(Path.Combine(Real.Root, "src", "Course.Checks", "Exercises.cs"), registry);
        File.Copy(Path.Combine(Real.Solutions, "02-gibbs-inequality.ipynb"), solutions);
        int before = ExerciseSheet.Read(solutions).Exercises.Count;

        (string id, _) = new NewExercise(course).Write("02", "A brand-new thing", kind, 2);
        ExerciseSheet sheet = ExerciseSheet.Read(solutions);
        SheetExercise made = sheet.Exercises[^1];
        Assert.Equal((id, $"02.{before + 1}", "A brand-new thing", 2), (made.Id, id, made.Title, made.Points));
        Assert.True(made.Alternatives.Count >= Verification.FewestAlternatives && made.Wrong.Count > 0);
        Releasing.Release(sheet);
        Assert.Contains(
            "new Chapter02.InformationProjection(),\n        new Chapter02.ABrandNewThing(),\n        new Chapter03.LossFromLogits(),",
            File.ReadAllText(registry), StringComparison.Ordinal);
        Assert.Contains(
            $"public override string Id => \"{id}\";",
            File.ReadAllText(Path.Combine(_folder, "src", "Course.Checks", "Chapter02", "ABrandNewThing.cs")), StringComparison.Ordinal);

        Assert.Contains(
            "already", Assert.Throws<ArgumentException>(() => new NewExercise(course).Write("02", "a brand new thing", kind, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "there is no solutions/55-",
            Assert.Throws<ArgumentException>(() => new NewExercise(course).Write("55", "Another", kind, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no name", Assert.Throws<ArgumentException>(() => new NewExercise(course).Write("02", "42", kind, 2)).Message,
            StringComparison.Ordinal);
    }
}
