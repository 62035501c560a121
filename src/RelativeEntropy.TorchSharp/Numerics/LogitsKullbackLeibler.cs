namespace RelativeEntropy.Tensors.Numerics;

/// <summary>KL(p || q) of p = softmax(a/temperature) and q = softmax(b/temperature), row by row, to its own precision where p and q are near.</summary>
/// <remarks>
/// With e_j = (b_j - a_j)/temperature - E(b - a)/temperature, E under p, the mean of e is zero, and the divergence is
/// log E exp(e) = log(1 + E(exp(e) - 1 - e)): a mean of terms that are never negative, from the differences of the logits.
/// Rows whose divergence is small take that form. All others take the mean of log p - log q, whose terms cancel there no more.
/// </remarks>
internal static class LogitsKullbackLeibler
{
    // Below this, in nats, a row is near: above it the plain form has lost a digit at most.
    private static readonly Scalar Near = 0.125;

    // Where exp(e) - 1 - e is exp(e) to the last bit, p_j counts nothing beside q_j.
    private static readonly Scalar Gone = 40;

    private static readonly Scalar Zero = 0, Half = 0.5, One = 1, Infinity = double.PositiveInfinity, NotANumber = double.NaN;

    // Elements to a chunk: small enough for a processor's cache, large enough to fill a graphics card.
    private const long ChunkOnCpu = 1 << 18, ChunkElsewhere = 1 << 22;

    /// <summary>The divergence along a dimension that is counted from the end.</summary>
    public static Tensor Of(Tensor a, Tensor b, double temperature, long dim) => Of(a, b, null, temperature, dim);

    /// <summary>The same from the change (b - a)/temperature, where that is known better than a and b show it.</summary>
    public static Tensor Of(Tensor a, Tensor b, Tensor? change, double temperature, long dim)
    {
        Tensor[] tables = [.. torch.broadcast_tensors(change is null ? [a, b] : [a, b, change]).Select(t => t.movedim([dim], [-1]))];
        long[] shape = tables[0].shape;
        long classes = shape[^1];
        tables = [.. tables.Select(t => t.reshape(-1, classes))];
        long rows = tables[0].shape[0], most = Math.Max(1, (a.device.type == DeviceType.CPU ? ChunkOnCpu : ChunkElsewhere) / classes);

        // A graph keeps every temporary in any case.
        bool graph = torch.is_grad_enabled() && tables.Any(t => t.requires_grad);
        if (graph || rows <= most)
            return OfRows(tables, temperature, graph).reshape(shape[..^1]);

        Tensor answer = torch.empty(rows, dtype: (tables[0].narrow(0, 0, 1) - tables[1].narrow(0, 0, 1)).dtype, device: a.device);
        for (long start = 0; start < rows; start += most)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            long length = Math.Min(most, rows - start);
            answer.narrow(0, start, length).copy_(OfRows([.. tables.Select(t => t.narrow(0, start, length))], temperature, graph: false));
        }

        return answer.reshape(shape[..^1]);
    }

    private static Tensor OfRows(Tensor[] tables, double temperature, bool graph)
    {
        // In a graph an infinite row would send NaN back, so that nothing is computed from it.
        Tensor? infinite = graph ? ExcludedClasses.OfSecondAlone(tables[0], tables[1]) : null;
        Tensor[] used = infinite is null ? tables : [.. tables.Select(t => t.masked_fill(infinite, Zero))];
        Tensor logP = ExcludedClasses.LogSoftmax(used[0], temperature, -1),
            logQ = ExcludedClasses.LogSoftmax(used[1], temperature, -1), p = logP.exp();
        if (!graph)
        {
            // What needs a mask shows: an excluded class makes this infinite or NaN. Masks cost a quarter of the rest,
            // and few tables need them.
            Tensor unmasked = (p * (logP - logQ)).sum(-1);
            if (unmasked.isfinite().all().ToBoolean())
                return WithNearRows(unmasked, used, p, logQ, temperature);
        }

        Tensor plain = (p * (logP - logQ).masked_fill(p.eq(Zero), Zero)).sum(-1);
        if (plain.isposinf().any().ToBoolean())
            plain = ExcludedClasses.MeanOfLogRatio(used[0], used[1], p, temperature);
        infinite ??= ExcludedClasses.OfSecondAlone(tables[0], tables[1]);
        return WithNearRows(plain, used, p, logQ, temperature)
            .masked_fill(infinite.squeeze(-1), Infinity).masked_fill(ExcludedClasses.NaNRows(tables[0], tables[1]), NotANumber);
    }

    private static Tensor WithNearRows(Tensor plain, Tensor[] tables, Tensor p, Tensor logQ, double temperature)
    {
        Tensor a = tables[0], b = tables[1], near = plain.lt(Near), which = near.nonzero().squeeze(-1);
        Tensor? change = tables.ElementAtOrDefault(2);
        long count = which.shape[0];
        if (count == 0)
            return plain;
        if (count == plain.shape[0])
            return OfNear(a, b, change, p, logQ, temperature);
        Tensor ofNear = OfNear(Chosen(a), Chosen(b), change is null ? null : Chosen(change), Chosen(p), Chosen(logQ), temperature);
        return plain.masked_fill(near, Zero).index_add(0, which, ofNear, One);

        Tensor Chosen(Tensor table) => table.index_select(0, which);
    }

    // Classes without mass under p, or next to none, have the mass m under q and shift the rest by a factor 1 - m: the divergence is that
    // of the rest, less log(1 - m).
    private static Tensor OfNear(Tensor a, Tensor b, Tensor? change, Tensor p, Tensor logQ, double temperature)
    {
        // Half of each, since a difference may overflow; from the likeliest class, so that the mean is as small as the divergence.
        Tensor none = p.eq(Zero), step = change ?? Half * b - Half * a, top = p.argmax(-1, keepdim: true);
        Tensor inside = ((step - step.gather(-1, top)) * (change is null ? 2 / temperature : 1)).masked_fill(none, Zero);
        Tensor centred = inside - (p * inside).sum(-1, keepdim: true);
        Tensor gone = none | centred.gt(Gone);
        Tensor excess = (p * Elementary.ExpExcess(centred.masked_fill(gone, Zero))).sum(-1);
        Tensor mass = logQ.exp().masked_fill(~gone, Zero).sum(-1);
        return excess.log1p() - (-mass).log1p();
    }
}
