namespace Mcp.Monitoring.IntegrationTests.Servers;

/// <summary>Asks a real peer again and again: it has a clock of its own, which no test moves.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <returns>The first answer that is good, or the last one when the time is up: the test then says what is wrong with it.</returns>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> isGood, TimeSpan limit)
    {
        long start = TimeProvider.System.GetTimestamp();
        using var pauses = new PeriodicTimer(Pause);
        while (true)
        {
            T answer = await ask();
            if (isGood(answer) || TimeProvider.System.GetElapsedTime(start) > limit)
            {
                return answer;
            }

            await pauses.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
