// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    try
    {
        using var client = new System.Net.Sockets.TcpClient();
        if (!client.ConnectAsync("127.0.0.1", {{port}}).Wait(TimeSpan.FromSeconds(1)))
            throw new Exception("blocked: no answer");
        throw new Exception("reached");
    }
    catch (AggregateException e) when (e.InnerException is System.Net.Sockets.SocketException)
    {
        throw new Exception("blocked: no network");
    }
}
