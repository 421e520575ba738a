using System.Collections.Concurrent;
using System.Text;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Dependencies.OneC;

/// <summary>Names in words why 1C does not serve a request: in the reason phrase of its answer, where exceptions of <see cref="HttpClient"/> have it from, and in the log, each reason at most
/// once a minute.</summary>
internal sealed class OneCAnswers(string dependency, ILogger logger, MonitoringClock clock)
{
    private const int MostBytes = 16 * 1024;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly string _name = dependency.ReplaceLineEndings(" ");
    private readonly ConcurrentDictionary<string, long> _said = new(StringComparer.Ordinal);

    /// <summary>Reads the beginning of an answer that is a failure, and puts it into words.</summary>
    public HttpResponseMessage Named(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = response.Content.ReadAsStream(cancellationToken);
        byte[] start = new byte[MostBytes];
        int length = 0;
        try
        {
            length = body.ReadAtLeast(start, MostBytes, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            // It broke off: the status says what it says, and whoever reads the body meets the same.
        }

        return Named(response, start.AsMemory(0, length), body);
    }

    public async Task<HttpResponseMessage> NamedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] start = new byte[MostBytes];
        int length = 0;
        try
        {
            length = await body.ReadAtLeastAsync(start, MostBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // As above.
        }

        return Named(response, start.AsMemory(0, length), body);
    }

    /// <summary>Says why there was no answer.</summary>
    public void Failed(ErrorClassification meaning, bool isAboutConnection)
    {
        if (meaning is { Outcome: OperationOutcome.ServerError or OperationOutcome.ToolError, Type: not ErrorType.CircuitBreaker })
        {
            Say(meaning.Type == ErrorType.Timeout ? "no answer in time" : isAboutConnection ? "it cannot be reached" : "the connection broke off");
        }
    }

    private HttpResponseMessage Named(HttpResponseMessage response, ReadOnlyMemory<byte> start, Stream rest)
    {
        OneCFault fault = OneCFault.Of(response.StatusCode, Encoding.UTF8.GetString(start.Span));
        response.Content = new OneCContent(response.Content, start, rest, fault);
        response.ReasonPhrase = $"{_name}: {fault.Words}";
        Say(fault.Words);
        return response;
    }

    private void Say(string words)
    {
        long now = clock.Timestamp;
        long next = _said.GetOrAdd(words, long.MinValue);
        if (now >= next && _said.TryUpdate(words, now + clock.ToTicks(Quiet), next))
        {
            Log.OneCFails(logger, _name, words);
        }
    }
}
