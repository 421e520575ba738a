using System.Globalization;
using System.Text.RegularExpressions;
using OneCServer.Hosting;

namespace OneCServer.Demo;

/// <summary>Tells the person at the console what changes on <c>/metrics</c>: the state of the breaker, and retries that were given up.</summary>
internal sealed partial class DemoWatch(OwnAddress address, IHostApplicationLifetime lifetime, ILogger<DemoWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private string? _state;
    private double _givenUp;
    private long _toldAt;

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await lifetime.StartedAsync(stop.Token);
            using var timer = new PeriodicTimer(Every);
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await LookAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        string page;
        try
        {
            page = await _http.GetStringAsync(new Uri(address.Value, "metrics"), cancellationToken);
        }
        catch (HttpRequestException)
        {
            // Switched off, on a port of its own, or still on its way: there is nothing to tell.
            return;
        }

        if (State().Match(page) is { Success: true } state && state.Groups["state"].Value is var now && now != _state)
        {
            Changed(logger, _state ?? "not used", now);
            _state = now;
        }

        double givenUp = GivenUp().Match(page) is { Success: true } count ? double.Parse(count.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
        if (givenUp > _givenUp && TimeProvider.System.GetElapsedTime(_toldAt) > LongestPause)
        {
            RetriesGivenUp(logger, givenUp);
            (_givenUp, _toldAt) = (givenUp, TimeProvider.System.GetTimestamp());
        }
    }

    [GeneratedRegex("^mcp_circuit_breaker_state\\{dependency=\"1c\",state=\"(?<state>[a-z_]+)\"[^}]*\\} 1$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();

    [GeneratedRegex("^mcp_retry_exhausted_total\\{dependency=\"1c\"[^}]*\\} (?<count>[0-9.e+]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GivenUp();

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The circuit breaker of 1c: {Before} -> {Now}.")]
    private static partial void Changed(ILogger logger, string before, string now);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Calls of 1c that were given up after all retries: {Count} so far.")]
    private static partial void RetriesGivenUp(ILogger logger, double count);
}
