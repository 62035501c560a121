using Course.Protocol;

namespace Course.Compiler;

/// <summary>Compiles what learners write most, so that the compiler's own code is ready when the first cell comes.</summary>
internal static class Warming
{
    private static readonly string[] Cells =
    [
        "using System.Collections.Generic;\nusing System.Linq;",
        """
        static double Sum(double[] p, double[] q)
        {
            double sum = 0;
            for (int i = 0; i < p.Length; i++)
                sum += p[i] > 0 ? p[i] * Math.Log(p[i] / q[i]) : 0;
            return sum;
        }
        """,
        "double[] p = [0.5, 0.5];\nConsole.WriteLine($\"{Sum(p, p.Select(x => x / 2).ToArray()):F3} nats\");",
        "(System.Func<double[], double[], double>)(Sum)",
    ];

    public static void Run(CellCompiler compiler)
    {
        string? parent = null;
        for (int i = 0; i < Cells.Length; i++)
        {
            string key = $"warming-{i}";
            compiler.Compile(new CompileCell(key, parent, "warming", Cells[i], [], Portable: true));
            parent = key;
        }
    }
}
