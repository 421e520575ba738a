using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The series of a selector with the places of their label sets, found as they appear.</summary>
internal sealed class SeriesList(Selector selector)
{
    private readonly List<(SampledSeries Series, int Index)> _found = [];
    private int _seen;

    public List<(SampledSeries Series, int Index)> Found => _found;

    public void Discover(ISeriesSource source, LabelSetIndex labelSets)
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
