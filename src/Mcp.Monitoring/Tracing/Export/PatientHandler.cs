using System.Net;
using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>How an answer is understood; its body is read already.</summary>
internal delegate Answer AnswerProtocol(HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now);

/// <summary>
/// Stands between an official exporter, which tries once and keeps the answer to itself, and the network: sends a batch again for as long as it is kept, when the
/// receiver wants it, and knows what became of it. One request after the other, on the exporter's own thread, which waits here.
/// </summary>
internal sealed class PatientHandler(HttpMessageHandler network, AnswerProtocol protocol, DeliveryLimits limits, TimeProvider time) : DelegatingHandler(network)
{
    /// <summary>The body of an answer is a few bytes; of a longer one the beginning is read.</summary>
    public const int LongestBody = 64 * 1024;

    /// <summary>The answer to what is left when the host ends.</summary>
    public static readonly Answer HostEnded = new(AnswerKind.GivenUp, "the host ended");

    private readonly CancellationTokenSource _giveUp = new();
    private readonly WakeableTimer _timer = new(time);
    private readonly long _start = time.GetTimestamp();
    private Answer? _last;
    private TimeSpan _notBefore;
    private int _failures;
    private long _closeBy = long.MaxValue;

    /// <summary>Gets what is sent with each request; the official exporter reads a comma in a value as the end of it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Gets who notices that the receiver speaks otherwise, if anybody does.</summary>
    public ProtocolMismatch? Mismatch { get; init; }

    /// <summary>Gets how time passes between two tries.</summary>
    public Action<TimeSpan>? Wait { get; init; }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private TimeSpan CloseBy => TimeSpan.FromTicks(Volatile.Read(ref _closeBy));

    /// <summary>Forgets the last answer: what comes is for the next batch.</summary>
    public void Forget() => _last = null;

    /// <summary>Returns the answer to the batch that was just exported.</summary>
    /// <param name="isExported">What the exporter makes of it, where there was no request.</param>
    public Answer Last(bool isExported) => _last ?? (isExported ? new Answer(AnswerKind.Delivered, "") : new Answer(AnswerKind.Failed, "not sent"));

    /// <summary>Says that the host ends: from now on nothing is waited for that comes later than that.</summary>
    public void CloseWithin(TimeSpan limit)
    {
        Volatile.Write(ref _closeBy, (Now + limit).Ticks);
        _timer.Wake();
    }

    /// <summary>Gets whether nothing is sent any more.</summary>
    public bool HasGivenUp => _giveUp.IsCancellationRequested;

    /// <summary>Ends the request that is on its way, and every later one.</summary>
    public void GiveUp()
    {
        CloseWithin(TimeSpan.Zero);
        _giveUp.Cancel();
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Deliver(request);

    // Whoever asks for this waits for the answer all the same.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Deliver(request));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _giveUp.Dispose();
            _timer.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpResponseMessage Deliver(HttpRequestMessage request)
    {
        // Written once: a batch is empty when it has been read. None of the exporters waits for anything here.
        request.Content?.LoadIntoBufferAsync().GetAwaiter().GetResult();
        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        TimeSpan keptUntil = Now + limits.Keep;
        string problem = "left alone as it asked";
        while (true)
        {
            if (MayNotWait(keptUntil) is { } end)
            {
                return Ended(end == AnswerKind.GivenUp ? HostEnded : new Answer(end, problem));
            }

            HttpResponseMessage? response = Try(request, out Answer answer);
            if (answer.Kind != AnswerKind.Later)
            {
                _failures = 0;
                _last = answer;
                return response!;
            }

            response?.Dispose();
            problem = answer.Detail;
            TimeSpan now = Now;
            if (now >= keptUntil)
            {
                _notBefore = answer.RetryAfter is { } alone ? now + alone : now;
                return Ended(new Answer(AnswerKind.Expired, problem));
            }

            // The last try is at the very end, unless the receiver wants to be left alone for longer.
            TimeSpan next = now + limits.Backoff.After(++_failures);
            _notBefore = answer.RetryAfter is { } asked ? now + asked : next < keptUntil ? next : keptUntil;
        }
    }

    // Waits for the next try. Waiting for one that comes too late for the end of the host helps nobody.
    private AnswerKind? MayNotWait(TimeSpan keptUntil)
    {
        while (true)
        {
            TimeSpan now = Now;
            if (HasGivenUp || CloseBy < (now > _notBefore ? now : _notBefore))
            {
                return AnswerKind.GivenUp;
            }

            if (now >= _notBefore)
            {
                return null;
            }

            if (now >= keptUntil)
            {
                return AnswerKind.Expired;
            }

            (Wait ?? _timer.Wait)((_notBefore < keptUntil ? _notBefore : keptUntil) - now);
        }
    }

    // The official exporter may be set to try again by itself: to an answer like this it does not.
    private HttpResponseMessage Ended(in Answer answer)
    {
        _last = answer;
        return new HttpResponseMessage(HttpStatusCode.BadRequest);
    }

    private HttpResponseMessage? Try(HttpRequestMessage request, out Answer answer)
    {
        using var late = new CancellationTokenSource(limits.Request, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _giveUp.Token);
        HttpResponseMessage? response = null;
        try
        {
            // HTTP/2 knows no other way; the thread waits.
            response = request.Version.Major >= 2 ? base.SendAsync(request, limit.Token).GetAwaiter().GetResult() : base.Send(request, limit.Token);
            using CancellationTokenRegistration cut = limit.Token.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response);
            byte[] body = new byte[LongestBody];
            int length = response.Content.ReadAsStream(limit.Token).ReadAtLeast(body, body.Length, throwOnEndOfStream: false);

            // Trailers are there once the body has been read to its end.
            answer = protocol(response, body.AsSpan(0, length), time.GetUtcNow());
            Mismatch?.Answered(response, body.AsSpan(0, length), answer);
            using HttpContent read = response.Content;
            response.Content = new ByteArrayContent(body, 0, length);
            return response;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            response?.Dispose();
            Mismatch?.Failed(fault);
            answer = Unreachable(fault);
            return null;
        }
    }

    private static Answer Unreachable(Exception fault) => new(AnswerKind.Later, fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted, or it takes no TLS",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError.ToString(),
        OperationCanceledException or ObjectDisposedException => "timeout",
        _ => fault.GetType().Name,
    });
}
