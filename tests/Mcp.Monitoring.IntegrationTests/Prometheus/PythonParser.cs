using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>Prometheus' Python client, which reads one page after the other in one process.</summary>
internal sealed class PythonParser : IAsyncDisposable
{
    private static readonly string Peers = typeof(PythonParser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!;

    private readonly ChildProcess _process = ChildProcess.Start(Programs.PythonWithPrometheusClientOrSkip(), Path.Combine(Peers, "read_metrics.py"));

    /// <summary>Has a page read.</summary>
    /// <returns>Each sample as <c>name{labels} value</c>, the labels sorted.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync(ScrapedPage page)
    {
        Stream input = _process.Input.BaseStream;
        string header = string.Create(CultureInfo.InvariantCulture, $"{(page.IsOpenMetrics ? "openmetrics" : "text")} {page.Bytes.Length}\n");
        await input.WriteAsync(Encoding.ASCII.GetBytes(header), TestContext.Current.CancellationToken);
        await input.WriteAsync(page.Bytes, TestContext.Current.CancellationToken);
        await input.FlushAsync(TestContext.Current.CancellationToken);
        string? answer = await _process.ReadLineAsync();
        Assert.True(answer is not null, $"The parser has ended. It said: {_process.Said}");
        var read = JsonElement.Parse(answer);
        Assert.False(read.TryGetProperty("fault", out var fault), $"{fault} in:\n{Encoding.UTF8.GetString(page.Bytes)}");
        return [.. read.GetProperty("samples").EnumerateArray().Select(Line)];
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Line(JsonElement sample)
    {
        string[] labels = [.. sample.GetProperty("labels").EnumerateObject().OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}={label.Value.GetString()}")];
        string exemplar = sample.GetProperty("exemplar").GetBoolean() ? " #" : "";
        return $"{sample.GetProperty("name").GetString()}{(labels.Length > 0 ? $"{{{string.Join(',', labels)}}}" : "")} {sample.GetProperty("value").GetString()}{exemplar}";
    }
}

/// <summary>What a scrape has brought.</summary>
internal sealed record ScrapedPage(bool IsOpenMetrics, byte[] Bytes);
