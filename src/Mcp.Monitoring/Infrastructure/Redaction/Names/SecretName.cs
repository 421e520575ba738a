namespace Mcp.Monitoring.Infrastructure.Redaction.Names;

/// <summary>What the name in front of a value says of the value.</summary>
internal enum SecretName
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A secret, wherever it stands.</summary>
    Secret,

    /// <summary>A secret where it is a string or an argument; in a sentence an everyday word, such as <c>pass</c>.</summary>
    Argument,

    /// <summary>A secret in the query of a URL or in a form; elsewhere an everyday word.</summary>
    InQuery,

    /// <summary>A secret where it looks made at random: a key, or the key of a map.</summary>
    IfRandom,

    /// <summary>The credentials of a request, with the name of a scheme in front.</summary>
    Authorization,

    /// <summary>Cookies, all of them.</summary>
    Cookie,

    /// <summary>A list of settings; one of them may be a secret.</summary>
    ConnectionString,
}
