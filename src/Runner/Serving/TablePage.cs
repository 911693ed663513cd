using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Serving;

/// <summary>Rows of a table in the store, page by page; only the row groups that hold them are read.</summary>
internal sealed class TablePage(Site site)
{
    private const int OnePage = 50;

    /// <exception cref="RefusedException">There is no such table.</exception>
    /// <exception cref="DamagedArtifactException">It is no longer in the store, or not what was written.</exception>
    public async Task<TablePageView> OfAsync(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        string Named(string value) => (string)context.Request.RouteValues[value]!;
        if (Find(Named("run"), Named("stage"), Named("port")) is not { } table)
            throw new RefusedException("page_no_such_table");
        StoredArtifacts.Check(site.Store, [table]);
        var paging = Paging.Of(context.Request, table.Rows, OnePage);
        List<IReadOnlyList<Cell>> rows = [];
        var columns = table.Columns;
        await foreach (var (batch, row) in table.RowsAsync(
            [.. columns.Select(column => column.Name)], paging.First, OnePage, context.RequestAborted).ConfigureAwait(false))
            rows.Add([
                new(language.Numbers.Of(paging.First + rows.Count + 1), "num row-number"),
                .. batch.Columns.Select((column, i) => CellOf(column, columns[i].Type, row, language))]);
        var headline = new RunHeadline(site, language);
        return new($"{Named("stage")}.{Named("port")}", Named("run"),
            string.Join(" · ", headline.Rows(table.Rows),
                language.Phrase("page_column_count", ("count", language.Numbers.Of(columns.Count)))),
            new(
                [
                    new(language.Phrase("page_row_number"), "num row-number"),
                    .. columns.Select(column => new Cell(column.Name, ClassOf(column.Type))),
                ], rows, null),
            [.. columns.Select(column => new FactView(column.Name, column.Type.ToString(), IsCode: true))], paging);
    }

    private Table? Find(string run, string stage, string port) =>
        site.Runs.Find(run)?.Stages.FirstOrDefault(other => other.Id == stage)?.Outcome.Shown?.ByPort.GetValueOrDefault(port)
            is [Table table, ..] ? table : null;

    // Numbers are exact, as in the terminal: who looks into a table wants to know what is in it.
    private static Cell CellOf(ColumnData column, ColumnType type, int row, Language language)
    {
        if (column is Values<bool> truths)
            return new(language.Numbers.Of(truths[row]), truths[row] ? "check yes" : "check no");
        return column is Values<string> texts && texts[row] is null
            ? new(language.Numbers.Of(null), "none")
            : new(PageText.Short(CellFormat.Of(column, row)), ClassOf(type));
    }

    private static string ClassOf(ColumnType type) => type.IsList || type.Element == ElementType.String ? "text"
        : type.Element == ElementType.Bool ? "check" : "num";
}

/// <param name="Run">The run whose stage made it.</param>
/// <param name="Types">Of the columns, by name.</param>
internal sealed record TablePageView(
    string Heading, string Run, string Lead, TableView Rows, IReadOnlyList<FactView> Types, Paging Paging)
    : PageView("table", Heading, Navigation.Runs);
