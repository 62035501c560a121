using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Checks;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>What a learner has done so far, kept in one file of the course's folder.</summary>
public sealed class LearnerProgress
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly string _path;
    private readonly SortedDictionary<string, Entry> _exercises;

    private LearnerProgress(string path, SortedDictionary<string, Entry> exercises) => (_path, _exercises) = (path, exercises);

    private readonly record struct Entry(Outcome Outcome, int Hints);

    /// <summary>Loads the progress in a course; none where there is no file yet.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be understood.</exception>
    public static LearnerProgress Load(CourseFolder course)
    {
        string path = Path.Combine(course.Root, ".course", "progress.json");
        try
        {
            return new LearnerProgress(path, File.Exists(path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, Entry>>(File.ReadAllText(path), Layout) ?? []
                : []);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"'{CourseFolder.Shown(path)}' cannot be read. Delete it to start anew: it holds only which exercises are done", e);
        }
    }

    /// <summary>Changes the file of a learner's progress. No result depends on it, so trouble with the file is only told.</summary>
    /// <param name="course">The course.</param>
    /// <param name="change">What becomes of the progress so far.</param>
    /// <returns>What went wrong, or null.</returns>
    public static string? Remember(CourseFolder course, Func<LearnerProgress, LearnerProgress> change)
    {
        try
        {
            change(Load(course)).Save();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $"your progress was not saved: {e.Message}";
        }
    }

    /// <summary>The last outcome of an exercise.</summary>
    public Outcome OutcomeOf(SheetExercise exercise) =>
        _exercises.TryGetValue(exercise.Id, out Entry entry) ? entry.Outcome : Outcome.NotAttempted;

    /// <summary>Whether an exercise is solved.</summary>
    public bool IsDone(SheetExercise exercise) => OutcomeOf(exercise) == Outcome.Correct;

    /// <summary>The first exercise that is not solved, and its sheet; null where all are.</summary>
    /// <param name="sheets">The course's sheets.</param>
    public (ExerciseSheet Sheet, SheetExercise Exercise)? Next(IEnumerable<ExerciseSheet> sheets)
    {
        foreach (ExerciseSheet sheet in sheets)
        {
            if (sheet.Exercises.FirstOrDefault(e => !IsDone(e)) is { } exercise)
                return (sheet, exercise);
        }
        return null;
    }

    /// <summary>How many hints were asked for.</summary>
    public int HintsOf(SheetExercise exercise) => _exercises.TryGetValue(exercise.Id, out Entry entry) ? entry.Hints : 0;

    /// <summary>The progress after some exercises were graded.</summary>
    public LearnerProgress With(IEnumerable<Verdict> verdicts) =>
        verdicts.Where(v => v.Outcome.Rule().IsKept)
            .Aggregate(this, (progress, v) => progress.With(v.Exercise, entry => entry with { Outcome = v.Outcome }));

    /// <summary>The progress after one more hint was asked for.</summary>
    public LearnerProgress WithHint(SheetExercise exercise) =>
        With(exercise.Id, entry => entry with { Hints = Math.Min(entry.Hints + 1, exercise.Hints.Count) });

    /// <summary>Writes the file.</summary>
    public void Save() => AtomicFile.Write(_path, JsonSerializer.Serialize(_exercises, Layout) + "\n");

    private LearnerProgress With(string id, Func<Entry, Entry> change)
    {
        var exercises = new SortedDictionary<string, Entry>(_exercises, StringComparer.Ordinal);
        exercises[id] = change(exercises.TryGetValue(id, out Entry entry) ? entry : new Entry(Outcome.NotAttempted, 0));
        return new LearnerProgress(_path, exercises);
    }
}
