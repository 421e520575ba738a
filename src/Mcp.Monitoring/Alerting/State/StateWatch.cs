namespace Mcp.Monitoring.Alerting.State;

/// <summary>What somebody else did to the file while it was open here.</summary>
internal enum StateIntrusion
{
    None,

    /// <summary>The name leads nowhere, or to another file: nothing that is written here is found by the next start.</summary>
    Lost,

    /// <summary>It is the same file, and somebody else wrote it.</summary>
    Written,

    /// <summary>It is the same file, but a start would not be let at it.</summary>
    Locked,
}

/// <summary>
/// Sees what others do to an open file. A file that is deleted or moved can still be written by whoever has it open, who is told nothing. It belongs to the store's thread.
/// </summary>
internal sealed class StateWatch(string file)
{
    private readonly string _log = file + "-wal";
    private FileStat? _file;
    private FileStat? _logFile;

    /// <summary>Takes note of the file that has just been opened.</summary>
    /// <returns>Whether it is the one that was open before.</returns>
    public bool Opened()
    {
        FileStat? former = _file;
        _file = Look(file);
        _logFile = null;
        return former is { } before && _file is { } now && now.IsSameFile(before);
    }

    /// <summary>Takes note of how it is now, after something was done with it here.</summary>
    public void Noted()
    {
        if (_file is { } opened && Look(file) is { } now && now.IsSameFile(opened))
        {
            _file = now;
        }

        _logFile ??= Look(_log);
    }

    /// <summary>Takes away what is left of a file that was lost: SQLite would read it into whatever file is there now.</summary>
    public void Clear()
    {
        try
        {
            if (_logFile is { } log && FileStat.Of(_log) is { } left && left.IsSameFile(log))
            {
                File.Delete(_log);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Whoever may not delete here may not write a file anew either.
        }
    }

    /// <summary>Finds out whether anybody else has done something to it.</summary>
    public StateIntrusion Find(out string problem)
    {
        problem = "";
        try
        {
            if (_file is { } opened)
            {
                if (FileStat.Of(file) is not { } now)
                {
                    problem = Directory.Exists(Path.GetDirectoryName(file)) ? "file was removed" : "file was removed with its folder";
                    return StateIntrusion.Lost;
                }

                if (!now.IsSameFile(opened))
                {
                    problem = "file was removed, and another is in its place";
                    return StateIntrusion.Lost;
                }

                if (_logFile is { } log && !(FileStat.Of(_log) is { } logNow && logNow.IsSameFile(log)))
                {
                    problem = $"file was removed: {Path.GetFileName(_log)}, which belongs to it";
                    return StateIntrusion.Lost;
                }

                if (!now.IsUntouchedSince(opened))
                {
                    problem = now.Length < opened.Length ? "file was truncated" : "file was written by another program";
                    return StateIntrusion.Written;
                }
            }

            problem = FileStat.ProblemOf(file) ?? "";
        }
        catch (IOException fault)
        {
            problem = fault.Message;
        }

        return problem.Length > 0 ? StateIntrusion.Locked : StateIntrusion.None;
    }

    private static FileStat? Look(string path)
    {
        try
        {
            return FileStat.Of(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
