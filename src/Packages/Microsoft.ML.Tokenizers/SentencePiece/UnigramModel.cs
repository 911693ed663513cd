using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>Cuts a text into the pieces whose scores have the greatest sum (Viterbi's algorithm over a lattice of pieces).</summary>
internal sealed class UnigramModel
{
    private const float UnknownPenalty = 10;

    private readonly Dictionary<(int Node, byte Next), int> _children = [];
    private readonly List<int> _pieceAtNode = [-1];
    private readonly List<ModelFile.Piece> _pieces;
    private readonly int _unknownId;
    private readonly float _unknownScore;
    private readonly float _bestScore;

    public UnigramModel(ModelFile model)
    {
        _pieces = model.Pieces;
        _unknownId = model.UnknownId;
        var scores = new List<float>();
        foreach (var (id, piece) in model.Pieces.Index())
            if (piece.Type is ModelFile.PieceType.Normal or ModelFile.PieceType.UserDefined or ModelFile.PieceType.Unused)
            {
                Add(Encoding.UTF8.GetBytes(piece.Text), id);
                scores.Add(piece.Score);
            }
        _unknownScore = scores.DefaultIfEmpty().Min() - UnknownPenalty;
        _bestScore = scores.DefaultIfEmpty().Max();
    }

    /// <summary>The pieces of a normalized text, with the bytes each covers.</summary>
    public List<(int Id, int Start, int End)> Cut(ReadOnlySpan<byte> text)
    {
        var best = new (float Score, int Start, int Id)[text.Length + 1];
        for (var i = 1; i < best.Length; i++)
            best[i].Start = -1;
        for (var start = 0; start < text.Length; start += CharacterLength(text, start))
            Extend(text, start, best);

        var pieces = new List<(int, int, int)>();
        for (var end = text.Length; end > 0; end = best[end].Start)
            pieces.Add((best[end].Id, best[end].Start, end));
        pieces.Reverse();
        return pieces;
    }

    private void Extend(ReadOnlySpan<byte> text, int start, (float Score, int Start, int Id)[] best)
    {
        var length = CharacterLength(text, start);
        var hasCharacter = false;
        var node = 0;
        for (var end = start; end < text.Length && _children.TryGetValue((node, text[end]), out node); end++)
        {
            var id = _pieceAtNode[node];
            if (id < 0 || _pieces[id].Type == ModelFile.PieceType.Unused)
                continue;
            Offer(best, start, end + 1, id, ScoreOf(id, end + 1 - start));
            hasCharacter |= end + 1 - start == length;
        }
        if (!hasCharacter)
            Offer(best, start, start + length, _unknownId, _unknownScore);
    }

    private static void Offer((float Score, int Start, int Id)[] best, int start, int end, int id, float score)
    {
        var total = best[start].Score + score;
        if (best[end].Start < 0 || total > best[end].Score)
            best[end] = (total, start, id);
    }

    // A piece the user defined always wins.
    private float ScoreOf(int id, int length) =>
        _pieces[id].Type == ModelFile.PieceType.UserDefined ? (length * _bestScore) - 0.1f : _pieces[id].Score;

    private static int CharacterLength(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start] switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
        return Math.Min(length, text.Length - start);
    }

    private void Add(byte[] piece, int id)
    {
        var node = 0;
        foreach (var letter in piece)
        {
            if (!_children.TryGetValue((node, letter), out var next))
            {
                next = _pieceAtNode.Count;
                _children.Add((node, letter), next);
                _pieceAtNode.Add(-1);
            }
            node = next;
        }
        _pieceAtNode[node] = id;
    }
}
