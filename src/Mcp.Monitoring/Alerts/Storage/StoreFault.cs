using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>What is the matter with the file, and what to do about it.</summary>
internal enum StoreFault
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

/// <summary>Tells faults by what SQLite and the system say.</summary>
internal static class StoreFaults
{
    public static StoreFault Of(Exception exception) => exception switch
    {
        StoreRefusedException refused => refused.Fault,
        SqliteException sqlite => Of(sqlite.SqliteErrorCode),
        UnauthorizedAccessException => StoreFault.Denied,
        _ => StoreFault.Failed,
    };

    public static string Describe(this StoreFault fault, string file, string detail) => fault switch
    {
        StoreFault.Locked => $"another process has {file} open; alerts are kept in memory until the next start. Give each server a file of its own",
        StoreFault.Damaged => $"{file} is damaged ({detail})",
        StoreFault.Full => $"the disk of {file} is full; alerts are kept in memory, and written once there is room",
        StoreFault.ReadOnly => $"{file} is read-only; alerts are kept in memory, and written once it can be",
        StoreFault.Denied => $"{file} cannot be opened ({detail}); alerts are kept in memory, and written once it can be",
        StoreFault.Newer => $"{file} was written by a newer version of this library ({detail}); it is left as it is, and alerts are kept in memory",
        StoreFault.Foreign => $"{file} is a database of another program; it is left as it is, and alerts are kept in memory. Name another file",
        _ => $"{file} cannot be written ({detail}); alerts are kept in memory, and written once it can be",
    };

    private static StoreFault Of(int code) => code switch
    {
        5 or 6 => StoreFault.Locked,
        11 or 26 => StoreFault.Damaged,
        13 => StoreFault.Full,
        8 => StoreFault.ReadOnly,
        3 or 14 or 23 => StoreFault.Denied,
        _ => StoreFault.Failed,
    };
}

/// <summary>The file is left alone.</summary>
internal sealed class StoreRefusedException(StoreFault fault, string message) : Exception(message)
{
    public StoreFault Fault => fault;
}
