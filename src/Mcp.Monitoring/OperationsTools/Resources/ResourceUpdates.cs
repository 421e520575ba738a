using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Resources;

/// <summary>
/// Tells listeners that a resource has changed, over the answer of their own <c>subscriptions/listen</c>, which goes on until they leave or the host stops, for an hour at most. It tells of what
/// somebody would look up for: the level and the incidents, not each number.
/// </summary>
/// <param name="sources">What the resources are made of.</param>
/// <param name="callerOf">Who listens.</param>
/// <param name="stopping">When the host stops.</param>
internal sealed class ResourceUpdates(OperationsSources sources, Func<MessageContext, Caller> callerOf, CancellationToken stopping)
{
    /// <summary>The most listeners at once.</summary>
    public const int MostListeners = 50;

    private const int MostUris = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A token may be another by then; who listens asks anew.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private int _listeners;

    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        if (!callerOf(request).MaySee)
        {
            throw new McpProtocolException("This caller may not see the operations of this server.", McpErrorCode.InvalidRequest);
        }

        if (Interlocked.Increment(ref _listeners) > MostListeners)
        {
            Interlocked.Decrement(ref _listeners);
            throw new McpProtocolException($"{MostListeners} callers listen already. Read the resource from time to time.", McpErrorCode.InvalidRequest);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            string[] uris = [.. (request.Params?.Notifications?.ResourceSubscriptions ?? []).Where(ResourceUris.IsKnown).Distinct(StringComparer.Ordinal).Take(MostUris)];
            await AcknowledgeAsync(request, uris, ended.Token).ConfigureAwait(false);
            if (uris.Length > 0)
            {
                await TellAsync(request, uris, ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The listener has left, or the host stops.
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }

        return new EmptyResult();
    }

    private async Task TellAsync(RequestContext<SubscriptionsListenRequestParams> request, string[] uris, CancellationToken cancellationToken)
    {
        string[] known = new string[uris.Length];
        TimeProvider time = sources.Time;
        long begun = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            StatusView status = await sources.StatusAsync(cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < uris.Length; i++)
            {
                string now = StateOf(status, uris[i]);
                if (known[i] is { } before && before != now)
                {
                    await SendAsync(request, NotificationMethods.ResourceUpdatedNotification, new JsonObject { ["uri"] = uris[i] }, cancellationToken).ConfigureAwait(false);
                }

                known[i] = now;
            }
        }
        while (time.GetElapsedTime(begun) < Longest && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private static string StateOf(StatusView status, string uri) => ResourceUris.IncidentOf(uri) is not { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{status.State.Level} {status.State.OpenBreakers} {string.Join(' ', status.Incidents.Select(StateOf))}")
        : status.Incidents.FirstOrDefault(incident => incident.Number == number) is { } incident ? StateOf(incident) : "";

    private static string StateOf(IncidentView incident) => string.Create(
        CultureInfo.InvariantCulture,
        $"{incident.Number}:{incident.State}:{incident.Severity}:{incident.Told.Count}:{incident.Timeline.Count}:{string.Join(',', incident.Alerts.Select(alert => $"{alert.Id}={alert.State}"))}");

    private static Task AcknowledgeAsync(RequestContext<SubscriptionsListenRequestParams> request, string[] uris, CancellationToken cancellationToken)
    {
        var granted = new SubscriptionsAcknowledgedNotificationParams { Notifications = new() { ResourceSubscriptions = uris.Length == 0 ? null : uris } };
        var parameters = (JsonObject)JsonSerializer.SerializeToNode(granted, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SubscriptionsAcknowledgedNotificationParams)))!;
        return SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, parameters, cancellationToken);
    }

    // Each says which listening it belongs to; the server of a request sends over the answer to it.
    private static Task SendAsync(RequestContext<SubscriptionsListenRequestParams> request, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters["_meta"] = new JsonObject
        {
            [MetaKeys.SubscriptionId] = request.JsonRpcRequest.Id.Id switch
            {
                string text => JsonValue.Create(text),
                long number => JsonValue.Create(number),
                _ => null,
            },
        };
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }
}
