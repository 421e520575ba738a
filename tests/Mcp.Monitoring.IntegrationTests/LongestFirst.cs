using Mcp.Monitoring.IntegrationTests;
using Mcp.Monitoring.IntegrationTests.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;
using Mcp.Monitoring.IntegrationTests.Artifacts.Live;
using Mcp.Monitoring.IntegrationTests.OperationsTools;
using Mcp.Monitoring.IntegrationTests.Package;
using Mcp.Monitoring.IntegrationTests.Prometheus;
using Mcp.Monitoring.IntegrationTests.StatusPage;
using Mcp.Monitoring.IntegrationTests.Tracing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Mcp.Monitoring.IntegrationTests;

/// <summary>Starts the collections that take minutes before the others, so that none of them runs alone at the end.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(PackageTests), nameof(LiveQueriesTests), nameof(RuleSamplesInPrometheusTests), nameof(Browsers), nameof(BudgetsInPrometheusTests), nameof(OperationsClientsTests), nameof(KillTests),
        nameof(RealKillTests), nameof(AlertmanagerTests), nameof(MailConnectionTests), nameof(EmailContractTests), nameof(DeliveryTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => Array.FindIndex(Long, name => IsOf(collection, name)) is >= 0 and int rank ? rank : Long.Length)];

    private static bool IsOf(ITestCollection collection, string name) =>
        collection.TestCollectionDisplayName == name || collection.TestCollectionDisplayName.Contains($".{name} (", StringComparison.Ordinal);
}
