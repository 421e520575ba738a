using Mcp.Monitoring.Instrumentation.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Functions;

public sealed class AddMonitoredRegistrationTests
{
    private readonly ServiceCollection _services = new();

    internal interface IPlain
    {
        int Run();
    }

    internal interface ISpans
    {
        [MonitorFunction("spans")]
        int Count(ReadOnlySpan<char> text);
    }

    internal interface IRefReturns
    {
        [MonitorFunction("ref")]
        ref int Place();
    }

    internal interface IStatics
    {
        static abstract int Make();

        [MonitorFunction("run")]
        int Run();
    }

    internal interface IRefStructs
    {
        [MonitorFunction("any")]
        int Any<T>(T value)
            where T : allows ref struct;
    }

    internal interface INameless
    {
        [MonitorFunction("")]
        int Run();
    }

    internal interface IResource
    {
        [MonitorFunction("use")]
        int Use();
    }

    internal interface IStore<T>
    {
        [MonitorFunction("put")]
        T Put(T value);

        [MonitorFunction("map")]
        TOther Map<TOther>(T value, Func<T, TOther> map);
    }

    internal interface IOrders : IStore<int>
    {
        int Count { get; }
    }

    internal interface IOwnResource : IResource, IDisposable;

    [Fact]
    public void What_no_proxy_can_stand_before_fails_at_registration_and_says_what_to_do()
    {
        Refused<ISpans, Implementation>("ISpans.Count takes 'text', ReadOnlySpan<Char>, which no proxy can hand on. Move it to another interface, or take Memory<T>.");
        Refused<IRefReturns, Implementation>("IRefReturns.Place returns Int32&, which no proxy can hand on. Move it to another interface.");
        Refused<IRefStructs, Implementation>("IRefStructs.Any allows ref structs as 'T', which no proxy can hand on. Move it to another interface.");
        Refused<INameless, Implementation>("[MonitorFunction] of INameless.Run has no name. Give it one");
        Refused<IPlain, Implementation>("Neither IPlain nor Implementation has a method with [MonitorFunction]. Put it on those");
        Refused<Implementation, Implementation>("Implementation is not an interface. Register the class as it is, put [MonitorFunction] on its methods");
        Refused<IResource, AbstractResource>("AbstractResource cannot be created. Name the class that implements IResource.");
        Assert.Empty(_services);
    }

    [Fact]
    public void Services_must_be_given() => Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddMonitored<IResource, Resource>());

    [Fact]
    public void Instance_lives_as_long_as_its_scope_unless_told_otherwise()
    {
        using ServiceProvider scoped = _services.AddMonitored<IResource, Resource>().BuildServiceProvider(validateScopes: true);
        using IServiceScope first = scoped.CreateScope();
        using IServiceScope second = scoped.CreateScope();

        Assert.Throws<InvalidOperationException>(() => scoped.GetRequiredService<IResource>());
        Assert.Same(first.ServiceProvider.GetRequiredService<IResource>(), first.ServiceProvider.GetRequiredService<IResource>());
        Assert.NotEqual(first.ServiceProvider.GetRequiredService<IResource>().Use(), second.ServiceProvider.GetRequiredService<IResource>().Use());
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton, true)]
    [InlineData(ServiceLifetime.Transient, false)]
    public void Instance_lives_as_long_as_it_is_told_to(ServiceLifetime lifetime, bool isSame)
    {
        using ServiceProvider services = _services.AddMonitored<IResource, Resource>(lifetime).BuildServiceProvider();

        Assert.Equal(isSame, services.GetRequiredService<IResource>().Use() == services.GetRequiredService<IResource>().Use());
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public void Instance_is_disposed_of_once_with_its_scope(ServiceLifetime lifetime)
    {
        var log = new List<string>();
        using ServiceProvider services = _services.AddSingleton(log)
            .AddMonitored<IResource, Resource>(lifetime).AddMonitored<IOwnResource, OwnResource>(lifetime).BuildServiceProvider();

        using (IServiceScope scope = services.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<IResource>().Use();
            scope.ServiceProvider.GetRequiredService<IOwnResource>().Use();
            Assert.Empty(log);
        }

        Assert.Equal(["own", "resource"], log);
    }

    [Fact]
    public async Task Instance_is_disposed_of_asynchronously_where_it_can_be()
    {
        var log = new List<string>();
        await using ServiceProvider services = _services.AddSingleton(log).AddMonitored<IResource, AsyncResource>().BuildServiceProvider();
        await using (AsyncServiceScope scope = services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<IResource>().Use();
        }

        Assert.Equal(["async"], log);
        AsyncServiceScope blocking = services.CreateAsyncScope();
        blocking.ServiceProvider.GetRequiredService<IResource>().Use();
        Assert.Contains("DisposeAsync", Assert.Throws<InvalidOperationException>(blocking.Dispose).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generic_and_inherited_interfaces_are_measured()
    {
        using var host = new TestHost(add: services => services
            .AddMonitored<IStore<int>, Store>(ServiceLifetime.Singleton).AddMonitored<IOrders, Store>(ServiceLifetime.Singleton));
        IOrders orders = host.Services.GetRequiredService<IOrders>();

        Assert.Equal(4, host.Services.GetRequiredService<IStore<int>>().Put(4));
        Assert.Equal((5, "6", 2), (orders.Put(5), orders.Map(6, value => $"{value}"), orders.Count));

        Assert.Equal(2, host.Sum("mcp_operations_total", ("operation", "put"), ("outcome", "success")));
        Assert.Equal(1, host.Sum("mcp_operations_total", ("operation", "map"), ("outcome", "success")));
    }

    private void Refused<TService, TImplementation>(string text)
        where TService : class
        where TImplementation : class, TService
    {
        var fault = Assert.Throws<ArgumentException>(() => _services.AddMonitored<TService, TImplementation>());
        Assert.StartsWith($"AddMonitored: {text}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Static_method_of_an_interface_fails_at_registration()
    {
        // An interface with one cannot be a type argument, so it comes in by inheritance.
        Assert.Contains(
            "IStatics.Make is static",
            Assert.Throws<ArgumentException>(() => ProxyCheck.NamesOf(typeof(IStatics), typeof(Implementation))).Message,
            StringComparison.Ordinal);
    }

    private sealed class Store : IOrders
    {
        public int Count { get; private set; }

        public int Put(int value)
        {
            Count++;
            return value;
        }

        public TOther Map<TOther>(int value, Func<int, TOther> map)
        {
            Count++;
            return map(value);
        }
    }

    private abstract class AbstractResource : IResource
    {
        public abstract int Use();
    }

    private class Resource(List<string>? log = null) : IResource, IDisposable
    {
        private static int _made;
        private readonly int _number = Interlocked.Increment(ref _made);

        public int Use() => _number;

        public void Dispose() => log?.Add("resource");
    }

    private sealed class OwnResource(List<string> log) : IOwnResource
    {
        public int Use() => 1;

        public void Dispose() => log.Add("own");
    }

    private sealed class AsyncResource(List<string> log) : IResource, IAsyncDisposable
    {
        public int Use() => 1;

        public ValueTask DisposeAsync()
        {
            log.Add("async");
            return default;
        }
    }

    private sealed class Implementation : IPlain, ISpans, IRefReturns, IStatics, IRefStructs, INameless
    {
        private int _place;

        public static int Make() => 1;

        public int Run() => 1;

        public int Count(ReadOnlySpan<char> text) => text.Length;

        public ref int Place() => ref _place;

        public int Any<T>(T value)
            where T : allows ref struct => 1;
    }
}
