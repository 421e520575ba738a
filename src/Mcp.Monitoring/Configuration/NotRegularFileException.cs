namespace Mcp.Monitoring.Configuration;

/// <summary>Something that is there and is not a file.</summary>
#pragma warning disable CA1032 // Thrown here only, always with what it is.
internal sealed class NotRegularFileException(string kind) : IOException($"It is {kind}. Only regular files are read")
#pragma warning restore CA1032
{
    public string Kind { get; } = kind;
}
