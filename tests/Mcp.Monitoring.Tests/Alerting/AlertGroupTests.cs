using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting;

public class AlertGroupTests
{
    private readonly AlertGroup _group = new("1", new AlertLabels([new("dependency", "1c")]), TimeSpan.FromMinutes(5)) { StartedAt = TimeSpan.FromMinutes(4) };

    [Fact]
    public void It_began_with_the_first_of_its_members()
    {
        _group.Add(Member("later", minute: 6));
        Assert.Equal(TimeSpan.FromMinutes(4), _group.StartedAt);

        _group.Add(Member("earlier", minute: 3));

        Assert.Equal(TimeSpan.FromMinutes(3), _group.StartedAt);
    }

    [Fact]
    public void A_member_knows_its_group_and_a_further_episode_takes_its_place()
    {
        ActiveAlert one = Member("a", minute: 6), other = Member("a", minute: 9);
        _group.Add(one);
        Assert.True(_group.IsUnsaved);
        Assert.Same(_group, one.Group);

        _group.Add(other);

        Assert.Same(other, Assert.Single(_group.Members.Values));
        _group.Remove(one.Labels);
        Assert.Empty(_group.Members);
    }

    [Theory]
    [InlineData("timeout", "timeout")]
    [InlineData(null, "")]
    public void Its_shared_cause_is_the_error_type_that_it_is_grouped_by(string? errorType, string cause)
    {
        var group = new AlertGroup("1", new AlertLabels(errorType is null ? [] : [new("error_type", errorType)]), TimeSpan.Zero) { StartedAt = TimeSpan.Zero };

        Assert.Equal((errorType is not null, cause), (group.HasSharedCause, group.SharedCause));
    }

    private static ActiveAlert Member(string rule, int minute) => new(rule, new AlertLabels([new("alertname", rule)])) { StartedAt = TimeSpan.FromMinutes(minute) };
}
