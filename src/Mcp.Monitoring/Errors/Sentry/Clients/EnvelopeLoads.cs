using System.Globalization;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>What an envelope carries, by the headers of its items.</summary>
internal static class EnvelopeLoads
{
    public static IEnumerable<Load> Of(Envelope envelope) => envelope.Items.Select(Of).OfType<Load>();

    private static Load? Of(EnvelopeItem item) => item.TryGetType() switch
    {
        "event" => new Load(DataCategory.Error, 1),
        "transaction" => new Load(DataCategory.Transaction, 1),
        "log" => new Load(DataCategory.LogItem, item.Header.TryGetValue("item_count", out object? count) ? Convert.ToInt32(count, CultureInfo.InvariantCulture) : 1),
        _ => null,
    };
}
