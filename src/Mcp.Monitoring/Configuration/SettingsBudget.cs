namespace Mcp.Monitoring.Configuration;

/// <summary>Keeps what a file can make of itself small: repeated YAML anchors grow without end.</summary>
internal sealed class SettingsBudget
{
    public const int MostNodes = 10_000;
    public const int Deepest = 32;

    private int _nodes;

    public void Spend(int nodes, long line, long column)
    {
        if (nodes > MostNodes - _nodes)
        {
            throw new SettingsFileException($"holds more than {MostNodes} values", line, column);
        }

        _nodes += nodes;
    }

    public static void Enter(int depth, long line, long column)
    {
        if (depth > Deepest)
        {
            throw new SettingsFileException($"is nested more than {Deepest} levels deep", line, column);
        }
    }
}
