using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Operations;

/// <summary>Which ids may come from outside, and how a new one is made.</summary>
internal static class CorrelationIds
{
    private const int Longest = 128;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid([NotNullWhen(true)] string? id) =>
        id is { Length: >= 1 and <= Longest } && !id.AsSpan().ContainsAnyExcept(Allowed);

    public static string Create() => ActivityTraceId.CreateRandom().ToHexString();
}
