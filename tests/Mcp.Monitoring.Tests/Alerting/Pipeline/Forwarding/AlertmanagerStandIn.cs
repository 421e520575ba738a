using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Forwarding;

/// <summary>Members of an Alertmanager that answer what a test says, and remember every request.</summary>
internal sealed class AlertmanagerStandIn(TimeProvider time) : IAlertmanagerClient
{
    private readonly HashSet<string> _down = new(StringComparer.Ordinal);
    private int _silences;

    /// <summary>Gets every request with alerts, the empty ones among them.</summary>
    public List<PostedBatch> Posts { get; } = [];

    /// <summary>Gets the silences that it has, by their id.</summary>
    public Dictionary<string, PostedSilence> Silences { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets every silence that was made or ended: <c>+</c> or <c>-</c> with its id.</summary>
    public List<string> SilenceRequests { get; } = [];

    /// <summary>Gets or sets what comes back for alerts.</summary>
    public Func<PostedBatch, int> Answer { get; set; } = static _ => 200;

    /// <summary>Gets or sets since when its members run; <see langword="null"/> where they do not say it.</summary>
    public DateTimeOffset? StartedAt { get; set; } = time.GetUtcNow().AddHours(-1);

    /// <summary>Gets or sets what comes back for silences.</summary>
    public int SilenceStatus { get; set; } = 200;

    /// <summary>Gets or sets by how much its clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Gets or sets what runs before a request is answered.</summary>
    public Action<CancellationToken> Before { get; set; } = static _ => { };

    public void TakeDown(params string[] members) => _down.UnionWith(members);

    public void BringUp(params string[] members) => _down.ExceptWith(members);

    /// <summary>Gets what a member was sent, each with its time from the beginning, without requests that held nothing.</summary>
    public string[] Sent(string member) =>
    [
        .. from post in Posts
           where post.Member == member && post.IsTaken
           from alert in post.Alerts
           select $"{Time(post.At)} {alert.Labels[AlertLabels.AlertName]} {Time(alert.StartsAt)}–{Time(alert.EndsAt)}",
    ];

    public HttpReply Post(Uri member, IReadOnlyList<PostedAlert> alerts, CancellationToken stop)
    {
        Before(stop);
        bool isDown = _down.Contains(member.Host);
        var batch = new PostedBatch(time.GetUtcNow(), member.Host, alerts);
        int status = isDown ? 0 : Answer(batch);
        Posts.Add(batch with { IsTaken = status == 200 });
        return isDown ? throw new SendFailedException("the connection was refused", mayHaveArrived: false) : Reply(status, "");
    }

    public HttpReply Post(Uri member, PostedSilence silence, CancellationToken stop)
    {
        Refuse(member);
        if (SilenceStatus != 200)
        {
            return Reply(SilenceStatus, "no");
        }

        string id = new Guid(++_silences, 0, 0, new byte[8]).ToString();
        Silences[id] = silence;
        SilenceRequests.Add($"+{_silences}");
        return Reply(200, $$"""{"silenceID":"{{id}}"}""");
    }

    public HttpReply AskStatus(Uri member, CancellationToken stop)
    {
        Before(stop);
        Refuse(member);
        return StartedAt is { } started ? Reply(200, $$"""{"cluster":{"status":"ready"},"uptime":"{{started + Ahead:O}}"}""") : Reply(404, "");
    }

    public HttpReply EndSilence(Uri member, string id, CancellationToken stop)
    {
        Refuse(member);
        SilenceRequests.Add(string.Create(CultureInfo.InvariantCulture, $"-{int.Parse(id[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}"));
        return Reply(Silences.Remove(id) ? 200 : 404, "");
    }

    private static string Time(DateTimeOffset at) => (at - AlertScenario.Begin).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);

    private void Refuse(Uri member)
    {
        if (_down.Contains(member.Host))
        {
            throw new SendFailedException("the connection was refused", mayHaveArrived: false);
        }
    }

    private HttpReply Reply(int status, string body) => new(status, body, RetryAfter: null, time.GetUtcNow() + Ahead);
}

/// <summary>A request with alerts.</summary>
internal sealed record PostedBatch(DateTimeOffset At, string Member, IReadOnlyList<PostedAlert> Alerts)
{
    public bool IsTaken { get; init; }
}
