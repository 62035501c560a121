namespace Course.Hosting.Tests;

/// <summary>Runners that are started ahead of their use.</summary>
public sealed class SessionPoolTests
{
    /// <summary>Here none can be started: what counts is how many were to be.</summary>
    [Theory]
    [InlineData(int.MaxValue, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    public async Task No_runner_is_started_ahead_of_the_last_session_that_is_expected(int expected, int startedForOne)
    {
        int started = 0;
        await using var sessions = new SessionPool(Compilers.Shared, Start, ahead: 2) { Expected = expected };
        await Assert.ThrowsAsync<InvalidOperationException>(sessions.TakeAsync);
        Assert.Equal(startedForOne, started);

        ChildOptions Start()
        {
            started++;
            throw new InvalidOperationException("there is none");
        }
    }
}
