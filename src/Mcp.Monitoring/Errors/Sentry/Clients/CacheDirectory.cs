using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>The directory of what is on its way to Sentry, for this user alone; made when it is first asked for, which is when the host starts.</summary>
internal sealed class CacheDirectory(SentryOptions options, ILogger<CacheDirectory> logger)
{
    private readonly Lazy<string?> _path = new(() => Usable(options.CachePath, logger));

    /// <summary>Gets it; <see langword="null"/> where none is set, or nothing can be written there.</summary>
    public string? Path => _path.Value;

    private static string? Usable(string? path, ILogger logger)
    {
        if (path is null || ProblemOf(path) is not { } reason)
        {
            return path;
        }

        Log.CacheNotUsed(logger, path, reason);
        return null;
    }

    private static string? ProblemOf(string path)
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

            string probe = System.IO.Path.Combine(path, System.IO.Path.GetRandomFileName());
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
