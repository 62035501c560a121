namespace RelativeEntropy.Tensors.Numerics;

/// <summary>Lower Cholesky factors, NaN where a matrix has none: torch.linalg.cholesky throws for the whole batch.</summary>
internal static class CholeskyFactor
{
    public static Tensor Of(Tensor matrices)
    {
        (Tensor factor, Tensor failure) = torch.linalg.cholesky_ex(matrices);
        return factor.masked_fill(failure.ne(0).unsqueeze(-1).unsqueeze(-1), double.NaN);
    }
}
