using System.Diagnostics;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>A disk of its own: small, made read-only, taken away.</summary>
public sealed class StateMountTests : IDisposable
{
    private static readonly StateSettings Settings = new();

    private readonly StoredFile _file = new();
    private readonly bool _isMounted;

    public StateMountTests()
    {
        Directory.CreateDirectory(_file.Folder);
        _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _file.Folder);
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _file.Folder);
        }

        _file.Dispose();
    }

    [Fact]
    public void Disk_that_becomes_read_only_is_told_of_until_it_may_be_written()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            // Files that are open stay as they were: a view of the same folder that is read-only is laid over it.
            Assert.True(Run("mount", "--bind", _file.Folder, _file.Folder) && Run("mount", "-o", "remount,ro,bind", _file.Folder));
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("meanwhile")));
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
            Assert.Contains("read-only", worker.Degraded, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(_file.Path, worker.Degraded, StringComparison.Ordinal);

            Assert.True(Run("umount", "-l", _file.Folder));
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal(["former", "meanwhile"], _file.ReadFacts());
    }

    [Fact]
    public void Disk_that_is_full_is_told_of_until_there_is_room()
    {
        var (worker, unsaved) = Begin();
        using (worker)
        {
            string ballast = Path.Combine(_file.Folder, "ballast");
            Fill(ballast);
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("large", new string('x', 300_000))));
            worker.Step();
            Assert.Contains("disk full", worker.Degraded, StringComparison.Ordinal);

            File.Delete(ballast);
            _file.Host.Clock.Advance(Settings.BetweenTries);
            worker.Step();
            Assert.Null(worker.Degraded);
        }

        Assert.Equal(["former", "large"], _file.ReadFacts());
    }

    [Fact]
    public void Disk_that_is_taken_away_is_noticed_and_all_is_written_where_its_folder_was()
    {
        var (worker, _) = Begin();
        using (worker)
        {
            Assert.True(Run("umount", "-l", _file.Folder));
            _file.Host.Clock.Advance(Settings.BetweenLooks);
            worker.Step();
            Assert.Contains("file was removed", worker.Degraded, StringComparison.Ordinal);
        }

        Assert.Equal(["former"], _file.ReadFacts());
    }

    private static void Fill(string ballast)
    {
        using FileStream stream = File.Create(ballast);
        try
        {
            while (true)
            {
                stream.Write(new byte[4_096]);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        (string program, string[] all) = Environment.IsPrivilegedProcess ? (command, arguments) : ("sudo", ["-n", command, .. arguments]);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private (StateWorker Worker, UnsavedChanges Unsaved) Begin()
    {
        Needs.That(_isMounted, "Only Linux, and there only root or who may become root without a password, mounts a disk.");
        _file.Write(StoredFile.Fact("former"));
        var (worker, unsaved) = _file.Open();
        worker.Step();
        return (worker, unsaved);
    }
}
