using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>What is shown of this host, for the page, its API and the operations over MCP. Each view is made when somebody asks and kept for a moment; any thread.</summary>
internal interface IStatusViews
{
    /// <summary>Gets how the server is.</summary>
    /// <param name="language">The language of the sentence.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<StatusView> StatusAsync(AlertLanguage language, CancellationToken cancellationToken);

    Task<ChartsView> ChartsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<RuleView>> RulesAsync(CancellationToken cancellationToken);

    /// <summary>Gets one operation.</summary>
    /// <returns>It; <see langword="null"/> where there is none of that name.</returns>
    Task<OperationDetail?> OperationAsync(string type, string name, CancellationToken cancellationToken);

    /// <summary>Has who asks next see what somebody has just done.</summary>
    void Forget();

    /// <summary>Gets the settings in use as YAML, secrets as <c>***</c>.</summary>
    string Settings { get; }
}
