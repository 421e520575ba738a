using System.Runtime.InteropServices;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>The sample with <c>--demo</c>, started as a user starts it.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private const int Sigint = 2;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ChildProcess _process;

    private DemoProcess(string[] arguments) => _process = ChildProcess.Start(Programs.Dotnet, [Programs.Sample, "--demo", "--urls", "http://127.0.0.1:0", .. arguments]);

    public IReadOnlyList<string> Greeting { get; private set; } = [];

    public Scraper Metrics => new(_http, Printed("Metrics"));

    /// <param name="arguments">What a user has written behind <c>--demo</c>.</param>
    public static async Task<DemoProcess> StartAsync(params string[] arguments)
    {
        var demo = new DemoProcess(arguments);
        var lines = new List<string>();
        while (await demo._process.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ctrl-C", StringComparison.Ordinal))
            {
                break;
            }
        }

        demo.Greeting = lines;
        return demo;
    }

    /// <summary>Finds the address that was printed behind a word.</summary>
    public Uri Printed(string word) => new(Assert.Single(Greeting, line => line.StartsWith(word, StringComparison.Ordinal))[word.Length..].Trim());

    public async Task<string> GetAsync(string word) => await _http.GetStringAsync(Printed(word), TestContext.Current.CancellationToken);

    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Assert.Equal(0, Kill(_process.Id, Sigint));
        await _process.ExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
