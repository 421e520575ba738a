namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>The directory of what is on its way to Sentry, for this user alone.</summary>
internal static class CacheDirectory
{
    /// <summary>Makes it, and tries to write there.</summary>
    /// <returns>Why that cannot be done, or <see langword="null"/>.</returns>
    public static string? Judge(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            string probe = Path.Combine(path, Path.GetRandomFileName());
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return fault.Message;
        }
    }
}
