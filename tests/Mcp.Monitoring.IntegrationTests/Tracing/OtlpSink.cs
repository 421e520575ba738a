using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A receiver of OTLP that decodes with OpenTelemetry's own protobuf code: <c>peers/otlp-sink.mjs</c>. It ends with the test.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private static readonly string Peers = typeof(OtlpSink).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    private readonly ChildProcess _process;

    private OtlpSink(ChildProcess process, int http, int grpc)
    {
        _process = process;
        HttpPort = http;
        GrpcPort = grpc;
    }

    public int HttpPort { get; }

    public int GrpcPort { get; }

    public string Said => _process.Said;

    public static async Task<OtlpSink> StartAsync(int httpPort = 0, int grpcPort = 0)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(
            Directory.Exists(Path.Combine(Peers, "node_modules", "@opentelemetry", "otlp-transformer")),
            $"The npm package @opentelemetry/otlp-transformer is not installed. Run npm ci in {Peers}.");
        var process = ChildProcess.Start(node, Path.Combine(Peers, "otlp-sink.mjs"), $"{httpPort}", $"{grpcPort}");
        string? ready = await process.ReadLineAsync();
        Assert.True(ready is not null, process.Said);
        JsonElement ports = JsonDocument.Parse(ready!).RootElement;
        return new(process, ports.GetProperty("http").GetInt32(), ports.GetProperty("grpc").GetInt32());
    }

    /// <summary>Says how the next exports are answered.</summary>
    public void Script(params string[] answers)
    {
        foreach (string answer in answers)
        {
            _process.Input.WriteLine(answer);
        }

        _process.Input.Flush();
    }

    /// <summary>Waits for the next thing of a kind: <c>request</c>, <c>traces</c> or <c>metrics</c>.</summary>
    public async Task<JsonElement> NextAsync(string signal)
    {
        JsonElement came;
        do
        {
            came = await NextAsync();
        }
        while (came.GetProperty("signal").GetString() != signal);

        return came;
    }

    /// <summary>Ends it, and returns everything that came and was not read yet.</summary>
    public async Task<IReadOnlyList<JsonElement>> RestAsync()
    {
        _process.Input.Close();
        var rest = new List<JsonElement>();
        while (await _process.ReadLineAsync() is { } line)
        {
            rest.Add(JsonDocument.Parse(line).RootElement);
        }

        return rest;
    }

    private async Task<JsonElement> NextAsync() =>
        JsonDocument.Parse(await _process.ReadLineAsync() ?? throw new InvalidOperationException($"The sink ended:\n{Said}")).RootElement;

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
