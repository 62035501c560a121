namespace Course.Checks.Chapter10;

/// <summary>10.2: what the gradient promises for the natural step of a given radius.</summary>
internal sealed class NaturalStep : ValueExercise
{
    private const double Radius = 0.01;
    private static readonly double[] G = [0.3, 0.4];
    private static readonly double[,] F = { { 0.2, 0.06 }, { 0.06, 0.05 } };

    public override string Id => "10.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "promisedGain");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Math.Sqrt(2 * Radius * Natural);

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("forgot-two", "A factor is missing under the root: the divergence of a step is half of d'Fd.", Math.Sqrt(Radius * Natural)),
        ("forgot-root", "This is the square of the gain: the divergence grows with the square of the step, so the step grows with the root of the radius.", 2 * Radius * Natural),
        ("not-scaled", "This is the gain of the step F^-1 g as it is: it has to be scaled until its divergence is the radius.", Natural),
        ("plain-direction", "This is the gain along the plain gradient: a step of the same divergence along F^-1 g gains more.", Math.Sqrt(2 * Radius / Quadratic(F)) * Dot(G, G)),
        ("euclidean", "The length of the step was measured in the parameters: the radius is a divergence, and F says how much of it a step costs.", Math.Sqrt(2 * Radius * Dot(G, G))),
        ("forgot-inverse", "F stands where its inverse belongs: directions in which the policy changes little should get the longer steps.", Math.Sqrt(2 * Radius * Quadratic(F))),
        ("diagonal-only", "Each parameter was divided by its own diagonal element: F is not diagonal, so a linear system has to be solved.",
            Math.Sqrt(2 * Radius * (G[0] * G[0] / F[0, 0] + G[1] * G[1] / F[1, 1]))),
        ("length-of-step", "This is the factor before F^-1 g: the question is what the surrogate gains, g'd.", Math.Sqrt(2 * Radius / Natural)),
    ];

    // g'F^-1 g.
    private static double Natural
    {
        get
        {
            double determinant = F[0, 0] * F[1, 1] - F[0, 1] * F[1, 0];
            return Quadratic(new[,] { { F[1, 1] / determinant, -F[0, 1] / determinant }, { -F[1, 0] / determinant, F[0, 0] / determinant } });
        }
    }

    private static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1];

    private static double Quadratic(double[,] m) => G[0] * (m[0, 0] * G[0] + m[0, 1] * G[1]) + G[1] * (m[1, 0] * G[0] + m[1, 1] * G[1]);
}
