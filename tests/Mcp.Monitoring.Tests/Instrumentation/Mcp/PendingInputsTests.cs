using System.Diagnostics;
using Mcp.Monitoring.Instrumentation.Mcp;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Operations that asked for input and the answers that come back.</summary>
[Collection(nameof(Alone))]
public sealed class PendingInputsTests : IDisposable
{
    private const int Limit = 10_000;

    private readonly TestHost _host = new();
    private readonly PendingInputs _inputs;
    private readonly Operation _ask;

    public PendingInputsTests()
    {
        _inputs = _host.Services.GetRequiredService<ServerActivity>().Inputs;
        _ask = _host.Operation(OperationType.Tools, "ask");
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Waits_of_callers_who_share_a_state_add_up()
    {
        for (int caller = 0; caller < 3; caller++)
        {
            _inputs.Begin(_ask, "shared");
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        for (int caller = 0; caller < 4; caller++)
        {
            _inputs.End(_ask, "shared");
        }

        Assert.Equal(3, Waits);
        Assert.Equal(3 + 2 + 1, _host.Sample("mcp_operation_wait_seconds_sum", ("operation", "ask")));
    }

    [Fact]
    public void Answer_to_another_operation_ends_no_wait()
    {
        _inputs.Begin(_ask, "state");

        _inputs.End(_host.Operation(OperationType.Tools, "other"), "state");
        _inputs.End(_ask, "another state");

        Assert.Equal(0, Waits);
    }

    [Theory]
    [InlineData(4096, 0)]
    [InlineData(4097, 1)]
    public void State_that_is_too_long_is_dropped(int length, int dropped)
    {
        _inputs.Begin(_ask, new string('x', length));

        Assert.Equal(dropped, Dropped);
    }

    [Fact]
    public void Question_past_the_limit_is_dropped_until_one_is_answered()
    {
        Ask(Limit + 3);
        Assert.Equal(3, Dropped);

        _inputs.End(_ask, "s1");
        _inputs.Begin(_ask, "new");
        _inputs.End(_ask, "new");

        Assert.Equal(3, Dropped);
        Assert.Equal(2, Waits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Question_that_nobody_answers_makes_room_after_an_hour(bool isShared)
    {
        Ask(Limit, isShared);
        _host.Clock.Advance(TimeSpan.FromMinutes(61));
        _inputs.End(_ask, "none");
        // One that was asked later by the same state does not keep the old ones.
        _host.Render();
        _inputs.Begin(_ask, "s1");
        _host.Render();
        Assert.Equal(0, Dropped);

        Ask(Limit - 1, isShared);
        Assert.Equal(0, Dropped);
        _inputs.Begin(_ask, "one too many");
        Assert.Equal(1, Dropped);
    }

    [Fact]
    public void Old_questions_of_a_state_that_is_still_in_use_make_room()
    {
        Ask(Limit - 1, isShared: true);
        _host.Clock.Advance(TimeSpan.FromMinutes(40));
        _inputs.Begin(_ask, "s1");
        _host.Clock.Advance(TimeSpan.FromMinutes(21));
        _host.Render();

        Ask(Limit - 1, isShared: true);

        Assert.Equal(0, Dropped);
        _inputs.End(_ask, "s1");
        Assert.Equal(1, Waits);
    }

    [Fact]
    public void Question_takes_as_long_when_there_are_too_many_as_when_there_are_few()
    {
        long few = Fastest();
        Ask(Limit);
        long many = Fastest();

        // To look at each would take a hundred times as long.
        Assert.InRange((double)many / few, 0, 20);
    }

    [Fact]
    public async Task Every_question_that_is_asked_and_answered_on_many_threads_is_one_wait()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                _inputs.Begin(_ask, $"{i % 7}");
                _inputs.End(_ask, $"{i % 7}");
            }
        })));

        Assert.Equal(16_000, Waits);
        Assert.Equal(0, Dropped);
        Ask(Limit);
        Assert.Equal(0, Dropped);
    }

    private double Waits => _host.Sample("mcp_operation_wait_seconds_count", ("operation", "ask")) is var waits && double.IsNaN(waits) ? 0 : waits;

    private double Dropped => _host.Sample("mcp_monitoring_dropped_total", ("component", "waits"), ("reason", "full"));

    private void Ask(int times, bool isShared = false)
    {
        for (int i = 0; i < times; i++)
        {
            _inputs.Begin(_ask, isShared ? "s1" : $"s{i}");
        }
    }

    private long Fastest()
    {
        const int Questions = 1_000;
        long fastest = long.MaxValue;
        for (int round = 0; round < 7; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Questions; i++)
            {
                _inputs.Begin(_ask, "question");
                _inputs.End(_ask, "question");
            }

            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - start);
        }

        return fastest;
    }
}
