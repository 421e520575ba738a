using System.IO.Compression;
using System.Net;
using System.Threading.Channels;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

internal sealed record ReceivedRequest(Uri? Address, IReadOnlyDictionary<string, string> Headers, ParsedEnvelope Envelope);

/// <summary>Sentry's end of the line: keeps what it gets and answers as told.</summary>
internal sealed class ScriptedSentry : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ReceivedRequest> _received = Channel.CreateUnbounded<ReceivedRequest>();
    private int _requests;
    private long _accepted;

    /// <summary>Gets or sets what is answered to the request of a number, from 0.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = static (_, _) => Task.FromResult(Status(200));

    /// <summary>Gets or sets who looks on while a request is sent.</summary>
    public Action Sending { get; set; } = static () => { };

    /// <summary>Gets how many items were in envelopes that were accepted, without reports.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    public int Requests => Volatile.Read(ref _requests);

    public static HttpResponseMessage Status(int status, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("""{"detail":"because"}""") };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    /// <summary>Answers each request with the next status, and the last one for ever.</summary>
    public void Answers(params int[] statuses) => Answer = (number, _) => Task.FromResult(Status(statuses[Math.Min(number, statuses.Length - 1)]));

    public void Hangs() => Answer = static async (_, cancellation) =>
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return Status(200);
    };

    public async Task<ReceivedRequest> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async Task<ParsedEnvelope> EnvelopeAsync() => (await NextAsync()).Envelope;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sending();
        using Stream body = await request.Content!.ReadAsStreamAsync(cancellationToken);
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(body, CompressionMode.Decompress))
        {
            await gzip.CopyToAsync(unpacked, cancellationToken);
        }

        Dictionary<string, string> headers = request.Headers.Concat(request.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        int number = Interlocked.Increment(ref _requests) - 1;
        ParsedEnvelope envelope = ParsedEnvelope.Of(unpacked.ToArray());
        _received.Writer.TryWrite(new ReceivedRequest(request.RequestUri, headers, envelope));
        HttpResponseMessage answer = await Answer(number, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            Interlocked.Add(ref _accepted, envelope.Items.Sum(Count));
        }

        return answer;
    }

    private static int Count(ParsedItem item) =>
        item.Type switch { "client_report" => 0, "log" => item.Header.GetProperty("item_count").GetInt32(), _ => 1 };
}
