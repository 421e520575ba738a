using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Makes the nodes of expressions, one for those that are equal.</summary>
internal sealed class NodeBuilder
{
    private readonly Dictionary<string, LabelSetIndex> _frames = new(StringComparer.Ordinal);
    private readonly Dictionary<(LabelSetIndex LabelSets, Expression Expression), Node> _nodes = [];
    private readonly Dictionary<(LabelSetIndex LabelSets, Selector Series, TimeSpan Window), BucketsNode> _buckets = [];
    private readonly Dictionary<(LabelSetIndex LabelSets, CallOutcomes Calls), OutcomesNode> _outcomes = [];
    private readonly List<Node> _all = [];

    public IReadOnlyList<Node> All => _all;

    public LabelSetIndex LabelSets(IReadOnlyList<string> by)
    {
        string key = string.Join(',', by);
        if (!_frames.TryGetValue(key, out LabelSetIndex? labelSets))
        {
            _frames[key] = labelSets = new LabelSetIndex(by);
        }

        return labelSets;
    }

    public Node Build(Expression expression, LabelSetIndex labelSets)
    {
        if (!_nodes.TryGetValue((labelSets, expression), out Node? node))
        {
            _nodes[(labelSets, expression)] = node = expression.Build(this, labelSets);
            _all.Add(node);
        }

        return node;
    }

    public BucketsNode Buckets(Selector series, TimeSpan window, LabelSetIndex labelSets)
    {
        if (!_buckets.TryGetValue((labelSets, series, window), out BucketsNode? node))
        {
            _buckets[(labelSets, series, window)] = node = new BucketsNode(series, window, labelSets);
            _all.Add(node);
        }

        return node;
    }

    public OutcomesNode Outcomes(CallOutcomes calls, LabelSetIndex labelSets)
    {
        if (!_outcomes.TryGetValue((labelSets, calls), out OutcomesNode? node))
        {
            _outcomes[(labelSets, calls)] = node = new OutcomesNode(calls, labelSets);
            _all.Add(node);
        }

        return node;
    }
}
