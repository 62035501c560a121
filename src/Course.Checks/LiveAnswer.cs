using System.Reflection;

namespace Course.Checks;

/// <summary>An answer in this very process: the notebook's own check of its own function.</summary>
internal sealed class LiveAnswer(Delegate answer, AnswerForm form) : IAnswer
{
    public T? Call<T>(params object?[] arguments) => (T?)Invoke(arguments);

    public T? After<T>(T argument)
    {
        Invoke(argument);
        return argument;
    }

    private object? Invoke(params object?[] arguments)
    {
        if (!Signature(answer.GetType()).SequenceEqual(Signature(form.DelegateType)))
            throw new AnswerException(Outcome.Failed, $"{form.Name} does not have the asked signature: {form.Signature}");
        try
        {
            return answer.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } thrown)
        {
            throw AnswerException.Threw(thrown.GetType().FullName!, thrown.Message);
        }
    }

    private static IEnumerable<Type> Signature(Type delegateType)
    {
        MethodInfo invoke = delegateType.GetMethod("Invoke")!;
        return invoke.GetParameters().Select(p => p.ParameterType).Append(invoke.ReturnType);
    }
}
