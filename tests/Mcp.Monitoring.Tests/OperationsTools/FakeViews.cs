using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Shows what a test says.</summary>
internal sealed class FakeViews : IStatusViews
{
    public StatusView Status { get; set; } = Night.Status;

    public IReadOnlyList<RuleView> Rules { get; set; } = Night.Rules;

    public OperationDetail? Operation { get; set; } = Night.Detail;

    /// <summary>Gets or sets whether <see cref="Operation"/> is what is asked for, whatever that is.</summary>
    public bool AnyOperation { get; set; }

    public string Settings => "";

    public void Forget()
    {
    }

    public Task<StatusView> StatusAsync(AlertLanguage language, CancellationToken cancellationToken) => Task.FromResult(Status);

    public Task<ChartsView> ChartsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RuleView>> RulesAsync(CancellationToken cancellationToken) => Task.FromResult(Rules);

    public Task<OperationDetail?> OperationAsync(string type, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Operation is { } known && (AnyOperation || (known.Operation.Type == type && known.Operation.Name == name)) ? known : null);
}
