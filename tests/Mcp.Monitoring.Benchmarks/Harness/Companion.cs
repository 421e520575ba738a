namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>The second thread. Always the same one, because what is striped by thread must not find a new thread in every batch.</summary>
internal static class Companion
{
    private static readonly SemaphoreSlim s_begun = new(0);
    private static readonly SemaphoreSlim s_done = new(0);
    private static Action? s_work;

    static Companion() => new Thread(Loop) { IsBackground = true, Name = "Companion" }.Start();

    public static void Begin(Action work)
    {
        s_work = work;
        s_begun.Release();
    }

    public static void Join() => s_done.Wait();

    private static void Loop()
    {
        while (true)
        {
            s_begun.Wait();
            s_work!();
            s_done.Release();
        }
    }
}
