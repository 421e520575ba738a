namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>Decides where alerts are kept.</summary>
/// <param name="File">The file; <see langword="null"/> for memory alone.</param>
/// <param name="IsOptional">Whether nobody asked for it: where it cannot be made, memory will do.</param>
internal sealed record StorePath(string? File, bool IsOptional = false)
{
    public const string Memory = ":memory:";

    private static readonly string Default = Path.Combine("App_Data", "mcp-alerts.db");

    /// <param name="configured">The setting, relative to the content root; <see langword="null"/> where there is none.</param>
    /// <param name="contentRoot">The folder of the application.</param>
    /// <param name="isStdio">Whether the server speaks over stdio: a client starts as many of it as it likes.</param>
    /// <param name="hasRemoteChannel">Whether people elsewhere are told.</param>
    public static StorePath Decide(string? configured, string contentRoot, bool isStdio, bool hasRemoteChannel) =>
        configured == Memory || (configured is null && (isStdio || !hasRemoteChannel))
            ? new StorePath(File: null)
            : new StorePath(Path.GetFullPath(configured ?? Default, contentRoot), IsOptional: configured is null);

    /// <summary>Finds out by trying, and leaves the file there. One that is there is used whether it can be written or not: it is read, and written once it can be.</summary>
    public static bool IsWritable(string file)
    {
        if (System.IO.File.Exists(file))
        {
            return true;
        }

        try
        {
            StoreFile.Create(file);
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
