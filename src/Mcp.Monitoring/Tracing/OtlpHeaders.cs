using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tracing;

/// <summary>Headers as one text, <c>name=value,name=value</c>, values percent-encoded: the form of the OpenTelemetry variables.</summary>
internal static class OtlpHeaders
{
    /// <summary>Returns what is wrong with the text, without any of it.</summary>
    public static string? Fault(string headers)
    {
        int number = 0;
        foreach ((string name, string? value) in Pairs(headers))
        {
            number++;
            string? problem = value is null ? "has no =" : !IsName(name) ? "has no name that a header may have" : !IsValue(value) ? "has a value that no header may have"
                : Placeholder.Is(value) ? "is a placeholder" : null;
            if (problem is not null)
            {
                return $"is no list of headers: number {number} {problem}";
            }
        }

        return number == 0 ? "names no header" : null;
    }

    /// <summary>Reads the headers of a text that is right.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string? headers) =>
        headers is null ? [] : [.. Pairs(headers).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!))];

    private static IEnumerable<(string Name, string? Value)> Pairs(string headers) =>
        headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null));

    // RFC 9110: a token.
    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Tokens);

    private static bool IsValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static readonly System.Buffers.SearchValues<char> Tokens =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
