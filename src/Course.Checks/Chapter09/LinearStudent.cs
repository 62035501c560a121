using RelativeEntropy;

namespace Course.Checks.Chapter09;

/// <summary>09.5: a linear student distilled from a teacher: a convex problem, so that what comes out does not depend on how it was found.</summary>
internal sealed class LinearStudent : FunctionExercise<LinearStudent.Case, double[]>
{
    /// <summary>One input: the images, one per row, the teacher's logits for each, and the temperature.</summary>
    public sealed record Case(double[] Inputs, int Columns, double[] Teacher, int Classes, double Temperature)
    {
        public int Rows => Inputs.Length / Columns;

        public double[] Row(int row) => [1, .. Inputs[(row * Columns)..((row + 1) * Columns)]];

        public double[] Logits(int row) => Teacher[(row * Classes)..((row + 1) * Classes)];
    }

    public override string Id => "09.5";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], int, double[], int, double, double[]>>(
        "double[] Distil(double[] inputs, int columns, double[] teacher, int classes, double temperature)");

    // Asked to 1e-6. Newton's steps here end at rounding. Every mistake moves a probability by more than 1e-3 on one input at least.
    protected override Precision Tolerance => Precision.Absolute(1e-6);

    protected override IReadOnlyList<Mistake<Case, double[]>> Mistakes { get; } =
    [
        new("teacher-returned", "These are the teacher's own soft targets: a linear student cannot give them, and what it gives is asked for.",
            x => Each(x, row => Softmax(x.Logits(row), x.Temperature))),
        new("temperature-ignored", "The student was taught at temperature 1: both sets of logits are divided by T, in training and in the answer.",
            x => Taught(x, row => Softmax(x.Logits(row), 1))),
        new("answered-at-one", "The student was taught rightly, but its answers are given at temperature 1: they are asked for at T.",
            x => Sharpened(Taught(x, Soft(x)), x.Classes, x.Temperature)),
        new("taught-at-one", "The student was taught at temperature 1 and only its answers were softened: temperature belongs into the training.",
            x => Sharpened(Taught(x, row => Softmax(x.Logits(row), 1)), x.Classes, 1 / x.Temperature)),
        new("hard-labels", "The student was taught by the teacher's decisions: its soft targets say more than its largest logit.",
            x => Taught(x, row => [.. x.Logits(row).Select(z => z == x.Logits(row).Max() ? 1.0 : 0)])),
        new("no-bias", "The student has no bias: each of its logits is a weighted sum of the inputs plus a constant of its own.",
            x => Taught(x, Soft(x), first: 1)),
        new("matched-logits", "The logits were matched by least squares: that is the limit of a very high temperature, and not the loss at this one.", Matched),
    ];

    protected override IReadOnlyList<Symptom<Case, double[]>> Symptoms { get; } =
    [
        new("not-normalised", "The answers of a row do not sum to one: a softmax is missing, or the numbers stand in another order than row by row.",
            (x, q) => q.Chunk(x.Classes).Any(row => !(Math.Abs(row.Sum() - 1) < 1e-6))),
        new("reverse-divergence", "This student minimises D(q || p): the teacher weighs the terms, so it is the first argument.",
            (x, q) => q.All(v => v is > 0 and <= 1) && Imbalance(x, Each(x, row => Reverse(x, row, q))) < 1e-6),
        new("not-converged", "This is a linear student, but not the one of the smallest loss: there, "
            + "the mean of q - p over the images is zero for every class, and so is that of (q - p) times each input. "
            + "Either the descent ended too early, or it goes down another loss.",
            (x, q) => IsLinear(x, q) && Imbalance(x, Each(x, row => Forward(x, row, q))) > 1e-8),
        new("not-linear", "Either no linear student answers like this, or its probabilities are rounded: ln q_c - ln q_0 must be a weighted sum "
            + "of the inputs plus a constant, with the same weights for every image.",
            (x, q) => q.All(v => v is > 0 and <= 1) && !IsLinear(x, q)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return Drawn(random, 24, 1, 2, 1);
        yield return Drawn(random, 30, 2, 3, 3);
        yield return Drawn(random, 40, 2, 4, 2);
    }

    protected override object?[] Arguments(Case input) => [input.Inputs, input.Columns, input.Teacher, input.Classes, input.Temperature];

    protected override double[] Truth(Case input) => Taught(input, Soft(input));

    protected override string Describe(Case input) =>
        $"{input.Rows} images of {input.Columns} numbers, {input.Classes} classes and temperature = {Words.Of(input.Temperature)}";

    // A teacher that is not linear: quadratic in the inputs, and with a part that the inputs do not tell, so that no student separates its decisions.
    private static Case Drawn(Random random, int rows, int columns, int classes, double temperature)
    {
        double[] inputs = [.. Enumerable.Range(0, rows * columns).Select(_ => 2 * random.NextDouble() - 1)];
        double[] slopes = [.. Enumerable.Range(0, classes * columns).Select(_ => 4 * random.NextDouble() - 2)];
        double[] teacher = new double[rows * classes];
        for (int i = 0; i < teacher.Length; i++)
        {
            int row = i / classes, c = i % classes;
            double value = 0.7 + 0.3 * c + 5 * (random.NextDouble() - 0.5);
            for (int k = 0; k < columns; k++)
            {
                double v = inputs[row * columns + k];
                value += slopes[c * columns + k] * v + (c % 2 == 0 ? 1.5 : -1.5) * v * v;
            }

            teacher[i] = value;
        }

        return new(inputs, columns, teacher, classes, temperature);
    }

    private static double[] Softmax(double[] logits, double temperature)
    {
        double[] p = new double[logits.Length];
        Logits.Softmax(logits, p, temperature);
        return p;
    }

    private static Func<int, double[]> Soft(Case x) => row => Softmax(x.Logits(row), x.Temperature);

    private static double[] Each(Case x, Func<int, double[]> answer) => [.. Enumerable.Range(0, x.Rows).SelectMany(answer)];

    private static double[] Sharpened(double[] q, int classes, double power) =>
        [.. q.Chunk(classes).SelectMany(row => Softmax([.. row.Select(v => Math.Log(v))], 1 / power))];

    // Each class but the last has its own weights of (1, inputs), or of the inputs alone where first is 1; the last one's logit is zero, which fixes the constant.
    private static double[] Scores(Case x, double[] row, double[] weights, int first)
    {
        int m = row.Length - first;
        return [.. Enumerable.Range(0, x.Classes).Select(c => c == x.Classes - 1 ? 0 : Enumerable.Range(0, m).Sum(k => weights[c * m + k] * row[k + first]))];
    }

    /// <summary>Newton's method on the convex mean of D(target || softmax(linear)), a step halved while the loss does not fall.</summary>
    private static double[] Taught(Case x, Func<int, double[]> target, int first = 0)
    {
        double[][] rows = [.. Enumerable.Range(0, x.Rows).Select(x.Row)], targets = [.. Enumerable.Range(0, x.Rows).Select(target)];
        int m = x.Columns + 1 - first, n = m * (x.Classes - 1);
        double[] weights = new double[n];
        double Loss(double[] w) => rows.Select((row, i) => Logits.CrossEntropyFromProbabilities(targets[i], Scores(x, row, w, first))).Sum();
        for (int iteration = 0; iteration < 60; iteration++)
        {
            double[] slope = new double[n];
            double[,] curvature = new double[n, n];
            for (int i = 0; i < rows.Length; i++)
            {
                double[] q = Softmax(Scores(x, rows[i], weights, first), 1);
                for (int a = 0; a < n; a++)
                {
                    double input = rows[i][a % m + first];
                    slope[a] += (q[a / m] - targets[i][a / m]) * input;
                    for (int b = 0; b < n; b++)
                        curvature[a, b] += q[a / m] * ((a / m == b / m ? 1 : 0) - q[b / m]) * input * rows[i][b % m + first];
                }
            }

            double[] step = Solved(curvature, slope);
            double before = Loss(weights), length = 1;
            double[] Moved() => [.. weights.Zip(step, (w, s) => w - length * s)];
            while (Loss(Moved()) > before && length > 1e-3)
                length /= 2;
            weights = Moved();
            if (step.Max(Math.Abs) < 1e-9)
                break;
        }

        return Each(x, row => Softmax(Scores(x, rows[row], weights, first), 1));
    }

    private static double[] Matched(Case x) => Each(x, row => Softmax(Fitted(x, x.Logits)[row], x.Temperature));

    /// <summary>The linear functions of the inputs that are nearest to scores, by least squares: their values for each image.</summary>
    private static double[][] Fitted(Case x, Func<int, double[]> scores)
    {
        double[][] rows = [.. Enumerable.Range(0, x.Rows).Select(x.Row)], values = [.. Enumerable.Range(0, x.Rows).Select(scores)];
        int m = x.Columns + 1;
        double[,] normal = new double[m, m];
        for (int a = 0; a < m * m; a++)
            normal[a / m, a % m] = rows.Sum(row => row[a / m] * row[a % m]);
        double[][] weights = [.. Enumerable.Range(0, x.Classes).Select(c =>
            Solved(normal, [.. Enumerable.Range(0, m).Select(a => rows.Select((row, i) => row[a] * values[i][c]).Sum())]))];
        return [.. rows.Select(row => (double[])[.. weights.Select(w => w.Zip(row, (u, v) => u * v).Sum())])];
    }

    private static bool IsLinear(Case x, double[] q)
    {
        if (!q.All(v => v is > 0 and <= 1))
            return false;
        double[] Ratios(int row) => [.. Row(x, row, q).Select(v => Math.Log(v / q[row * x.Classes]))];
        return Fitted(x, Ratios).Select((fitted, row) => fitted.Zip(Ratios(row), (a, b) => Math.Abs(a - b)).Max()).Max() < 1e-6;
    }

    // The slopes of D(p || q) and of D(q || p) by the logits of b/T, for one image.
    private static double[] Forward(Case x, int row, double[] q) => [.. Soft(x)(row).Zip(Row(x, row, q), (a, b) => b - a)];

    private static double[] Reverse(Case x, int row, double[] q)
    {
        double[] own = Row(x, row, q), logRatios = [.. own.Zip(Soft(x)(row), (b, a) => Math.Log(b / a))];
        double divergence = own.Zip(logRatios, (b, l) => b * l).Sum();
        return [.. own.Zip(logRatios, (b, l) => b * (l - divergence))];
    }

    private static double[] Row(Case x, int row, double[] q) => q[(row * x.Classes)..((row + 1) * x.Classes)];

    /// <summary>The largest slope by a weight of the student: zero at a minimum.</summary>
    private static double Imbalance(Case x, double[] slopes) => Enumerable.Range(0, x.Classes * (x.Columns + 1)).Max(a =>
        Math.Abs(Enumerable.Range(0, x.Rows).Average(row => slopes[row * x.Classes + a % x.Classes] * x.Row(row)[a / x.Classes])));

    /// <summary>Gaussian elimination with pivots.</summary>
    private static double[] Solved(double[,] matrix, double[] right)
    {
        int n = right.Length;
        double[,] a = (double[,])matrix.Clone();
        double[] x = (double[])right.Clone();
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (int j = 0; j < n; j++)
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k; j < n; j++)
                    a[i, j] -= factor * a[k, j];
                x[i] -= factor * x[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
                x[i] -= a[i, j] * x[j];
            x[i] /= a[i, i];
        }

        return x;
    }
}
