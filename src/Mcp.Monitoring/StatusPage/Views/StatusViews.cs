using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes the views while somebody asks for them: how the server is at most every 2 seconds, charts every 15.</summary>
internal sealed class StatusViews : IStatusViews
{
    private static readonly TimeSpan StatusLifetime = TimeSpan.FromSeconds(2), ChartsLifetime = TimeSpan.FromSeconds(15);

    private readonly StatusSources _sources;
    private readonly Kept<(StatusView View, int Rules)> _status;
    private readonly Kept<ChartsView> _charts;
    private readonly Kept<IReadOnlyList<RuleView>> _rules;

    // Engine's thread.
    private OperationNumbers? _numbers;

    public StatusViews(StatusSources sources)
    {
        _sources = sources;
        _status = new(StatusLifetime, () => ReadAsync(ReadStatus), sources.Time);
        _charts = new(ChartsLifetime, () => ReadAsync(static engine => new ChartNumbers(new SeriesReader(engine.Series), engine.Clock.UtcNow).Read()), sources.Time);
        _rules = new(StatusLifetime, () => ReadAsync(engine => RuleViews.Of(engine.Rules, sources.MetricsPrefix)), sources.Time);
    }

    public void Forget() => _status.Forget();

    public string Settings => _sources.Settings();

    public async Task<StatusView> StatusAsync(AlertLanguage language, CancellationToken cancellationToken)
    {
        (StatusView view, int rules) = await _status.GetAsync(cancellationToken).ConfigureAwait(false);
        AlertTexts texts = AlertTexts.In(language);
        return view with
        {
            State = new StateSentence(texts, _sources.TimeZone(), view.At, _sources.Coverage().Alerts).Of(view),
            Coverage = CoverageViews.Of(_sources.Coverage(), view, rules, texts),
        };
    }

    public Task<ChartsView> ChartsAsync(CancellationToken cancellationToken) => _charts.GetAsync(cancellationToken);

    public Task<IReadOnlyList<RuleView>> RulesAsync(CancellationToken cancellationToken) => _rules.GetAsync(cancellationToken);

    public async Task<OperationDetail?> OperationAsync(string type, string name, CancellationToken cancellationToken)
    {
        (StatusView view, _) = await _status.GetAsync(cancellationToken).ConfigureAwait(false);
        return view.Operations.FirstOrDefault(operation => operation.Type == type && operation.Name == name) is { } found
            ? await _sources.Engine().ReadAsync(engine => new StatusReader(_sources, engine).Read(view, found), cancellationToken).ConfigureAwait(false)
            : null;
    }

    private (StatusView View, int Rules) ReadStatus(EngineReading engine)
    {
        // Every sample is read once.
        if (_numbers is null || _numbers.At != engine.Series.Now)
        {
            _numbers = new OperationNumbers(engine.Series);
        }

        var reader = new StatusReader(_sources, engine);
        StatusView view = reader.Read(_numbers);
        return (view, reader.Rules);
    }

    // What is shared by all who ask ends with none of them.
    private Task<T> ReadAsync<T>(Func<EngineReading, T> read) => _sources.Engine().ReadAsync(read, CancellationToken.None);
}
