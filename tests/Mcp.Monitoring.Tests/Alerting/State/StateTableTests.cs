using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

public class StateTableTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 3, 2, 1, 234, TimeSpan.Zero);

    [Fact]
    public void Every_kind_of_row_has_a_table()
    {
        string[] tables =
        [
            .. typeof(StateTable).Assembly.GetTypes().Where(type => type.Name != nameof(FormerNotifications))
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(method => method.ReturnType.IsSubclassOf(typeof(StateTable))).Select(method => method.ReturnType.GetGenericArguments().Single().Name),
        ];

        Assert.Equal(tables.Order(StringComparer.Ordinal), TestTables.All.Select(table => AnyRow.KindOf(table).Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_of_tables_are_distinct_and_need_no_quotes()
    {
        Assert.Distinct(TestTables.All.Select(table => table.Name), StringComparer.Ordinal);
        Assert.All(TestTables.All, table => Assert.Matches("^[a-z_]+$", table.Name));
    }

    [Fact]
    public void Message_comes_back_as_it_was()
    {
        var message = new QueuedNotification
        {
            Id = "m1",
            Channel = "telegram",
            Generation = 7,
            Created = Time,
            State = DeliveryState.Sending,
            Attempts = 3,
            NotBefore = TestTables.Clock.FromUtc(Time.AddSeconds(7)),
            ExpiresAt = TestTables.Clock.FromUtc(Time.AddDays(1)),
            LastError = "429: Too Many Requests \u2028 \"quoted\"",
            Reference = "thread",
            InsteadOf = "email",
            HandedTo = "log",
            Progress = "anna;boris",
            EndedAt = Time.AddMinutes(1),
            Notification = FormerFile.Notification("m1", NotificationKind.FlappingEnded),
        };

        AssertComesBack(NotificationTables.Queue(TestTables.Clock), message);
    }

    [Fact]
    public void Entry_of_the_notification_log_comes_back_as_it_was()
    {
        AssertComesBack(NotificationTables.Log(TestTables.Clock), new NotificationLogEntry
        {
            Group = "1c",
            Channel = "telegram",
            Generation = 7,
            Firing = { [ulong.MaxValue] = 0.25, [1] = double.NaN },
            Severity = AlertSeverity.High,
            SentAt = TestTables.Clock.FromUtc(Time),
            FirstSentAt = TestTables.Clock.FromUtc(Time.AddMinutes(-1)),
            StartedAt = TestTables.Clock.FromUtc(Time.AddMinutes(-2)),
            IsStopTold = true,
            IsFallTold = true,
            IsCounted = true,
            IsDelivered = true,
            Reference = "thread",
            ToldBy = { "email" },
            Missed = new MissedNotification(
                new AlertNotification { Id = "m", Kind = NotificationKind.Repeat, Severity = AlertSeverity.Low, Group = "1c", Title = "t", Service = "s", Summary = "x", Text = "y" }, 2, Time, ["email"]),
        });
    }

    [Fact]
    public void Alert_comes_back_as_it_was()
    {
        AssertComesBack(StoredAlert.Table, new StoredAlert
        {
            Episode = "e",
            Rule = "McpToolFailing",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "McpToolFailing", ["operation"] = "get_order" },
            Severity = AlertSeverity.Low,
            State = AlertState.Pending,
            Value = 0.5,
            Peak = 1e300,
            Limit = 0.1,
            PendingSince = Time,
            FiredAt = Time,
            QuietSince = Time,
            ResolvedAt = Time,
            ResolveReason = ResolveReason.Manual,
            Summary = "s",
            Facts = ["f"],
            Runbook = "https://example.com",
            IsRaised = true,
            IsSilent = true,
            RepeatInterval = TimeSpan.FromHours(4),
        });
    }

    [Fact]
    public void What_a_later_version_has_added_is_left_out()
    {
        object? row = StoredFact.Table.Read(Row("""{"Name":"a","Value":"b","Later":{"x":[1]}}"""));

        Assert.Equal(new StoredFact("a", "b"), row);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"State\":\"Invented\"}")]
    [InlineData("{\"Id\":5}")]
    public void What_is_no_such_row_is_none(string data)
    {
        Assert.Null(NotificationTables.Queue(TestTables.Clock).Read(Row(data)));
    }

    private static StateRow Row(string data) => new("a", closedAt: null, Encoding.UTF8.GetBytes(data));

    private static void AssertComesBack<TRow>(StateTable<TRow> table, TRow row)
        where TRow : class
    {
        StateRow written = table.Write(row), again = table.Write(Assert.IsType<TRow>(table.Read(written)));

        Assert.Equal(Encoding.UTF8.GetString(written.Data), Encoding.UTF8.GetString(again.Data));
        Assert.Equal((written.Key, written.ClosedAt), (again.Key, again.ClosedAt));
        using JsonDocument document = JsonDocument.Parse(written.Data);
        string[] missing =
        [
            .. typeof(TRow).GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetValue(row) is not null).Select(property => property.Name)
                .Except(document.RootElement.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal),
        ];
        Assert.Empty(missing);
        Assert.DoesNotContain(document.RootElement.EnumerateObject(), property => property.Name is "Key" or "ClosedAt" or "Table");
    }
}
