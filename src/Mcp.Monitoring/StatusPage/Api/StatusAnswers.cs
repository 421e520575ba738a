using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>The views as they go over the wire, written once for all who ask within 2 seconds.</summary>
internal sealed class StatusAnswers
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly IStatusViews _views;
    private readonly Dictionary<AlertLanguage, Kept<Written>> _status;
    private readonly Kept<Written> _charts;

    public StatusAnswers(IStatusViews views, TimeProvider time)
    {
        _views = views;
        _status = Enum.GetValues<AlertLanguage>().ToDictionary(language => language, language => new Kept<Written>(Lifetime, () => WriteAsync(views, language), time));
        _charts = new Kept<Written>(
            Lifetime, async () => Written.Of("charts", await views.ChartsAsync(CancellationToken.None).ConfigureAwait(false), StatusJson.Default.ChartsView), time);
    }

    public Task<Written> StatusAsync(AlertLanguage language, CancellationToken cancellationToken) => _status[language].GetAsync(cancellationToken);

    /// <summary>Has who asks next see what somebody has just done.</summary>
    public void Forget()
    {
        _views.Forget();
        foreach (Kept<Written> kept in _status.Values)
        {
            kept.Forget();
        }
    }

    public Task<Written> ChartsAsync(CancellationToken cancellationToken) => _charts.GetAsync(cancellationToken);

    private static async Task<Written> WriteAsync(IStatusViews views, AlertLanguage language) => Written.Of(
        "status", await views.StatusAsync(language, CancellationToken.None).ConfigureAwait(false), StatusJson.Default.StatusView);
}

/// <summary>A view as an event, and the JSON in it.</summary>
/// <param name="Event">The event, as server-sent events are written: https://html.spec.whatwg.org/multipage/server-sent-events.html.</param>
/// <param name="Json">The JSON.</param>
internal sealed record Written(ReadOnlyMemory<byte> Event, ReadOnlyMemory<byte> Json)
{
    private const int Capacity = 16 * 1024;

    // JSON without indentation has no line breaks, so that it is one line of data.
    public static Written Of<T>(string name, T view, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(Capacity);
        Encoding.ASCII.GetBytes($"event: {name}\ndata: ", buffer);
        int start = buffer.WrittenCount;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, view, type);
        }

        int end = buffer.WrittenCount;
        buffer.Write("\n\n"u8);
        return new Written(buffer.WrittenMemory, buffer.WrittenMemory[start..end]);
    }
}
