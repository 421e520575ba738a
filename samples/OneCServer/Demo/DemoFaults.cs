using OneCServer.Hosting;
using OneCServer.OneC;

namespace OneCServer.Demo;

/// <summary>Has faults of 1C come and go: the first ones for long enough that the breaker opens and an alert is told, with enough time after them that both are over.</summary>
internal sealed partial class DemoFaults(OneCStandIn standIn, SampleArguments arguments, ILogger<DemoFaults> logger) : BackgroundService
{
    private static readonly (OneCFault Fault, int Steps)[] Script =
    [
        (OneCFault.None, 1),
        (OneCFault.NoLicence, 5),
        (OneCFault.None, 4),
        (OneCFault.Locked, 4),
        (OneCFault.None, 4),
        (OneCFault.WrongPassword, 1),
        (OneCFault.NoRight, 1),
        (OneCFault.None, 1),
        (OneCFault.DataLocked, 1),
        (OneCFault.None, 2),
        (OneCFault.InternalError, 1),
        (OneCFault.None, 2),
        (OneCFault.BreaksOff, 1),
        (OneCFault.None, 2),
        (OneCFault.Hangs, 3),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach ((OneCFault fault, int steps) in Script)
            {
                TimeSpan time = steps * arguments.DemoStep;
                standIn.Fault = fault;
                Plays(logger, fault == OneCFault.None ? "no fault" : fault.ToString(), time.TotalSeconds);
                await Task.Delay(time, stoppingToken);
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The stand-in for 1C plays {Fault} for {Seconds} s.")]
    private static partial void Plays(ILogger logger, string fault, double seconds);
}
