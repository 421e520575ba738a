using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Infrastructure.Timing;
using Sentry.Extensibility;
using Sentry.Http;
using Sentry.Infrastructure;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>
/// What the SDK's own transport lacks: a minute of attempts, no redirect that takes the key elsewhere, quiet after a refusal that names no time, and an exact
/// count of what was dropped for what reason.
/// </summary>
internal sealed class RetryingTransport(
    global::Sentry.SentryOptions options, HttpMessageInvoker http, InFlight inFlight, DiscardCounts discards, DeliveryLog log, TimeProvider time, bool isCached, CancellationToken stop)
    : HttpTransportBase(options, clock: new Clock(time)), ITransport, IDisposable
{
    public static readonly TimeSpan UnsaidQuiet = TimeSpan.FromSeconds(60), LongestQuiet = TimeSpan.FromDays(1);

    // From a second to half a minute.
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)) { Jitter = Infrastructure.Timing.Backoff.Between(1, 1.5) };

    private readonly WakeableDelay _hurry = new(time);
    private DateTimeOffset _quietUntil;
    private DateTimeOffset _reportsQuietUntil;

    /// <summary>Gets how long the same envelope is tried again.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long an answer may take.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Has what waits for another attempt be tried at once.</summary>
    public void Hurry() => _hurry.Wake();

    public async Task SendEnvelopeAsync(Envelope envelope, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop);
        string? id = envelope.TryGetEventId()?.ToString();
        Envelope ready = time.GetUtcNow() < _quietUntil ? new Envelope(envelope.Header, []) : ProcessEnvelope(envelope);
        DiscardReason? reason = ready.Items.Count < envelope.Items.Count ? DiscardReason.RateLimitBackoff : null;
        bool isCountedBySentry = false;
        if (ready.Items.Count > 0 || (envelope.Items.Count == 0 && discards.HasAny && time.GetUtcNow() >= _reportsQuietUntil))
        {
            DiscardReason? failed;
            try
            {
                (failed, isCountedBySentry) = await DeliverAsync(ready, id, either.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (!isCached)
            {
                failed = fault is OperationCanceledException ? DiscardReason.NetworkError : DiscardReason.InternalError;
            }

            reason = failed ?? reason;
        }

        Settle(envelope, id, reason, isCountedBySentry);
    }

    public void Dispose() => http.Dispose();

    private void Settle(Envelope envelope, string? id, DiscardReason? reason, bool isCountedBySentry)
    {
        // What an earlier process has left in the cache was never handed over by this one.
        if (!inFlight.TryLeave(id, Count) && isCached)
        {
            Count(known: null);
        }

        void Count(InFlight.Pending? known)
        {
            foreach (Load load in reason is null ? [] : known is null ? EnvelopeLoads.Of(envelope) : [known.Load])
            {
                discards.Add(reason!.Value, load, isCountedBySentry);
            }
        }
    }

    private async Task<(DiscardReason? Failed, bool IsCountedBySentry)> DeliverAsync(Envelope envelope, string? id, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            Answer answer = await PostAsync(envelope, id, cancellation).ConfigureAwait(false);
            if (answer.IsAccepted)
            {
                log.Arrived();
                return default;
            }

            if (answer.IsRateLimit)
            {
                return (DiscardReason.RateLimitBackoff, true);
            }

            if (envelope.Items.Count == 0)
            {
                // A report alone: it goes with the next envelope.
                return default;
            }

            if (!answer.IsTransient)
            {
                log.Refused(answer);
                return (DiscardReason.SendError, false);
            }

            TimeSpan delay = Backoff.After(attempt + 1);
            delay = answer.RetryAfter > delay ? answer.RetryAfter.Value : delay;
            if (time.GetElapsedTime(began) + delay > RetryFor)
            {
                log.Unreachable(answer);
                return isCached
                    ? throw new HttpRequestException(HttpRequestError.ConnectionError, answer.Problem, new SocketException((int)SocketError.HostUnreachable))
                    : (answer.Status == 0 ? DiscardReason.NetworkError : DiscardReason.SendError, false);
            }

            await _hurry.WaitAsync(delay, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Answer> PostAsync(Envelope envelope, string? id, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        IReadOnlyList<Discarded> told = discards.Take();
        bool isTold = false;
        try
        {
            using HttpRequestMessage request = await PackAsync(Complete(envelope, id, told), either.Token).ConfigureAwait(false);
            using HttpResponseMessage response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            Answer answer = await Answer.ReadAsync(response, time, either.Token).ConfigureAwait(false);
            isTold = answer.IsAccepted;
            await HandleResponseAsync(response, envelope, either.Token).ConfigureAwait(false);
            if (answer.IsRateLimit)
            {
                BeQuiet(answer, isForAll: !response.Headers.Contains("X-Sentry-Rate-Limits"));
            }

            return answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Answer(0, Problem: $"no answer within {AnswerWithin.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Answer(0, Problem: SafeText.Line(exception.Message, Answer.MostShown));
        }
        finally
        {
            if (!isTold)
            {
                discards.PutBack(told);
            }
        }
    }

    // What is limited by name the base class knows.
    private void BeQuiet(in Answer answer, bool isForAll)
    {
        TimeSpan quiet = answer.RetryAfter is { } after && after >= TimeSpan.Zero ? after : UnsaidQuiet;
        _reportsQuietUntil = time.GetUtcNow() + (quiet < LongestQuiet ? quiet : LongestQuiet);
        _quietUntil = isForAll ? _reportsQuietUntil : _quietUntil;
    }

    private Envelope Complete(Envelope envelope, string? id, IReadOnlyList<Discarded> told)
    {
        Dictionary<string, object?> header = new(envelope.Header, StringComparer.Ordinal);
        if (inFlight.TraceOf(id) is { } trace)
        {
            header["trace"] = trace.ToDictionary();
        }

        return new Envelope(header, told.Count == 0 ? envelope.Items : [.. envelope.Items, DiscardCounts.Report(told, time.GetUtcNow())]);
    }

    private async Task<HttpRequestMessage> PackAsync(Envelope envelope, CancellationToken cancellation)
    {
        HttpRequestMessage request = CreateRequest(envelope);
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await request.Content!.CopyToAsync(gzip, cancellation).ConfigureAwait(false);
        }

        var content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-sentry-envelope");
        content.Headers.ContentEncoding.Add("gzip");
        request.Headers.TryAddWithoutValidation("User-Agent", SentryIdentity.Client);
        request.Content.Dispose();
        request.Content = content;
        return request;
    }

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset GetUtcNow() => time.GetUtcNow();
    }
}
