using System.Collections.Frozen;

namespace Mcp.Monitoring.Redaction;

/// <summary>The names that tell of a secret, compared without case, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
internal static class SecretNames
{
    /// <summary>The most characters of a name that are looked at; the end of it says what it is.</summary>
    public const int Longest = 64;

    private static readonly string[] Endings =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "apikey", "accesskey", "secretkey", "accountkey", "privatekey", "signingkey",
        "encryptionkey", "sharedkey", "masterkey", "subscriptionkey", "functionskey", "sharedaccesssignature", "credentials",
    ];

    // They end like a secret and are none: names of assemblies, paging, cancellation, the progress of an MCP request.
    private static readonly FrozenSet<string> Innocent = FrozenSet.ToFrozenSet(
        [
            "publickeytoken", "cancellationtoken", "canceltoken", "progresstoken", "metadatatoken", "changetoken", "pagetoken", "nextpagetoken", "continuationtoken",
            "synctoken", "jsontoken", "starttoken", "endtoken", "firsttoken", "lasttoken", "nexttoken", "unexpectedtoken", "expectedtoken", "oncancellationtoken",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Queries = FrozenSet.ToFrozenSet(
        ["key", "code", "auth", "session", "sessionid", "sid", "sig", "signature", "pass", "pw", "psw", "hash", "hmac", "otp", "pin", "jwt", "assertion", "ticket", "xamzsignature", "xgoogsignature"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Authorizations = FrozenSet.ToFrozenSet(["authorization", "proxyauthorization", "xauthorization"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Headers = FrozenSet.ToFrozenSet(["cookie", "setcookie"], StringComparer.Ordinal);

    /// <summary>Returns whether the value under this name is kept from others even where it stands alone, as that of a parameter, header or tag.</summary>
    public static bool IsTelling(string name) => Of(name) is not (SecretName.None or SecretName.InQuery);

    public static SecretName Of(ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[Longest];
        ReadOnlySpan<char> plain = Plain(name.Length > Longest ? name[^Longest..] : name, buffer);
        if (Contains(Queries, plain))
        {
            return SecretName.InQuery;
        }

        if (Contains(Authorizations, plain))
        {
            return SecretName.Authorization;
        }

        return Contains(Headers, plain) ? SecretName.Header : EndsLikeSecret(plain) && !Contains(Innocent, plain) ? SecretName.Secret : SecretName.None;
    }

    private static bool EndsLikeSecret(ReadOnlySpan<char> plain)
    {
        foreach (string ending in Endings)
        {
            if (plain.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        foreach (char c in name)
        {
            if (c is not ('_' or '-' or '.' or ' '))
            {
                buffer[length++] = char.ToLowerInvariant(c);
            }
        }

        return buffer[..length];
    }

    private static bool Contains(FrozenSet<string> names, ReadOnlySpan<char> name) => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
}
