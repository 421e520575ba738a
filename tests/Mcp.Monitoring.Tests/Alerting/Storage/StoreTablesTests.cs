using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Storage;

namespace Mcp.Monitoring.Tests.Alerting.Storage;

public class StoreTablesTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 3, 2, 1, 234, TimeSpan.Zero);

    [Fact]
    public void Every_kind_of_row_has_a_table()
    {
        Type[] kinds = [.. typeof(StoreRow).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreRow)) && !type.IsAbstract)];

        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), StoreTables.All.Select(table => table.Kind.Name).Order(StringComparer.Ordinal));
        Assert.All(kinds, kind => Assert.Equal(kind, StoreTables.Of(kind).Kind));
    }

    [Fact]
    public void Names_of_tables_are_distinct_and_need_no_quotes()
    {
        Assert.Distinct(StoreTables.All.Select(table => table.Name), StringComparer.Ordinal);
        Assert.All(StoreTables.All, table => Assert.Matches("^[a-z_]+$", table.Name));
    }

    [Fact]
    public void Message_comes_back_as_it_was()
    {
        var message = new OutboxMessage
        {
            Id = "m1",
            Channel = "telegram",
            Generation = 7,
            IsKnownToChannel = true,
            Created = Time,
            State = OutboxState.Sending,
            Attempts = 3,
            NotBefore = Time.AddSeconds(7),
            LeaseUntil = Time.AddSeconds(40),
            ExpiresAt = Time.AddDays(1),
            LastError = "429: Too Many Requests \u2028 \"quoted\"",
            Reference = "thread",
            InsteadOf = "email",
            HandedTo = "log",
            Covers = ["1c", "db"],
            EndedAt = Time.AddMinutes(1),
            Notification = new AlertNotification
            {
                Id = "m1",
                Kind = NotificationKind.FlappingEnded,
                Severity = AlertSeverity.Low,
                Group = "1c",
                Title = "1c down",
                Service = "orders-mcp",
                Summary = "14 of 14",
                Facts = ["one", "two"],
                Text = "text <b>",
                AlertCount = 2,
                StartedAt = Time,
                EndedAt = Time,
                Incident = 12,
                Runbook = "https://example.com/runbook",
                IsSilent = true,
                IsPossibleDuplicate = true,
                ThreadReference = "t",
                Alerts =
                [
                    new Alert
                    {
                        Id = "a1",
                        Name = "McpIntegrationDown",
                        Severity = AlertSeverity.Critical,
                        State = AlertState.Firing,
                        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["dependency"] = "1c" },
                        Fingerprint = "0123456789abcdef",
                        Summary = "s",
                        Facts = ["f"],
                        Value = double.NaN,
                        Peak = double.PositiveInfinity,
                        Limit = 0.01,
                        StartedAt = Time,
                        FiredAt = Time,
                        ResolvedAt = Time,
                        ResolveReason = ResolveReason.NoData,
                        IsSilenced = true,
                        Incident = 12,
                    },
                ],
            },
        };

        AssertComesBack(message);
    }

    [Fact]
    public void Alert_comes_back_as_it_was()
    {
        AssertComesBack(new StoredAlert
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
        StoreRow? row = StoreTables.Of(typeof(StoredFact)).Read("""{"Name":"a","Value":"b","Later":{"x":[1]}}""");

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
        Assert.Null(StoreTables.Of(typeof(OutboxMessage)).Read(data));
    }

    private static void AssertComesBack(StoreRow row)
    {
        StoreTable table = StoreTables.Of(row.GetType());
        string data = table.Write(row);
        StoreRow back = table.Read(data)!;

        Assert.Equal(data, table.Write(back));
        Assert.Equal((row.Key, row.ClosedAt), (back.Key, back.ClosedAt));
        using JsonDocument written = JsonDocument.Parse(data);
        string[] missing =
        [
            .. row.GetType().GetProperties().Where(property => property.CanWrite && property.GetValue(row) is not null).Select(property => property.Name)
                .Except(written.RootElement.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal),
        ];
        Assert.Empty(missing);
        Assert.DoesNotContain(written.RootElement.EnumerateObject(), property => property.Name is "Key" or "ClosedAt");
    }
}
