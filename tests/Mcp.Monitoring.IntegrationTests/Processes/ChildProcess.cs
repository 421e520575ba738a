using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>A program that a test starts and that ends with the test, however the test ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output.Writer), ReadAsync(process.StandardError, writer: null));
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Gets everything that it has written to both outputs so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static ChildProcess Start(string program, params string[] arguments) => Start(program, arguments, environment: []);

    public static ChildProcess Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start."));
    }

    /// <returns>The next line of its standard output, or <see langword="null"/> when there is none left.</returns>
    public async Task<string?> ReadLineAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return await _output.Reader.WaitToReadAsync(limit.Token) ? await _output.Reader.ReadAsync(limit.Token) : null;
    }

    public async Task ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        await _reading.WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader from, ChannelWriter<string>? writer)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }

            writer?.TryWrite(line);
        }

        writer?.TryComplete();
    }
}
