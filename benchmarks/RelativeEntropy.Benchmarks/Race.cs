namespace RelativeEntropy.Benchmarks;

/// <summary>A function of the library and the scalar loop of its formula, on the same data.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Prepare">From a number of elements, the two to be timed, on data of their own.</param>
internal sealed record Race(string Name, Func<int, (Func<double> Function, Func<double> Loop)> Prepare)
{
    /// <summary>Beyond this many elements it is not run.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>Which part of its work the loop does, of a number of elements; its time counts as that of all.</summary>
    public Func<int, double> PartOfLoop { get; init; } = _ => 1;

    private const int Rounds = 15;
    private const double MillisecondsPerRound = 20;

    /// <summary>Nanoseconds of processor time per element: medians of rounds that take turns, so that what slows the machine slows both.</summary>
    public (double Function, double Loop) Run(int length)
    {
        (Func<double> function, Func<double> loop) = Prepare(length);
        WarmUp(function);
        WarmUp(loop);
        int functionCalls = Calls(function), loopCalls = Calls(loop);
        double[] functionTimes = new double[Rounds], loopTimes = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            functionTimes[round] = Time(function, functionCalls);
            loopTimes[round] = Time(loop, loopCalls);
        }

        return (Median(functionTimes) / length, Median(loopTimes) / length / PartOfLoop(length));
    }

    // Enough calls and time for the last tier of the compiler.
    private static void WarmUp(Func<double> action)
    {
        double used = 0;
        for (int i = 0; (i < 60 || used < 300) && used < 2000; i++)
            used += Milliseconds(action, 1);
        Thread.Sleep(200);
    }

    private static int Calls(Func<double> action)
    {
        int calls = 1;
        while (Milliseconds(action, calls) < MillisecondsPerRound)
            calls *= 2;
        return calls;
    }

    private static double Time(Func<double> action, int calls) => Milliseconds(action, calls) * 1e6 / calls;

    private static double Milliseconds(Func<double> action, int calls)
    {
        double sum = 0;
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < calls; i++)
            sum += action();
        TimeSpan end = Environment.CpuUsage.TotalTime;
        GC.KeepAlive(sum);
        return (end - start).TotalMilliseconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);
}
