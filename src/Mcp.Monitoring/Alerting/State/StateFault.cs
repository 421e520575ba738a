using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>What is the matter with the file, and what to do about it.</summary>
internal enum StateFault
{
    /// <summary>Another process has it.</summary>
    Locked,

    /// <summary>It is no such file any more.</summary>
    Damaged,

    /// <summary>There is no room for more.</summary>
    Full,

    /// <summary>It may be read, not written.</summary>
    ReadOnly,

    /// <summary>It may not even be read, or its folder is not there.</summary>
    Denied,

    /// <summary>A version to come wrote it.</summary>
    Newer,

    /// <summary>It belongs to another program.</summary>
    Foreign,

    /// <summary>The disk or its driver failed.</summary>
    Failed,
}

/// <summary>Tells faults by what SQLite and the system say, and says them in words.</summary>
internal static class StateFaults
{
    // As errno has them, and as Windows does.
    private const int NoSpace = 28, QuotaExceeded = 122, ReadOnlyFileSystem = 30, WindowsDiskFull = unchecked((int)0x80070070), WindowsWriteProtected = unchecked((int)0x80070013);

    public static StateFault Of(Exception exception) => exception switch
    {
        StateRefusedException refused => refused.Fault,
        SqliteException sqlite => Of(sqlite.SqliteErrorCode),
        UnauthorizedAccessException => StateFault.Denied,
        IOException { HResult: NoSpace or QuotaExceeded or WindowsDiskFull } => StateFault.Full,
        IOException { HResult: ReadOnlyFileSystem or WindowsWriteProtected } => StateFault.ReadOnly,
        _ => StateFault.Failed,
    };

    /// <summary>Says what is wrong with which file, why, and what becomes of it.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="file">The file.</param>
    /// <param name="exception">What failed.</param>
    /// <param name="isFinal">Whether it is not tried again before the next start.</param>
    public static string Describe(this StateFault fault, string file, Exception exception, bool isFinal = false)
    {
        string reason = Reason(exception);
        return fault switch
        {
            StateFault.Locked => $"{file} is locked by another process: {reason}; alerts are kept in memory{(isFinal ? " until the next start" : ", and written once it is free")}. Give each server a file of its own",
            StateFault.Damaged => $"{file} is damaged: {reason}",
            StateFault.Full => $"{file} cannot be written, disk full: {reason}; alerts are kept in memory, and written once there is room",
            StateFault.ReadOnly => $"{file} is read-only: {reason}; alerts are kept in memory, and written once it can be",
            StateFault.Denied => $"{file} cannot be opened: {reason}; alerts are kept in memory, and written once it can be",
            StateFault.Newer => $"{file} was written by a newer version of this library: {reason}; it is left as it is, and alerts are kept in memory",
            StateFault.Foreign => $"{file} is a database of another program; it is left as it is, and alerts are kept in memory. Name another file",
            _ => $"{file} cannot be written: {reason}; alerts are kept in memory, and written once it can be",
        };
    }

    /// <summary>Says in words what failed, with the code by which SQLite knows it: <c>database disk image is malformed (SQLite 11)</c>.</summary>
    public static string Reason(Exception exception) => exception is not SqliteException sqlite
        ? exception.Message.TrimEnd('.')
        : string.Create(CultureInfo.InvariantCulture, $"{Words(sqlite)} (SQLite {Code(sqlite)})");

    private static string Words(SqliteException fault)
    {
        int open = fault.Message.IndexOf('\'', StringComparison.Ordinal), close = fault.Message.LastIndexOf('\'');
        return open < close ? fault.Message[(open + 1)..close] : fault.Message.TrimEnd('.');
    }

    private static string Code(SqliteException fault) => fault.SqliteExtendedErrorCode == fault.SqliteErrorCode
        ? fault.SqliteErrorCode.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{fault.SqliteErrorCode}/{fault.SqliteExtendedErrorCode}");

    private static StateFault Of(int code) => code switch
    {
        5 or 6 => StateFault.Locked,
        11 or 26 => StateFault.Damaged,
        13 => StateFault.Full,
        8 => StateFault.ReadOnly,
        3 or 14 or 23 => StateFault.Denied,
        _ => StateFault.Failed,
    };
}

/// <summary>The file is left alone.</summary>
internal sealed class StateRefusedException(StateFault fault, string message) : Exception(message)
{
    public StateFault Fault => fault;
}
