#pragma warning disable CS1591
namespace Course.Checks;

public static class LibraryCalls
{
    public static IEnumerable<(string Type, string Member)> Of(string root, IEnumerable<KeyValuePair<string, byte[]>> cells) => [];
}
