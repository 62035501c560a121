// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    foreach (string folder in new[] { "/", "/usr", System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!, AppContext.BaseDirectory })
    {
        try
        {
            string file = System.IO.Path.Combine(folder, ".course-attack");
            System.IO.File.WriteAllText(file, "");
            System.IO.File.Delete(file);
            throw new InvalidOperationException("reached: " + folder);
        }
        catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException)
        {
        }
    }
    throw new Exception("blocked");
}
