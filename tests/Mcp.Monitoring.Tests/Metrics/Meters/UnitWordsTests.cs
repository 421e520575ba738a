using Mcp.Monitoring.Metrics.Meters;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>The expected words are those that OpenTelemetry.Exporter.Prometheus.HttpListener 1.20.1-beta.1 wrote for the same units.</summary>
public class UnitWordsTests
{
    [Theory]
    [InlineData("d", "days")]
    [InlineData("h", "hours")]
    [InlineData("min", "minutes")]
    [InlineData("s", "seconds")]
    [InlineData("ms", "milliseconds")]
    [InlineData("us", "microseconds")]
    [InlineData("ns", "nanoseconds")]
    [InlineData("By", "bytes")]
    [InlineData("KiBy", "kibibytes")]
    [InlineData("MiBy", "mebibytes")]
    [InlineData("GiBy", "gibibytes")]
    [InlineData("TiBy", "tibibytes")]
    [InlineData("KBy", "kilobytes")]
    [InlineData("MBy", "megabytes")]
    [InlineData("GBy", "gigabytes")]
    [InlineData("TBy", "terabytes")]
    [InlineData("B", "bytes")]
    [InlineData("KB", "kilobytes")]
    [InlineData("MB", "megabytes")]
    [InlineData("GB", "gigabytes")]
    [InlineData("TB", "terabytes")]
    [InlineData("m", "meters")]
    [InlineData("V", "volts")]
    [InlineData("A", "amperes")]
    [InlineData("J", "joules")]
    [InlineData("W", "watts")]
    [InlineData("g", "grams")]
    [InlineData("Cel", "celsius")]
    [InlineData("Hz", "hertz")]
    [InlineData("%", "percent")]
    [InlineData("$", "dollars")]
    public void Unit_is_a_word(string unit, string word)
    {
        Assert.Equal(word, UnitWords.Of(unit));
    }

    [Theory]
    [InlineData("x/s", "x_per_second")]
    [InlineData("x/m", "x_per_minute")]
    [InlineData("x/h", "x_per_hour")]
    [InlineData("x/d", "x_per_day")]
    [InlineData("x/w", "x_per_week")]
    [InlineData("x/mo", "x_per_month")]
    [InlineData("x/y", "x_per_year")]
    [InlineData("m/s", "meters_per_second")]
    [InlineData("By/s", "bytes_per_second")]
    [InlineData("%/s", "percent_per_second")]
    [InlineData("s/w", "seconds_per_week")]
    [InlineData("requests/min", "requests_per_min")]
    [InlineData("{packet}/s", "per_second")]
    [InlineData("1/s", "per_second")]
    [InlineData("/s", "per_second")]
    [InlineData("By/1", "bytes_per_1")]
    [InlineData("a/b/c", "a_per_b_c")]
    [InlineData("s/", "s")]
    public void Quotient_is_one_per_the_other(string unit, string words)
    {
        Assert.Equal(words, UnitWords.Of(unit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("{packet}")]
    [InlineData("{}")]
    [InlineData("1{x}")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("__")]
    public void Number_of_things_has_no_unit(string? unit)
    {
        Assert.Empty(UnitWords.Of(unit));
    }

    [Theory]
    [InlineData("{a}By", "bytes")]
    [InlineData("By{a}", "bytes")]
    [InlineData("w", "w")]
    [InlineData("wk", "wk")]
    [InlineData("mo", "mo")]
    [InlineData("KHz", "KHz")]
    [InlineData("kBy", "kBy")]
    [InlineData("foo bar", "foo_bar")]
    [InlineData("grüße", "gr_e")]
    public void Other_units_stay_as_far_as_a_name_can_hold_them(string unit, string words)
    {
        Assert.Equal(words, UnitWords.Of(unit));
    }
}
