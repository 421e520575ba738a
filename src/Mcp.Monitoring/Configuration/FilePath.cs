namespace Mcp.Monitoring.Configuration;

/// <summary>Where files are that settings name.</summary>
internal static class FilePath
{
    /// <summary>Returns the whole path; that which cannot be one as it is, so that whoever reads it says why.</summary>
    public static string Full(string path, string folder) => path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path, folder);
}
