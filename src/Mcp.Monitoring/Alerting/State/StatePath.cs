using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>Decides where alerts are kept.</summary>
/// <param name="File">The file; <see langword="null"/> for memory alone.</param>
/// <param name="IsOptional">Whether nobody asked for it: where it cannot be made, memory will do.</param>
internal sealed record StatePath(string? File, bool IsOptional = false)
{
    public const string Memory = ":memory:";

    public const string Remedy = "Name a file on a local disk, or leave it out.";

    private static readonly string Default = Path.Combine("App_Data", "mcp-alerts.db");

    /// <summary>Finds out why a setting can be no file of alerts, as it goes on after the value; <see langword="null"/> if it may be one.</summary>
    public static string? Problem(string configured, string contentRoot) =>
        configured == Memory ? null
        : string.IsNullOrWhiteSpace(configured) ? ", which names nothing"
        : configured.Contains('\0', StringComparison.Ordinal) ? ", which holds a NUL character"
        : FileKind.Unusual(Path.GetFullPath(configured, contentRoot)) is { } kind ? $", which is {kind}"
        : Path.EndsInDirectorySeparator(configured) ? ", which is a directory"
        : null;

    /// <param name="configured">The setting, relative to the content root; <see langword="null"/> where there is none.</param>
    /// <param name="contentRoot">The folder of the application.</param>
    /// <param name="isStdio">Whether the server speaks over stdio: a client starts as many of it as it likes.</param>
    /// <param name="hasRemoteChannel">Whether people elsewhere are told.</param>
    /// <exception cref="InvalidOperationException">There is something else at that place, which only the folder of the application has shown.</exception>
    public static StatePath Decide(string? configured, string contentRoot, bool isStdio, bool hasRemoteChannel) =>
        configured == Memory || (configured is null && (isStdio || !hasRemoteChannel))
            ? new StatePath(File: null)
            : configured is not null && Problem(configured, contentRoot) is { } problem
            ? throw new InvalidOperationException($"alerts.storage.path is \"{Printable.Cut(configured)}\"{problem}. {Remedy}")
            : new StatePath(Path.GetFullPath(configured ?? Default, contentRoot), IsOptional: configured is null);

    /// <summary>Finds out by trying, and leaves the file there. One that is there is used whether it can be written or not: it is read, and written once it can be.</summary>
    public static bool IsWritable(string file)
    {
        if (System.IO.File.Exists(file))
        {
            return true;
        }

        try
        {
            StateFile.Create(file);
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
