using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>Sends how the server is every 2 seconds, and charts each minute, to at most 100 watchers. Nothing is done while there is none.</summary>
internal sealed class StatusEvents(StatusAnswers answers, Func<HttpContext, bool> maySee, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const int MostWatchers = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const int StepsBetweenCharts = 30;

    private int _watchers;

    /// <summary>Gets how many there are.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    public async Task WatchAsync(HttpContext http)
    {
        try
        {
            if (Interlocked.Increment(ref _watchers) > MostWatchers)
            {
                http.Response.Headers.RetryAfter = "30";
                await JsonAnswer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, $"{MostWatchers} pages are open already. Close one, or ask /monitoring/api/v1/status now and then.").ConfigureAwait(false);
                return;
            }

            await SendAsync(http).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private async Task SendAsync(HttpContext http)
    {
        HttpResponse response = http.Response;
        response.ContentType = "text/event-stream";
        PageHeaders.SetData(response.Headers);

        // For nginx, which would keep events to itself.
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        AlertLanguage language = ReaderLanguage.Of(http.Request);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            // A cookie ends, and a token may be another by now.
            for (int step = 0; maySee(http); step = (step + 1) % StepsBetweenCharts)
            {
                await TrySendAsync(response, () => answers.StatusAsync(language, ends.Token), ends.Token).ConfigureAwait(false);
                if (step == 0)
                {
                    await TrySendAsync(response, () => answers.ChartsAsync(ends.Token), ends.Token).ConfigureAwait(false);
                }

                await timer.WaitForNextTickAsync(ends.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The watcher has gone, or the host stops.
        }
    }

    private static async Task TrySendAsync(HttpResponse response, Func<Task<Written>> read, CancellationToken cancellationToken)
    {
        try
        {
            Written written = await read().ConfigureAwait(false);
            await response.Body.WriteAsync(written.Event, cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The engine does not answer: the page says since when it has heard nothing.
        }
    }
}
