using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Makes the nodes of expressions, one for those that are equal.</summary>
internal sealed class NodeBuilder
{
    private readonly Dictionary<string, Frame> _frames = new(StringComparer.Ordinal);
    private readonly Dictionary<(Frame Frame, Expression Expression), Node> _nodes = [];
    private readonly Dictionary<(Frame Frame, Selector Series, TimeSpan Window), BucketsNode> _buckets = [];
    private readonly Dictionary<(Frame Frame, CallOutcomes Calls), OutcomesNode> _outcomes = [];
    private readonly List<Node> _all = [];

    public IReadOnlyList<Node> All => _all;

    public Frame Frame(IReadOnlyList<string> by)
    {
        string key = string.Join(',', by);
        if (!_frames.TryGetValue(key, out Frame? frame))
        {
            _frames[key] = frame = new Frame(by);
        }

        return frame;
    }

    public Node Build(Expression expression, Frame frame)
    {
        if (!_nodes.TryGetValue((frame, expression), out Node? node))
        {
            _nodes[(frame, expression)] = node = expression.Build(this, frame);
            _all.Add(node);
        }

        return node;
    }

    public BucketsNode Buckets(Selector series, TimeSpan window, Frame frame)
    {
        if (!_buckets.TryGetValue((frame, series, window), out BucketsNode? node))
        {
            _buckets[(frame, series, window)] = node = new BucketsNode(series, window, frame);
            _all.Add(node);
        }

        return node;
    }

    public OutcomesNode Outcomes(CallOutcomes calls, Frame frame)
    {
        if (!_outcomes.TryGetValue((frame, calls), out OutcomesNode? node))
        {
            _outcomes[(frame, calls)] = node = new OutcomesNode(calls, frame);
            _all.Add(node);
        }

        return node;
    }
}
