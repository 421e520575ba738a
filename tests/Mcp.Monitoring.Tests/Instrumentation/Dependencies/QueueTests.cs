using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies;

public sealed class QueueTests : IDisposable
{
    private readonly TestHost _host = new();

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    private double Size => _host.Sample("mcp_queue_size", ("queue", "mail"));

    private double Capacity => _host.Sample("mcp_queue_capacity", ("queue", "mail"));

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Size_is_read_at_each_scrape_and_capacity_is_told()
    {
        long size = 3;
        Dependencies.RegisterQueue("mail", () => size, 100);

        Assert.Equal((3, 100), (Size, Capacity));
        size = 5;
        Assert.Equal(5, Size);
    }

    [Fact]
    public void Channel_is_counted_by_its_reader()
    {
        var channel = Channel.CreateBounded<int>(10);
        Dependencies.RegisterQueue("mail", channel.Reader, 10);
        Assert.True(channel.Writer.TryWrite(1));
        Assert.True(channel.Writer.TryWrite(2));

        Assert.Equal((2, 10), (Size, Capacity));
    }

    [Fact]
    public void Channel_that_cannot_count_is_refused_in_words()
    {
        ChannelReader<int> reader = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true }).Reader;

        ArgumentException refused = Assert.Throws<ArgumentException>(() => Dependencies.RegisterQueue("mail", reader));

        Assert.Contains("SingleReader", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_that_cannot_be_read_is_absent_and_the_page_is_not()
    {
        Dependencies.RegisterQueue("mail", () => throw new InvalidOperationException("gone"));

        Assert.True(double.IsNaN(Size));
        Assert.NotEqual(0, _host.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public void Queue_is_gone_with_its_registration_unless_another_has_taken_its_place()
    {
        IQueueMonitor first = Dependencies.RegisterQueue("mail", () => 1);
        IQueueMonitor second = Dependencies.RegisterQueue("mail", () => 2, 10);

        first.Dispose();
        Assert.Equal((2, 10), (Size, Capacity));
        second.Dispose();

        Assert.True(double.IsNaN(Size));
        Assert.True(double.IsNaN(Capacity));
    }

    [Fact]
    public void Waits_are_measured()
    {
        IQueueMonitor queue = Dependencies.RegisterQueue("mail", () => 1);

        queue.RecordWait(TimeSpan.FromSeconds(2));
        queue.RecordWait(TimeSpan.FromSeconds(-1));

        Assert.Equal(2, _host.Sample("mcp_queue_wait_seconds_count", ("queue", "mail")));
        Assert.Equal(2, _host.Sample("mcp_queue_wait_seconds_sum", ("queue", "mail")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Capacity_of_nothing_is_refused(int capacity)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Dependencies.RegisterQueue("mail", () => 1, capacity));
    }
}
