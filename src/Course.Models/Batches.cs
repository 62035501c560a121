namespace Course.Models;

/// <summary>Mini-batches: which rows of a table each step of training sees.</summary>
public static class Batches
{
    /// <summary>One pass over the data in random order: the rows 0, ..., rows - 1 permuted and cut into batches.</summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="size">The rows of a batch, at least 1; the last batch holds what is left.</param>
    /// <param name="random">Where the order comes from.</param>
    /// <returns>The indices of each batch; together each row once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static IEnumerable<int[]> Shuffled(int rows, int size, SeededRandom random)
    {
        Shape.Positive(size, nameof(size));
        ArgumentNullException.ThrowIfNull(random);
        return random.Permutation(rows).Chunk(size);
    }

    /// <summary>The given rows of a table, one after the other.</summary>
    /// <param name="table">The table, row-major.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <returns>A new table of as many rows as are given.</returns>
    /// <exception cref="ArgumentException">The table is not a whole number of rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or <paramref name="columns"/> is not positive.</exception>
    public static double[] Gather(ReadOnlySpan<double> table, int columns, ReadOnlySpan<int> rows)
    {
        Shape.Positive(columns, nameof(columns));
        int count = Shape.Rows(table.Length, columns, nameof(table));
        double[] gathered = new double[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Shape.Index(rows[i], count, nameof(rows), "rows");
            table.Slice(rows[i] * columns, columns).CopyTo(gathered.AsSpan(i * columns));
        }

        return gathered;
    }
}
