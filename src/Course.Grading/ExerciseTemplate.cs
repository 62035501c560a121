using Course.Notebooks;

namespace Course.Grading;

/// <summary>The texts of a new exercise.</summary>
internal sealed record ExerciseTemplate(string Id, string Title, string Class, string Answer, ExerciseKind Kind, int Points)
{
    private static readonly string[] HintsGrow = ["a gentle push", "the next step", "nearly the answer"];

    /// <summary>The cells in the notebook of solutions.</summary>
    public IEnumerable<Cell> Cells()
    {
        int part = 0;
        string tag = Id.Replace('.', '-');
        yield return Prose(
            $"""
            ## Exercise {Id} · {Title} · {Points} {(Points == 1 ? "point" : "points")}

            TODO: what is asked for, with every symbol defined and the edge cases named.

            {Asked()}

            {string.Join("\n\n", Enumerable.Range(1, SheetExercise.HintCount).Select(Hint))}
            """);
        yield return Code($"// exercise {Id}\n{Marked()}");
        yield return Code($"Check.Exercise(\"{Id}\", {Answer})");
        yield return Prose($"#### Solution {Id}\n\nTODO: why it is so.");
        foreach ((string kind, string name, string code) in Variants())
            yield return Prose($"#### {kind} {Id}: {name}\n\n"
                + (code.StartsWith(ExerciseSheet.BrokenByListed, StringComparison.Ordinal)
                    ? code
                    : $"```csharp\n// exercise {Id}\n{code}\n```"));

        Cell Prose(string text) => new MarkdownCell($"exercise-{tag}-{++part}", text, []);

        Cell Code(string text) => new CodeCell($"exercise-{tag}-{++part}", text, [], null, []);
    }

    private static string Hint(int number) =>
        $"<details><summary>Hint {number}</summary>\n\nTODO: {HintsGrow[number - 1]}.\n\n</details>";

    private string Asked() => Kind switch
    {
        ExerciseKind.Function => $"Write `static double {Answer}(double[] values)`: the mean of the values.",
        ExerciseKind.Value => $"Set `{Answer}` to the number of nats in one bit, right to four decimal places.",
        ExerciseKind.Choice => $"Set `{Answer}` to the letter of the right statement.\n\n- **A** One is right.\n- **B** One is not.",
        _ => $"Write `static double[][] {Answer}()`, which returns one distribution on at least two outcomes.",
    };

    private string Marked() => Kind switch
    {
        ExerciseKind.Function =>
            $$"""
            static double {{Answer}}(double[] values)
            {
                // begin solution (stub: throw new NotImplementedException();)
                return values.Sum() / values.Length;
                // end solution
            }
            """,
        ExerciseKind.Value => $"// begin solution (stub: double? {Answer} = null;)\ndouble? {Answer} = 0.6931;\n// end solution",
        ExerciseKind.Choice => $"// begin solution (stub: string {Answer} = null;)\nstring {Answer} = \"A\";\n// end solution",
        _ =>
            $$"""
            static double[][] {{Answer}}()
            {
                // begin solution (stub: throw new NotImplementedException();)
                return [[0.5, 0.5]];
                // end solution
            }
            """,
    };

    private IEnumerable<(string Kind, string Name, string Code)> Variants() => Kind switch
    {
        ExerciseKind.Function =>
        [
            ("Alternative", "by LINQ", $"static double {Answer}(double[] values) => values.Average();"),
            ("Alternative", "term by term", $"static double {Answer}(double[] values) => values.Sum(v => v / values.Length);"),
            ("Wrong", "sum-for-mean", $"static double {Answer}(double[] values) => values.Sum();"),
            ("Demand", "divided by their number", $"{ExerciseSheet.BrokenByListed}sum-for-mean"),
            ("Ignores", "values", $"static double {Answer}(double[] values) => 0.5;"),
            ("Hint", "literal", $"static double {Answer}(double[] values) => values.Sum() / values.Length;"),
        ],
        ExerciseKind.Value =>
        [
            ("Alternative", "computed", $"double? {Answer} = Math.Log(2);"),
            ("Alternative", "the other way round", $"double? {Answer} = 1 / Math.Log2(Math.E);"),
            ("Wrong", "bits-for-nats", $"double? {Answer} = 1.4427;"),
            ("Demand", "nats in one bit", $"{ExerciseSheet.BrokenByListed}bits-for-nats"),
            ("Demand", "right to four decimal places", $"double? {Answer} = 0.6932;"),
            ("Hint", "literal", $"double? {Answer} = -Math.Log(0.5);"),
        ],
        ExerciseKind.Choice =>
        [
            ("Alternative", "in lower case", $"string {Answer} = \"a\";"),
            ("Alternative", "computed", $"string {Answer} = 1 + 1 == 2 ? \"A\" : \"B\";"),
            ("Wrong", "chose-B", $"string {Answer} = \"B\";"),
            ("Demand", "the right statement", $"{ExerciseSheet.BrokenByListed}chose-B"),
            ("Hint", "literal", $"string {Answer} = \"A\";"),
        ],
        _ =>
        [
            ("Alternative", "uneven", $"static double[][] {Answer}() => [[0.25, 0.75]];"),
            ("Alternative", "three outcomes", $"static double[][] {Answer}() => [[0.2, 0.3, 0.5]];"),
            ("Wrong", "wrong-shape", $"static double[][] {Answer}() => [];"),
            ("Wrong", "not-normalised", $"static double[][] {Answer}() => [[1, 1]];"),
            ("Demand", "one distribution", $"{ExerciseSheet.BrokenByListed}not-normalised"),
            ("Demand", "at least two outcomes", $"static double[][] {Answer}() => [[1]];"),
            ("Hint", "literal", $"static double[][] {Answer}() => [[0.5, 0.5]];"),
        ],
    };

    /// <summary>The class of the check.</summary>
    public string Check(string space) => Kind switch
    {
        ExerciseKind.Function =>
            $$"""
            namespace Course.Checks.{{space}};

            /// <summary>{{Id}}: TODO what is asked for.</summary>
            internal sealed class {{Class}} : FunctionExercise<double[], double>
            {
                public override string Id => "{{Id}}";

                public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double>>("double {{Answer}}(double[] values)");

                // TODO: derive it. A sum of n terms in any order errs by at most n u sum|x|, u = 1.1e-16: for n <= 6 positive values
                // a relative 1e-15.
                protected override Precision Tolerance => 1e-12;

                protected override IReadOnlyList<Mistake<double[], double>> Mistakes { get; } =
                [
                    new("sum-for-mean", "This is the sum of the values: the mean divides it by their number.", x => x.Sum()),
                ];

                protected override IEnumerable<double[]> Inputs(Random random)
                {
                    yield return [1, 2];
                    for (int n = 2; n <= 6; n++)
                        yield return Draw.Distribution(random, n);
                }

                protected override object?[] Arguments(double[] input) => [input];

                protected override double Truth(double[] input) => input.Average();

                protected override string Describe(double[] input) => $"values = {Words.Of(input)}";
            }

            """,
        ExerciseKind.Value =>
            $$"""
            namespace Course.Checks.{{space}};

            /// <summary>{{Id}}: TODO what is asked for.</summary>
            internal sealed class {{Class}} : ValueExercise
            {
                public override string Id => "{{Id}}";

                public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "{{Answer}}");

                protected override Precision Tolerance => Precision.Decimals(4);

                protected override double Truth => Math.Log(2);

                protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
                [
                    ("bits-for-nats", "This is the number of bits in one nat: it was asked for the other way round.", 1 / Math.Log(2)),
                ];
            }

            """,
        ExerciseKind.Choice =>
            $$"""
            namespace Course.Checks.{{space}};

            /// <summary>{{Id}}: TODO what is asked for.</summary>
            internal sealed class {{Class}} : ChoiceExercise
            {
                public override string Id => "{{Id}}";

                public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "{{Answer}}");

                protected override string Right => "A";

                protected override IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
                {
                    ["B"] = "TODO: why B is wrong, without saying what is right.",
                };
            }

            """,
        _ =>
            $$"""
            namespace Course.Checks.{{space}};

            /// <summary>{{Id}}: TODO what is asked for.</summary>
            internal sealed class {{Class}} : PropertyExercise<double[][]>
            {
                public override string Id => "{{Id}}";

                public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[][]>>("double[][] {{Answer}}()");

                protected override IReadOnlyList<Fault<double[][]>> Faults { get; } =
                [
                    new("wrong-shape", d => d is not [{ Length: >= 2 }] ? "One row of at least two probabilities is asked for." : null),
                    new("not-normalised", d => !(d[0].All(v => v >= 0) && Math.Abs(d[0].Sum() - 1) <= 1e-8)
                        ? $"The row is {Words.Of(d[0])}: probabilities are not negative and sum to one." : null),
                ];
            }

            """,
    };
}
