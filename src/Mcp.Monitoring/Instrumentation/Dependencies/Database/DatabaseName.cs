using System.Data.Common;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>Names the database of a connection: as its server calls it, or as its file is called, without folder and ending.</summary>
internal static class DatabaseName
{
    private const int Longest = 100;
    private const string UriScheme = "file:";

    public static string Of(DbConnection connection)
    {
        DatabaseProvider provider = DatabaseProvider.Of(connection);
        string name = provider.IsFile ? OfFile(connection.DataSource) : connection.Database;
        return string.IsNullOrWhiteSpace(name) ? provider.System : TextCut.At(name.Trim(), Longest);
    }

    // A database in memory has no name, or one that begins with a colon.
    private static string OfFile(string? path)
    {
        ReadOnlySpan<char> rest = path;
        if (rest.StartsWith(UriScheme, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[UriScheme.Length..];
            int query = rest.IndexOf('?');
            rest = query < 0 ? rest : rest[..query];
        }

        return rest.StartsWith(":", StringComparison.Ordinal) ? "" : Path.GetFileNameWithoutExtension(rest).ToString();
    }
}
