namespace Course.Grading;

/// <summary>
/// How often the runners of an exercise were killed. The system kills what is in its way, so it says nothing about the answer; but one
/// whose runner is killed in each attempt is taken to have done it.
/// </summary>
internal sealed class Kills
{
    private int _count;

    /// <summary>Counts one.</summary>
    /// <exception cref="ChildKilledException">There were fewer than there are attempts.</exception>
    public void Add(string message)
    {
        if (++_count < Grader.Attempts)
            throw new ChildKilledException(message);
    }
}

/// <summary>A runner was killed, which may not be the answer's doing.</summary>
internal sealed class ChildKilledException(string message) : InvalidOperationException(message);
