namespace Pipelines.Stages.Text;

/// <summary>A step that turns a text into another text, e.g. cleaning or lemmatizing; usable from several threads.</summary>
public interface ITextStep
{
    string Apply(string text);
}
