using Course.Checks;
using Course.Figures;
using Course.Grading;
using Course.Notebooks;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;

namespace Course.Interactive;

/// <summary><c>#!check 02.1</c>.</summary>
/// <param name="exercise">The exercise.</param>
internal sealed class CheckExercise(string exercise) : KernelDirectiveCommand
{
    public string Exercise { get; } = exercise;
}

/// <summary><c>#!hint 02.1</c>.</summary>
/// <param name="exercise">The exercise.</param>
internal sealed class ShowHint(string exercise) : KernelDirectiveCommand
{
    public string Exercise { get; } = exercise;
}

/// <summary><c>#!progress</c>.</summary>
internal sealed class ShowProgress : KernelDirectiveCommand;

/// <summary>The magic commands: what <c>course grade</c>, <c>course hint</c> and <c>course</c> say, in the notebook.</summary>
internal static class Commands
{
    private const string Markdown = "text/markdown";

    public static void AddTo(Kernel kernel)
    {
        kernel.AddDirective<CheckExercise>(
            new KernelActionDirective("#!check", "Checks the answer to an exercise, as it stands in this session.") { Parameters = { Exercise() } }, Guarded<CheckExercise>(CheckAsync));
        kernel.AddDirective<ShowHint>(
            new KernelActionDirective("#!hint", "Shows a hint for an exercise: the weakest first, one more each time.") { Parameters = { Exercise() } }, Guarded<ShowHint>(HintAsync));
        kernel.AddDirective<ShowProgress>(
            new KernelActionDirective("#!progress", "Shows how many exercises are solved, and which comes next."), Guarded<ShowProgress>(ProgressAsync));
    }

    private static KernelDirectiveParameter Exercise() =>
        new KernelDirectiveParameter("--exercise", "The exercise, as in 02.1.") { AllowImplicitName = true, Required = true }.AddCompletions(() => Exercises.All.Select(e => e.Id));

    /// <summary>What goes wrong is one sentence to the learner, without a stack trace.</summary>
    private static Func<TCommand, KernelInvocationContext, Task> Guarded<TCommand>(Func<TCommand, KernelInvocationContext, Task> handle)
        where TCommand : KernelDirectiveCommand => async (command, context) =>
        {
            try
            {
                await handle(command, context);
            }
            catch (Exception e) when (e is InvalidOperationException or NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                context.Fail(context.Command, message: e.Message);
            }
        };

    private static async Task CheckAsync(CheckExercise command, KernelInvocationContext context)
    {
        Exercise exercise = Known(command.Exercise, Exercises.All, e => e.Id);
        var kernel = (CSharpKernel)context.HandlingKernel.RootKernel.FindKernelByName("csharp");
        Verdict verdict = await SessionAnswer.CheckAsync(kernel, exercise);
        context.Display(verdict);
        if (CourseFolder.Find(Environment.CurrentDirectory) is { } course && course.Exercises == Environment.CurrentDirectory
            && LearnerProgress.Remember(course, progress => progress.With([verdict])) is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static Task HintAsync(ShowHint command, KernelInvocationContext context)
    {
        CourseFolder course = Course();
        SheetExercise exercise = Known(command.Exercise, [.. Sheets.Of(course).SelectMany(s => s.Exercises)], e => e.Id);
        LearnerProgress progress = LearnerProgress.Load(course).WithHint(exercise);
        context.DisplayAs(string.Join("\n\n", exercise.Hints.Take(progress.HintsOf(exercise)).Select((hint, i) =>
            $"**Hint {i + 1} of {exercise.Hints.Count} for {exercise.Id} {exercise.Title}**\n\n{hint}")), Markdown);
        progress.Save();
        return Task.CompletedTask;
    }

    private static Task ProgressAsync(ShowProgress command, KernelInvocationContext context)
    {
        CourseFolder course = Course();
        IReadOnlyList<ExerciseSheet> sheets = Sheets.Of(course);
        LearnerProgress progress = LearnerProgress.Load(course);
        context.Display(ChapterProgress.Of(course, sheets, progress).Aggregate(
            Table.Of("chapter", "exercises", "points"),
            (table, chapter) => table.Row(chapter.Title, $"{chapter.Done} of {chapter.Exercises}", $"{chapter.Points} of {chapter.MaximumPoints}")));
        context.DisplayAs(
            progress.Next(sheets) is var (sheet, exercise)
                ? $"Next: exercise **{exercise.Id} {exercise.Title}** in exercises/{Path.GetFileName(sheet.Path)}. Check it with `#!check {exercise.Id}`; a hint: `#!hint {exercise.Id}`."
                : "Next: nothing. Every exercise is solved.",
            Markdown);
        return Task.CompletedTask;
    }

    private static CourseFolder Course() => CourseFolder.Find(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException($"'{Environment.CurrentDirectory}' does not lie in a course: no folder above it holds notebooks/ and exercises/");

    private static T Known<T>(string given, IReadOnlyList<T> exercises, Func<T, string> id)
        where T : class => exercises.FirstOrDefault(e => id(e) == ExerciseId.Of(given))
            ?? throw new InvalidOperationException($"there is no exercise '{given}'. There are: {string.Join(", ", exercises.Select(id))}");
}
