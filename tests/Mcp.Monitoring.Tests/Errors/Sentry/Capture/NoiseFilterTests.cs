using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Microsoft.AspNetCore.Connections;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public class NoiseFilterTests
{
    [Theory]
    [InlineData("IOException", true)]
    [InlineData("System.IO.IOException", true)]
    [InlineData("system.io.*", true)]
    [InlineData("FileNotFoundException", true)]
    [InlineData("EndOfStreamException", false)]
    [InlineData("System.IO", false)]
    public void Exception_is_left_out_by_the_name_of_its_type_or_of_one_above_it(string name, bool isDropped)
    {
        var filter = new NoiseFilter(new SentryOptions { IgnoreExceptions = [name] });

        Assert.Equal(isDropped, filter.Drops(new FileNotFoundException("x"), message: null));
        Assert.Equal(isDropped, filter.Drops(new AggregateException(new FileNotFoundException("x")), message: null));
        Assert.False(filter.Drops(new AggregateException(new FileNotFoundException("x"), new TimeoutException()), message: null));
    }

    [Theory]
    [InlineData("disk full", true)]
    [InlineData("Disk*", true)]
    [InlineData("*full", true)]
    [InlineData("*sk*u*", true)]
    [InlineData("*", true)]
    [InlineData("disk", false)]
    [InlineData("full*", false)]
    public void Message_is_left_out_by_a_pattern(string pattern, bool isDropped)
    {
        var filter = new NoiseFilter(new SentryOptions { IgnoreMessages = [pattern] });

        Assert.Equal(isDropped, filter.Drops(new IOException("disk full"), message: null));
        Assert.Equal(isDropped, filter.Drops(exception: null, "Disk full"));
    }

    [Theory]
    [InlineData("Weather.Import", true)]
    [InlineData("Weather.Import.Rows", true)]
    [InlineData("Weather.Importer", false)]
    [InlineData("Noisy.One", true)]
    [InlineData("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", true)]
    [InlineData("Microsoft.Hosting.Lifetime", false)]
    public void Logger_is_left_out_with_those_below_it(string category, bool isDropped)
    {
        Assert.Equal(isDropped, new NoiseFilter(new SentryOptions { IgnoreLoggers = ["Weather.Import", "Noisy*"] }).DropsLogger(category));
    }

    [Fact]
    public void Connection_that_a_client_closed_is_left_out()
    {
        var filter = new NoiseFilter(new SentryOptions());

        Assert.True(filter.Drops(new ConnectionResetException("reset"), message: null));
        Assert.False(filter.Drops(new IOException("reset"), message: null));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        using var host = new SentryHost(options => options.IgnoreExceptions = ["InvalidOperationException"]);

        host.Fail("tool", new InvalidOperationException());
        host.Fail("tool", new TimeoutException());

        Assert.IsType<TimeoutException>(Assert.Single(host.Sent()).Exception);
        Assert.Equal(1, host.Outbox.Dropped(DiscardReason.EventProcessor));
    }

    [Fact]
    public void Message_that_cannot_be_read_stops_nothing_but_its_event()
    {
        using var host = new SentryHost(options => options.IgnoreMessages = ["nothing"]);

        host.Fail("tool", new Mute());
        host.Fail("tool", new TimeoutException());

        Assert.Single(host.Sent());
        Assert.Equal(1, host.Host.Sum("mcp_monitoring_errors_total", ("component", "error_tracking")));
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
