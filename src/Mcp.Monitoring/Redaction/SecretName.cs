namespace Mcp.Monitoring.Redaction;

/// <summary>What the name in front of a value says of the value.</summary>
internal enum SecretName
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A secret, wherever it stands.</summary>
    Secret,

    /// <summary>A secret in the query of a URL or in a form; elsewhere an everyday word.</summary>
    InQuery,

    /// <summary>The credentials of a request, with the name of a scheme in front.</summary>
    Authorization,

    /// <summary>A header whose whole line is a secret.</summary>
    Header,
}
