using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Scopes;

/// <summary>The last breadcrumbs, of any thread; the oldest make room.</summary>
internal sealed class BreadcrumbTrail
{
    private Breadcrumb[] _crumbs = [];
    private int _next;
    private int _count;

    public void Add(Breadcrumb breadcrumb, int most)
    {
        if (most == 0)
        {
            return;
        }

        lock (this)
        {
            if (_count == _crumbs.Length && _count < most)
            {
                Grow(most);
            }

            _crumbs[_next] = breadcrumb;
            _next = (_next + 1) % _crumbs.Length;
            _count = Math.Min(_count + 1, _crumbs.Length);
        }
    }

    /// <summary>Lists what is kept, the oldest first.</summary>
    public Breadcrumb[] ToArray()
    {
        lock (this)
        {
            var kept = new Breadcrumb[_count];
            for (int i = 0; i < _count; i++)
            {
                kept[i] = _crumbs[(_next - _count + i + _crumbs.Length) % _crumbs.Length];
            }

            return kept;
        }
    }

    // Most requests have few: they do not pay for a hundred.
    private void Grow(int most)
    {
        Breadcrumb[] kept = ToArray();
        _crumbs = new Breadcrumb[Math.Min(most, Math.Max(8, kept.Length * 4))];
        kept.CopyTo(_crumbs, 0);
        _next = kept.Length % _crumbs.Length;
    }
}
