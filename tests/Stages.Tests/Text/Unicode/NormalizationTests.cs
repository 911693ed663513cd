using ADRaffy.ENSNormalize;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Tests.Stages.Text.Unicode;

public class NormalizationTests
{
    [Theory]
    [InlineData("cafe\u0301", "caf\u00E9", "cafe\u0301")]
    [InlineData("\u212B\u2126", "\u00C5\u03A9", "A\u030A\u03A9")]
    [InlineData("o\u0323\u0302 o\u0302\u0323", "\u1ED9 \u1ED9", "o\u0323\u0302 o\u0323\u0302")]
    [InlineData("\u1112\u1161\u11AB \uD55C", "\uD55C \uD55C", "\u1112\u1161\u11AB \u1112\u1161\u11AB")]
    [InlineData("\u0958 \uFB01 \u00BD", "\u0915\u093C \uFB01 \u00BD", "\u0915\u093C \uFB01 \u00BD")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("a\uD800\u0301\uDC00", "a\uD800\u0301\uDC00", "a\uD800\u0301\uDC00")]
    [InlineData("", "", "")]
    public void Forms_are_those_of_Unicode(string text, string composed, string decomposed)
    {
        Assert.Equal(composed, Normalization.Nfc(text));
        Assert.Equal(decomposed, Normalization.Nfd(text));
    }

    [Fact]
    public void What_needs_no_change_is_the_same_string()
    {
        const string Text = "Œdème aigu à l’arrivée : 37 €";
        Assert.Same(Text, Normalization.Nfc(Text));
    }

    /// <summary>Another implementation, on every code point that has a class or a decomposition, alone and in company.</summary>
    [Fact]
    public void Another_implementation_agrees()
    {
        int[] codes = [.. CanonicalData.Shared.UncertainInC.Concat(CanonicalData.Shared.Decomposed).Distinct().Order(),
            .. Enumerable.Range('A', 26), 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01];
        var random = new Random(1);
        var together = Enumerable.Range(0, 20_000)
            .Select(_ => string.Concat(Enumerable.Range(0, 6).Select(_ => One(codes[random.Next(codes.Length)]))));

        var different = codes.Select(One).Concat(together)
            .Where(text => Normalization.Nfc(text) != ENSNormalize.NF.NFC(text) || Normalization.Nfd(text) != ENSNormalize.NF.NFD(text));

        Assert.Empty(different.Take(5));

        static string One(int code) => char.ConvertFromUtf32(code);
    }

    /// <summary>Unicode's own test, where Debian's package unicode-data is installed: all that is not listed stays as it is.</summary>
    [UnicodeDataFact]
    public void All_of_Unicode_is_as_its_test_says()
    {
        var cases = UnicodeDataFactAttribute.Lines().Where(line => line.Length > 0 && line[0] is not ('#' or '@'))
            .Select(line => line.Split(';')[..5].Select(UnicodeDataFactAttribute.Text).ToArray()).ToList();
        var single = cases.Where(forms => forms[0].EnumerateRunes().Count() == 1).Select(forms => forms[0])
            .ToHashSet(StringComparer.Ordinal);
        var others = Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)
            .Where(text => !single.Contains(text));

        Assert.Empty(cases.Where(forms => forms.Index().Any(form =>
            Normalization.Nfc(form.Item) != forms[form.Index < 3 ? 1 : 3] || Normalization.Nfd(form.Item) != forms[form.Index < 3 ? 2 : 4]))
            .Take(5));
        Assert.Empty(others.Where(text => Normalization.Nfc(text) != text || Normalization.Nfd(text) != text).Take(5));
        Assert.True(cases.Count > 15_000);
    }

    /// <summary>Sorting a run of marks by insertion would take minutes here.</summary>
    [Fact]
    public void A_long_run_of_marks_takes_no_longer_than_its_length()
    {
        var text = "e" + string.Concat(Enumerable.Repeat("\u0301\u0316", 200_000));
        Assert.Equal(text.Length - 1, Normalization.Nfc(text).Length);
    }
}
