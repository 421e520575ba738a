using System.Diagnostics;

namespace Mcp.Monitoring.Mutations;

/// <summary>Runs a program to its end, or ends it.</summary>
internal static class Tool
{
    /// <summary>The code of a program that was ended.</summary>
    public const int Ended = int.MinValue;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    public static (int Code, string Output) Run(string folder, string program, params string[] arguments) => Run(folder, program, arguments, Longest);

    public static (int Code, string Output) Run(string folder, string program, string[] arguments, TimeSpan longest, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(longest))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (Ended, "It did not end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
