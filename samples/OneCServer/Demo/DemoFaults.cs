using OneCServer.OneC;

namespace OneCServer.Demo;

/// <summary>Has faults of 1C come and go: each for long enough that the breaker opens, and the alert is told; between them for long enough that both are over.</summary>
internal sealed partial class DemoFaults(OneCStandIn standIn, ILogger<DemoFaults> logger) : BackgroundService
{
    private static readonly (OneCFault Fault, TimeSpan For)[] Script =
    [
        (OneCFault.None, TimeSpan.FromSeconds(5)),
        (OneCFault.BreaksOff, TimeSpan.FromSeconds(3)),
        (OneCFault.NoLicence, TimeSpan.FromMinutes(4)),
        (OneCFault.None, TimeSpan.FromMinutes(4)),
        (OneCFault.Locked, TimeSpan.FromMinutes(2)),
        (OneCFault.Unauthorized, TimeSpan.FromMinutes(1)),
        (OneCFault.Slow, TimeSpan.FromMinutes(1)),
        (OneCFault.None, TimeSpan.FromMinutes(5)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach ((OneCFault fault, TimeSpan time) in Script)
            {
                standIn.Fault = fault;
                Plays(logger, fault, time);
                await Task.Delay(time, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "1C plays {Fault} for {Time}.")]
    private static partial void Plays(ILogger logger, OneCFault fault, TimeSpan time);
}
