using System.Runtime.CompilerServices;

namespace Mcp.Monitoring.Tests;

/// <summary>What counts as held. The library keeps lists of its own in static fields, which tests beside these fill.</summary>
[Collection(nameof(Alone))]
public class ReachableObjectsTests
{
    private const int Many = 1_000;

    [Fact]
    public void Everything_that_is_held_counts_wherever_it_is_held()
    {
        var list = new List<string>();
        var pairs = new Dictionary<string, (int Number, object Value)>(StringComparer.Ordinal);
        Action? captured = null;
        object[] roots = [list, pairs, new Holder(() => captured)];
        int before = ReachableObjects.Count(roots);

        for (int i = 0; i < Many; i++)
        {
            list.Add($"list {i}");
            pairs.Add($"key {i}", (i, new object()));
        }

        Assert.InRange(ReachableObjects.Count(roots) - before, 3 * Many, (3 * Many) + 10);

        string text = $"captured {list.Count}";
        captured = () => list.Add(text);
        Assert.InRange(ReachableObjects.Count(roots) - before, (3 * Many) + 2, (3 * Many) + 20);
    }

    [Fact]
    public void What_is_held_weakly_does_not_count()
    {
        object[] alive = [.. Enumerable.Range(0, Many).Select(_ => new object())];
        var table = new ConditionalWeakTable<object, object>();
        var weak = new List<WeakReference>();
        int before = ReachableObjects.Count(table, weak);

        foreach (object one in alive)
        {
            table.Add(one, new object());
            weak.Add(new WeakReference(one));
        }

        // The references themselves are held.
        Assert.InRange(ReachableObjects.Count(table, weak) - before, Many, Many + 20);
        GC.KeepAlive(alive);
    }

    [Fact]
    public void What_a_service_of_a_host_holds_counts()
    {
        using var host = new TestHost();
        int before = ReachableObjects.Count(host.Services);

        for (int i = 0; i < Many; i++)
        {
            host.Registry.UnknownOperations.With($"name {i}");
        }

        Assert.InRange(ReachableObjects.Count(host.Services) - before, 2 * Many, 20 * Many);
    }

    private sealed class Holder(Func<Action?> held)
    {
        public Func<Action?> Held => held;
    }
}
