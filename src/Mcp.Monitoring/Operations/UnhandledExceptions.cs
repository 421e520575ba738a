namespace Mcp.Monitoring.Operations;

/// <summary>The exceptions of the process that nobody handled; they are told to one host, and to none when no host runs.</summary>
internal static class UnhandledExceptions
{
    /// <summary>What such exceptions are counted under, the label <c>operation</c>.</summary>
    public const string Unhandled = "_unhandled", UnobservedTask = "_unobserved_task";

    private static readonly Lock Changing = new();
    private static volatile OperationMonitor? _told;

    public static void Watch(OperationMonitor? monitor)
    {
        lock (Changing)
        {
            bool wasTold = _told is not null;
            _told = monitor;
            if (monitor is not null && !wasTold)
            {
                AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
                TaskScheduler.UnobservedTaskException += OnUnobserved;
            }
            else if (monitor is null && wasTold)
            {
                AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
                TaskScheduler.UnobservedTaskException -= OnUnobserved;
            }
        }
    }

    private static void OnUnhandled(object? sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is Exception exception)
        {
            Count(Unhandled, exception);
        }
    }

    private static void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => Count(UnobservedTask, e.Exception);

    private static void Count(string operation, Exception exception)
    {
        if (_told is not { } monitor)
        {
            return;
        }

        try
        {
            monitor.RecordUnhandled(operation, exception);
        }
        catch (Exception fault)
        {
            monitor.Report(fault);
        }
    }
}
