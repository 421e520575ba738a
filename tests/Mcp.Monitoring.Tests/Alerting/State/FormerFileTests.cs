using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>A file that a server of an earlier version of the library has left.</summary>
public sealed class FormerFileTests : IDisposable
{
    private readonly StoredFile _file = new();

    public FormerFileTests()
    {
        Directory.CreateDirectory(_file.Folder);
        File.Copy(Path.Combine(SourceTree.Root, "tests", "Mcp.Monitoring.Tests", "Alerting", "State", "alerts-1.db"), _file.Path);
    }

    public static TheoryData<string> Tables => [.. FormerFile.Rows.Keys.Select(table => table.Name)];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public void Each_row_is_read_with_all_that_it_says(string name)
    {
        StateTable table = TestTables.All.Single(table => table.Name == name);
        StateRows rows = _file.Read();

        Assert.Equal(
            FormerFile.Rows[table].Select(row => Text(AnyRow.Write(table, row))).Order(StringComparer.Ordinal),
            rows.In(table).Select(row => Text(AnyRow.Write(table, table.Read(row)!))).Order(StringComparer.Ordinal));
        Assert.Equal(0, rows.Unreadable);
    }

    [Fact]
    public void Row_is_found_by_its_key_and_is_over_when_it_was()
    {
        _file.Write([.. FormerFile.Rows.Values.SelectMany(rows => rows)]);

        StateRows again = _file.Read();
        Assert.All(FormerFile.Rows, table => Assert.Equal(
            table.Value.Select(row => AnyRow.Write(table.Key, row)).Select(row => (row.Key, row.ClosedAt)).Order(),
            again.In(table.Key).Select(row => (row.Key, row.ClosedAt)).Order()));
    }

    [Fact]
    public void Only_tables_of_later_versions_are_missing_in_it() =>
        Assert.Equal(
            FormerFile.Rows.Keys.Select(table => table.Name).Order(StringComparer.Ordinal),
            TestTables.All.Where(table => _file.Sql($"SELECT count(*) FROM sqlite_master WHERE type='table' AND name='{table.Name}'") > 0).Select(table => table.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_channels_were_told_is_taken_over_into_the_notification_log()
    {
        var log = new NotificationLog(TestTables.Clock);
        log.Load(_file.Read());

        NotificationLogEntry entry = Assert.Single(log.All);
        DateTimeOffset time = new(2026, 3, 1, 3, 2, 1, 234, TimeSpan.Zero);
        Assert.Equal(("1c", "telegram", 7, "thread"), (entry.Group, entry.Channel, entry.Generation, entry.Reference));
        Assert.Equal(new Dictionary<ulong, double> { [0x0123456789abcdef] = double.PositiveInfinity, [0xfedcba9876543210] = 0.25 }, entry.Firing);
        Assert.Equal((AlertSeverity.Critical, true, true, true, true), (entry.Severity, entry.IsStopTold, entry.IsFallTold, entry.IsDelivered, entry.IsCounted));
        Assert.Equal([time.AddMinutes(-3), time.AddMinutes(1), time.AddMinutes(2)], new[] { entry.StartedAt, entry.FirstSentAt, entry.SentAt }.Select(TestTables.Clock.ToUtc));
    }

    [Fact]
    public void Log_that_was_taken_over_is_saved_and_comes_back_as_it_is()
    {
        var log = new NotificationLog(TestTables.Clock);
        log.Load(_file.Read());
        var changes = new StateChanges();
        log.Save(changes);
        var again = new NotificationLog(TestTables.Clock);
        var saved = new SavedRows();
        saved.Save(changes);
        again.Load(saved.All);

        Assert.Equivalent(Assert.Single(log.All), Assert.Single(again.All), strict: true);
    }

    private static string Text(StateRow row) => $"{row.Key} {row.ClosedAt} {Encoding.UTF8.GetString(row.Data)}";
}
