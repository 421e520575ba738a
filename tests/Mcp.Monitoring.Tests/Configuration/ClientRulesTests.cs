namespace Mcp.Monitoring.Tests.Configuration;

public class ClientRulesTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Clients_are_at_most_100(int count, bool valid)
    {
        OptionsRules.Judge("Clients:Names", $"\"{count} names\"", valid, options => options.Clients.Names = [.. Enumerable.Range(0, count).Select(i => $"client {i}")]);
    }

    [Fact]
    public void Clients_that_are_null_are_a_fault()
    {
        OptionsRules.Judge("Clients:Names", "not set", valid: false, options => options.Clients.Names = null!);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Client_has_1_to_100_characters_and_is_named_by_its_place(int length, bool valid)
    {
        string name = new('x', length);
        OptionsRules.Judge("Clients:Names:1", $"\"{name}\"", valid, options => options.Clients.Names = ["first", name]);
    }
}
