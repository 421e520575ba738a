using Mcp.Monitoring.Alerting.Rules.Evaluation;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>How many times faster than allowed the budgets of objectives are spent; absent without calls.</summary>
internal sealed record BurnRate(SloKind Kind, TimeSpan Window) : Expression
{
    public override TimeSpan Lookback => Window;

    public override bool NeedsHistory => true;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new BurnRateNode(Kind, Window, isEnough: false, labelSets);

    // Without the window, so that two can be compared.
    public override string ToPromQL(IReadOnlyList<string> by) => $"max by (slo) (mcp_slo_burn_rate{{kind=\"{SloGauges.Label(Kind)}\", window=\"{Text(Window)}\"}})";
}

/// <summary>Whether a window has as many calls, and bad ones, as an objective asks for.</summary>
internal sealed record BurnIsFounded(SloKind Kind, TimeSpan Window) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new BurnRateNode(Kind, Window, isEnough: true, labelSets);

    // How many calls an objective had is no metric.
    public override bool IsOfProcess => true;

    public override string ToPromQL(IReadOnlyList<string> by) => "vector(1)";
}
