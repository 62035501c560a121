using System.Collections.Concurrent;
using RelativeEntropy.Tensors.Numerics;
using RelativeEntropy.Tensors.Pairs;
using TorchSharp.Modules;
using static TorchSharp.torch.distributions;

namespace RelativeEntropy.Tensors;

/// <summary>
/// kl_divergence of TorchSharp's distributions: a registry of closed forms, resolved by the types of both arguments.
/// </summary>
/// <remarks>
/// <para>A pair's answer is a finite closed form, +infinity, or none, and these are three different things: a pair whose supports make every answer infinite is registered as
/// such, a pair without an entry throws. An entry holds for derived types, too; the one for the most derived types wins.</para>
/// <para>The pairs, and what TorchSharp does not let be computed, are listed in docs/torchsharp.md.</para>
/// </remarks>
public static class TorchDistributions
{
    private static readonly ConcurrentDictionary<(Type P, Type Q), Func<Distribution, Distribution, Tensor>> Registered = new();

    static TorchDistributions()
    {
        SameFamily.Register();
        Crossed.Register();
        Infinite.Register();
    }

    /// <summary>KL(p || q) in nats, for each element of the broadcast batch shape.</summary>
    /// <remarks>
    /// Differentiable by the parameters of both; on their device and of their type. Every temporary is disposed, and neither distribution is changed. No epsilon is added and no
    /// probability clamped: what q excludes gives +infinity, with the gradient of what is finite, as in torch.distributions. An empty batch
    /// gives an empty answer. Source: the forms are those of Gil, Alajaji and Linder (2013) where they have them, and derived here.
    /// </remarks>
    /// <param name="p">The first distribution, under which the mean is taken.</param>
    /// <param name="q">The second distribution.</param>
    /// <returns>In [0, +infinity], but for rounding where the docs say so.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The events differ in shape or in the number of classes,
    /// or the batch shapes do not broadcast.</exception>
    /// <exception cref="NotSupportedException">No closed form is registered for the two types; the message names both, and says what can be done.</exception>
    /// <exception cref="InvalidOperationException">Two entries fit equally well: one has the more derived first type, the other the more derived second.</exception>
#pragma warning disable CA1707, IDE1006 // PyTorch's name for it, as all of TorchSharp uses.
    public static Tensor kl_divergence(Distribution p, Distribution q)
#pragma warning restore CA1707, IDE1006
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        Func<Distribution, Distribution, Tensor> form = Resolve(p.GetType(), q.GetType())
            ?? throw new NotSupportedException(Missing(p.GetType(), q.GetType()));
        Shapes(p, q);
        using DisposeScope scope = torch.NewDisposeScope();
        return form(p, q).MoveToOuterDisposeScope();
    }

    /// <summary>Adds a closed form, or replaces that of the same two types.</summary>
    /// <remarks>The form is called within a dispose scope: it returns a new tensor and leaves the rest to that.</remarks>
    /// <typeparam name="TP">The type of the first distribution, derived types included.</typeparam>
    /// <typeparam name="TQ">The type of the second.</typeparam>
    /// <param name="form">KL(p || q) in nats, one element for each of the broadcast batch shape.</param>
    public static void Register<TP, TQ>(Func<TP, TQ, Tensor> form)
        where TP : Distribution
        where TQ : Distribution
    {
        ArgumentNullException.ThrowIfNull(form);
        Registered[(typeof(TP), typeof(TQ))] = (p, q) => form((TP)p, (TQ)q);
    }

    /// <summary>Says that KL(p || q) is +infinity whatever the parameters: a known answer, unlike a missing one.</summary>
    /// <typeparam name="TP">The type of the first distribution, derived types included.</typeparam>
    /// <typeparam name="TQ">The type of the second.</typeparam>
    public static void RegisterInfinite<TP, TQ>()
        where TP : Distribution
        where TQ : Distribution => Register<TP, TQ>(Infinite.Like);

    /// <summary>All pairs that have an answer, finite or infinite.</summary>
    public static IReadOnlyCollection<(Type P, Type Q)> Pairs => [.. Registered.Keys];

    private static void Shapes(Distribution p, Distribution q)
    {
        long[] eventP = p.event_shape.Shape, eventQ = q.event_shape.Shape, batchP = p.batch_shape.Shape, batchQ = q.batch_shape.Shape;
        if (!eventP.AsSpan().SequenceEqual(eventQ))
            throw new ArgumentException(
                $"An event of p has the shape {Check.Shape(eventP)} and one of q {Check.Shape(eventQ)}; they must be equal.", nameof(q));
        if (!Check.Broadcast(batchP, batchQ))
        {
            throw new ArgumentException(
                $"The batch of p has the shape {Check.Shape(batchP)} and that of q {Check.Shape(batchQ)}, which do not broadcast: "
                + "counted from the end, sizes must be equal or 1.", nameof(q));
        }
    }

    private static Func<Distribution, Distribution, Tensor>? Resolve(Type p, Type q)
    {
        (Type P, Type Q)[] fitting = [.. Registered.Keys.Where(pair => pair.P.IsAssignableFrom(p) && pair.Q.IsAssignableFrom(q))];
        if (fitting.Length == 0)
            return null;
        (Type P, Type Q) byFirst = fitting.OrderBy(pair => Distance(p, pair.P)).ThenBy(pair => Distance(q, pair.Q)).First();
        (Type P, Type Q) bySecond = fitting.OrderBy(pair => Distance(q, pair.Q)).ThenBy(pair => Distance(p, pair.P)).First();
        return byFirst == bySecond ? Registered[byFirst] : throw new InvalidOperationException(
            $"KL({p.Name} || {q.Name}) fits two entries equally well, ({byFirst.P.Name}, {byFirst.Q.Name}) and ({bySecond.P.Name}, {bySecond.Q.Name}); "
            + $"register ({byFirst.P.Name}, {bySecond.Q.Name}).");
    }

    private static int Distance(Type type, Type ancestor)
    {
        int distance = 0;
        for (Type? t = type; t != ancestor; t = t?.BaseType)
            distance++;
        return distance;
    }

    private static string Missing(Type p, Type q)
    {
        string remedy = (Opaque(p) ?? Opaque(q))
            ?? $"register one with {nameof(TorchDistributions)}.{nameof(Register)}, or estimate it from samples with {nameof(TorchEstimate)}.{nameof(TorchEstimate.K3)}";
        return $"No closed form is registered for KL({p.FullName} || {q.FullName}): {remedy}.";
    }

    // TorchSharp keeps their parts to itself.
    private static string? Opaque(Type type) =>
        typeof(Independent).IsAssignableFrom(type)
            ? "TorchSharp's Independent does not show its base distribution; take kl_divergence of the base distributions and sum the last dimensions"
        : type == typeof(TransformedDistribution)
            ? "TorchSharp's TransformedDistribution does not show its base distribution; under one bijection of both, take kl_divergence of the base distributions"
        : null;
}
