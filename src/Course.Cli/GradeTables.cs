using Course.Checks;
using Course.Grading;
using Course.Grading.Results;
using Spectre.Console;

namespace Course.Cli;

/// <summary>Grades as tables on the console.</summary>
internal static class GradeTables
{
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
                string message = e.Verdict.Outcome.Rule().Kind is OutcomeKind.Right or OutcomeKind.Open ? "" : Escape(e.Verdict.Message);
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
        HashSet<Outcome> outcomes = [.. result.Students.SelectMany(s => s.Exercises).Select(e => e.Verdict.Outcome)];
        OutcomeRule[] counted = [.. OutcomeRule.All.Where(rule => outcomes.Contains(rule.Outcome))];
        Table students = WithCounts(NewTable().AddColumn("student").AddColumn(Right("points")), counted).AddColumn("needs a look");
        foreach (StudentResult student in result.Students)
        {
            students.AddRow(
            [
                Escape(student.Student),
                $"{student.Points.Shown()} / {student.MaximumPoints}",
                .. Counts(student.Exercises, counted),
                Escape(string.Join("; ", student.LooksNeeded)),
            ]);
        }
        Terminal.Out.Write(students);
        Table exercises = WithCounts(NewTable().AddColumn("exercise"), counted).AddColumn("most frequent mistake");
        foreach (SheetExercise exercise in result.Exercises)
        {
            ExerciseResult[] all = [.. result.Students.SelectMany(s => s.Exercises).Where(e => e.Id == exercise.Id)];
            var mistake = all.Select(e => e.Verdict.Mistake).OfType<string>().CountBy(m => m).OrderByDescending(m => m.Value)
                .ThenBy(m => m.Key, StringComparer.Ordinal).FirstOrDefault();
            string most = mistake.Key is null ? "" : $"{mistake.Key} ({mistake.Value})";
            exercises.AddRow([Escape($"{exercise.Id} {exercise.Title}"), .. Counts(all, counted), Escape(most)]);
        }
        Terminal.Out.Write(exercises);
    }

    /// <summary>An outcome in its colour.</summary>
    public static string Coloured(Verdict verdict) => $"[{Colour(verdict.Outcome)}]{verdict.OutcomeText}[/]";

    private static string Colour(Outcome outcome) => outcome.Rule().Kind switch
    {
        OutcomeKind.Right => "green",
        OutcomeKind.Open => "dim",
        _ => "red",
    };

    private static Table WithCounts(Table table, OutcomeRule[] counted) =>
        counted.Aggregate(table, (wider, rule) => wider.AddColumn(Right(rule.Text)));

    private static IEnumerable<string> Counts(IReadOnlyList<ExerciseResult> exercises, OutcomeRule[] counted) =>
        counted.Select(rule => $"{exercises.Count(e => e.Verdict.Outcome == rule.Outcome)}");

    private static Table NewTable() => new Table().Border(TableBorder.Rounded);

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Escape(string text) => Markup.Escape(Terminal.Plain(text));
}
