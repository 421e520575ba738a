using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>What a member can be asked for. Each returns its answer, or throws <see cref="SendFailedException"/> when none came.</summary>
internal interface IAlertmanagerClient
{
    HttpReply Post(Uri member, IReadOnlyList<PostedAlert> alerts, CancellationToken stop);

    HttpReply Post(Uri member, PostedSilence silence, CancellationToken stop);

    HttpReply AskStatus(Uri member, CancellationToken stop);

    HttpReply EndSilence(Uri member, string id, CancellationToken stop);
}
