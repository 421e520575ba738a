using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Transport;

public class HttpOutcomeTests
{
    [Fact]
    public void Each_status_is_taken_tried_again_or_refused()
    {
        for (int status = 200; status < 600; status++)
        {
            DeliveryResult result = HttpOutcome.Of("pager", new HttpReply(status, "", TimeSpan.FromSeconds(7), Date: null), "Look at url.");

            DeliveryStatus expected = status < 300 ? DeliveryStatus.Delivered : status is 408 or 425 or 429 or >= 500 ? DeliveryStatus.Retry : DeliveryStatus.Permanent;
            Assert.Equal(expected, result.Status);
            Assert.Equal(expected == DeliveryStatus.Retry ? TimeSpan.FromSeconds(7) : null, result.RetryAfter);
            Assert.Equal(expected == DeliveryStatus.Delivered, result.Error is null);
            if (expected == DeliveryStatus.Permanent)
            {
                Assert.StartsWith($"pager: answered {status}", result.Error, StringComparison.Ordinal);
                Assert.EndsWith(status < 400 ? "Set the address that it leads to." : "Look at url.", result.Error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(false, DeliveryStatus.Retry)]
    [InlineData(true, DeliveryStatus.Unknown)]
    public void What_may_have_arrived_is_not_known_to_have_failed(bool mayHaveArrived, DeliveryStatus expected)
    {
        DeliveryResult result = HttpOutcome.Of("pager", new SendFailedException("x:443 did not answer within 10 s", mayHaveArrived));

        Assert.Equal((expected, "pager: x:443 did not answer within 10 s"), (result.Status, result.Error));
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("1.25", 1.25)]
    [InlineData("999999999999", 2_592_000.0)]
    [InlineData("Sun, 29 Nov 2026 10:01:00 GMT", 60.0)]
    [InlineData("Sun, 29 Nov 2026 09:59:00 GMT", 0.0)]
    [InlineData("-5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Time_to_come_back_is_read(string value, double? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", value);

        Assert.Equal(seconds, RetryAfter.Read(response, new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero))?.TotalSeconds);
    }

    [Fact]
    public void A_date_means_nothing_where_nobody_knows_the_time_there()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", "Sun, 29 Nov 2026 10:01:00 GMT");

        Assert.Null(RetryAfter.Read(response, now: null));
    }
}
