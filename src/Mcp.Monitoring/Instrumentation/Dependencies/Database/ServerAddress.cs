using System.Buffers;
using System.Globalization;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>Reads the server out of what a provider calls its data source: <c>tcp://db:5432</c>, <c>tcp:db,1433</c>, <c>db\instance</c>, <c>db</c>.</summary>
internal static class ServerAddress
{
    private static readonly SearchValues<char> OfHosts = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:");

    /// <summary>Finds the host and, if it is said, the port; <see langword="null"/> where it is something else, such as a path or a description.</summary>
    public static (string Host, int? Port)? Of(string? dataSource)
    {
        ReadOnlySpan<char> rest = dataSource.AsSpan().Trim();
        rest = After(rest, "tcp://");
        rest = After(rest, "tcp:");
        int? port = null;
        int cut = rest.IndexOfAny(',', '\\');
        if (cut >= 0)
        {
            port = rest[cut] == ',' ? PortOf(rest[(cut + 1)..]) : null;
            rest = rest[..cut];
        }
        else if (rest.LastIndexOf(':') is > 0 and var colon && (rest[..colon].EndsWith("]", StringComparison.Ordinal) || !rest[..colon].Contains(':')))
        {
            port = PortOf(rest[(colon + 1)..]);
            rest = rest[..colon];
        }

        rest = rest.Trim("[]");
        return rest.IsEmpty || rest.ContainsAnyExcept(OfHosts) ? null : (rest.ToString(), port);
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? text[start.Length..] : text;

    private static int? PortOf(ReadOnlySpan<char> text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue ? port : null;
}
