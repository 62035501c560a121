namespace RelativeEntropy.Tensors;

/// <summary>What becomes of the losses of the rows of a batch. A loss is already summed over the classes: there is no mean over them, which would be no divergence.</summary>
public enum Reduction
{
    /// <summary>One loss per row: the shape of the logits without the dimension of the classes.</summary>
    None,

    /// <summary>The sum over all rows.</summary>
    Sum,

    /// <summary>The mean over all rows, tokens included where the rows are the tokens of sequences.</summary>
    Mean,

    /// <summary>The sum over all rows, divided by the size of the first dimension. With logits of two dimensions it is <see cref="Mean"/>, and PyTorch's "batchmean".</summary>
    BatchMean,
}
