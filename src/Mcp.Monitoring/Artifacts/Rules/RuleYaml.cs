using Mcp.Monitoring.Alerting.Rules.Expressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mcp.Monitoring.Artifacts.Rules;

/// <summary>Rules as YAML: a file for <c>rule_files</c>, or the resource of the Prometheus Operator.</summary>
internal static class RuleYaml
{
    public static string File(RuleGroup group) => Written(yaml => Map(yaml, () => Groups(yaml, [group])));

    /// <summary>Writes the custom resource <c>PrometheusRule</c> (monitoring.coreos.com/v1).</summary>
    public static string PrometheusRule(string name, IReadOnlyList<RuleGroup> groups) => Written(yaml => Map(yaml, () =>
    {
        Entry(yaml, "apiVersion", "monitoring.coreos.com/v1");
        Entry(yaml, "kind", "PrometheusRule");
        Text(yaml, "metadata");
        Map(yaml, () => Entry(yaml, "name", name));
        Text(yaml, "spec");
        Map(yaml, () => Groups(yaml, groups));
    }));

    private static string Written(Action<Emitter> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var yaml = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        write(yaml);
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Groups(Emitter yaml, IReadOnlyList<RuleGroup> groups)
    {
        Text(yaml, "groups");
        List(yaml, groups, group =>
        {
            Entry(yaml, "name", group.Name);
            Text(yaml, "rules");
            List(yaml, group.Rules, rule => Rule(yaml, rule));
        });
    }

    private static void Rule(Emitter yaml, ExportedRule rule)
    {
        Entry(yaml, rule.IsRecorded ? "record" : "alert", rule.Name);
        string expression = PromQLLayout.Of(rule.Expression);
        Text(yaml, "expr");
        yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, expression, expression.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : ScalarStyle.Any, isPlainImplicit: true, isQuotedImplicit: true));
        if (rule.For > default(TimeSpan))
        {
            Entry(yaml, "for", PromQL.Text(rule.For));
        }

        if (rule.KeepFiringFor > default(TimeSpan))
        {
            Entry(yaml, "keep_firing_for", PromQL.Text(rule.KeepFiringFor));
        }

        Pairs(yaml, "labels", rule.Labels);
        Pairs(yaml, "annotations", rule.Annotations);
    }

    private static void Pairs(Emitter yaml, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        Text(yaml, name);
        Map(yaml, () =>
        {
            foreach ((string key, string value) in pairs)
            {
                Entry(yaml, key, value);
            }
        });
    }

    private static void List<T>(Emitter yaml, IReadOnlyList<T> items, Action<T> write)
    {
        yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (T item in items)
        {
            Map(yaml, () => write(item));
        }

        yaml.Emit(new SequenceEnd());
    }

    private static void Map(Emitter yaml, Action write)
    {
        yaml.Emit(new MappingStart());
        write();
        yaml.Emit(new MappingEnd());
    }

    private static void Entry(Emitter yaml, string key, string value)
    {
        Text(yaml, key);

        // Templates hold quotes, and 1.0 or true would be no text.
        yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Any, isPlainImplicit: IsWord(value), isQuotedImplicit: true));
    }

    private static void Text(Emitter yaml, string text) => yaml.Emit(new Scalar(text));

    private static bool IsWord(string text) => text.Length > 0 && (char.IsLetter(text[0]) || char.IsDigit(text[0])) && text is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null") && !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
}
