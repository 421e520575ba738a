using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;

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

    [Theory]
    [InlineData(587, null, EmailSecurity.Starttls)]
    [InlineData(25, null, EmailSecurity.Starttls)]
    [InlineData(465, null, EmailSecurity.Tls)]
    [InlineData(2525, EmailSecurity.Tls, EmailSecurity.Tls)]
    [InlineData(25, EmailSecurity.None, EmailSecurity.None)]
    public void Port_says_how_it_is_kept_secret_unless_the_settings_do(int port, EmailSecurity? security, EmailSecurity expected)
    {
        var email = new EmailChannelOptions { SmtpPort = port, Security = security };

        Assert.Equal(expected, email.SecurityInUse);
    }

    [Theory]
    [InlineData(465, EmailSecurity.Starttls, "is \"starttls\"")]
    [InlineData(465, EmailSecurity.None, "is \"none\"")]
    [InlineData(587, EmailSecurity.Tls, "is \"tls\"")]
    [InlineData(25, EmailSecurity.Tls, "is \"tls\"")]
    [InlineData(465, EmailSecurity.Tls, null)]
    [InlineData(587, EmailSecurity.Starttls, null)]
    [InlineData(2525, EmailSecurity.Tls, null)]
    [InlineData(2525, EmailSecurity.None, null)]
    public void Port_that_goes_with_something_else_is_a_warning(int port, EmailSecurity security, string? problem)
    {
        var email = new EmailChannelOptions { SmtpServer = "smtp.company.com", FromEmail = "a@company.com", ToEmails = ["b@company.com"], SmtpPort = port, Security = security };

        Assert.Equal(problem is null ? [] : [("Security", problem, true)], ((ISettings)email).Check().Select(fault => (fault.Path, fault.Problem, fault.IsWarning)));
    }

    [Theory]
    [InlineData("smtp.company.com", "hunter2", false)]
    [InlineData("10.0.0.25", "hunter2", false)]
    [InlineData("mail", "hunter2", false)]
    [InlineData("localhost", "hunter2", true)]
    [InlineData("127.0.0.1", "hunter2", true)]
    [InlineData("::1", "hunter2", true)]
    [InlineData("smtp.company.com", null, true)]
    public void Password_goes_in_clear_to_this_machine_only(string server, string? password, bool valid)
    {
        OptionsRules.Expect($"{Email}:Security", "is none, which would send the password in clear", valid, options =>
        {
            EmailChannelOptions email = Fill(options);
            email.Security = EmailSecurity.None;
            email.SmtpServer = server;
            email.SmtpUsername = password is null ? null : "user";
            email.SmtpPassword = password;
        });
    }

    [Theory]
    [InlineData("Мониторинг 🚨", null)]
    [InlineData("", "is \"\"")]
    [InlineData("a\r\nBcc: b@company.com", "is \"a\\u000d\\u000aBcc: b@company.com\"")]
    public void Name_of_the_sender_is_one_line(string name, string? problem)
    {
        OptionsRules.Expect($"{Email}:FromName", problem ?? "", problem is null, options => Fill(options).FromName = name);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Name_of_the_sender_has_at_most_100_characters(int length, bool valid)
    {
        OptionsRules.Judge($"{Email}:FromName", $"\"{new string('n', length)}\"", valid, options => Fill(options).FromName = new string('n', length));
    }

    [Theory]
    [InlineData("orders.company.com", null)]
    [InlineData("10.0.0.5", null)]
    [InlineData("сервер", "is \"сервер\"")]
    [InlineData("a b", "is \"a b\"")]
    [InlineData("a\r\nQUIT", "is \"a\\u000d\\u000aQUIT\"")]
    public void Name_of_this_server_is_a_host_or_an_address(string name, string? problem)
    {
        OptionsRules.Expect($"{Email}:EhloName", problem ?? "", problem is null, options => Fill(options).EhloName = name);
    }

    [Fact]
    public void Password_of_a_certificate_without_one_is_a_fault()
    {
        OptionsRules.Expect($"{Email}:ClientCertificate", "is not set", valid: false, options => Fill(options).ClientCertificatePassword = "hunter2");
    }

    [Theory]
    [InlineData("http://user:hunter2@proxy:3128", null)]
    [InlineData("socks5://proxy", null)]
    [InlineData("https://user:hunter2@proxy:3128", "begins with https")]
    public void Proxy_is_an_address_that_is_never_printed(string proxy, string? problem)
    {
        OptionsRules.Expect($"{Email}:ProxyUrl", problem ?? "", problem is null, options => Fill(options).ProxyUrl = proxy);
    }

    [Theory]
    [InlineData("алерт@company.com", false)]
    [InlineData("alerts@компания.рф", true)]
    public void Letters_before_the_at_sign_are_those_that_mail_servers_take(string address, bool valid)
    {
        OptionsRules.Expect($"{Email}:FromEmail", $"is \"{address}\"", valid, options => Fill(options).FromEmail = address);
        OptionsRules.Expect($"{Email}:ToEmails:0", $"is \"{address}\"", valid, options => Fill(options).ToEmails = [address]);
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
