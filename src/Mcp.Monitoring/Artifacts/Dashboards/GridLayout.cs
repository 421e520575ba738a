using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Where a panel stands: columns of 24, rows from the top.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GridPosition(int X, int Y, int Width, int Height);

/// <summary>Places panels from left to right and from the top, as a page is read.</summary>
internal sealed class GridLayout
{
    public const int Columns = 24;

    private int _x;
    private int _y;
    private int _height;

    /// <summary>Places the heading of a row, below all that stands.</summary>
    public GridPosition Heading()
    {
        Break();
        var position = new GridPosition(0, _y, Columns, 1);
        _y++;
        return position;
    }

    public GridPosition Place(Panel panel)
    {
        if (_x + panel.Width > Columns)
        {
            Break();
        }

        var position = new GridPosition(_x, _y, panel.Width, panel.Height);
        _x += panel.Width;
        _height = Math.Max(_height, panel.Height);
        return position;
    }

    private void Break()
    {
        (_x, _y, _height) = (0, _y + _height, 0);
    }
}
