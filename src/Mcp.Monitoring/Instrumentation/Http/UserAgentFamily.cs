namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What kind of client a request says that it comes from: a closed list, since the header is whatever the client likes.</summary>
internal static class UserAgentFamily
{
    public const string Other = "other";

    // The first that fits; clients name the library that they use after their own name, and browsers name each other.
    private static readonly (string Sign, string Family)[] Signs =
    [
        ("claude", "claude"), ("cursor", "cursor"), ("vscode", "vscode"), ("visual studio code", "vscode"), ("chatgpt", "chatgpt"), ("openai", "chatgpt"),
        ("kube-probe", "kube-probe"), ("prometheus", "prometheus"), ("postman", "postman"), ("insomnia", "insomnia"), ("okhttp", "okhttp"), ("curl", "curl"),
        ("python", "python"), ("aiohttp", "python"), ("httpx", "python"), ("node", "node"), ("undici", "node"), ("axios", "node"),
        ("go-http-client", "go"), ("dotnet", "dotnet"), (".net", "dotnet"), ("csharp", "dotnet"), ("java", "java"), ("mozilla/", "browser"),
    ];

    private const int Longest = 256;

    /// <summary>Gets every value that there is.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Signs.Select(sign => sign.Family).Distinct(StringComparer.Ordinal), Other];

    public static string Of(string? userAgent)
    {
        ReadOnlySpan<char> bounded = userAgent.AsSpan(0, Math.Min(userAgent?.Length ?? 0, Longest));
        foreach ((string sign, string family) in Signs)
        {
            if (bounded.Contains(sign, StringComparison.OrdinalIgnoreCase))
            {
                return family;
            }
        }

        return Other;
    }
}
