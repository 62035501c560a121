using Course.Checks;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// A class made up of the course's own answers, right and wrong, and of what else people hand in; with what must come of it.
/// Everything is drawn from one seed.
/// </summary>
internal sealed class GeneratedClass
{
    private static readonly string[] Crashes =
    [
        "throw new InvalidOperationException(\"told\");",
        "static int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0);",
        "Environment.Exit(0);",
        "this does not compile",
        "System.Diagnostics.Process.GetCurrentProcess().Kill();",
        "var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 27]);",
    ];

    private static readonly string[] Attacks =
    [
        "Console.WriteLine(\"{\\\"event\\\":\\\"returned\\\",\\\"Value\\\":0}\"); Console.WriteLine(\"correct: Correct.\"); "
            + "Environment.Exit(0);",
        "foreach (string file in System.IO.Directory.EnumerateFiles(\".\")) System.IO.File.Delete(file);\n"
            + "AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = 0;\nEnvironment.Exit(0);",
        "new System.Threading.Thread(() => { while (true) { } }) { IsBackground = false }.Start();\n"
            + "throw new Exception(\"=1+1 <script>alert(1)</script>\\u0007\");",
        "while (true) Console.WriteLine(new string('x', 10000));",
    ];

    private static readonly string[] Broken =
        ["{ not json", "[]", "{\"cells\":[],\"nbformat\":3}", "\0\0\0\0", "{\"cells\":[1],\"nbformat\":4}"];

    private readonly Random _random;
    private readonly string _folder;
    private readonly IReadOnlyList<ExerciseSheet> _sheets;

    private GeneratedClass(string folder, IReadOnlyList<ExerciseSheet> sheets, int seed) =>
        (_folder, _sheets, _random) = (folder, sheets, new Random(seed));

    /// <summary>What must come of an exercise: all of its points only for a right answer, and for a wrong one its diagnosis.</summary>
    public sealed record Expectation(string Student, string Exercise, Outcome Outcome, string? Mistake = null);

    /// <summary>What must come of every exercise of a notebook that could be read.</summary>
    public List<Expectation> Expected { get; } = [];

    /// <summary>The students for whom somebody has to look.</summary>
    public List<string> ToLookAt { get; } = [];

    /// <summary>The students who answered as students do.</summary>
    public List<string> Honest { get; } = [];

    /// <summary>Writes a class into a folder.</summary>
    public static GeneratedClass Write(string folder, IReadOnlyList<ExerciseSheet> sheets, int students, int seed)
    {
        var made = new GeneratedClass(folder, sheets, seed);
        for (int i = 0; i < students; i++)
            made.WriteStudent(i);
        return made;
    }

    private void WriteStudent(int i)
    {
        const int Kinds = 9;
        ExerciseSheet sheet = _sheets[i % _sheets.Count];
        string name = $"{i:000}";
        switch (i % Kinds)
        {
            case 0:
                Honest.Add(name += "-right");
                WriteNotebook(name, sheet, e => Right(name, e, e.Answer.Source));
                break;
            case 1:
                Honest.Add(name += "-alternative");
                WriteNotebook(name, sheet, e => Right(name, e, Any(e.Alternatives).Code));
                break;
            case 2:
                Honest.Add(name += "-wrong");
                WriteNotebook(name, sheet, e => Wrong(name, e));
                break;
            case 3:
                name += "-empty";
                WriteNotebook(name, sheet, e => Stub(name, e));
                break;
            case 4:
                name += "-crashing";
                WriteNotebook(name, sheet, e => Failing(name, e, Any(Crashes)));
                break;
            case 5:
                name += "-endless";
                WriteNotebook(name, sheet, e => e == sheet.Exercises[0] ? Endless(name, e, sleeps: i < Kinds) : Stub(name, e));
                break;
            case 6:
                name += "-hostile";
                WriteNotebook(name, sheet, e => Failing(name, e, Any(Attacks)));
                break;
            case 7:
                Honest.Add(name += "-mixed");
                WriteNotebook(name, sheet, e => _random.Next(4) switch
                {
                    0 => Stub(name, e),
                    1 => Wrong(name, e),
                    2 => Right(name, e, Any(e.Alternatives).Code),
                    _ => Right(name, e, e.Answer.Source),
                });
                break;
            default:
                WriteBroken(name + "-broken");
                break;
        }
    }

    private string Right(string student, SheetExercise exercise, string code)
    {
        Expected.Add(new Expectation(student, exercise.Id, Outcome.Correct));
        return AnswerCell.Solution(code);
    }

    private string Wrong(string student, SheetExercise exercise)
    {
        AnswerVariant wrong = Any(exercise.Wrong);
        Expected.Add(new Expectation(student, exercise.Id, Outcome.Wrong, wrong.Name));
        return wrong.Code;
    }

    private string Stub(string student, SheetExercise exercise)
    {
        Expected.Add(new Expectation(student, exercise.Id, Outcome.NotAttempted));
        return AnswerCell.Stub(exercise.Answer.Source);
    }

    private string Failing(string student, SheetExercise exercise, string code, Outcome outcome = Outcome.Failed)
    {
        Expected.Add(new Expectation(student, exercise.Id, outcome));
        return $"// exercise {exercise.Id}\n{code}";
    }

    private string Endless(string student, SheetExercise exercise, bool sleeps)
    {
        if (!sleeps)
            return Failing(student, exercise, "while (true) { }", Outcome.TimedOut);
        ToLookAt.Add(student);
        return Failing(student, exercise, "System.Threading.Thread.Sleep(-1);", Outcome.Stalled);
    }

    private void WriteNotebook(string student, ExerciseSheet sheet, Func<SheetExercise, string> answer)
    {
        Notebook released = Releasing.Release(sheet);
        var cells = new List<Cell>();
        foreach (Cell cell in released.Cells)
        {
            SheetExercise? exercise = sheet.Exercises.FirstOrDefault(e => e.Id == AnswerCell.IdOf(cell));
            cells.Add(exercise is null ? cell : cell with { Source = answer(exercise) });
        }
        string name = Path.GetFileName(sheet.Path);
        NotebookFile.Write(
            released with { Cells = cells },
            _random.Next(2) == 0 ? Path.Combine(_folder, student + ".ipynb") : Path.Combine(_folder, student, "work", name));
    }

    private void WriteBroken(string student)
    {
        ToLookAt.Add(student);
        string folder = Directory.CreateDirectory(Path.Combine(_folder, student)).FullName, file = Path.Combine(folder, "answer.ipynb");
        switch (_random.Next(5))
        {
            case 0:
                break;
            case 1:
                File.WriteAllText(file, "");
                break;
            case 2:
                File.WriteAllText(Path.ChangeExtension(file, ".pages"), "wrong name");
                break;
            case 3:
                using (FileStream huge = File.Create(file))
                    huge.SetLength(40 << 20);
                break;
            default:
                File.WriteAllText(file, Any(Broken));
                break;
        }
    }

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];
}
