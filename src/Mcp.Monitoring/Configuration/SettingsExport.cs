using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
            WriteJson(json, root);
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    public static string ToYaml(ISettings root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var yaml = new Emitter(text);
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        WriteYaml(yaml, root);
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void WriteJson(Utf8JsonWriter json, ISettings section)
    {
        json.WriteStartObject();
        foreach ((string key, object value) in Values(section))
        {
            json.WritePropertyName(key);
            switch (value)
            {
                case ISettings inner:
                    WriteJson(json, inner);
                    break;
                case IEnumerable<ISettings> items:
                    json.WriteStartArray();
                    foreach (ISettings item in items)
                    {
                        WriteJson(json, item);
                    }

                    json.WriteEndArray();
                    break;
                case IEnumerable<string> items:
                    json.WriteStartArray();
                    foreach (string item in items)
                    {
                        json.WriteStringValue(item);
                    }

                    json.WriteEndArray();
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                default:
                    json.WriteRawValue(Plain(value));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteYaml(Emitter yaml, ISettings section)
    {
        yaml.Emit(new MappingStart());
        foreach ((string key, object value) in Values(section))
        {
            yaml.Emit(new Scalar(key));
            switch (value)
            {
                case ISettings inner:
                    WriteYaml(yaml, inner);
                    break;
                case IEnumerable<ISettings> items:
                    yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                    foreach (ISettings item in items)
                    {
                        WriteYaml(yaml, item);
                    }

                    yaml.Emit(new SequenceEnd());
                    break;
                case IEnumerable<string> items:
                    yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
                    foreach (string item in items)
                    {
                        yaml.Emit(Quoted(item));
                    }

                    yaml.Emit(new SequenceEnd());
                    break;
                case string text:
                    yaml.Emit(Quoted(text));
                    break;
                default:
                    yaml.Emit(new Scalar(Plain(value)));
                    break;
            }
        }

        yaml.Emit(new MappingEnd());
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
