using System.CommandLine;
using Course.Grading;
using Course.Notebooks;
using Spectre.Console;

namespace Course.Cli;

/// <summary><c>course verify</c>: checks the course's own exercises.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "For authors: stubs must score nothing, solutions and alternatives everything, each wrong answer its own diagnosis.");
        command.SetAction((_, cancellation) => Guard.RunAsync(() => RunAsync(cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        CourseFolder course = Guard.Course();
        ExerciseSheet[] sheets = [.. CourseFolder.NotebooksIn(course.Solutions).Select(ExerciseSheet.Read)];
        if (sheets.Length == 0)
            throw new UsageException($"there are no solutions in '{CourseFolder.Shown(course.Solutions)}'");
        using var workspace = new Workspace();
        await using var hosts = new HostPool(Kit.OptionsIn(workspace.Folder));
        var verification = new Verification(new Grader(hosts, TimeSpan.FromSeconds(GradeCommand.AnswerSeconds)));
        var facts = new List<VerifiedFact>();
        await Terminal.Out.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                foreach (ExerciseSheet sheet in sheets)
                {
                    ProgressTask bar = context.AddTask(Markup.Escape(Path.GetFileName(sheet.Path)), maxValue: Verification.Count(sheet));
                    await foreach (VerifiedFact fact in verification.VerifyAsync(sheet, cancellation))
                    {
                        facts.Add(fact);
                        bar.Increment(1);
                    }
                }
            });
        foreach (VerifiedFact fact in facts.Where(f => !f.Holds))
            Terminal.Error($"{fact.Exercise}: {fact.Statement}: {fact.Problem}");
        int wrong = sheets.Sum(s => s.Exercises.Sum(e => e.Wrong.Count));
        Terminal.Out.MarkupLineInterpolated($"{sheets.Sum(s => s.Exercises.Count)} exercises, {facts.Count(f => f.Holds)} of {facts.Count} statements hold; {wrong} wrong answers listed.");
        return ExitCode.Of(facts.All(f => f.Holds));
    }
}
