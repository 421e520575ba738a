using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>What Slack said: by a code of its own where it has one, whatever the status of HTTP.</summary>
/// <param name="Reply">The answer of HTTP.</param>
/// <param name="IsOk">Whether it was taken.</param>
/// <param name="Code">Why not, such as <c>channel_not_found</c>; <see langword="null"/> where it says none.</param>
/// <param name="Thread">The message that was posted, if it said which.</param>
/// <param name="RetryAfter">How long it wants to be left alone.</param>
internal sealed partial record SlackAnswer(HttpReply Reply, bool IsOk, string? Code, SlackThread? Thread, TimeSpan? RetryAfter)
{
    private const int LongestWait = 3_600;

    /// <summary>Reads what a method of the Web API answered: <c>ok</c> in its JSON decides.</summary>
    public static SlackAnswer OfMethod(HttpReply reply)
    {
        using JsonDocument? json = Parse(reply.Body);
        return json is { RootElement.ValueKind: JsonValueKind.Object } ? Of(reply, json.RootElement) : new SlackAnswer(reply, IsOk: false, Code: null, Thread: null, reply.RetryAfter);
    }

    /// <summary>Reads what a webhook answered: <c>ok</c>, or a code, as plain text; a proxy may say it in JSON, or nothing.</summary>
    public static SlackAnswer OfWebhook(HttpReply reply)
    {
        using JsonDocument? json = Parse(reply.Body);
        if (json is { RootElement.ValueKind: JsonValueKind.Object } && json.RootElement.TryGetProperty("ok", out _))
        {
            return Of(reply, json.RootElement);
        }

        string text = reply.Body.Trim();
        return new SlackAnswer(reply, reply.IsSuccess, !reply.IsSuccess && Form().IsMatch(text) ? text : null, Thread: null, reply.RetryAfter);
    }

    private static SlackAnswer Of(HttpReply reply, JsonElement root)
    {
        bool isOk = reply.IsSuccess && root.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True;
        string? code = Text(root, "error");
        return new SlackAnswer(
            reply,
            isOk,
            !isOk && code is not null && Form().IsMatch(code) ? code : null,
            isOk ? SlackThread.Parse($"{Text(root, "channel")}:{Text(root, "ts")}") : null,
            reply.RetryAfter ?? Wait(root));
    }

    // The header says it nearly always.
    private static TimeSpan? Wait(JsonElement root) =>
        root.TryGetProperty("retry_after", out JsonElement wait) && wait.ValueKind == JsonValueKind.Number && wait.TryGetDouble(out double seconds) && seconds is > 0 and <= LongestWait
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonDocument? Parse(string body)
    {
        try
        {
            return body.AsSpan().TrimStart().StartsWith("{") ? JsonDocument.Parse(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[a-z0-9_]{2,60}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
