using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>
/// Losses by which a student network learns from a teacher: both give logits over the same classes, along the last dimension of a tensor, p = softmax(teacher/T)
/// and q = softmax(student/T) at a temperature T.
/// </summary>
/// <remarks>
/// The tensors have the same shape, (..., classes), and the reduction is always asked for: PyTorch's default mean divides by the number of classes, too. The teacher is
/// held fixed: no gradient reaches its logits. In nats. Logits of -infinity are probability zero, as in <see cref="TorchLogits"/>. The same losses of one sample, on spans,
/// are those of <see cref="Distillation"/>.
/// </remarks>
public static class TorchDistillation
{
    /// <summary>T^2 KL(p || q): the student matches the teacher's soft targets.</summary>
    /// <remarks>The factor T^2 keeps the size of the gradient when T changes. Source: Hinton, Vinyals and Dean (2015), arXiv 1503.02531.</remarks>
    /// <param name="teacherLogits">The teacher's logits, (..., classes).</param>
    /// <param name="studentLogits">The student's logits, of the same shape.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type or has no dimension, or the shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite, or the reduction is none of its values.</exception>
    public static Tensor SoftTargets(Tensor teacherLogits, Tensor studentLogits, double temperature, Reduction reduction)
    {
        Logits(teacherLogits, studentLogits, temperature);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor losses = LogitsKullbackLeibler.Of(teacherLogits.detach(), studentLogits, temperature, -1);
        return Reduced(temperature * temperature * losses, reduction).MoveToOuterDisposeScope();
    }

    /// <summary>T^2 KL(q || p): the student seeks the teacher's modes rather than covers them.</summary>
    /// <remarks>Source: Gu, Dong, Wei and Huang (2024), MiniLLM, arXiv 2306.08543, for the divergence (at T = 1).</remarks>
    /// <inheritdoc cref="SoftTargets"/>
    public static Tensor ReverseSoftTargets(Tensor teacherLogits, Tensor studentLogits, double temperature, Reduction reduction)
    {
        Logits(teacherLogits, studentLogits, temperature);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor losses = LogitsKullbackLeibler.Of(studentLogits, teacherLogits.detach(), temperature, -1);
        return Reduced(temperature * temperature * losses, reduction).MoveToOuterDisposeScope();
    }

    /// <summary>weight KL(p || m) + (1 - weight) KL(q || m) with m = weight p + (1 - weight) q: the teacher and the student against their mixture.</summary>
    /// <remarks>No factor T^2 is applied. Source: Lin (1991); Agarwal, Vieillard, Zhou, Stanczyk, Ramos, Geist and Bachem (2024), arXiv 2306.13649.</remarks>
    /// <param name="teacherLogits">The teacher's logits, (..., classes).</param>
    /// <param name="studentLogits">The student's logits, of the same shape.</param>
    /// <param name="weight">The weight of the teacher (beta in the source), in [0, 1].</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <returns>In [0, log 2] for each row.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="SoftTargets"/>, or the weight is not in [0, 1].</exception>
    public static Tensor GeneralisedJensenShannon(Tensor teacherLogits, Tensor studentLogits, double weight, double temperature, Reduction reduction)
    {
        Check.Weight(weight, nameof(weight));
        Logits(teacherLogits, studentLogits, temperature);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor terms = LogitsPair.Of(teacherLogits.detach(), studentLogits, temperature, -1).JensenShannonTerms(weight);
        return Reduced(terms.sum(-1), reduction).MoveToOuterDisposeScope();
    }

    /// <summary>T^2 (targetWeight TCKD + otherWeight NCKD): soft targets with the true class apart from the rest.</summary>
    /// <remarks>
    /// TCKD = KL of the pairs (p_t, 1 - p_t) and (q_t, 1 - q_t), with t the true class; NCKD = KL of the distributions among the other classes, each renormalised.
    /// There are two other classes at least, and the teacher excludes not all of them. Source: Zhao, Cui, Song, Qiu and Liang (2022), arXiv 2203.08679.
    /// </remarks>
    /// <param name="labels">t, an integer tensor of the logits' shape without the last dimension, from 0 to classes - 1.</param>
    /// <param name="teacherLogits">The teacher's logits, (..., classes).</param>
    /// <param name="studentLogits">The student's logits, of the same shape.</param>
    /// <param name="targetWeight">The weight of TCKD (alpha in the source), finite and at least 0.</param>
    /// <param name="otherWeight">The weight of NCKD (beta in the source), finite and at least 0.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>; or the labels are not of type Int64, of another shape, or not
    /// from 0 to classes - 1, or there are fewer than three classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="SoftTargets"/>, or a weight is negative or not finite.</exception>
    public static Tensor Decoupled(
        Tensor labels, Tensor teacherLogits, Tensor studentLogits, double targetWeight, double otherWeight, double temperature, Reduction reduction)
    {
        Check.NotNegative(targetWeight, nameof(targetWeight));
        Check.NotNegative(otherWeight, nameof(otherWeight));
        Logits(teacherLogits, studentLogits, temperature);
        if (teacherLogits.shape[^1] < 3)
            throw new ArgumentException("There are fewer than three classes, so no distribution among the others.", nameof(teacherLogits));
        if (labels.dtype != torch.ScalarType.Int64 || !labels.shape.AsSpan().SequenceEqual(teacherLogits.shape.AsSpan(..^1)))
        {
            throw new ArgumentException(
                $"labels is {labels.dtype} of shape {Check.Shape(labels.shape)}; "
                + $"Int64 of shape {Check.Shape(teacherLogits.shape.AsSpan(..^1))} is needed.",
                nameof(labels));
        }

        using DisposeScope scope = torch.NewDisposeScope();

        // Read, since a wrong one ends the process on some devices.
        long classes = teacherLogits.shape[^1];
        if (labels.numel() > 0 && ((labels < 0) | (labels >= classes)).any().ToBoolean())
        {
            throw new ArgumentException(
                $"labels holds numbers from {labels.min().ToInt64()} to {labels.max().ToInt64()}; a label lies in 0 to {classes - 1}.",
                nameof(labels));
        }

        Tensor index = labels.unsqueeze(-1);
        Tensor target = torch.zeros_like(teacherLogits, dtype: torch.ScalarType.Bool).scatter(-1, index, torch.ones_like(index, dtype: torch.ScalarType.Bool));
        Tensor teacher = teacherLogits.detach();
        Tensor ofTarget = OfTarget(teacher, studentLogits, index, target, temperature);
        Tensor ofOthers = LogitsKullbackLeibler.Of(
            teacher.masked_fill(target, double.NegativeInfinity), studentLogits.masked_fill(target, double.NegativeInfinity), temperature, -1);
        return Reduced(temperature * temperature * (targetWeight * ofTarget + otherWeight * ofOthers), reduction).MoveToOuterDisposeScope();
    }

    /// <summary>A weighted squared error of differences of logits, and the cross-entropy with soft labels: KL(p || q) in two parts that can be weighed.</summary>
    /// <remarks>
    /// meanSquaredErrorWeight times a quarter of the sum over j and k of p_j p_k ((a_j - a_k) - (b_j - b_k))^2, for logits a of the teacher and b of the student, plus
    /// crossEntropyWeight times -sum of p_i log q_i, at temperature 1. Source: Cui, Tian, Zhong, Qi, Yu and Zhang (2023), arXiv 2305.13948.
    /// </remarks>
    /// <param name="teacherLogits">a, the teacher's logits, (..., classes), all finite.</param>
    /// <param name="studentLogits">b, the student's logits, of the same shape, all finite.</param>
    /// <param name="meanSquaredErrorWeight">The weight of the squared error (alpha in the source), finite and at least 0.</param>
    /// <param name="crossEntropyWeight">The weight of the cross-entropy (beta in the source), finite and at least 0.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <returns>In [0, +infinity].</returns>
    /// <exception cref="ArgumentException">As for <see cref="SoftTargets"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or the reduction is none of its values.</exception>
    public static Tensor DecoupledKullbackLeibler(
        Tensor teacherLogits, Tensor studentLogits, double meanSquaredErrorWeight, double crossEntropyWeight, Reduction reduction)
    {
        Check.NotNegative(meanSquaredErrorWeight, nameof(meanSquaredErrorWeight));
        Check.NotNegative(crossEntropyWeight, nameof(crossEntropyWeight));
        Logits(teacherLogits, studentLogits, temperature: 1);
        using DisposeScope scope = torch.NewDisposeScope();

        // A class whose probability underflows counts nothing, whatever overflows beside it.
        Tensor teacher = teacherLogits.detach(), p = teacher.softmax(-1), none = p == 0,
            difference = (teacher - studentLogits).masked_fill(none, 0);
        Tensor variance = (p * (difference - (p * difference).sum(-1, keepdim: true)).square()).sum(-1);
        Tensor crossEntropy = -(p * studentLogits.log_softmax(-1).masked_fill(none, 0)).sum(-1);
        return Reduced(meanSquaredErrorWeight / 2 * variance + crossEntropyWeight * crossEntropy, reduction).MoveToOuterDisposeScope();
    }

    // The target's logit beside the log-sum-exp of the others, whose change is log E exp(b - a) among the others where the logits change little.
    private static Tensor OfTarget(Tensor teacher, Tensor student, Tensor index, Tensor target, double temperature)
    {
        (Tensor a, Tensor b) = (teacher / temperature, student / temperature);
        Tensor restA = a.masked_fill(target, double.NegativeInfinity).logsumexp(-1, keepdim: true);
        Tensor restB = b.masked_fill(target, double.NegativeInfinity).logsumexp(-1, keepdim: true);
        Tensor change = (student - teacher) / temperature;
        Tensor near = (change.abs() <= 1).all(-1, keepdim: true);
        Tensor amongOthers = a.masked_fill(target, double.NegativeInfinity).softmax(-1);
        Tensor growth = (amongOthers * change.masked_fill(~near, 0).expm1()).sum(-1, keepdim: true);
        Tensor restChange = torch.where(near, growth.log1p(), restB - restA);
        return LogitsKullbackLeibler.Of(
            torch.cat([a.gather(-1, index), restA], -1), torch.cat([b.gather(-1, index), restB], -1), torch.cat([change.gather(-1, index), restChange], -1), 1, -1);
    }

    private static Tensor Reduced(Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.None => losses,
        Reduction.Sum => losses.sum(),
        Reduction.Mean => losses.mean(),
        Reduction.BatchMean => losses.sum() / (losses.ndim == 0 ? 1 : losses.shape[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "It is none of the reductions."),
    };

    private static void Logits(Tensor teacherLogits, Tensor studentLogits, double temperature)
    {
        Check.Floating(teacherLogits, nameof(teacherLogits));
        Check.Floating(studentLogits, nameof(studentLogits));
        Check.Positive(temperature, nameof(temperature));
        if (teacherLogits.ndim > 0 && teacherLogits.shape[^1] == 0)
            throw new ArgumentException("The teacher's logits have no classes.", nameof(teacherLogits));
        if (teacherLogits.ndim == 0 || !teacherLogits.shape.SequenceEqual(studentLogits.shape))
        {
            throw new ArgumentException(
                $"The teacher's logits have the shape {Check.Shape(teacherLogits.shape)}, the student's "
                + $"{Check.Shape(studentLogits.shape)}; both need (..., classes).",
                nameof(studentLogits));
        }

        Check.Meet((teacherLogits, nameof(teacherLogits), 0), (studentLogits, nameof(studentLogits), 0));
    }
}
