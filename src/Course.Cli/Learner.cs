using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>The learner at this machine.</summary>
internal static class Learner
{
    /// <summary>Changes the file of the learner's progress. No result depends on it, so trouble with the file is only said.</summary>
    public static void Remember(CourseFolder course, Func<LearnerProgress, LearnerProgress> change)
    {
        if (LearnerProgress.Remember(course, change) is { } problem)
            Terminal.Error(problem);
    }
}
