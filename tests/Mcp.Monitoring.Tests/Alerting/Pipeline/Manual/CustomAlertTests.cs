using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Pipeline.Manual;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Manual;

/// <summary>How much an alert of the application's own may say.</summary>
public class CustomAlertTests
{
    private static readonly CustomAlert Alert = new() { Name = "OrdersLate", Severity = AlertSeverity.Low, Summary = "late" };

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Ten_facts(int facts, bool isFine)
    {
        Assert.Equal(isFine, IsFine(Alert with { Facts = [.. Enumerable.Repeat("it is late", facts)] }));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Twenty_labels(int labels, bool isFine)
    {
        Assert.Equal(isFine, IsFine(Alert with { Labels = Enumerable.Range(0, labels).ToDictionary(i => $"label_{i}", static _ => "x", StringComparer.Ordinal) }));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Two_hundred_characters_of_a_value(int length, bool isFine)
    {
        Assert.Equal(isFine, IsFine(Alert with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["queue"] = new('x', length) } }));
    }

    [Theory]
    [InlineData("alertname", false)]
    [InlineData("1st", false)]
    [InlineData("first", true)]
    public void Labels_that_are_names_and_not_its_own(string name, bool isFine)
    {
        Assert.Equal(isFine, IsFine(Alert with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = "x" } }));
    }

    [Theory]
    [InlineData("https://wiki/late", true)]
    [InlineData(null, true)]
    [InlineData("wiki", false)]
    public void A_runbook_that_is_a_link(string? runbook, bool isFine)
    {
        Assert.Equal(isFine, IsFine(Alert with { Runbook = runbook }));
    }

    [Fact]
    public void Lists_that_are_there()
    {
        Assert.True(IsFine(Alert));
        Assert.False(IsFine(Alert with { Labels = null! }));
        Assert.False(IsFine(Alert with { Facts = null! }));
    }

    private static bool IsFine(CustomAlert alert) => CustomAlertValidator.Problem(CustomAlertValidator.CopyOf(alert)) is null;
}
