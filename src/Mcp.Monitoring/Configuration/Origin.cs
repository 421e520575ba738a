using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Where a value was given, and the name by which the user gave it.</summary>
internal abstract record Origin
{
    /// <summary>Gets the place and the name.</summary>
    public abstract string Name { get; }

    /// <summary>Returns where a property of this section would have been given.</summary>
    public abstract Origin Missing(string property);
}

/// <summary>A place in a file; line and column are counted from 1.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The character in the line.</param>
/// <param name="Path">The keys as they are written there.</param>
internal sealed record FileOrigin(string File, long Line, long Column, string Path) : Origin
{
    public override string Name => Path.Length == 0 ? $"{File}:{Line}:{Column}" : $"{File}:{Line}:{Column} {Path}";

    public override Origin Missing(string property) => this with { Path = Join(Path, SettingNames.Snake(property)) };

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}

/// <summary>A key of the host's configuration.</summary>
/// <param name="Path">The key, such as <c>McpMonitoring:Prometheus:Port</c>.</param>
/// <param name="Source">Who gave it, such as <c>appsettings.json</c>, if that is known.</param>
/// <param name="IsOfDeployment">Whether that is a variable or the command line.</param>
internal sealed record ConfigurationOrigin(string Path, string? Source, bool IsOfDeployment) : Origin
{
    public override string Name => Source is null ? Path : $"{Path} ({Source})";

    public override Origin Missing(string property) => this with { Path = $"{Path}:{property}" };
}

/// <summary>An environment variable.</summary>
internal sealed record VariableOrigin(string Variable) : Origin
{
    public override string Name => Variable;

    public override Origin Missing(string property) => this;
}
