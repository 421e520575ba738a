using System.Diagnostics;

namespace Mcp.Monitoring.Errors.Sentry.Performance;

/// <summary>What an activity is in Sentry's words: op, description, status, and attributes under the names of both conventions.</summary>
internal sealed class SpanConversion(SentryOptions options)
{
    /// <summary>The sources whose activities are spans.</summary>
    public const string Own = "Mcp.Monitoring", HttpClient = "System.Net.Http", Npgsql = "Npgsql";

    private static readonly Dictionary<string, string> SentryNames = new(StringComparer.Ordinal)
    {
        ["gen_ai.tool.name"] = "mcp.tool.name",
        ["gen_ai.prompt.name"] = "mcp.prompt.name",
        ["jsonrpc.request.id"] = "mcp.request.id",
        ["network.transport"] = "mcp.transport",
    };

    /// <summary>Takes an activity down as it is.</summary>
    /// <param name="activity">The activity, which has ended.</param>
    /// <param name="tags">What Sentry can search by.</param>
    public SpanData Convert(Activity activity, IEnumerable<KeyValuePair<string, string>>? tags = null) => new()
    {
        SpanId = activity.SpanId.ToHexString(),
        ParentSpanId = activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
        Op = OpOf(activity),
        Description = DescriptionOf(activity),
        Status = SpanStatuses.Of(activity),
        Start = new DateTimeOffset(activity.StartTimeUtc),
        End = new DateTimeOffset(activity.StartTimeUtc + activity.Duration),
        Tags = tags is null ? [] : [.. tags],
        Data = DataOf(activity),
    };

    private static string OpOf(Activity activity) => activity.GetTagItem("sentry.op") as string ?? activity.Source.Name switch
    {
        HttpClient => "http.client",
        Npgsql => "db",
        _ => activity.OperationName,
    };

    private static string DescriptionOf(Activity activity) => activity.Source.Name switch
    {
        HttpClient when activity.GetTagItem("url.full") is string url => $"{activity.GetTagItem("http.request.method") ?? "HTTP"} {url}",
        Npgsql => (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) as string ?? activity.DisplayName,
        _ => activity.DisplayName,
    };

    private List<KeyValuePair<string, object?>> DataOf(Activity activity)
    {
        var data = new List<KeyValuePair<string, object?>>();
        foreach ((string key, object? value) in activity.EnumerateTagObjects())
        {
            if (!MaySend(key))
            {
                continue;
            }

            data.Add(new(key, value));
            if (SentryNames.TryGetValue(key, out string? other))
            {
                data.Add(new(other, value));
            }
        }

        return data;
    }

    private bool MaySend(string key) => key switch
    {
        "client.address" or "client.port" or "enduser.id" or "user.id" => options.SendUser,
        "mcp.resource.uri" or "gen_ai.tool.call.arguments" => options.RecordInputs,
        "gen_ai.tool.call.result" => false,
        _ => true,
    };
}
