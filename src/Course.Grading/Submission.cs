using Course.Checks;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>What a learner handed in.</summary>
/// <param name="Notebook">The notebook.</param>
public sealed record Submission(Notebook Notebook)
{
    /// <summary>The code that answers an exercise.</summary>
    /// <exception cref="AnswerException">There is no such cell, or more than one.</exception>
    public SubmittedAnswer Find(string exercise)
    {
        CodeCell[] code = [.. Notebook.CodeCells.Where(cell => cell.HasCode)];
        int[] places = [.. Enumerable.Range(0, code.Length).Where(i => AnswerCell.IdOf(code[i]) == exercise)];
        if (places is [])
        {
            throw new AnswerException(
                Outcome.Failed,
                $"Its cell is missing: no cell begins with '{AnswerCell.Marker}{exercise}'. "
                + "Copy the cell back from the exercise notebook.");
        }
        if (places is not [var place])
        {
            string numbers = string.Join(", ", places.Select(p => p + 1));
            throw new AnswerException(
                Outcome.Failed, $"The cells {numbers} all begin with '{AnswerCell.Marker}{exercise}'. Keep one of them.");
        }
        return new SubmittedAnswer(
            new NumberedCode(place + 1, code[place].Source),
            [.. from i in Enumerable.Range(0, place) where IsOwn(code[i]) select new NumberedCode(i + 1, code[i].Source)]);
    }

    /// <summary>Whether a cell for an exercise is not as it was given out.</summary>
    public bool Attempts(SheetExercise exercise) =>
        Notebook.CodeCells.Any(cell => AnswerCell.IdOf(cell) == exercise.Id && !AnswerCell.IsStub(cell.Source, exercise.Answer));

    /// <summary>The exercises that have an answer cell in a notebook.</summary>
    public static IEnumerable<string> ExercisesIn(Notebook notebook) => notebook.CodeCells.Select(AnswerCell.IdOf).OfType<string>();

    private static bool IsOwn(CodeCell cell) =>
        AnswerCell.IdOf(cell) is null && !AnswerCell.IsCheck(cell) && !AnswerCell.IsDirective(cell);
}

/// <summary>The code of one answer.</summary>
/// <param name="Answer">The answer's cell.</param>
/// <param name="Above">The cells above it that belong to no exercise, in order.</param>
public sealed record SubmittedAnswer(NumberedCode Answer, IReadOnlyList<NumberedCode> Above);

/// <summary>A code cell's text.</summary>
/// <param name="Number">The cell, counting cells with code from one, as the number beside it in an editor does.</param>
/// <param name="Source">Its text.</param>
public readonly record struct NumberedCode(int Number, string Source);
