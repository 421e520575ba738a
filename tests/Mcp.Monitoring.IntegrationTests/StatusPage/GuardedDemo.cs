using System.Text.RegularExpressions;
using Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.StatusPage;

/// <summary>The same outside Development: the page wants a token, and messages go to somebody who can be reached.</summary>
public sealed partial class GuardedDemo() : FailingDemo("Production")
{
    public const string Token = "correct-horse-battery-staple";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private Webhook? _people;

    protected override string Settings => $"""
          page_url: https://mcp.company.com/monitoring
          channels:
            webhooks:
              - name: people
                preset: ntfy
                url: {_people!.Address}orders
        status_page:
          enabled: true
          token: {Token}
        """;

    public override async ValueTask InitializeAsync()
    {
        _people = await Webhook.StartAsync();
        await base.InitializeAsync();
    }

    /// <summary>Gets what follows the address of the page in the link that a message has to acknowledge its incident.</summary>
    public async Task<string> LinkAsync() => await Eventually.GetAsync(
        () => Task.FromResult(_people!.Received.Select(message => Link().Match(message.GetRawText())).FirstOrDefault(link => link.Success)?.Groups["path"].Value ?? ""),
        static path => path.Length > 0,
        Limit);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_people is not null)
        {
            await _people.DisposeAsync();
        }
    }

    [GeneratedRegex("https://mcp\\.company\\.com/monitoring/(?<path>acknowledge/[^\"\\\\ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
