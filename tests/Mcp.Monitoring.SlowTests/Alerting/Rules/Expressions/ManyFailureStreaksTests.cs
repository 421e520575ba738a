using Mcp.Monitoring.Tests.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.SlowTests.Alerting.Rules.Expressions;

/// <summary>The same, over many more lives.</summary>
public sealed class ManyFailureStreaksTests : FailureStreakModelTests
{
    protected override int Lives => 100;
}
