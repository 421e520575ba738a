using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.OneC;

/// <summary>
/// Reads how many sessions an infobase has, as an HTTP service of it answers: <c>{"sessions":[{"state":"active","count":3}]}</c>. 1C publishes them over no protocol of its own.
/// </summary>
internal sealed class SessionsAnswer(IMcpIntegration integration, InternalErrors errors)
{
    private const int MostBytes = 64 * 1024, MostStates = 20;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public async Task ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            byte[] body = new byte[MostBytes];
            using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int length = await stream.ReadAtLeastAsync(body, MostBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = body.AsMemory(0, length);

            // 1C writes it before UTF-8 unless told otherwise.
            Take(answer.Span.StartsWith(Encoding.UTF8.Preamble) ? answer[Encoding.UTF8.Preamble.Length..] : answer);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            errors.Report(InternalErrors.Operation, new FormatException($"The service of {integration.Name} that tells sessions does not answer {{\"sessions\":[{{\"state\":\"active\",\"count\":3}}]}}.", fault));
        }
    }

    // A state of which nothing is said any more has none.
    private void Take(ReadOnlyMemory<byte> body)
    {
        using JsonDocument answer = JsonDocument.Parse(body);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (JsonElement session in answer.RootElement.GetProperty("sessions").EnumerateArray().Take(MostStates))
        {
            string state = session.GetProperty("state").GetString() is { Length: > 0 } named ? named : throw new FormatException("A session has no state.");
            counts[state] = counts.GetValueOrDefault(state) + Math.Max(0, session.GetProperty("count").GetInt64());
        }

        foreach (string state in _known.Except(counts.Keys, StringComparer.Ordinal).ToArray())
        {
            integration.SetSessions(state, 0);
        }

        foreach ((string state, long count) in counts)
        {
            integration.SetSessions(state, count);
            _known.Add(state);
        }
    }
}
