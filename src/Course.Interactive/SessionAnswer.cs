using Course.Checks;
using Course.Grading;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace Course.Interactive;

/// <summary>The answer to an exercise as it stands in the notebook's session.</summary>
internal static class SessionAnswer
{
    /// <summary>Checks it, as the line below an exercise and <c>course grade</c> do. The session stays as it is: the expression that finds the answer is run beside it.</summary>
    public static async Task<Verdict> CheckAsync(CSharpKernel kernel, Exercise exercise)
    {
        AnswerForm form = exercise.Form;
        try
        {
            string expression = $"(System.Delegate)({CSharpName.Of(form.DelegateType)})({form.Expression})";
            if (kernel.ScriptState is { } session)
                return Check.Exercise(exercise.Id, (await session.ContinueWithAsync<Delegate>(expression)).ReturnValue);
        }
        catch (CompilationErrorException)
        {
            // No such name, or of another type.
        }
        return new Verdict(exercise.Id, Outcome.Failed, $"There is no {form.Signature} in this session: run the cell of your answer, and keep the name, the parameters and the type as asked.");
    }
}
