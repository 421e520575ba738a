using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>The series of a selector with their places in a frame, found as they appear.</summary>
internal sealed class SeriesList(Selector selector, LabelSetIndex labelSets)
{
    private readonly List<(SampledSeries Series, int Index)> _found = [];
    private int _seen;

    public List<(SampledSeries Series, int Index)> Found => _found;

    public void Discover(ISeriesSource source)
    {
        ReadOnlySpan<SampledSeries> all = source.Of(selector.Metric);
        for (; _seen < all.Length; _seen++)
        {
            if (selector.Matches(all[_seen]) && labelSets.IndexOf(all[_seen]) is >= 0 and var index)
            {
                _found.Add((all[_seen], index));
            }
        }
    }
}
