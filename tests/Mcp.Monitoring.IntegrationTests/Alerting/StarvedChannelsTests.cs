using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>On the night on which no thread of the pool is free, a critical alert arrives on every channel, also beside one whose connection stays unanswered.</summary>
[CollectionDefinition(nameof(StarvedChannelsTests), DisableParallelization = true)]
[Collection(nameof(StarvedChannelsTests))]
public sealed class StarvedChannelsTests
{
    // As many processes at a time: each of them mostly waits.
    private const int Runs = 20, AtATime = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    [Fact]
    public async Task Critical_alert_arrives_on_every_channel_within_15_s_20_times_of_20()
    {
        await using EximServer exim = await EximServer.StartAsync();
        using var bot = new BotServer();
        using var unanswered = new UnansweredPort();
        var requests = new ConcurrentQueue<string>();
        using var server = new TinyServer(stream => Answer(stream, requests));
        string[] arguments =
        [
            Program, "starved-channels", $"http://127.0.0.1:{server.Port}/slack", $"{bot.Url},{BotServer.Token}", $"http://127.0.0.1:{server.Port}/hook",
            $"{exim.Port},{EximServer.User},{EximServer.Password}", $"http://127.0.0.1:{unanswered.Port}/hook",
        ];
        (string Name, Func<string, bool> HasArrived)[] channels =
        [
            ("slack", operation => requests.Any(request => request.StartsWith("POST /slack/chat.postMessage ", StringComparison.Ordinal) && request.Contains(operation, StringComparison.Ordinal))),
            ("telegram", operation => bot.Messages.Any(message => message.Text("text")!.Contains(operation, StringComparison.Ordinal))),
            ("webhook", operation => requests.Any(request => request.StartsWith("POST /hook ", StringComparison.Ordinal) && request.Contains(operation, StringComparison.Ordinal))),
            ("email", operation => exim.Files().Any(file => File.ReadAllText(file).Contains(operation, StringComparison.Ordinal))),
        ];
        var times = new ConcurrentBag<Dictionary<string, TimeSpan>>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Runs),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
            async (run, _) =>
            {
                string operation = string.Create(CultureInfo.InvariantCulture, $"operation-{run}-end");
                await using ChildProcess process = ChildProcess.Start(Programs.Dotnet, arguments, ("SSL_CERT_FILE", exim.Certificate.Certificate));
                Assert.Equal("starved", await process.ReadLineAsync());
                await process.Input.WriteLineAsync(operation);
                Dictionary<string, TimeSpan> measured = await MeasureAsync(channels, operation);
                Assert.True(measured.Values.All(static time => time <= Limit), $"run {run}: {string.Join(", ", measured)}. {process.Said}{string.Join('\n', requests)}");
                times.Add(measured);
                await process.Input.WriteLineAsync();
                Assert.Equal("still starved", await process.ReadLineAsync());
            });

        Assert.Equal(Runs, times.Count);
        string report = $"{Runs} of {Runs}; longest: {string.Join(", ", channels.Select(channel => string.Create(CultureInfo.InvariantCulture, $"{channel.Name} {times.Max(measured => measured[channel.Name]).TotalSeconds:0.00} s")))}";
        TestContext.Current.SendDiagnosticMessage(report);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
    }

    // Each channel's own time, or more than the limit.
    private static async Task<Dictionary<string, TimeSpan>> MeasureAsync((string Name, Func<string, bool> HasArrived)[] channels, string operation)
    {
        long start = Stopwatch.GetTimestamp();
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        while (times.Count < channels.Length && Stopwatch.GetElapsedTime(start) <= Limit)
        {
            foreach ((string name, Func<string, bool> hasArrived) in channels.Where(channel => !times.ContainsKey(channel.Name)))
            {
                if (hasArrived(operation))
                {
                    times.Add(name, Stopwatch.GetElapsedTime(start));
                }
            }

            await Task.Delay(BetweenLooks, TestContext.Current.CancellationToken);
        }

        foreach ((string name, _) in channels)
        {
            times.TryAdd(name, TimeSpan.MaxValue);
        }

        return times;
    }

    private static void Answer(Stream stream, ConcurrentQueue<string> requests)
    {
        string request = TinyServer.ReadRequest(stream);
        requests.Enqueue(request);
        const string Body = """{"ok":true,"channel":"C0123456789","ts":"1700000000.000001"}""";
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
    }
}
