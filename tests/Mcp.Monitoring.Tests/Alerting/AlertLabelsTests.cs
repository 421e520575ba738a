using System.Globalization;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting;

public class AlertLabelsTests
{
    [Theory]
    [InlineData("3fff2c2d7595e046", "foo", "bar")]
    [InlineData("cbf29ce484222325")]
    public void Fingerprint_is_that_of_Alertmanager(string fingerprint, params string[] labels)
    {
        var made = new AlertLabels(labels.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])));

        Assert.Equal(fingerprint, made.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Order_and_empty_labels_make_no_difference()
    {
        var one = new AlertLabels([new("b", "2"), new("a", "1"), new("c", "")]);
        var other = new AlertLabels([new("a", "1"), new("b", "2")]);

        Assert.Equal(one, other);
        Assert.Equal(one.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Names_and_values_do_not_run_into_one_another()
    {
        Assert.NotEqual(new AlertLabels([new("ab", "c")]).Fingerprint, new AlertLabels([new("a", "bc")]).Fingerprint);
    }
}
