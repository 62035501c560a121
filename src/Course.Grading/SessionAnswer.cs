using System.Text.Json;
using Course.Checks;
using Course.Hosting;
using Course.Protocol;

namespace Course.Grading;

/// <summary>An answer in a session: its runner is sent inputs and sends back outputs, and knows nothing else.</summary>
internal sealed class SessionAnswer(CellSession session, AnswerForm form, TimeBudget budget, CancellationToken cancellation) : IAnswer
{
    private const int LongestName = 300;

    private CellChain? _answer;

    /// <summary>The answer as a function: a cell whose value it is.</summary>
    public CellChain Function => _answer ??= session.Function(form.Expression, CSharpName.Of(form.DelegateType));

    public T? Call<T>(params object?[] arguments) => Send<T>(Function, form.DelegateType, arguments);

    public T? After<T>(T argument)
    {
        Type type = typeof(Func<T, T>);
        return Send<T>(session.Function($"a => {{ {form.Name}(a); return a; }}", CSharpName.Of(type)), type, argument);
    }

    private T? Send<T>(CellChain function, Type delegateType, params object?[] arguments)
    {
        ChildEvent? answer = null;
        int answers = 0;
        IEnumerable<Type> types = delegateType.GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType);
        JsonElement[] values = [.. types.Zip(arguments, (type, argument) => Values.ToJson(argument, type))];
        ChildFailure? failure;
        try
        {
            failure = budget.SpendAsync(
                session, limit => session.CallAsync(function, values, limit, Take, cancellation)).GetAwaiter().GetResult();
        }
        catch (ChildKilledException e)
        {
            throw new AnswerException(Outcome.NotGraded, $"{form.Name}: {e.Message}.");
        }
        if (failure is not null)
            throw new AnswerException(TimeBudget.OutcomeOf(failure), $"{form.Name}: {failure.Message}.");
        if (answers > 1)
        {
            throw new AnswerException(
                Outcome.Failed, $"{form.Name} answered {answers} times: something in the code writes to the grader's own connection.");
        }
        switch (answer)
        {
            case Returned { Value: var value }:
                try
                {
                    return (T?)Values.FromJson(value, typeof(T));
                }
                catch (JsonException)
                {
                    throw new AnswerException(Outcome.Failed, $"{form.Name} did not return what was asked for: {form.Signature}.");
                }
            case Failed { Kind: FailureKind.Compilation }:
                throw new AnswerException(
                    Outcome.Failed,
                    $"There is no {form.Signature} in the cell: the name, the parameters and the type must be as asked.{Similar()}");
            case Failed { Kind: FailureKind.Exception } thrown:
                throw AnswerException.Threw(Excerpt.Of(thrown.Name, LongestName), thrown.Message);
            case Failed failed:
                string why = Excerpt.Of(failed.Message, LongestName);
                throw new AnswerException(Outcome.Failed, $"{form.Name} returned what cannot be read: {why}");
            default:
                throw new AnswerException(Outcome.Failed, $"{form.Name} did not answer.");
        }

        void Take(ChildEvent happened)
        {
            if (happened is not (Returned or Failed))
                return;
            answer = happened;
            answers++;
        }
    }

    /// <summary>What the cell declares in place of the answer: the same name, or the only other.</summary>
    private string Similar()
    {
        IReadOnlyList<Compiled> cells = session.CompiledAsync(Function.Before!, cancellation).GetAwaiter().GetResult();
        IReadOnlyList<DeclaredName> declared = cells is [var cell, ..] ? cell.Declared : [];
        DeclaredName? similar = declared.FirstOrDefault(d => d.Name == form.Name)
            ?? declared.FirstOrDefault(d => string.Equals(d.Name, form.Name, StringComparison.OrdinalIgnoreCase))
            ?? (declared is [var only] ? only : null);
        return similar is null ? "" : $" It declares {Excerpt.Of(similar.Signature, LongestName)}.";
    }
}
