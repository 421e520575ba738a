namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The expressions of an evaluator's rules, and the label sets that they are calculated for: rules that keep the same labels apart share them.</summary>
internal sealed class BoundExpressions
{
    private readonly Dictionary<string, LabelSetIndex> _labelSets = new(StringComparer.Ordinal);
    private readonly Dictionary<(LabelSetIndex LabelSets, Expression Expression), Expression> _known = [];
    private readonly List<Expression> _all = [];

    /// <summary>Gets those that calculate, each after its inputs.</summary>
    public IReadOnlyList<Expression> All => _all;

    public LabelSetIndex LabelSets(IReadOnlyList<string> by)
    {
        string key = string.Join(',', by);
        if (!_labelSets.TryGetValue(key, out LabelSetIndex? labelSets))
        {
            _labelSets[key] = labelSets = new LabelSetIndex(by);
        }

        return labelSets;
    }

    /// <summary>Finds the one that calculates the same for the same label sets.</summary>
    public Expression? Known(Expression expression, LabelSetIndex labelSets) => _known.GetValueOrDefault((labelSets, expression));

    public void Add(Expression expression, LabelSetIndex labelSets)
    {
        _known.Add((labelSets, expression), expression);
        _all.Add(expression);
    }
}
