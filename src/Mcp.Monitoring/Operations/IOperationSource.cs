namespace Mcp.Monitoring.Operations;

/// <summary>A door that knows at start which operations there are, so that their series exist before the first call.</summary>
internal interface IOperationSource
{
    void Declare();
}
