using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Headers as one text, <c>name=value,name=value</c>, values percent-encoded: the form of the OpenTelemetry variables.</summary>
internal static class OtlpHeaders
{
    /// <summary>Returns what is wrong with the text, without any of it.</summary>
    public static string? Fault(string headers)
    {
        string[] pairs = headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length == 0)
        {
            return "names no header";
        }

        for (int i = 0; i < pairs.Length; i++)
        {
            int equals = pairs[i].IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : pairs[i][..equals].Trim(), value = pairs[i][(equals + 1)..].Trim();
            string? problem = equals < 0 ? "has no =" : !IsName(name) ? "has no name that a header may have" : !IsValue(value) ? "has a value that no header may have"
                : Placeholder.Is(Uri.UnescapeDataString(value)) ? "is a placeholder" : null;
            if (problem is not null)
            {
                return $"is no list of headers: number {i + 1} {problem}";
            }
        }

        return null;
    }

    // RFC 9110: a token.
    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Tokens);

    private static bool IsValue(string value) => !Uri.UnescapeDataString(value).AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static readonly System.Buffers.SearchValues<char> Tokens =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
