using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Hosting;
using Npgsql;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>A real PostgreSQL on the loopback address, with data of its own, started once for all tests that ask for it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private DirectoryInfo? _folder;
    private string _programs = "";
    private ChildProcess? _process;
    private Task? _started;

    internal int Port { get; private set; }

    /// <summary>Gets how to connect to it; its user needs no password.</summary>
    internal string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=app;Database=postgres";

    internal async Task StartAsync()
    {
        string programs = Programs.PostgresOrSkip();
        lock (_gate)
        {
            _started ??= StartAsync(programs);
        }

        await _started;
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not { } folder || _process is null)
        {
            return;
        }

        // A server that is killed leaves its shared memory behind.
        await RunAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate");
        await _process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string Data => Path.Combine(_folder!.FullName, "data");

    private async Task StartAsync(string programs)
    {
        _programs = programs;
        _folder = Directory.CreateTempSubdirectory("postgres");
        Port = FreePort.Find();
        if (Environment.IsPrivilegedProcess)
        {
            await Command.RunAsync(_folder.FullName, "chown", "nobody", _folder.FullName);
        }

        await RunAsync("initdb", "-D", Data, "-U", "app", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        (string program, string[] arguments) = As(
            "postgres", "-D", Data, "-h", "127.0.0.1", "-p", $"{Port}", "-k", "", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=50");
        _process = ChildProcess.Start(program, arguments);
        Assert.True(await Eventually.GetAsync(AnswersAsync, static answers => answers, Limit), $"PostgreSQL does not answer. It said: {_process.Said}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private Task<string> RunAsync(string program, params string[] arguments)
    {
        (string started, string[] all) = As(program, arguments);
        return Command.RunAsync(_folder!.FullName, started, all);
    }

    // PostgreSQL refuses to be root, and wants to be able to come back to the folder that it was started in.
    private (string Program, string[] Arguments) As(string program, params string[] arguments) => ("env",
    [
        "-C", _folder!.FullName,
        .. Environment.IsPrivilegedProcess ? (string[])["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [],
        Path.Combine(_programs, program), .. arguments,
    ]);
}
