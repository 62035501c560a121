using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>A grader for a class of tests.</summary>
public sealed class SharedGrader : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly SessionPool _pool;

    public SharedGrader()
    {
        _pool = new SessionPool(Compilers.Shared, Kit.OptionsIn(_folder));
        Grader = new Grader(_pool, TimeLimit.Of(TimeSpan.FromSeconds(60)), new Redaction(_folder));
    }

    public Grader Grader { get; }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
