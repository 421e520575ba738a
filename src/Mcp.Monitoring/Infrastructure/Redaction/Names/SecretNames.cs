using System.Buffers;
using System.Collections.Frozen;

namespace Mcp.Monitoring.Infrastructure.Redaction.Names;

/// <summary>The names that tell of a secret, compared without case, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
internal static class SecretNames
{
    private static readonly string[] Endings =
    [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "token", "apikey", "accesskey", "secretkey", "accountkey", "privatekey", "signingkey",
        "encryptionkey", "decryptionkey", "validationkey", "sharedkey", "masterkey", "subscriptionkey", "functionskey", "storagekey", "licensekey", "sshkey", "hmackey",
        "sharedaccesssignature", "instrumentationkey", "storepass", "keypass", "requirepass", "credentials", "credential", "passwort", "parol", "passwords", "apikeys",
    ];

    // They end like a secret and are none: names of assemblies, paging, cancellation, parsing, the progress of an MCP request.
    private static readonly string[] Innocent =
    [
        "publickeytoken", "cancellationtoken", "canceltoken", "stoppingtoken", "stoptoken", "progresstoken", "metadatatoken", "changetoken", "pagetoken", "continuationtoken",
        "synctoken", "jsontoken", "starttoken", "endtoken", "firsttoken", "lasttoken", "nexttoken", "currenttoken", "previoustoken", "unexpectedtoken", "expectedtoken", "syntaxtoken",
        "skiptoken", "deltatoken", "resumetoken", "resumptiontoken", "maxtoken", "mintoken", "eoftoken", "notoken", "nopassword", "neartoken", "expectingtoken", "badtoken",
    ];

    // What a name may go on with and still be one of a secret.
    private static readonly string[] Trailers = ["confirmation", "confirm", "again", "repeat", "value", "text", "string", "hash", "base64", "b64", "encoded", "encrypted", "new", "old", "current", "previous", "plain", "plaintext", "clear"];

    // Where they are words of their own, and not the end of another: "bypass", "compass".
    private static readonly string[] Words = ["pass", "psw", "pw", "pswd", "creds"];

    // Most names have none of these.
    private static readonly SearchValues<string> Stems = SearchValues.Create(
        ["pass", "pwd", "psw", "pw", "parol", "secret", "token", "key", "code", "auth", "session", "sid", "sig", "hash", "hmac", "otp", "pin", "jwt", "assert", "ticket", "cred", "cookie", "conn", "sharedaccess"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Verbs =
    [
        "get", "set", "reset", "rotate", "revoke", "validate", "check", "change", "create", "delete", "remove", "list", "generate", "issue", "fetch", "renew", "forgot", "update", "read",
        "find", "has", "is", "use", "show", "remember", "with", "require", "requires", "need", "needs",
    ];

    private static readonly FrozenSet<string> Arguments = FrozenSet.ToFrozenSet(["pass", "pw", "psw", "pswd", "creds", "otp", "pin", "jwt"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Queries = FrozenSet.ToFrozenSet(
        ["key", "code", "auth", "session", "sessionid", "sid", "sig", "signature", "hash", "hmac", "assertion", "ticket", "xamzsignature", "xgoogsignature"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Authorizations = FrozenSet.ToFrozenSet(["authorization", "proxyauthorization", "xauthorization", "httpauthorization"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> ConnectionStrings = FrozenSet.ToFrozenSet(["connectionstring", "connectionstrings", "connstring", "connstr"], StringComparer.Ordinal);

    /// <summary>Returns whether the value under this name is kept from others even where it stands alone, as that of a parameter, header or tag.</summary>
    public static bool IsTelling(string name) => Of(name) is SecretName.Secret or SecretName.Authorization or SecretName.Cookie;

    /// <summary>Returns whether all of a value of this kind is the secret, where it is known how far it reaches.</summary>
    public static bool IsWhole(SecretName kind) => kind is SecretName.Secret or SecretName.Argument or SecretName.Authorization or SecretName.Cookie;

    /// <summary>Returns whether it is the name of a tool or method that does something with a secret.</summary>
    public static bool IsAction(ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[PlainName.Longest];
        PlainName plain = PlainName.Of(name, buffer);
        foreach (string verb in Verbs)
        {
            if (plain.Text.Length > verb.Length && plain.StartsWithWord(verb))
            {
                return true;
            }
        }

        return false;
    }

    public static SecretName Of(ReadOnlySpan<char> name)
    {
        if (!name.ContainsAny(Stems) && !name.ContainsAnyInRange(RussianNames.First, RussianNames.Last))
        {
            return SecretName.None;
        }

        Span<char> buffer = stackalloc char[PlainName.Longest];
        return Of(PlainName.Of(name, buffer));
    }

    private static SecretName Of(PlainName name)
    {
        ReadOnlySpan<char> plain = name.Text;
        if (plain.IsEmpty)
        {
            return SecretName.None;
        }

        if (plain[^1] >= RussianNames.First)
        {
            return RussianNames.Of(name);
        }

        return Contains(Queries, plain) ? SecretName.InQuery
            : Contains(Arguments, plain) ? SecretName.Argument
            : Contains(Authorizations, plain) || name.EndsWithWord("authorization") ? SecretName.Authorization
            : name.EndsWithWord("cookie") || plain is "setcookie" ? SecretName.Cookie
            : Contains(ConnectionStrings, plain) || name.EndsWithWord("connectionstring") ? SecretName.ConnectionString
            : plain is "tokens" or "secrets" ? SecretName.IfRandom
            : IsSecret(name) || IsSecret(WithoutTrailer(name)) ? SecretName.Secret
            : plain[0] >= RussianNames.First ? RussianNames.Of(name)
            : SecretName.None;
    }

    private static bool IsSecret(PlainName name) => EndsLikeSecret(name) && !name.EndsWithAnyWord(Innocent);

    private static bool EndsLikeSecret(PlainName name)
    {
        foreach (string ending in Endings)
        {
            if (name.EndsWith(ending))
            {
                return true;
            }
        }

        return name.EndsWithAnyWord(Words);
    }

    private static PlainName WithoutTrailer(PlainName name)
    {
        foreach (string trailer in Trailers)
        {
            if (name.EndsWithWord(trailer))
            {
                return name.WithoutEnd(trailer.Length);
            }
        }

        return name.WithoutEnd(name.Text.Length - name.Text.TrimEnd("0123456789").Length);
    }

    private static bool Contains(FrozenSet<string> names, ReadOnlySpan<char> name) => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
}
