using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions;

/// <summary>A service with a method of each kind that a proxy can stand before.</summary>
internal interface IReports
{
    event EventHandler? Done;

    int Pages { get; set; }

    [MonitorFunction("build")]
    int Build(Func<int> work);

    [MonitorFunction("build_task")]
    Task BuildTaskAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken);

    [MonitorFunction("build_task_result")]
    Task<int> BuildTaskResultAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken);

    [MonitorFunction("build_value")]
    ValueTask BuildValueAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken);

    [MonitorFunction("build_value_result")]
    ValueTask<int> BuildValueResultAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken);

    [MonitorFunction("lines")]
    IAsyncEnumerable<int> LinesAsync(Func<CancellationToken, Task<int>> work, int count, CancellationToken cancellationToken);

    [MonitorFunction("convert")]
    TResult Convert<TValue, TResult>(TValue value, Func<TValue, TResult> convert);

    [MonitorFunction("parse")]
    bool TryParse(string text, ref int tries, out int value);

    int NotMeasured(int value);

    int MeasuredByClass(int value);

    void Raise();

    [MonitorFunction("default")]
    int Default() => 7;
}

internal sealed class Reports : IReports
{
    public event EventHandler? Done;

    public int Pages { get; set; }

    public int Build(Func<int> work) => work();

    public async Task BuildTaskAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken) => await work(cancellationToken);

    public async Task<int> BuildTaskResultAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken) => await work(cancellationToken);

    public async ValueTask BuildValueAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken) => await work(cancellationToken);

    public async ValueTask<int> BuildValueResultAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken) => await work(cancellationToken);

    public async IAsyncEnumerable<int> LinesAsync(Func<CancellationToken, Task<int>> work, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int line = 0; line < count; line++)
        {
            yield return await work(cancellationToken);
        }
    }

    public TResult Convert<TValue, TResult>(TValue value, Func<TValue, TResult> convert) => convert(value);

    public bool TryParse(string text, ref int tries, out int value)
    {
        tries++;
        return int.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    public int NotMeasured(int value) => value;

    [MonitorFunction("by_class")]
    public int MeasuredByClass(int value) => value;

    public void Raise() => Done?.Invoke(this, EventArgs.Empty);
}
