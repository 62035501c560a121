using Course.Checks;
using Course.Grading.Classroom;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

public sealed class ClassroomTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_class_is_a_folder_or_a_file_for_each_student()
    {
        string[] files =
        [
            "bob.ipynb", "alice/a.ipynb", "alice/deep/er/b.ipynb", "alice/.ipynb_checkpoints/a.ipynb", "carol/notes.txt", "dave.txt",
            ".hidden.ipynb", "alice.ipynb",
        ];
        foreach (string file in files)
            Write(file);
        IReadOnlyList<HandedIn> students = ClassFolder.Read(_folder);
        Assert.Equal(["alice", "bob", "carol", "dave"], students.Select(s => s.Student));
        Assert.Equal(["alice/a.ipynb", "alice/deep/er/b.ipynb", "alice.ipynb"], students[0].Notebooks.Select(students[0].Shown));
        Assert.Empty(students[2].Notebooks);
        Assert.Equal(["dave.txt: not a notebook: its name does not end with .ipynb"], students[3].Problems);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Write("alice/own.ipynb");
        string elsewhere = Directory.CreateTempSubdirectory("course-test-").FullName;
        File.WriteAllText(Path.Combine(elsewhere, "solution.ipynb"), "x");
        File.CreateSymbolicLink(Path.Combine(_folder, "alice", "link.ipynb"), Path.Combine(elsewhere, "solution.ipynb"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "alice", "links"), elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "bob"), elsewhere);
        IReadOnlyList<HandedIn> students = ClassFolder.Read(_folder);
        Directory.Delete(elsewhere, recursive: true);
        Assert.Equal(["alice/own.ipynb"], students[0].Notebooks.Select(students[0].Shown));
        Assert.Equal(
            ["alice/link.ipynb: a link, which is not followed", "alice/links: a link, which is not followed"], students[0].Problems);
        Assert.Empty(students[1].Notebooks);
    }

    [Fact]
    public void Seeds_differ_by_student_and_by_class_and_stay()
    {
        Assert.Distinct(new[] { new ClassSeed("a").Of("alice"), new ClassSeed("a").Of("bob"), new ClassSeed("b").Of("alice") });
        Assert.All(Enumerable.Range(0, 1000), i => Assert.InRange(new ClassSeed("s").Of($"{i}"), 0, int.MaxValue));

        // The first four bytes of the SHA-256 of "autumn 2026\nalice", halved: a grade of today must be reproducible later.
        Assert.Equal(818667796, new ClassSeed("autumn 2026").Of("alice"));
        Assert.Equal(ClassSeed.In(_folder, null), ClassSeed.In(_folder, null));
        Assert.Equal(new ClassSeed("given"), ClassSeed.In(_folder, "given"));
        Assert.Equal(new ClassSeed("given"), ClassSeed.In(_folder, null));
    }

    /// <summary>A disk without room costs nobody a grade: what is not written is remembered, and what is written can be read.</summary>
    [Fact]
    public void A_journal_that_cannot_be_written_goes_on_and_says_why()
    {
        Verdict[] verdicts = [new("02.3", Outcome.Correct, "Correct.")];
        using var disk = new FullDisk();
        using var journal = new Journal(disk);
        journal.Add("a", verdicts);
        Assert.Null(journal.Problem);
        disk.IsFull = true;
        journal.Add("b", verdicts);
        Assert.Equal(FullDisk.Message, journal.Problem);
        Assert.Equal(verdicts, journal.Find("b"));
        disk.IsFull = false;
        journal.Add("c", verdicts);

        using var written = new MemoryStream(disk.ToArray());
        using var later = new Journal(written);
        Assert.Equal([true, false, true], new[] { "a", "b", "c" }.Select(key => later.Find(key) is not null));
        Assert.Equal(2, disk.ToArray().Count(b => b == '\n'));
    }

    /// <summary>Writes a part of what does not fit, as a file system does.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public const string Message = "No space left on device";

        public bool IsFull { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(IsFull ? buffer[..(buffer.Length / 2)] : buffer);
            if (IsFull)
                throw new IOException(Message);
        }
    }

    [Fact]
    public void The_journal_keeps_what_was_written_and_drops_the_line_on_which_it_was_cut()
    {
        Verdict[] verdicts = [new("02.1", Outcome.Wrong, "no\n\"so\"", "sign"), new("02.2", Outcome.Correct, "Correct.")];
        using (Journal journal = Journal.Open(_folder))
        {
            journal.Add("one", verdicts);
            journal.Add("two", verdicts);
        }
        string path = Path.Combine(_folder, Journal.FileName);
        File.WriteAllText(path, File.ReadAllText(path)[..^20]);
        using (Journal journal = Journal.Open(_folder))
        {
            Assert.Equal(verdicts, journal.Find("one"));
            Assert.Null(journal.Find("two"));
            journal.Add("three", verdicts);
        }
        using (Journal journal = Journal.Open(_folder))
        {
            Assert.Equal(verdicts, journal.Find("three"));
            Assert.Throws<InvalidOperationException>(() => Journal.Open(_folder));
        }
    }

    [Fact]
    public void A_grade_is_known_by_everything_that_could_change_it()
    {
        var receipt = new Receipt("1", "10", "c", "l", 20, false);
        var sheet = new ExerciseSheet(
            "s", Of(), [new SheetExercise("02.1", "T", 3, ["a", "b", "c"], (Course.Notebooks.CodeCell)Code(""), [], [])]);
        Assert.Distinct(new[]
        {
            receipt.Key("n", sheet, 1), receipt.Key("m", sheet, 1), receipt.Key("n", sheet, 2),
            (receipt with { Checks = "d" }).Key("n", sheet, 1), (receipt with { Library = "m" }).Key("n", sheet, 1),
            (receipt with { TimeoutSeconds = 10 }).Key("n", sheet, 1), (receipt with { Runtime = "11" }).Key("n", sheet, 1),
            (receipt with { Isolated = true }).Key("n", sheet, 1),
            receipt.Key("n", sheet with { Exercises = [sheet.Exercises[0] with { Points = 2 }] }, 1),
        });
        Assert.Equal(receipt.Key("n", sheet, 1), (receipt with { }).Key("n", sheet with { Path = "elsewhere" }, 1));
    }

    private void Write(string name)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }
}
