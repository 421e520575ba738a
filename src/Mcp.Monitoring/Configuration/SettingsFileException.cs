namespace Mcp.Monitoring.Configuration;

/// <summary>A file that is not what it should be, at a place in it.</summary>
#pragma warning disable CA1032 // Thrown here only, always with a place.
internal sealed class SettingsFileException(string problem, long line, long column) : Exception(problem)
#pragma warning restore CA1032
{
    public long Line { get; } = line;

    public long Column { get; } = column;
}
