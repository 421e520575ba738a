using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mcp.Monitoring.Configuration;

/// <summary>Reads YAML: one document; anchors and aliases are understood, merge keys and tags are not.</summary>
internal sealed class YamlSettings
{
    private readonly SettingsBudget _budget = new();
    private readonly Dictionary<string, SettingsNode> _anchors = new(StringComparer.Ordinal);
    private readonly Scanner _tokens;
    private readonly Parser _events;

    private YamlSettings(string text)
    {
        _tokens = new Scanner(new StringReader(text), skipComments: true);
        _events = new Parser(_tokens);
    }

    /// <exception cref="SettingsFileException">The text is not YAML, or too much of it.</exception>
    public static SettingsNode Read(string text)
    {
        var settings = new YamlSettings(text);
        try
        {
            return settings.ReadStream();
        }
        catch (YamlException fault)
        {
            throw new SettingsFileException($"is not YAML: {Infrastructure.Validation.Printable.Cut(fault.Message.TrimEnd('.'))}", fault.Start.Line, fault.Start.Column);
        }
        catch (Exception fault) when (fault is not (SettingsFileException or OutOfMemoryException))
        {
            // The scanner answers some nonsense with exceptions that are not its own.
            Mark place = settings._tokens.CurrentPosition;
            throw new SettingsFileException("is not YAML", place.Line, place.Column);
        }
    }

    private SettingsNode ReadStream()
    {
        Next<StreamStart>();
        if (Next<ParsingEvent>() is StreamEnd)
        {
            return new MapNode([], Size: 1, Line: 1, Column: 1);
        }

        SettingsNode root = ReadValue(Next<ParsingEvent>(), depth: 0);
        Next<DocumentEnd>();
        if (Next<ParsingEvent>() is DocumentStart second)
        {
            throw new SettingsFileException("holds a second document", second.Start.Line, second.Start.Column);
        }

        return root;
    }

    private SettingsNode ReadValue(ParsingEvent start, int depth)
    {
        (long line, long column) = (start.Start.Line, start.Start.Column);
        _budget.Spend(1, line, column);
        SettingsBudget.Enter(depth, line, column);
        SettingsNode node = start switch
        {
            Scalar scalar => new ScalarNode(IsNull(scalar) ? null : scalar.Value, line, column),
            MappingStart => ReadMap(depth, line, column),
            SequenceStart => ReadList(depth, line, column),
            AnchorAlias alias => Repeat(alias, line, column),
            _ => throw new SettingsFileException("is not YAML that settings are written in", line, column),
        };
        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors[anchor.Value] = node;
        }

        return node;
    }

    private MapNode ReadMap(int depth, long line, long column)
    {
        var entries = new List<MapEntry>();
        int size = 1;
        for (ParsingEvent key = Next<ParsingEvent>(); key is not MappingEnd; key = Next<ParsingEvent>())
        {
            if (key is not Scalar { Value: var name })
            {
                throw new SettingsFileException("has a key that is not a name", key.Start.Line, key.Start.Column);
            }

            SettingsNode value = ReadValue(Next<ParsingEvent>(), depth + 1);
            size += value.Size;
            entries.Add(new MapEntry(name, value, key.Start.Line, key.Start.Column));
        }

        return new MapNode(entries, size, line, column);
    }

    private ListNode ReadList(int depth, long line, long column)
    {
        var items = new List<SettingsNode>();
        int size = 1;
        for (ParsingEvent item = Next<ParsingEvent>(); item is not SequenceEnd; item = Next<ParsingEvent>())
        {
            SettingsNode value = ReadValue(item, depth + 1);
            size += value.Size;
            items.Add(value);
        }

        return new ListNode(items, size, line, column);
    }

    private SettingsNode Repeat(AnchorAlias alias, long line, long column)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out SettingsNode? node))
        {
            throw new SettingsFileException("repeats what no anchor before it names (a text that begins with * needs quotes)", line, column);
        }

        _budget.Spend(node.Size, line, column);
        return node;
    }

    // The core schema of YAML 1.2; only text without quotes can be a null.
    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private TEvent Next<TEvent>()
        where TEvent : ParsingEvent
    {
        if (_events.MoveNext() && _events.Current is TEvent expected)
        {
            return expected;
        }

        Mark place = _events.Current?.Start ?? Mark.Empty;
        throw new SettingsFileException("is not YAML that settings are written in", place.Line, place.Column);
    }
}
