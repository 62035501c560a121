using System.Text.Json;
using Course.Checks;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>An answer in a host process: it is sent inputs and sends back outputs, and knows nothing else.</summary>
internal sealed class HostAnswer(HostProcess host, AnswerForm form, TimeBudget budget, CancellationToken cancellation) : IAnswer
{
    private const int LongestName = 300;

    private readonly string _delegateType = CSharpName.Of(form.DelegateType);

    public T? Call<T>(params object?[] arguments) => Send<T>(form.Expression, _delegateType, arguments);

    public T? After<T>(T argument) => Send<T>($"a => {{ {form.Name}(a); return a; }}", CSharpName.Of(typeof(Func<T, T>)), argument);

    private T? Send<T>(string expression, string delegateType, params object?[] arguments)
    {
        HostEvent? answer = null;
        int answers = 0;
        var call = new CallFunction(expression, delegateType,
            [.. arguments.Select(a => JsonSerializer.SerializeToElement(a, MessageChannel.Json))]);
        HostFailure? failure;
        try
        {
            failure = budget.SendAsync(host, call, Take, cancellation).GetAwaiter().GetResult();
        }
        catch (HostKilledException e)
        {
            throw new AnswerException(Outcome.NotGraded, $"{form.Name}: {e.Message}.");
        }
        if (failure is not null)
        {
            Outcome outcome = failure.Kind == HostFailureKind.Starved ? Outcome.NotGraded : Outcome.Failed;
            throw new AnswerException(outcome, $"{form.Name}: {failure.Message}.");
        }
        if (answers > 1)
            throw new AnswerException(Outcome.Failed, $"{form.Name} answered {answers} times: something in the code writes to the grader's own connection.");
        switch (answer)
        {
            case Returned { Value: var value }:
                try
                {
                    return value.Deserialize<T>(MessageChannel.Json);
                }
                catch (JsonException)
                {
                    throw new AnswerException(Outcome.Failed, $"{form.Name} did not return what was asked for: {form.Signature}.");
                }
            case Failed { Kind: FailureKind.Compilation }:
                throw new AnswerException(Outcome.Failed, $"There is no {form.Signature} in the cell: the name, the parameters and the type must be as asked.");
            case Failed { Kind: FailureKind.Exception } thrown:
                throw AnswerException.Threw(Excerpt.Of(thrown.Name, LongestName), thrown.Message);
            case Failed failed:
                string why = Excerpt.Of(failed.Message, LongestName);
                throw new AnswerException(Outcome.Failed, $"{form.Name} returned what cannot be read: {why}");
            default:
                throw new AnswerException(Outcome.Failed, $"{form.Name} did not answer.");
        }

        void Take(HostEvent happened)
        {
            if (happened is not (Returned or Failed))
                return;
            answer = happened;
            answers++;
        }
    }
}
