using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.Tests.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Prometheus.Mutations;

/// <summary>What is recorded of an error budget, as a test of promtool: its value from counters that change within the window and before it.</summary>
internal sealed class BudgetTestFile
{
    // The window, and twice as long before it.
    private const int Steps = 20, Total = 3 * Steps;

    // What is counted may be a step off, as a window includes its start or not.
    private const double Tolerance = 0.04;
    private const string Service = "job=\"mcp\",mcp_service=\"orders\"", Instance = "instance=\"a\"", OtherInstance = "instance=\"b\"";

    private static readonly string[] Edges = ["0.1", "0.2", "0.5", "1", "+Inf"];

    private readonly ExportedRule _rule;
    private readonly SloDefinition _slo;
    private readonly TimeSpan _window;
    private readonly StringBuilder _text;

    private BudgetTestFile(ExportedRule rule, string rules)
    {
        _rule = rule;
        _slo = UsualInputs.Value.Objectives.Single(slo => slo.Name == rule.Labels[0].Value);
        _window = ExportedSamples.BudgetWindows.Single(window => rule.Name.EndsWith($":rate{PromQL.Text(window)}", StringComparison.Ordinal) || rule.Name.EndsWith($":increase{PromQL.Text(window)}", StringComparison.Ordinal));
        _text = new StringBuilder($"rule_files: [{rules}]\nevaluation_interval: {Text(Total)}\ntests:\n");
    }

    private bool IsLatency => _slo.Indicator.Kind == SloKind.Latency;

    /// <param name="rule">What is recorded, as it should be.</param>
    /// <param name="rules">The file with it.</param>
    public static string Of(ExportedRule rule, string rules)
    {
        var test = new BudgetTestFile(rule, rules);
        test.Add("calls of several kinds and instances", isBusy: true);
        test.Add("few calls, none of them bad", perStep: 0.25);
        test.Add("no calls", perStep: 0);
        test.AddEnded();
        return test._text.ToString();
    }

    // Calls that count and bad ones, those of each step: before the window, in its first half, in its second.
    private void Add(string name, bool isBusy = false, double perStep = 0)
    {
        _text.Append(CultureInfo.InvariantCulture, $"- name: {_rule.Name} {_slo.Name} {name}\n  interval: {Text(1)}\n  input_series:\n");
        double calls = Steps * perStep, bad = 0;
        if (IsLatency)
        {
            AppendTimed("operation_type=\"tools\",status=\"success\"", isBusy ? [20, 20, 12] : [perStep, perStep, perStep], isBusy ? [10, 2, 4] : [0, 0, 0]);
            if (isBusy)
            {
                AppendTimed("operation_type=\"tools\",status=\"error\"", [30, 30, 30], [20, 20, 20]);
                AppendTimed("operation_type=\"protocol\",status=\"success\"", [40, 40, 40], [9, 9, 9]);
                (calls, bad) = (Half(20, 12), Half(2, 4) + (_slo.Indicator.ThresholdSeconds < 0.5 ? Steps : 0));
            }
        }
        else if (isBusy)
        {
            AppendCounted($"operation_type=\"tools\",outcome=\"success\",{Instance}", 10, 8, 6);
            AppendCounted($"operation_type=\"tools\",outcome=\"success\",{OtherInstance}", 3, 3, 3);
            AppendCounted($"operation_type=\"prompts\",outcome=\"success\",{Instance}", 1, 1, 1);
            AppendCounted($"operation_type=\"tools\",outcome=\"server_error\",{Instance}", 5, 1, 2);
            AppendCounted($"operation_type=\"tools\",outcome=\"server_error\",{OtherInstance}", 0, 1, 1);
            AppendCounted($"operation_type=\"tools\",outcome=\"tool_error\",{Instance}", 0, 2, 1);
            AppendCounted($"operation_type=\"tools\",outcome=\"client_error\",{Instance}", 7, 7, 7);
            AppendCounted($"operation_type=\"protocol\",outcome=\"server_error\",{Instance}", 4, 4, 4);
            AppendCounted($"operation_type=\"protocol\",outcome=\"success\",{Instance}", 20, 20, 20);
            (calls, bad) = (Half(16, 14), Half(2, 3));
        }
        else
        {
            AppendCounted($"operation_type=\"tools\",outcome=\"success\",{Instance}", perStep, perStep, perStep);
        }

        double expected = _rule.Name.Contains("bad_calls", StringComparison.Ordinal) ? bad : _rule.Name.Contains("_calls", StringComparison.Ordinal) ? calls : bad / calls / (double)(1 - _slo.Target);
        _text.Append(CultureInfo.InvariantCulture, $"  promql_expr_test:\n  - expr: 'abs({_rule.Name} - {expected:R}) <= bool {Tolerance * expected:R} # {name}'\n    eval_time: {Text(Total)}\n    exp_samples:\n");
        if (!double.IsNaN(expected))
        {
            _text.Append(CultureInfo.InvariantCulture, $"    - labels: '{{{Service},{string.Join(',', _rule.Labels.Select(label => $"{label.Key}=\"{label.Value}\""))}}}'\n      value: 1\n");
        }
    }

    // A series that ended within the window counts; one that ended before it does not.
    private void AddEnded()
    {
        foreach ((int last, bool isIn) in ((int, bool)[])[(Total - (Steps * 3 / 4), true), (Total - Steps - (Steps / 4), false)])
        {
            _text.Append(CultureInfo.InvariantCulture, $"- name: {_rule.Name} {_slo.Name} ended in step {last}\n  interval: {Text(1)}\n  input_series:\n");
            foreach (string series in IsLatency ? Edges.Select(edge => $"_duration_seconds_bucket{{{Service},operation_type=\"tools\",status=\"success\",le=\"{edge}\"}}").Append($"_duration_seconds_count{{{Service},operation_type=\"tools\",status=\"success\"}}") : [$"s_total{{{Service},operation_type=\"tools\",outcome=\"success\"}}"])
            {
                _text.Append(CultureInfo.InvariantCulture, $"  - series: 'mcp_operation{series}'\n    values: '0+1x{last} stale'\n");
            }

            _text.Append(CultureInfo.InvariantCulture, $"  promql_expr_test:\n  - expr: 'count({_rule.Name}) # ended in step {last}'\n    eval_time: {Text(Total)}\n    exp_samples: [{(isIn ? "{labels: '{}', value: 1}" : "")}]\n");
        }
    }

    private static double Half(double first, double second) => (first + second) * Steps / 2;

    // Slower than 0.5 s are the bad ones; slower than 0.2 s one more in each step.
    private void AppendTimed(string labels, double[] calls, double[] bad)
    {
        foreach (string edge in Edges)
        {
            double[] under = [.. calls.Zip(bad, (all, slow) => edge is "1" or "+Inf" ? all : all - slow - (edge != "0.5" && slow > 0 ? 1 : 0))];
            Append($"mcp_operation_duration_seconds_bucket{{{Service},{Instance},{labels},le=\"{edge}\"}}", under);
        }

        Append($"mcp_operation_duration_seconds_count{{{Service},{Instance},{labels}}}", calls);
    }

    private void AppendCounted(string labels, params double[] perStep) => Append($"mcp_operations_total{{{Service},{labels}}}", perStep);

    private void Append(string series, double[] perStep)
    {
        double value = 0;
        IEnumerable<string> values = Enumerable.Range(1, Total).Select(step => (value += perStep[step <= Total - Steps ? 0 : step <= Total - (Steps / 2) ? 1 : 2]).ToString("R", CultureInfo.InvariantCulture));
        _text.Append(CultureInfo.InvariantCulture, $"  - series: '{series}'\n    values: '0 {string.Join(' ', values)}'\n");
    }

    private string Text(int steps) => PromQL.Text(_window / Steps * steps);
}
