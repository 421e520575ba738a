using Mcp.Monitoring.Errors.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Errors.Delivery;

public sealed class RateLimitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RateLimits _limits;

    public RateLimitsTests() => _limits = new RateLimits(_time);

    [Theory]
    [InlineData("60:error:organization", "error")]
    [InlineData("60:error;transaction:organization:reason", "error transaction")]
    [InlineData("60:transaction:key, 2700:default;error;security:organization", "error transaction")]
    [InlineData(" 60 : log_item : organization , ", "log_item")]
    [InlineData("60:log_byte:organization", "log_item log_byte")]
    [InlineData("60:metric_bucket:organization:quota_exceeded:custom", "")]
    [InlineData("60:attachment;something_new:organization", "")]
    [InlineData("60::organization", "error transaction span log_item log_byte")]
    [InlineData("60", "error transaction span log_item log_byte")]
    [InlineData("0.5:ERROR", "error")]
    [InlineData("0:error", "")]
    [InlineData("-60:error", "")]
    [InlineData("NaN:error", "")]
    [InlineData("soon:error", "")]
    [InlineData(":::,,,:error", "")]
    [InlineData("1e300:error", "error")]
    [InlineData("Infinity:error", "error")]
    public void Header_limits_the_categories_that_it_names(string header, string limited)
    {
        _limits.Learn(new Answer(200, header));

        Assert.Equal(limited, string.Join(' ', DataCategoryNames.All.Where(_limits.IsLimited).Select(category => category.Name())));
    }

    [Theory]
    [InlineData(429, null, 60)]
    [InlineData(429, 30d, 30)]
    [InlineData(429, 0d, 0)]
    [InlineData(429, -10d, 60)]
    [InlineData(429, 1e7, 86_400)]
    [InlineData(200, 30d, 0)]
    [InlineData(503, 30d, 0)]
    public void Refusal_without_that_header_limits_everything_for_the_time_it_says(int status, double? retryAfter, double seconds)
    {
        _limits.Learn(new Answer(status, null, retryAfter is { } after ? TimeSpan.FromSeconds(after) : null));

        Assert.Equal(seconds > 0, _limits.IsEverythingLimited);
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(seconds > 0 ? 1 : 0));
        Assert.Equal(seconds > 0, _limits.IsLimited(DataCategory.Error));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_limits.IsLimited(DataCategory.Error));
    }

    [Theory]
    [InlineData("10:error", 10)]
    [InlineData("2.5:error", 2.5)]
    [InlineData("1e300:error", 86_400)]
    public void Limit_is_over_after_its_time_and_after_a_day_at_most(string header, double seconds)
    {
        _limits.Learn(new Answer(429, header));

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.True(_limits.IsLimited(DataCategory.Error));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_limits.IsLimited(DataCategory.Error));
    }

    [Fact]
    public void Header_of_limits_stands_before_retry_after()
    {
        _limits.Learn(new Answer(429, "60:transaction:key", TimeSpan.FromSeconds(2_700)));

        Assert.False(_limits.IsLimited(DataCategory.Error));
        Assert.False(_limits.IsEverythingLimited);
    }

    [Fact]
    public void Longer_limit_holds()
    {
        _limits.Learn(new Answer(200, "60:error"));
        _limits.Learn(new Answer(200, "5:error"));

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_limits.IsLimited(DataCategory.Error));
    }

    [Fact]
    public void Header_of_a_million_limits_is_read_in_part()
    {
        _limits.Learn(new Answer(200, string.Join(',', Enumerable.Repeat("60:error", 1_000_000))));

        Assert.True(_limits.IsLimited(DataCategory.Error));
    }
}
