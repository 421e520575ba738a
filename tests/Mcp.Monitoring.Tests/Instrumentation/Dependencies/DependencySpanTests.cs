using System.Data.Common;
using System.Diagnostics;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;
using Mcp.Monitoring.Tests.Tracing.Spans;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies;

/// <summary>The spans of calls that nobody else makes spans of.</summary>
[Collection(nameof(Alone))]
public sealed class DependencySpanTests : IDisposable
{
    private readonly OrdersFile _file = new();
    private readonly EntityFrameworkHost _host = new();

    private TestHost Host => _host.Host;

    public void Dispose()
    {
        _host.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task Query_has_a_client_span_under_the_operation_that_says_where_it_went_and_not_what_it_asked()
    {
        using SpanListener listener = new(Host.Services);
        await using DbConnection connection = Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await RunAsync(async token =>
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT 'secret-4711'";
            await command.ExecuteScalarAsync(token);
            command.ExecuteScalar();
        });

        Activity[] spans = [.. listener.Ended.Where(static span => span.Kind == ActivityKind.Client)];
        Assert.Equal(2, spans.Length);
        Assert.All(spans, span =>
        {
            Assert.Equal("SELECT orders", span.DisplayName);
            Assert.Equal(listener.Single("get_order").SpanId, span.ParentSpanId);
            Assert.Equal("sqlite", span.GetTagItem("db.system.name"));
            Assert.Equal("orders", span.GetTagItem("db.namespace"));
            Assert.Equal("SELECT", span.GetTagItem("db.operation.name"));
            Assert.Equal("sales", span.GetTagItem("mcp.monitoring.dependency"));
            Assert.Null(span.GetTagItem("error.type"));
            Assert.DoesNotContain(span.TagObjects, static tag => $"{tag.Value}".Contains("4711", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Query_of_EF_has_one_as_well_as_long_as_the_query_took()
    {
        using SpanListener listener = new(Host.Services);

        await RunAsync(async token =>
        {
            await using OrdersContext context = _file.Open();
            await context.Orders.CountAsync(token);
            Activity around = Activity.Current!;
            context.Database.ExecuteSqlRaw("PRAGMA user_version");
            Assert.Same(around, Activity.Current);
        });

        Activity operation = listener.Single("get_order"), select = listener.Single("SELECT orders"), other = listener.Single("orders");
        Assert.All([select, other], span =>
        {
            Assert.Equal(ActivityKind.Client, span.Kind);
            Assert.Equal(operation.SpanId, span.ParentSpanId);
            Assert.True(span.Duration > TimeSpan.Zero);
        });
        Assert.Null(other.GetTagItem("db.operation.name"));
        Assert.Equal(3, listener.Ended.Count);
    }

    [Fact]
    public async Task Failure_names_its_type_and_neither_the_query_nor_the_message()
    {
        using SpanListener listener = new(Host.Services);
        await using DbConnection connection = Connect();
        connection.Open();

        await RunAsync(_ =>
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "DELETE FROM nothing";
            Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
            return Task.CompletedTask;
        });

        Activity span = listener.Single("DELETE orders");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Equal(typeof(SqliteException).FullName, span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_of_an_integration_has_a_span_around_what_it_does_and_leaves_what_was_current(bool isAtOnce)
    {
        using SpanListener listener = new(Host.Services);
        IMcpIntegration oneC = _host.Dependencies.Integration("1c");
        var go = new TaskCompletionSource();

        await RunAsync(async token =>
        {
            Activity around = Activity.Current!;
            ValueTask running = oneC.RunAsync("connect", async _ =>
            {
                if (!isAtOnce)
                {
                    await go.Task;
                }

                Assert.Equal("connect 1c", Activity.Current?.DisplayName);
            }, token);
            Assert.Same(around, Activity.Current);
            go.SetResult();
            await running;
            Assert.Same(around, Activity.Current);
        });

        Activity span = listener.Single("connect 1c");
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(listener.Single("get_order").SpanId, span.ParentSpanId);
        Assert.Equal("1c", span.GetTagItem("mcp.monitoring.dependency"));
    }

    [Fact]
    public async Task Call_of_an_integration_that_fails_says_so()
    {
        using SpanListener listener = new(Host.Services);
        IMcpIntegration oneC = _host.Dependencies.Integration("1c");

        await RunAsync(async token =>
        {
            Activity around = Activity.Current!;
            await Assert.ThrowsAsync<TimeoutException>(() => oneC.RunAsync("get", _ => throw new TimeoutException(), token).AsTask());
            await Assert.ThrowsAsync<TimeoutException>(() => oneC.RunAsync<int>("get", async _ =>
            {
                await Task.Yield();
                throw new TimeoutException();
            }, token).AsTask());
            Assert.Same(around, Activity.Current);
        });

        Activity[] spans = [.. listener.Ended.Where(static span => span.DisplayName == "get 1c")];
        Assert.Equal(2, spans.Length);
        Assert.All(spans, static span => Assert.Equal(typeof(TimeoutException).FullName, span.GetTagItem("error.type")));
    }

    [Fact]
    public void Outside_of_a_trace_there_is_none()
    {
        using SpanListener listener = new(Host.Services);
        using DbConnection connection = Connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1";

        command.ExecuteScalar();

        Assert.Empty(listener.Ended);
    }

    [Fact]
    public async Task In_a_trace_that_nobody_records_there_is_none()
    {
        using SpanListener listener = new(Host.Services, ActivitySamplingResult.PropagationData);
        using DbConnection connection = Connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1";

        await RunAsync(async token =>
        {
            await command.ExecuteScalarAsync(token);
            await _host.Dependencies.Integration("1c").RunAsync("get", static _ => ValueTask.CompletedTask, token);
            await using OrdersContext context = _file.Open();
            await context.Orders.CountAsync(token);
        });

        Assert.Equal("get_order", Assert.Single(listener.Ended).DisplayName);
        Assert.Equal(2, _host.AllQueries);
    }

    [Theory]
    [InlineData("Npgsql", "Npgsql")]
    [InlineData("MySqlConnector", "MySqlConnector")]
    [InlineData("Microsoft.Data.SqlClient", "OpenTelemetry.Instrumentation.SqlClient")]
    public void Provider_has_spans_of_its_own_while_somebody_listens_to_its_source(string provider, string source)
    {
        DatabaseProvider known = DatabaseProvider.Of(provider);
        Assert.False(known.HasOwnSpans);
        using (var listener = new ActivityListener { ShouldListenTo = made => made.Name == source })
        {
            ActivitySource.AddActivityListener(listener);
            Assert.True(known.HasOwnSpans);
        }

        Assert.False(known.HasOwnSpans);
    }

    [Fact]
    public async Task Whoever_listens_to_the_instrumentation_of_EF_has_no_second_span()
    {
        using SpanListener listener = new(Host.Services);
        using var other = new ActivityListener { ShouldListenTo = static made => made.Name == "OpenTelemetry.Instrumentation.EntityFrameworkCore" };
        ActivitySource.AddActivityListener(other);

        await RunAsync(async token =>
        {
            await using OrdersContext context = _file.Open();
            await context.Orders.CountAsync(token);
        });

        Assert.Equal("get_order", Assert.Single(listener.Ended).DisplayName);
        Assert.Equal(1, _host.AllQueries);
    }

    [Fact]
    public void Query_that_nobody_listens_to_costs_no_more_for_spans()
    {
        IMcpIntegration oneC = _host.Dependencies.Integration("1c");
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run() => Assert.True(oneC.RunAsync("get", static _ => ValueTask.CompletedTask, CancellationToken.None).IsCompletedSuccessfully);
    }

    private DbConnection Connect() => new SqliteConnection(_file.ConnectionString).WithMcpMonitoring("sales", _host.Dependencies);

    private Task RunAsync(Func<CancellationToken, Task> work) => Host.Monitor.RunAsync(OperationType.Tools, "get_order", token => new ValueTask(work(token)), CancellationToken.None).AsTask();
}
