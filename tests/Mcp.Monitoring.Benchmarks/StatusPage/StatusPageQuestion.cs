using System.Diagnostics;
using System.Globalization;
using System.Net;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Requests;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.StatusPage.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Benchmarks.StatusPage;

/// <summary>The page of a server with 200 operations: how fast its API answers, what watchers cost, and what becomes of too many.</summary>
internal sealed class StatusPageQuestion : Question
{
    private const int Operations = 200, CallsOfEach = 50, WarmUps = 300, Rounds = 5, FreshAnswers = 10, KeptAnswers = 1_000, Watchers = 50, MostWatchers = 100, Connections = 1_000;
    private const double MostMilliseconds = 5, MostCpu = 0.02;

    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(15), Kept = TimeSpan.FromSeconds(2.1), Watched = TimeSpan.FromSeconds(10);

    private static readonly byte[] Buffer = new byte[64 * 1024];

    public override string Name => "status-page";

    public override string Text => $"How fast does the API of the status page answer for {Operations} operations, and what do {Watchers} watchers cost?";

    public override void Ask(BenchmarkRun run)
    {
        WebApplication app = Start();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections }) { BaseAddress = new Uri(app.Urls.Single()), Timeout = Timeout.InfiniteTimeSpan };
        WarmUp(app.Services.GetRequiredService<StatusAnswers>(), http);
        Answers(run, http);
        Cpu(run, http);
        TooMany(run, http);
        app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static WebApplication Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "bench", EnvironmentName = "Development" });
        builder.Logging.ClearProviders().AddProvider(new SilentLog());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMcpMonitoring(static options => options.Alerts.Storage.Path = ":memory:");
        WebApplication app = builder.Build();
        app.MapMcpMonitoring();
        app.StartAsync().GetAwaiter().GetResult();
        OperationMonitor monitor = app.Services.GetRequiredService<OperationMonitor>();
        for (int i = 0; i < Operations; i++)
        {
            for (int call = 0; call < CallsOfEach; call++)
            {
                using OperationScope scope = monitor.Begin(OperationType.Tools, string.Create(CultureInfo.InvariantCulture, $"tool_{i}"));
                scope.End(call % 10 == 0 ? OperationOutcome.ServerError : OperationOutcome.Success);
            }
        }

        return app;
    }

    // As in a server that has run for a while: there are samples of calls, and what is made and sent has been compiled.
    private static void WarmUp(StatusAnswers answers, HttpClient http)
    {
        Thread.Sleep(Sampled);
        for (int i = 0; i < WarmUps; i++)
        {
            answers.Forget();
            _ = Answer(http);
        }

        for (int i = 0; i < FreshAnswers; i++)
        {
            Thread.Sleep(Kept);
            _ = Answer(http);
        }
    }

    // What is kept for 2 seconds is answered from memory; the first after it is made anew, on the engine's thread.
    private static void Answers(BenchmarkRun run, HttpClient http)
    {
        double[] fresh = new double[FreshAnswers], kept = new double[KeptAnswers];
        int bytes = 0;
        for (int i = 0; i < fresh.Length; i++)
        {
            Thread.Sleep(Kept);
            (fresh[i], bytes) = Answer(http);
        }

        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = Answer(http).Milliseconds;
        }

        Array.Sort(fresh);
        Array.Sort(kept);
        run.Report(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000} kB of JSON; made anew: {fresh[0]:F1} to {fresh[^1]:F1} ms; from memory: median {kept[KeptAnswers / 2]:F1} ms"));
        run.Judge("made anew, median, ms", fresh[FreshAnswers / 2], MostMilliseconds);
        run.Judge("from memory, 99th percentile, ms", kept[KeptAnswers * 99 / 100], MostMilliseconds);
    }

    // What the client does with it is no cost of the API: it is read into the same buffer.
    private static (double Milliseconds, int Bytes) Answer(HttpClient http)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = http.GetAsync(new Uri("monitoring/api/v1/status", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).GetAwaiter().GetResult();
        using Stream body = response.EnsureSuccessStatusCode().Content.ReadAsStream();
        int bytes = 0;
        for (int read = body.Read(Buffer); read > 0; read = body.Read(Buffer))
        {
            bytes += read;
        }

        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, bytes);
    }

    // Who reads is in this process, too: the server alone costs less.
    private static void Cpu(BenchmarkRun run, HttpClient http)
    {
        double[] quiet = new double[Rounds], watched = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            quiet[round] = CpuOf(Watched);
            using var over = new CancellationTokenSource();
            Task[] watchers = [.. Enumerable.Range(0, Watchers).Select(_ => WatchAsync(http, over.Token))];
            Thread.Sleep(Kept);
            watched[round] = CpuOf(Watched);
            over.Cancel();
            Task.WhenAll(watchers).GetAwaiter().GetResult();
        }

        Array.Sort(quiet);
        Array.Sort(watched);
        run.Report(string.Create(CultureInfo.InvariantCulture, $"CPU of one core, median of {Rounds} rounds: {quiet[Rounds / 2]:P2} while nobody watches, {watched[Rounds / 2]:P2} with {Watchers} watchers"));
        run.Judge($"{Watchers} watchers, CPU of one core", watched[Rounds / 2] - quiet[Rounds / 2], MostCpu);
    }

    private static double CpuOf(TimeSpan time)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        Thread.Sleep(time);
        process.Refresh();
        return (process.TotalProcessorTime - before) / time;
    }

    private static async Task WatchAsync(HttpClient http, CancellationToken over)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("monitoring/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, over).ConfigureAwait(false);
            Stream events = await response.Content.ReadAsStreamAsync(over).ConfigureAwait(false);
            await events.CopyToAsync(Stream.Null, over).ConfigureAwait(false);
        }
        catch (Exception ended) when (over.IsCancellationRequested && ended is OperationCanceledException or IOException or HttpRequestException)
        {
            // The watcher leaves.
        }
    }

    private static void TooMany(BenchmarkRun run, HttpClient http)
    {
        HttpResponseMessage[] answers = Task.WhenAll(Enumerable.Range(0, Connections)
            .Select(_ => http.GetAsync(new Uri("monitoring/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))).GetAwaiter().GetResult();
        int admitted = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), refused = answers.Count(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        string words = answers.First(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable).Content.ReadAsStringAsync().GetAwaiter().GetResult();
        run.Report(string.Create(CultureInfo.InvariantCulture, $"{Connections} connections at once: {admitted} watch, {refused} are refused: {words}"));
        run.Judge("watchers of 1,000 connections", admitted, MostWatchers);
        Array.ForEach(answers, static answer => answer.Dispose());
    }
}
