namespace Mcp.Monitoring;

/// <summary>The format of a configuration file.</summary>
public enum ConfigurationFormat
{
    /// <summary>YAML 1.2.</summary>
    Yaml,

    /// <summary>JSON.</summary>
    Json,
}
