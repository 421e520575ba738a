using System.Reflection;

namespace Mcp.Monitoring.Instrumentation.Functions;

/// <summary>The instance behind a proxy. The container owns this, so that the instance is disposed of with its scope also where its interface does not say that it can be; once.</summary>
internal class ProxyTarget(object instance) : IDisposable, IAsyncDisposable
{
    private bool _isDisposed;

    public object Instance => instance;

    /// <summary>Notes that the service is being disposed of through its interface, by the container too.</summary>
    public void Calling(MethodInfo method)
    {
        Type? declaring = method.DeclaringType;
        if (declaring == typeof(IDisposable) || declaring == typeof(IAsyncDisposable))
        {
            _isDisposed = true;
        }
    }

    public void Dispose()
    {
        if (IsFirst())
        {
            if (instance is IDisposable disposable)
            {
                disposable.Dispose();
            }
            else if (instance is IAsyncDisposable)
            {
                throw new InvalidOperationException($"{instance.GetType()} can only be disposed of by DisposeAsync. Dispose of its scope, or the host, asynchronously.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsFirst())
        {
            if (instance is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (instance as IDisposable)?.Dispose();
            }
        }
    }

    private bool IsFirst() => !Interlocked.Exchange(ref _isDisposed, true);
}

/// <summary>That of one registration: the container finds it by both types.</summary>
internal sealed class ProxyTarget<TService, TImplementation>(object instance) : ProxyTarget(instance);
