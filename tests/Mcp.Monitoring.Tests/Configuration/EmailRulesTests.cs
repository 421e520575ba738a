using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

public class EmailRulesTests
{
    private const string Email = "Alerts:Channels:Email";

    [Fact]
    public void Server_and_addresses_are_enough()
    {
        Assert.Empty(OptionsRules.Check(options => Fill(options)));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("alerts@company.com", null, false)]
    [InlineData(null, "on-call@company.com", false)]
    public void Addresses_switch_the_channel_on_and_a_server_alone_does_not(string? from, string? to, bool valid)
    {
        string[] faults = OptionsRules.Check(options =>
        {
            options.Alerts.Channels.Email.SmtpServer = "smtp.company.com";
            options.Alerts.Channels.Email.FromEmail = from;
            options.Alerts.Channels.Email.ToEmails = to is null ? [] : [to];
        });

        Assert.Equal(valid, faults.Length == 0);
    }

    [Fact]
    public void Channel_that_is_on_and_empty_misses_three_values()
    {
        string[] faults = OptionsRules.Check(options => options.Alerts.Channels.Email.Enabled = true);

        Assert.Equal(
            [$"McpMonitoring:{Email}:SmtpServer is not set", $"McpMonitoring:{Email}:FromEmail is not set", $"McpMonitoring:{Email}:ToEmails is not set"],
            faults.Select(fault => fault.Split(". ")[0]).ToArray());
    }

    [Fact]
    public void Channel_that_is_off_need_not_be_right()
    {
        Assert.Empty(OptionsRules.Check(options =>
        {
            options.Alerts.Channels.Email.Enabled = false;
            options.Alerts.Channels.Email.SmtpPort = 0;
            options.Alerts.Channels.Email.FromEmail = "nobody";
        }));
    }

    [Theory]
    [InlineData("smtp.company.com", null)]
    [InlineData("smtp", null)]
    [InlineData("10.0.0.25", null)]
    [InlineData("::1", null)]
    [InlineData("smtp.company.com:587", "is \"smtp.company.com:587\"")]
    [InlineData("smtp://smtp.company.com", "is \"smtp://smtp.company.com\"")]
    [InlineData("smtp company", "is \"smtp company\"")]
    [InlineData("", "is not set")]
    [InlineData(null, "is not set")]
    [InlineData("smtp.your-company.com", "is a placeholder: \"smtp.your-company.com\"")]
    public void Server_is_a_host_or_an_address(string? server, string? problem)
    {
        OptionsRules.Expect($"{Email}:SmtpServer", problem ?? "", problem is null, options => Fill(options).SmtpServer = server);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("user", "hunter2", null, null)]
    [InlineData("user", null, "SmtpPassword", "is not set")]
    [InlineData(null, "hunter2", "SmtpUsername", "is not set")]
    [InlineData("user", "your-password", "SmtpPassword", "is a placeholder")]
    [InlineData("user", "***", "SmtpPassword", "is a placeholder")]
    [InlineData("user", "changeme", "SmtpPassword", "is a placeholder")]
    public void Name_and_password_come_together(string? name, string? password, string? setting, string? problem)
    {
        OptionsRules.Expect($"{Email}:{setting}", problem ?? "", problem is null, options =>
        {
            Fill(options).SmtpUsername = name;
            options.Alerts.Channels.Email.SmtpPassword = password;
        });
    }

    [Theory]
    [InlineData("alerts@company.com", null)]
    [InlineData("a@localhost", null)]
    [InlineData(null, "is not set")]
    [InlineData("", "is not set")]
    [InlineData("your-email@company.com", "is a placeholder")]
    [InlineData("alerts", "is \"alerts\"")]
    [InlineData("alerts@", "is \"alerts@\"")]
    [InlineData("Alerts <alerts@company.com>", "is \"Alerts <alerts@company.com>\"")]
    [InlineData("alerts@company.com\r\nBcc: all@company.com", "is \"alerts@company.com\\u000d\\u000aBcc: all@company.com\"")]
    [InlineData("a@company.com,b@company.com", "is \"a@company.com,b@company.com\"")]
    public void Sender_is_one_bare_address(string? from, string? problem)
    {
        OptionsRules.Expect($"{Email}:FromEmail", problem ?? "", problem is null, options => Fill(options).FromEmail = from);
    }

    [Theory]
    [InlineData("on-call@company.com", null)]
    [InlineData("", "is \"\"")]
    [InlineData("on-call", "is \"on-call\"")]
    [InlineData("<address>", "is a placeholder: \"<address>\"")]
    [InlineData("on-call@company.com\nBcc: all@company.com", "is \"on-call@company.com\\u000aBcc: all@company.com\"")]
    public void Receiver_is_an_address_and_is_named_by_its_place(string to, string? problem)
    {
        OptionsRules.Expect($"{Email}:ToEmails:1", problem ?? "", problem is null, options => Fill(options).ToEmails = ["first@company.com", to]);
    }

    [Theory]
    [InlineData(0, "is not set")]
    [InlineData(1, null)]
    [InlineData(50, null)]
    [InlineData(51, "is \"51 addresses\"")]
    public void Receivers_are_1_to_50(int count, string? problem)
    {
        OptionsRules.Expect(
            $"{Email}:ToEmails", problem ?? "", problem is null, options => Fill(options).ToEmails = [.. Enumerable.Range(0, count).Select(i => $"to{i}@company.com")]);
    }

    [Fact]
    public void Receivers_that_are_null_are_a_fault()
    {
        OptionsRules.Expect($"{Email}:ToEmails", "is not set", valid: false, options => Fill(options).ToEmails = null!);
    }

    private static EmailChannelOptions Fill(McpMonitoringOptions options)
    {
        EmailChannelOptions email = options.Alerts.Channels.Email;
        email.Enabled = true;
        email.SmtpServer = "smtp.company.com";
        email.FromEmail = "alerts@company.com";
        email.ToEmails = ["on-call@company.com"];
        return email;
    }
}
