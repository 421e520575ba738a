using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Logger;
using Mcp.Monitoring.Alerting.Rules;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Logger;

public sealed class LogChannelTests : ChannelContractTests, IDisposable
{
    private readonly RecordingLogger _log = new();
    private readonly ILoggerFactory _logging;

    public LogChannelTests() => _logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));

    public static TheoryData<NotificationKind, AlertSeverity, LogLevel> Levels => new()
    {
        { NotificationKind.First, AlertSeverity.Critical, LogLevel.Critical },
        { NotificationKind.Update, AlertSeverity.High, LogLevel.Error },
        { NotificationKind.Repeat, AlertSeverity.Medium, LogLevel.Warning },
        { NotificationKind.First, AlertSeverity.Low, LogLevel.Information },
        { NotificationKind.Resolved, AlertSeverity.Critical, LogLevel.Information },
    };

    public void Dispose() => _logging.Dispose();

    [Theory]
    [MemberData(nameof(Levels))]
    public void Severity_is_the_level_and_what_is_over_is_information(NotificationKind kind, AlertSeverity severity, LogLevel expected)
    {
        new LogChannel(_logging).Send(Notification() with { Kind = kind, Severity = severity }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Assert.Single(_log.Records).Level);
    }

    [Fact]
    public void Record_is_one_line_with_its_parts_as_parameters()
    {
        new LogChannel(_logging).Send(Notification(), TestContext.Current.CancellationToken);

        var record = Assert.Single(_log.Records);
        Assert.Equal("Mcp.Monitoring.Alerting", record.Category);
        Assert.Equal("AlertFirst", record.Event.Name);
        Assert.Equal(Notification().Text, record.Text);
        Assert.Equal("1c down", record.Parameters["Title"]);
        Assert.Equal(AlertSeverity.Critical, record.Parameters["Severity"]);
        Assert.Equal(7, record.Parameters["Incident"]);
        Assert.Equal("{Text}", record.Parameters["{OriginalFormat}"]);
    }

    [Fact]
    public void Every_kind_has_an_event_of_its_own()
    {
        foreach (NotificationKind kind in Enum.GetValues<NotificationKind>())
        {
            new LogChannel(_logging).Send(Notification() with { Kind = kind }, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enum.GetValues<NotificationKind>().Length, _log.Records.Select(record => record.Event.Id).Distinct().Count());
    }

    protected override IAlertChannel? Begin(ReceiverBehaviour behaviour)
    {
        _log.IsBroken = behaviour == ReceiverBehaviour.IsUnavailable;

        // A log neither forbids nor keeps silent, and what it throws is a failed delivery.
        return behaviour is ReceiverBehaviour.Takes or ReceiverBehaviour.IsUnavailable ? new LogChannel(_logging) : null;
    }

    protected override string Received() => string.Join('\n', _log.Records.Select(record => record.Text));
}
