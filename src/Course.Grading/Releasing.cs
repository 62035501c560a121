using Course.Notebooks;

namespace Course.Grading;

/// <summary>Makes what learners get from what authors write.</summary>
public static class Releasing
{
    /// <summary>The exercises without their solutions: stubs in place of solutions, nothing that is for authors, no outputs.</summary>
    /// <exception cref="NotebookFormatException">A solution is not marked as one.</exception>
    public static Notebook Release(ExerciseSheet sheet)
    {
        var cells = new List<Cell>();
        foreach (Cell cell in sheet.Notebook.Cells.Where(cell => !ExerciseSheet.IsForAuthors(cell)))
            cells.Add(cell is CodeCell code ? Released(sheet, code) : cell);
        return sheet.Notebook with { Cells = cells };
    }

    private static CodeCell Released(ExerciseSheet sheet, CodeCell cell)
    {
        string source = cell.Source;
        if (AnswerCell.IdOf(cell) is { } id)
        {
            try
            {
                source = AnswerCell.Stub(source).TrimEnd('\n');
            }
            catch (FormatException e)
            {
                throw new NotebookFormatException(sheet.Path, $"exercise {id}: {e.Message}", e);
            }
        }
        else if (AnswerCell.HasSolution(cell))
        {
            throw new NotebookFormatException(
                sheet.Path,
                $"a solution stands in a cell that does not begin with '{AnswerCell.Marker}NN.N': {cell.Source.Split('\n')[0]}");
        }
        return cell with { Source = source, ExecutionCount = null, Outputs = [] };
    }
}
