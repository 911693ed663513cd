using System.Diagnostics;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Frequent words that say little about a text's subject. Negations are not among them: they decide opinions.</summary>
public static class StopWords
{
    public static IReadOnlyList<string> French { get; } = Words("""
        le la les l un une des du de d au aux à et ou où en dans par pour sur sous avec sans entre vers chez dès
        ce cet cette ces c ça cela ceci celui celle ceux celles qui que qu quoi dont lequel laquelle lesquels lesquelles
        je j tu il elle on nous vous ils elles me m te t se s lui leur leurs eux moi toi soi y
        mon ma mes ton ta tes son sa ses notre nos votre vos
        est es suis sommes êtes sont était étais étaient étions été être sera seront serait soit soient
        a ai as avons avez ont avait avais avaient avoir aura auront aurait eu ayant étant
        si comme mais donc or car aussi ainsi alors puis quand lors lorsque puisque tout toute tous toutes même mêmes autre autres
        """);

    public static IReadOnlyList<string> English { get; } = Words("""
        a an the and or but if so as of at by for with about into onto from to in on up down out over under between through during
        before after above below again further then once here there when where why how all any both each few more most other some such
        own same than too very can will just should would could may might must do does did doing done have has had having
        be am is are was were been being i me my mine myself we us our ours ourselves you your yours yourself he him his himself
        she her hers herself it its itself they them their theirs themselves what which who whom this that these those
        """);

    public static IReadOnlyList<string> Of(StopList list) => list switch
    {
        StopList.French => French,
        StopList.English => English,
        StopList.None => [],
        _ => throw new UnreachableException(),
    };

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A ready list of stop words.</summary>
public enum StopList
{
    None,
    French,
    English,
}
