namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>What people can have done by a button. The numbers are in messages that were sent.</summary>
internal enum AnswerAction : byte
{
    Acknowledge = 1,
    Silence = 2,
    Resolve = 3,
}

/// <summary>A button below a message by which people answer.</summary>
internal readonly record struct AnswerButton(string Text, string Code);

/// <summary>What a button stands for.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Incident">The number of the incident; 0 where there is none.</param>
/// <param name="Message">The id of the message below which it stands, 16 hexadecimal digits: for each message, its buttons work once.</param>
/// <param name="ValidUntil">Until when it works.</param>
internal readonly record struct Answer(AnswerAction Action, int Incident, string Message, DateTimeOffset ValidUntil);
