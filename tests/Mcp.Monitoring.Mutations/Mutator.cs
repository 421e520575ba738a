using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mcp.Monitoring.Mutations;

/// <summary>
/// Writes a file so that each of its comparisons, sums, conditions and constants is another one while the number of that change is switched on: <c>a &lt; b</c> becomes
/// <c>(Mutant.Is(7) ? (a &lt;= b) : (a &lt; b))</c>. All changes are in one build, and each run of the tests has one.
/// </summary>
internal sealed class Mutator(string file, ISet<int> impossible, List<Mutation> found) : CSharpSyntaxRewriter
{
    private static readonly Dictionary<SyntaxKind, (SyntaxKind Expression, SyntaxKind Token)> Others = new()
    {
        [SyntaxKind.LessThanExpression] = (SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
        [SyntaxKind.LessThanOrEqualExpression] = (SyntaxKind.LessThanExpression, SyntaxKind.LessThanToken),
        [SyntaxKind.GreaterThanExpression] = (SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.GreaterThanEqualsToken),
        [SyntaxKind.GreaterThanOrEqualExpression] = (SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanToken),
        [SyntaxKind.EqualsExpression] = (SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        [SyntaxKind.NotEqualsExpression] = (SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        [SyntaxKind.LogicalAndExpression] = (SyntaxKind.LogicalOrExpression, SyntaxKind.BarBarToken),
        [SyntaxKind.LogicalOrExpression] = (SyntaxKind.LogicalAndExpression, SyntaxKind.AmpersandAmpersandToken),
        [SyntaxKind.AddExpression] = (SyntaxKind.SubtractExpression, SyntaxKind.MinusToken),
        [SyntaxKind.SubtractExpression] = (SyntaxKind.AddExpression, SyntaxKind.PlusToken),
        [SyntaxKind.MultiplyExpression] = (SyntaxKind.DivideExpression, SyntaxKind.SlashToken),
        [SyntaxKind.DivideExpression] = (SyntaxKind.MultiplyExpression, SyntaxKind.AsteriskToken),
    };

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitBinaryExpression(node)!;
        if (!Others.TryGetValue(node.Kind(), out var other) || IsOfTexts(node))
        {
            return visited;
        }

        SyntaxToken token = SyntaxFactory.Token(other.Token).WithTriviaFrom(node.OperatorToken);
        return Switched(node, visited, SyntaxFactory.BinaryExpression(other.Expression, node.Left, token, node.Right));
    }

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitPrefixUnaryExpression(node)!;
        return node.IsKind(SyntaxKind.LogicalNotExpression) ? Switched(node, visited, node.Operand) : visited;
    }

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) => node.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => Switched(node, node, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression)),
        SyntaxKind.FalseLiteralExpression => Switched(node, node, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression)),
        SyntaxKind.NumericLiteralExpression => Switched(node, node, SyntaxFactory.ParseExpression($"{node} + 1")),
        _ => node,
    };

    // A loop without an end needs no return after it; one with a switch would.
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        node.Condition.IsKind(SyntaxKind.TrueLiteralExpression) ? node.WithStatement((StatementSyntax)Visit(node.Statement)) : base.VisitWhileStatement(node);

    // What is constant cannot be switched; where it need not be, it is made a property.
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        bool isNumber = node.Declaration.Variables is [{ Initializer.Value: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } }];
        if (!node.Modifiers.Any(SyntaxKind.ConstKeyword))
        {
            return base.VisitFieldDeclaration(node);
        }

        if (!isNumber || !IsPossible(node) || IsNeeded(node))
        {
            return node;
        }

        VariableDeclaratorSyntax variable = node.Declaration.Variables[0];
        string value = variable.Initializer!.Value.ToString();
        int number = Add(node, $"{variable.Identifier} = {value}", $"{value} + 1");
        string modifiers = string.Join(' ', node.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ConstKeyword)).Select(modifier => modifier.Text));
        return SyntaxFactory.ParseMemberDeclaration($"{modifiers} static {node.Declaration.Type} {variable.Identifier} => Mutant.Is({number}) ? {value} + 1 : {value};")!.WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitEnumMemberDeclaration(EnumMemberDeclarationSyntax node) => node;

    public override SyntaxNode? VisitParameter(ParameterSyntax node) => node;

    public override SyntaxNode? VisitConstantPattern(ConstantPatternSyntax node) => node;

    public override SyntaxNode? VisitRelationalPattern(RelationalPatternSyntax node) => node;

    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) => node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    private static bool IsOfTexts(BinaryExpressionSyntax node) =>
        node.IsKind(SyntaxKind.AddExpression) && node.DescendantNodesAndSelf().Any(part => part.IsKind(SyntaxKind.StringLiteralExpression) || part is InterpolatedStringExpressionSyntax);

    // Patterns, attributes, defaults of parameters and other constants take constants only.
    private static bool IsNeeded(FieldDeclarationSyntax node) => node.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.Text == node.Declaration.Variables[0].Identifier.Text)
        .SelectMany(name => name.Ancestors())
        .Any(outer => outer is ConstantPatternSyntax or RelationalPatternSyntax or AttributeSyntax or ParameterSyntax or CaseSwitchLabelSyntax
            || (outer is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)));

    // A name that is declared within would be declared twice.
    private static bool Declares(SyntaxNode node) => node.DescendantNodes().Any(part => part is SingleVariableDesignationSyntax);

    private ExpressionSyntax Switched(ExpressionSyntax node, ExpressionSyntax visited, ExpressionSyntax other)
    {
        if (Declares(node) || !IsPossible(node))
        {
            return visited;
        }

        int number = Add(node, node.ToString(), other.ToString());
        return SyntaxFactory.ParseExpression($"(Mutant.Is({number}) ? ({other.WithoutTrivia()}) : ({visited.WithoutTrivia().ToFullString()}))").WithTriviaFrom(node);
    }

    // Numbers stay the same from one attempt to the next, so that those which do not compile can be left out.
    private bool IsPossible(SyntaxNode node) => !impossible.Contains(NumberOf(node));

    private int NumberOf(SyntaxNode node) => HashOf($"{file}:{node.SpanStart}:{node.Span.Length}");

    private int Add(SyntaxNode node, string before, string after)
    {
        int number = NumberOf(node);
        found.Add(new Mutation(number, file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, OneLine(before), OneLine(after)));
        return number;
    }

    private static string OneLine(string code) => string.Join(' ', code.Split((char[])['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static int HashOf(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 16_777_619;
        }

        return (int)(hash & int.MaxValue);
    }
}
