using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Checks what rules are set to as a whole: each setting by itself is checked by its section.</summary>
internal static partial class AlertRuleValidator
{
    private const int MostLabels = 10;
    private static readonly TimeSpan LongestOfHistogram = TimeSpan.FromHours(1);

    private static readonly string[] LabelsOfAll = [AlertLabels.AlertName, AlertLabels.Service];

    // The alert has them already, or they are what a histogram is made of.
    private static readonly string[] Reserved = [AlertLabels.AlertName, AlertLabels.Severity, AlertLabels.Service, "le"];

    /// <summary>Finds what is missing or contradicts itself.</summary>
    /// <param name="thresholds">The limits that the catalogue takes its numbers from.</param>
    /// <param name="rules">The entries.</param>
    /// <param name="prefix">How the names of our metrics begin.</param>
    /// <returns>The faults, with paths such as <c>Rules:0:Metric</c>.</returns>
    public static IEnumerable<Fault> Check(ThresholdOptions thresholds, IList<AlertRuleOptions> rules, string prefix = "mcp") =>
        from entry in rules.Index()
        from fault in RuleCatalogue.Has(entry.Item.Name) ? CheckChange(thresholds, entry.Item) : CheckOwn(entry.Item).Concat(MetricRules.Check(entry.Item, prefix))
        select fault.In($"{nameof(AlertOptions.Rules)}:{entry.Index}");

    private static IEnumerable<Fault> CheckChange(ThresholdOptions thresholds, AlertRuleOptions options)
    {
        foreach ((string path, bool isSet) in ReadOnlyInCatalogue(options))
        {
            if (isSet)
            {
                yield return new Fault(path, $"is set for {options.Name}, which is a rule of the catalogue", "Leave it out, or give a rule of your own another name.");
            }
        }

        CatalogueRule rule = RuleCatalogue.Find(thresholds, options.Name);
        AlertRule usual = rule.Build(rule.Numbers);
        foreach ((string path, AlertRuleOptions other) in NumbersSet(options))
        {
            if (rule.Build(rule.Numbers.With(other)).JudgesAs(usual))
            {
                yield return new Fault(path, $"is set for {options.Name}, which has no such number", "Leave it out.");
            }
        }

        foreach (Fault fault in SettingRules.Faults(CheckNoData(options), SummaryTemplate.Check(nameof(options.Summary), options.Summary, [.. usual.By, .. LabelsOfAll, AlertLabels.Dependency])))
        {
            yield return fault;
        }

        AlertRule changed = rule.Build(rule.Numbers.With(options));
        if (CheckResolve(options.Resolve, options.Threshold ?? rule.Numbers.Threshold, changed.LowIsBad) is { } wrongSide)
        {
            yield return wrongSide;
        }
    }

    private static IEnumerable<Fault> CheckOwn(AlertRuleOptions options)
    {
        RuleFunction function = options.Function ?? RuleFunction.Value;
        bool isLow = options.Comparison is RuleComparison.Below or RuleComparison.AtMost;
        bool isShare = function is RuleFunction.Ratio or RuleFunction.FractionBelow;
        if (CheckName(options) is { } misspelt)
        {
            return [misspelt];
        }

        return SettingRules.Faults(
            CheckMetric(options.Metric),
            CheckNoData(options),
            SummaryTemplate.Check(nameof(options.Summary), options.Summary, options.By.Concat(LabelsOfAll)),
            options.Threshold is null ? Fault.Missing(nameof(options.Threshold), "Set it to the value from which it is an alert.")
                : isShare && options.Threshold is not (>= 0 and <= 1) ? Fault.Of(nameof(options.Threshold), options.Threshold, "Set it between 0 and 1: it is a share.")
                : CheckThreshold(options, function, isShare) ?? CheckResolve(options.Resolve, options.Threshold.Value, isLow),
            function == RuleFunction.FractionBelow && options.Below is null ? Fault.Missing(nameof(options.Below), "Set it to an edge of the histogram, such as 200ms.")
                : options.Below is { } below && below <= TimeSpan.Zero ? Fault.Of(nameof(options.Below), below, "Set it above 0.") : null,
            function is RuleFunction.Quantile or RuleFunction.FractionBelow && options.Window > LongestOfHistogram
                ? Fault.Of(nameof(options.Window), options.Window, "Set it to an hour or less: histograms are kept for so long.") : null,
            Unused(nameof(options.Below), options.Below is not null, function, RuleFunction.FractionBelow),
            Unused(nameof(options.Quantile), options.Quantile is not null, function, RuleFunction.Quantile),
            Unused(nameof(options.Of), options.Of.Count > 0, function, RuleFunction.Ratio),
            function == RuleFunction.Value && options.Window is not null
                ? new Fault(nameof(options.Window), "is set for a rule that looks at the newest value", "Leave it out, or set function: rate, increase, ratio, quantile or fraction_below.") : null,
            function == RuleFunction.Value && options.MinimumCalls is not null
                ? new Fault(nameof(options.MinimumCalls), "is set for a rule that looks at the newest value", "Leave it out: a value has no calls.") : null,
            options.MinimumFailures is not null && function is not (RuleFunction.Rate or RuleFunction.Increase or RuleFunction.Ratio)
                ? new Fault(nameof(options.MinimumFailures), "is set for a rule that counts nothing", "Leave it out, or set function: rate, increase or ratio.") : null,
            CheckBy(options.By));
    }

    // Whoever misspells a rule of the catalogue has no metric for it.
    private static Fault? CheckName(AlertRuleOptions options) => string.IsNullOrEmpty(options.Metric) && NearestName.Find(options.Name, RuleCatalogue.Names) is { } nearest
        ? Fault.Of(nameof(options.Name), options.Name, $"Did you mean {nearest}? No rule of the catalogue has this name, and a rule of your own needs a metric.")
        : null;

    private static Fault? CheckMetric(string? metric) =>
        string.IsNullOrEmpty(metric) ? Fault.Missing(nameof(AlertRuleOptions.Metric), "Name a metric as it stands at /metrics, or a rule of the catalogue.")
        : !MetricName().IsMatch(metric) ? Fault.Of(nameof(AlertRuleOptions.Metric), metric, "Write the name as it stands at /metrics; what is in braces goes to labels.")
        : metric.EndsWith("_bucket", StringComparison.Ordinal)
            ? Fault.Of(nameof(AlertRuleOptions.Metric), metric, "Leave out _bucket: the rule reads the whole histogram.")
            : null;

    private static Fault? CheckBy(IList<string> by)
    {
        if (by.Count > MostLabels)
        {
            return new Fault(nameof(AlertRuleOptions.By), $"has {by.Count} labels", $"Keep at most {MostLabels} apart.");
        }

        foreach ((int index, string name) in by.Index())
        {
            string path = $"{nameof(AlertRuleOptions.By)}:{index}";
            if (!AlertNames.IsName(name))
            {
                return Fault.Of(path, name, "Write the name of a label.");
            }

            if (Reserved.Contains(name, StringComparer.Ordinal))
            {
                return Fault.Of(path, name, "Leave it out: no series is kept apart by it.");
            }

            if (by.Take(index).Contains(name, StringComparer.Ordinal))
            {
                return Fault.Of(path, name, "It is there already.");
            }
        }

        return null;
    }

    // What is counted never falls below 0, and a share never leaves 0 to 1.
    private static Fault? CheckThreshold(AlertRuleOptions options, RuleFunction function, bool isShare)
    {
        double threshold = options.Threshold!.Value;
        if (function == RuleFunction.Value)
        {
            return null;
        }

        string? problem = (options.Comparison ?? RuleComparison.Above) switch
        {
            RuleComparison.Above when threshold < 0 => "always",
            RuleComparison.AtLeast when threshold <= 0 => "always",
            RuleComparison.AtMost when isShare && threshold >= 1 => "always",
            RuleComparison.Above when isShare && threshold >= 1 => "never",
            RuleComparison.Below when threshold <= 0 => "never",
            RuleComparison.AtMost when threshold < 0 => "never",
            _ => null,
        };
        return problem is null ? null : new Fault(
            nameof(options.Threshold),
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is {threshold}, with which the rule {problem} fires"),
            isShare ? "Set it between 0 and 1: it is a share." : "Set it above 0, or set another comparison.");
    }

    private static Fault? CheckNoData(AlertRuleOptions options) =>
        options is { NoData: NoDataMode.Resolve or NoDataMode.Fire, NoDataResolveAfter: not null }
            ? new Fault(nameof(options.NoDataResolveAfter), $"is set beside no_data: {SettingNames.Snake(options.NoData.Value.ToString())}", "Leave one of them out: only what stays as it is without data (no_data: keep_last) is over some time.")
            : null;

    private static Fault? CheckResolve(double? resolve, double threshold, bool isLow) =>
        resolve is { } end && (isLow ? end < threshold : end > threshold)
            ? Fault.Of(nameof(AlertRuleOptions.Resolve), end, string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Set it to the threshold ({threshold}) or {(isLow ? "above" : "below")}, or an alert is over before it begins."))
            : null;

    private static Fault? Unused(string path, bool isSet, RuleFunction function, RuleFunction needed) => isSet && function != needed
        ? new Fault(path, $"is set for function {SettingNames.Snake(function.ToString())}", $"Leave it out, or set function: {SettingNames.Snake(needed.ToString())}.")
        : null;

    private static IEnumerable<(string Path, bool IsSet)> ReadOnlyInCatalogue(AlertRuleOptions options) =>
    [
        (nameof(options.Metric), options.Metric is not null),
        (nameof(options.Labels), options.Labels.Count > 0),
        (nameof(options.By), options.By.Count > 0),
        (nameof(options.Function), options.Function is not null),
        (nameof(options.Of), options.Of.Count > 0),
        (nameof(options.Quantile), options.Quantile is not null),
        (nameof(options.Below), options.Below is not null),
        (nameof(options.Comparison), options.Comparison is not null),
    ];

    // The numbers that are set, each with another one that would make a difference if it counted.
    private static IEnumerable<(string Path, AlertRuleOptions Other)> NumbersSet(AlertRuleOptions options)
    {
        const double Other = 0.123;
        (string Path, bool IsSet, AlertRuleOptions Other)[] numbers =
        [
            (nameof(options.Threshold), options.Threshold is not null, new AlertRuleOptions { Threshold = Other }),
            (nameof(options.Resolve), options.Resolve is not null, new AlertRuleOptions { Resolve = Other }),
            (nameof(options.Window), options.Window is not null, new AlertRuleOptions { Window = TimeSpan.FromMinutes(Other) }),
            (nameof(options.MinimumCalls), options.MinimumCalls is not null, new AlertRuleOptions { MinimumCalls = Other }),
            (nameof(options.MinimumFailures), options.MinimumFailures is not null, new AlertRuleOptions { MinimumFailures = Other }),
        ];
        return numbers.Where(number => number.IsSet).Select(number => (number.Path, number.Other));
    }

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]{0,254}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MetricName();
}
