using System.Diagnostics;
using System.Text;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Whatever stands in a file, it is settings or a clear error, soon and in little memory.</summary>
public class FileFuzzTests(ITestOutputHelper output)
{
    private const int MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly string Untouched = new McpMonitoringOptions().Export();

    [Theory]
    [InlineData(20261124, 1_000)]
    [InlineData(20261125, 9_000)]
    public void Mutated_files_are_settings_or_a_clear_error(int seed, int count)
    {
        var random = new Random(seed);
        int valid = 0;
        var slowest = TimeSpan.Zero;
        long largest = 0;
        for (int i = 0; i < count; i++)
        {
            bool isYaml = random.Next(2) == 0;
            byte[] file = FileMutations.Next(random, Encoding.UTF8.GetBytes(isYaml ? DocumentedFile.Yaml : DocumentedFile.Json));

            Reading reading = Read(file, isYaml ? "m.yaml" : "m.json");

            valid += reading.Faults.Length == 0 ? 1 : 0;
            slowest = reading.Time > slowest ? reading.Time : slowest;
            largest = Math.Max(largest, reading.Bytes);
            Judge(reading, $"file {i}");
        }

        output.WriteLine($"{count} files, {valid} valid, slowest {slowest.TotalMilliseconds:F1} ms, most memory {largest / 1024} KiB");
        Assert.InRange(valid, count / 100, count - (count / 100));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_file_is_a_clear_error(string what)
    {
        (string name, byte[] file) = FileMutations.Hostile[what];

        Reading reading = Read(file, name);

        Judge(reading, what);
        Assert.NotEmpty(reading.Faults);
        output.WriteLine($"{what}: {reading.Faults[0].ToString("")} ({reading.Time.TotalMilliseconds:F1} ms, {reading.Bytes / 1024} KiB)");
    }

    public static TheoryData<string> Hostile() => [.. FileMutations.Hostile.Keys];

    private static void Judge(Reading reading, string what)
    {
        Assert.True(reading.Time < Longest, $"{what} took {reading.Time}.");
        Assert.True(reading.Bytes < MostBytes, $"{what} took {reading.Bytes} bytes.");
        Assert.All(reading.Faults, fault =>
        {
            string message = fault.ToString(fault.Place ?? fault.Path);
            Assert.InRange(message.Length, 10, 700);
            Assert.DoesNotContain(message, char.IsControl);
            Assert.EndsWith(fault.Remedy.EndsWith('?') ? "?" : ".", message, StringComparison.Ordinal);
        });

        // A file that cannot be read sets nothing.
        if (reading.Root is null)
        {
            Assert.Equal(Untouched, reading.Options.Export());
        }
    }

    // What takes long of itself takes long each time; a machine that does something else does not.
    private static Reading Read(byte[] file, string name)
    {
        Reading reading = ReadOnce(file, name);
        for (int i = 0; i < 5 && reading.Time >= Longest; i++)
        {
            reading = ReadOnce(file, name);
        }

        return reading;
    }

    private static Reading ReadOnce(byte[] file, string name)
    {
        var options = new McpMonitoringOptions();
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        var loader = new SettingsLoader(options);
        MapNode? root = SettingsFile.Parse(file, name, out Fault? unreadable);
        if (root is not null)
        {
            loader.Add(new FileLayer(root, name));
        }

        LoadedSettings loaded = loader.Load();
        var check = new SettingsCheck(options, loaded);
        string[] messages = [.. check.Faults];
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Fault[] faults = [.. unreadable is null ? loaded.Faults : loaded.Faults.Append(unreadable), .. SettingsTree.Check(options)];
        Assert.Equal(messages.Length == 0, faults.All(fault => fault.IsWarning) || (unreadable is not null && faults.Length == 1));
        return new Reading(options, root, faults, time, bytes);
    }

    private sealed record Reading(McpMonitoringOptions Options, MapNode? Root, Fault[] Faults, TimeSpan Time, long Bytes);
}
