namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: a gauge is larger than it was a while before, so many times in a row.</summary>
internal sealed class KeepsGrowing(Selector selector, int times, TimeSpan each) : Expression
{
    private readonly Expression _condition = Enumerable.Range(0, times).Select(i => At(selector, i * each).Above(At(selector, (i + 1) * each))).Aggregate((one, next) => one.And(next));

    public override string Metric => selector.Metric;

    protected override object Identity => (selector, times, each);

    protected override IEnumerable<Expression> Inputs => [_condition];

    public override string ToPromQL(PromQLFormat format)
    {
        string grew = At(selector, TimeSpan.Zero).Above(At(selector, each)).ToPromQL(format);
        return $"(count_over_time({grew}[{PromQL.Text(times * each)}:{PromQL.Text(each)}]) >= {PromQL.Text(times)})";
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results) => _condition.Evaluate(context).CopyTo(results);

    private static SeriesSum At(Selector selector, TimeSpan ago) => new(selector, SeriesFunction.Last, ago: ago);
}
