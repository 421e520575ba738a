using Mcp.Monitoring.Alerting.State;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Why nothing is written, in words: the same in the log, the health check and the alert.</summary>
public class StateFaultWordsTests
{
    private const string File = "/data/mcp-alerts.db";

    public static TheoryData<Exception, string, string> Faults { get; } = new()
    {
        { new SqliteException("SQLite Error 5: 'database is locked'.", 5), "Locked", "locked by another process: database is locked (SQLite 5)" },
        { new SqliteException("SQLite Error 6: 'database table is locked'.", 6), "Locked", "locked by another process: database table is locked (SQLite 6)" },
        { new SqliteException("SQLite Error 11: 'database disk image is malformed'.", 11), "Damaged", "damaged: database disk image is malformed (SQLite 11)" },
        { new SqliteException("SQLite Error 26: 'file is not a database'.", 26), "Damaged", "damaged: file is not a database (SQLite 26)" },
        { new SqliteException("SQLite Error 13: 'database or disk is full'.", 13), "Full", "disk full: database or disk is full (SQLite 13)" },
        { new IOException("No space left on device : '/data/mcp-alerts.db'", 28), "Full", "disk full: No space left on device" },
        { new IOException("There is not enough space on the disk.", unchecked((int)0x80070070)), "Full", "disk full: There is not enough space on the disk" },
        { new SqliteException("SQLite Error 8: 'attempt to write a readonly database'.", 8, 1032), "ReadOnly", "read-only: attempt to write a readonly database (SQLite 8/1032)" },
        { new IOException("Read-only file system : '/data'", 30), "ReadOnly", "read-only: Read-only file system" },
        { new SqliteException("SQLite Error 14: 'unable to open database file'.", 14), "Denied", "cannot be opened: unable to open database file (SQLite 14)" },
        { new SqliteException("SQLite Error 3: 'access permission denied'.", 3), "Denied", "cannot be opened: access permission denied (SQLite 3)" },
        { new UnauthorizedAccessException("Access to the path '/data' is denied."), "Denied", "cannot be opened: Access to the path '/data' is denied" },
        { new StateRefusedException(StateFault.Newer, "schema 7, this one knows 1"), "Newer", "a newer version of this library: schema 7, this one knows 1" },
        { new StateRefusedException(StateFault.Foreign, "not of this library"), "Foreign", "a database of another program" },
        { new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, 778), "Failed", "cannot be written: disk I/O error (SQLite 10/778)" },
        { new InvalidOperationException("Execute requires the command to have a transaction object."), "Failed", "cannot be written: Execute requires the command to have a transaction object" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_names_the_file_and_the_reason(Exception exception, string fault, string words)
    {
        string text = StateFaults.Of(exception).Describe(File, exception);

        Assert.Equal(fault, StateFaults.Of(exception).ToString());
        Assert.Contains(File, text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_has_words_of_its_own()
    {
        Assert.Equal(Enum.GetNames<StateFault>().Order(StringComparer.Ordinal), Faults.Select(row => row.Data.Item2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
