namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How an answer is understood; its body is read already.</summary>
internal delegate Answer AnswerProtocol(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now);

/// <summary>
/// Sees what a receiver answers, which an exporter keeps to itself: it stands between the exporter and the network. Requests come one after the other, from the
/// thread of the queue.
/// </summary>
internal sealed class AnswerReader(HttpMessageHandler network, AnswerProtocol protocol, TimeProvider time) : DelegatingHandler(network)
{
    /// <summary>The body of an answer is a few bytes; of a longer one the beginning is read.</summary>
    public const int LongestBody = 64 * 1024;

    private readonly CancellationTokenSource _giveUp = new();
    private Answer? _last;

    /// <summary>Gets what is sent with each request; the official exporter reads a comma in a value as the end of it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Gets who notices that the receiver speaks otherwise, if anybody does.</summary>
    public ProtocolMismatch? Mismatch { get; init; }

    /// <summary>Forgets the last answer: what comes is for the next batch.</summary>
    public void Forget() => _last = null;

    /// <summary>Returns the answer to the batch that was just exported.</summary>
    /// <param name="isExported">What the exporter makes of it, where there was no request.</param>
    public Answer Last(bool isExported) => _last ?? (isExported ? new Answer(AnswerKind.Delivered, "") : new Answer(AnswerKind.Failed, "not sent"));

    /// <summary>Ends the request that is on its way, and every later one.</summary>
    public void GiveUp() => _giveUp.Cancel();

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _giveUp.Token);
        HttpResponseMessage? response = null;
        try
        {
            AddHeaders(request);
            response = base.Send(request, limit.Token);
            using CancellationTokenRegistration cut = limit.Token.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response);
            byte[] body = new byte[LongestBody];
            int length = response.Content.ReadAsStream(limit.Token).ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
            Take(response, body, length);
            return response;
        }
        catch (Exception fault)
        {
            Lose(response, fault);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _giveUp.Token);
        HttpResponseMessage? response = null;
        try
        {
            AddHeaders(request);
            response = await base.SendAsync(request, limit.Token).ConfigureAwait(false);
            byte[] body = new byte[LongestBody];
            Stream stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, limit.Token).ConfigureAwait(false);
            Take(response, body, length);
            return response;
        }
        catch (Exception fault)
        {
            Lose(response, fault);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _giveUp.Dispose();
        }

        base.Dispose(disposing);
    }

    // The exporter reads the body again; trailers are there once it has been read to its end.
    private void Take(HttpResponseMessage response, byte[] body, int length)
    {
        Answer answer = protocol(response, body.AsSpan(0, length), time.GetUtcNow());
        _last = answer;
        Mismatch?.Answered(response, body.AsSpan(0, length), answer);
        using HttpContent read = response.Content;
        response.Content = new ByteArrayContent(body, 0, length);
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private void Lose(HttpResponseMessage? response, Exception fault)
    {
        response?.Dispose();
        if (IsOfNetwork(fault))
        {
            _last = Unreachable(fault);
            Mismatch?.Failed(fault);
        }
    }

    private static bool IsOfNetwork(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;

    private static Answer Unreachable(Exception fault) => new(AnswerKind.Later, fault switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError.ToString(),
        OperationCanceledException or ObjectDisposedException => "timeout",
        _ => fault.GetType().Name,
    });
}
