using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

/// <summary>Ports that no test listens on.</summary>
public sealed class MailFailureTests
{
    [Fact]
    public void Port_465_without_TLS_is_said_in_words()
    {
        MailFailedException failure = OfGreeting(465, EmailSecurity.Starttls, new OperationCanceledException());

        Assert.Equal(DeliveryStatus.Permanent, failure.Status);
        Assert.Equal("email: no greeting from smtp.company.com:465: port 465 speaks TLS from the first byte: set alerts.channels.email.security to tls.", failure.Message);
    }

    [Theory]
    [InlineData(587)]
    [InlineData(25)]
    public void Port_587_with_TLS_from_the_first_byte_is_said_in_words(int port)
    {
        MailFailedException failure = OfGreeting(port, EmailSecurity.Tls, new IOException("Cannot determine the frame size."));

        Assert.Equal(DeliveryStatus.Permanent, failure.Status);
        Assert.Equal($"email: port {port} of smtp.company.com does not speak TLS from the first byte: set alerts.channels.email.security to starttls, or smtp_port to 465.", failure.Message);
    }

    private static MailFailedException OfGreeting(int port, EmailSecurity security, Exception fault)
    {
        using var session = new SmtpSession("smtp.company.com");
        var server = new MailServer("smtp.company.com", port, security, "company.com", null, null, null, null, null);

        return MailFailure.OfGreeting(fault, server, session, CancellationToken.None);
    }
}
