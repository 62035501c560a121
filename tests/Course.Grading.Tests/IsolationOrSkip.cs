using Course.Hosting;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>Isolation for tests that need it; where the system denies it, they are skipped and say why.</summary>
internal static class IsolationOrSkip
{
    /// <summary>Isolation with a folder as the course.</summary>
    public static async Task<Isolation> InAsync(string folder)
    {
        try
        {
            return await Kit.IsolateAsync(new CourseFolder(folder), TestContext.Current.CancellationToken);
        }
        catch (IsolationException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
