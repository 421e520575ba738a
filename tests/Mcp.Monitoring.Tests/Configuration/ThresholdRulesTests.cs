namespace Mcp.Monitoring.Tests.Configuration;

public class ThresholdRulesTests
{
    [Theory]
    [InlineData(0.999, false)]
    [InlineData(1, true)]
    [InlineData(3_600_000, true)]
    [InlineData(3_600_001, false)]
    [InlineData(-200, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Response_time_threshold_is_between_a_millisecond_and_an_hour(double milliseconds, bool valid)
    {
        OptionsRules.Judge("Thresholds:ResponseTimeThresholdMs", OptionsRules.Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = milliseconds;
            options.Thresholds.ResponseTimeAlertMs = 3_600_000;
        });
    }

    [Theory]
    [InlineData(0.999, false)]
    [InlineData(1, true)]
    [InlineData(3_600_000, true)]
    [InlineData(3_600_001, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Response_time_alert_is_between_a_millisecond_and_an_hour(double milliseconds, bool valid)
    {
        OptionsRules.Judge("Thresholds:ResponseTimeAlertMs", OptionsRules.Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = 1;
            options.Thresholds.ResponseTimeAlertMs = milliseconds;
        });
    }

    [Theory]
    [InlineData(299.9, false)]
    [InlineData(300, true)]
    public void Response_time_alert_is_not_below_the_threshold(double milliseconds, bool valid)
    {
        OptionsRules.Judge("Thresholds:ResponseTimeAlertMs", OptionsRules.Number(milliseconds), valid, options =>
        {
            options.Thresholds.ResponseTimeThresholdMs = 300;
            options.Thresholds.ResponseTimeAlertMs = milliseconds;
        });
    }

    [Theory]
    [InlineData("00:00:00.9999999", false)]
    [InlineData("00:00:01", true)]
    [InlineData("01:00:00", true)]
    [InlineData("01:00:00.0000001", false)]
    [InlineData("-00:00:30", false)]
    public void Abandoned_after_is_between_a_second_and_an_hour(string time, bool valid)
    {
        OptionsRules.Judge("Thresholds:AbandonedAfter", time, valid, options => options.Thresholds.AbandonedAfter = TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
    }
}
