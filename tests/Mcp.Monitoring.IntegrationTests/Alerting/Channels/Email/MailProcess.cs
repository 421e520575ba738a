using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>The channel in a process of its own, which trusts one authority more than this one.</summary>
internal sealed class MailProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Mcp.Monitoring.KilledProcess.dll");

    private readonly ChildProcess _process;

    private MailProcess(ChildProcess process) => _process = process;

    public static MailProcess Start(MailCertificate trusted, MailSettings settings) =>
        new(ChildProcess.Start(Programs.Dotnet, [Program, "mail", JsonSerializer.Serialize(settings)], ("SSL_CERT_FILE", trusted.Certificate)));

    public Task<MailOutcome> SendAsync(AlertNotification message) => OutcomeAsync($"send {JsonSerializer.Serialize(message)}");

    /// <summary>Sends, and tells it to stop once something has happened.</summary>
    public async Task<MailOutcome> HangAsync(AlertNotification message, Func<Task> happens)
    {
        await _process.Input.WriteLineAsync($"hang {JsonSerializer.Serialize(message)}");
        await happens();
        return await OutcomeAsync("stop");
    }

    public Task<MailOutcome> CheckAsync() => OutcomeAsync("check");

    /// <summary>Leaves the channel, and makes one anew.</summary>
    public async Task RenewAsync(MailSettings settings) => Assert.Equal("new", await AskAsync($"new {JsonSerializer.Serialize(settings)}"));

    /// <summary>Has another channel try a server that does not answer, at the same time.</summary>
    public async Task StickAsync(MailSettings settings) => Assert.Equal("stuck", await AskAsync($"stick {JsonSerializer.Serialize(settings)}"));

    /// <summary>Blocks every thread of the pool, and all that it adds.</summary>
    public async Task StarveAsync() => Assert.Equal("starved", await AskAsync("starve"));

    /// <summary>Returns whether no thread of the pool has been free since.</summary>
    public async Task<bool> IsStarvedAsync() => await AskAsync("free") == "0";

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<MailOutcome> OutcomeAsync(string order) => JsonSerializer.Deserialize<MailOutcome>(await AskAsync(order))!;

    private async Task<string> AskAsync(string order)
    {
        await _process.Input.WriteLineAsync(order);
        return await _process.ReadLineAsync() ?? throw new InvalidOperationException($"The process ended:\n{_process.Said}");
    }
}
