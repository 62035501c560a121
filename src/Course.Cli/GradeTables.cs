using Course.Checks;
using Course.Grading;
using Course.Grading.Results;
using Spectre.Console;

namespace Course.Cli;

/// <summary>Grades as tables on the console.</summary>
internal static class GradeTables
{
    private static readonly Outcome[] Counted = [Outcome.Correct, Outcome.Wrong, Outcome.Failed, Outcome.NotAttempted, Outcome.NotGraded];

    /// <summary>A table for each chapter, a row for each exercise.</summary>
    public static void ShowOwn(ClassResult result)
    {
        StudentResult you = result.Students.Single();
        foreach (ExerciseSheet sheet in result.Sheets)
        {
            string name = Path.GetFileNameWithoutExtension(sheet.Path);
            Table table = NewTable().Title(Markup.Escape(you.Notebooks.FirstOrDefault(n => n.Answers == name)?.File ?? name))
                .AddColumn("exercise").AddColumn(new TableColumn("points").RightAligned()).AddColumn("result").AddColumn("");
            ExerciseResult[] exercises = [.. you.Exercises.IntersectBy(sheet.Exercises.Select(e => e.Id), e => e.Id)];
            foreach (ExerciseResult e in exercises)
            {
                string message = e.Verdict.Outcome is Outcome.Correct or Outcome.NotAttempted ? "" : Escape(e.Verdict.Message);
                table.AddRow(Escape($"{e.Id} {e.Title}"), $"{e.Points.Shown()} / {e.MaximumPoints}", Coloured(e.Verdict), message);
            }
            Terminal.Out.Write(table);
            string all = $"{exercises.Sum(e => e.Points):0.##} of {exercises.Sum(e => e.MaximumPoints)} points";
            string[] open = [.. exercises.Where(e => e.Points is null).Select(e => e.Id)];
            Console.WriteLine(open.Length == 0 ? all : $"{all} so far; not graded: {string.Join(", ", open)}. Try again");
        }
    }

    /// <summary>A row for each student, and one for each exercise with what most went wrong in it.</summary>
    public static void ShowClass(ClassResult result)
    {
        Table students = WithCounts(NewTable().AddColumn("student").AddColumn(Right("points"))).AddColumn("needs a look");
        foreach (StudentResult student in result.Students)
        {
            students.AddRow(
            [
                Escape(student.Student),
                $"{student.Points.Shown()} / {student.MaximumPoints}",
                .. Counts(student.Exercises),
                Escape(string.Join("; ", student.LooksNeeded)),
            ]);
        }
        Terminal.Out.Write(students);
        Table exercises = WithCounts(NewTable().AddColumn("exercise")).AddColumn("most frequent mistake");
        foreach (SheetExercise exercise in result.Exercises)
        {
            ExerciseResult[] all = [.. result.Students.SelectMany(s => s.Exercises).Where(e => e.Id == exercise.Id)];
            var mistake = all.Select(e => e.Verdict.Mistake).OfType<string>().CountBy(m => m).OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).FirstOrDefault();
            exercises.AddRow([Escape($"{exercise.Id} {exercise.Title}"), .. Counts(all), mistake.Key is null ? "" : Escape($"{mistake.Key} ({mistake.Value})")]);
        }
        Terminal.Out.Write(exercises);
    }

    /// <summary>An outcome in its colour.</summary>
    public static string Coloured(Verdict verdict) => $"[{Colour(verdict.Outcome)}]{verdict.OutcomeText}[/]";

    private static string Colour(Outcome outcome) => outcome switch
    {
        Outcome.Correct => "green",
        Outcome.NotAttempted => "dim",
        _ => "red",
    };

    private static Table WithCounts(Table table) =>
        Counted.Aggregate(table, (wider, outcome) => wider.AddColumn(Right(new Verdict("", outcome, "").OutcomeText)));

    private static IEnumerable<string> Counts(IReadOnlyList<ExerciseResult> exercises) =>
        Counted.Select(outcome => $"{exercises.Count(e => e.Verdict.Outcome == outcome)}");

    private static Table NewTable() => new Table().Border(TableBorder.Rounded);

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Escape(string text) => Markup.Escape(Terminal.Plain(text));
}
