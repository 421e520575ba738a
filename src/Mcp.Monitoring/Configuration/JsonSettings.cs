using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.Configuration;

/// <summary>Reads JSON, with comments and trailing commas as appsettings.json has them.</summary>
internal ref struct JsonSettings
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly SettingsBudget _budget = new();
    private Utf8JsonReader _reader;
    private int _position;
    private long _line = 1;
    private long _column = 1;

    private JsonSettings(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = SettingsBudget.Deepest + 2,
        });
    }

    /// <exception cref="SettingsFileException">The text is not JSON, or too much of it.</exception>
    public static SettingsNode Read(ReadOnlySpan<byte> text)
    {
        var settings = new JsonSettings(text);
        try
        {
            settings.Next();
            SettingsNode root = settings.ReadValue(depth: 0);
            settings._reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            throw Unreadable(fault);
        }
    }

    private static SettingsFileException Unreadable(JsonException fault)
    {
        // The message ends with the place in zero-based bytes, which is said better elsewhere.
        string message = fault.Message.Split(" LineNumber:", StringSplitOptions.None)[0].TrimEnd('.');
        return new SettingsFileException($"is not JSON: {Infrastructure.Validation.Printable.Cut(message)}", (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
    }

    private void Next()
    {
        _reader.Read();
        Locate();
    }

    private SettingsNode ReadValue(int depth)
    {
        (long line, long column) = (_line, _column);
        _budget.Spend(1, line, column);
        SettingsBudget.Enter(depth, line, column);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(depth, line, column);
            case JsonTokenType.StartArray:
                return ReadList(depth, line, column);
            case JsonTokenType.Null:
                return new ScalarNode(Text: null, line, column);
            case JsonTokenType.String:
                return new ScalarNode(TextOf(), line, column);
            default:
                return new ScalarNode(Encoding.UTF8.GetString(_reader.ValueSpan), line, column);
        }
    }

    private MapNode ReadMap(int depth, long line, long column)
    {
        var entries = new List<MapEntry>();
        int size = 1;
        for (Next(); _reader.TokenType == JsonTokenType.PropertyName; Next())
        {
            (long keyLine, long keyColumn) = (_line, _column);
            string key = TextOf();
            Next();
            SettingsNode value = ReadValue(depth + 1);
            size += value.Size;
            entries.Add(new MapEntry(key, value, keyLine, keyColumn));
        }

        return new MapNode(entries, size, line, column);
    }

    private ListNode ReadList(int depth, long line, long column)
    {
        var items = new List<SettingsNode>();
        int size = 1;
        for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
        {
            SettingsNode item = ReadValue(depth + 1);
            size += item.Size;
            items.Add(item);
        }

        return new ListNode(items, size, line, column);
    }

    private readonly string TextOf()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new SettingsFileException("holds half of a character as an escape", _line, _column);
        }
    }

    // Counts on from the token before.
    private void Locate()
    {
        int start = (int)_reader.TokenStartIndex;
        for (; _position < start; _position++)
        {
            byte one = _text[_position];
            if (one == (byte)'\n')
            {
                _line++;
                _column = 1;
            }
            else if ((one & 0xC0) != 0x80)
            {
                _column++;
            }
        }
    }
}
