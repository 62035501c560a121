namespace RelativeEntropy.Tests;

/// <summary>What a call takes from the heap.</summary>
internal static class Allocation
{
    /// <summary>The fewest bytes of several calls: the runtime, too, takes some now and then, while it compiles a method again.</summary>
    public static long Of(Action call)
    {
        call();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
