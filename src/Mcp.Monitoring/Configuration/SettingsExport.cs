using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Infrastructure.Validation;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mcp.Monitoring.Configuration;

/// <summary>Writes the options as a file that could be loaded again, but for the secrets, which are <c>***</c>. What is not set is left out.</summary>
internal static class SettingsExport
{
    private const string Secret = "***";

    public static string ToJson(ISettings root)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Tree(root).WriteTo(json);
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    public static string ToYaml(ISettings root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var yaml = new Emitter(text);
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        WriteYaml(yaml, Tree(root));
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    private static JsonObject Tree(ISettings section)
    {
        var tree = new JsonObject();
        foreach ((string key, object value) in Values(section))
        {
            tree[key] = NodeOf(value);
        }

        return tree;
    }

    private static JsonNode? NodeOf(object value) => value switch
    {
        ISettings inner => Tree(inner),
        IEnumerable<ISettings> items => new JsonArray([.. items.Select(Tree)]),
        IEnumerable<string> items => new JsonArray([.. items.Select(item => JsonValue.Create(item))]),
        string text => JsonValue.Create(text),
        _ => JsonNode.Parse(Plain(value)),
    };

    private static void WriteYaml(Emitter yaml, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject section:
                yaml.Emit(new MappingStart());
                foreach ((string key, JsonNode? value) in section)
                {
                    yaml.Emit(new Scalar(key));
                    WriteYaml(yaml, value);
                }

                yaml.Emit(new MappingEnd());
                break;
            case JsonArray items:
                yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, items is [JsonObject, ..] ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (JsonNode? item in items)
                {
                    WriteYaml(yaml, item);
                }

                yaml.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                yaml.Emit(Quoted(text));
                break;
            default:
                yaml.Emit(new Scalar(node!.ToJsonString()));
                break;
        }
    }

    private static IEnumerable<(string Key, object Value)> Values(ISettings section)
    {
        foreach (Setting setting in section.Settings)
        {
            if (Shown(setting) is { } value and not ISettings[] { Length: 0 })
            {
                yield return (SettingNames.Snake(setting.Name), value);
            }
        }

        foreach (Section inner in section.Sections)
        {
            yield return (SettingNames.Snake(inner.Name), inner.Settings);
        }
    }

    private static object? Shown(Setting setting) => setting.Effective() switch
    {
        null => null,
        _ when setting.IsSecret => Secret,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        var value => value,
    };

    private static string Plain(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // Quoted always: no text can be taken for a number, a null or the start of something else.
    private static Scalar Quoted(string text) =>
        new(AnchorName.Empty, TagName.Empty, text, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true);
}
