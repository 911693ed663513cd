using Pipelines.Benchmarks;

return args switch
{
    ["training", .. var rest] => await TrainingSpeed.RunAsync(rest),
    ["encoder", .. var rest] => await EncoderSpeed.RunAsync(rest),
    ["classifying", .. var rest] => await ClassifierSpeed.RunAsync(rest),
    ["mapping", .. var rest] => await MapSpeed.RunAsync(rest),
    ["explaining", .. var rest] => await ExplanationSpeed.RunAsync(rest),
    ["explained", .. var rest] => await ExplanationQuality.RunAsync(rest),
    ["preparing", .. var rest] => await PreparationSpeed.RunAsync(rest),
    ["planning", .. var rest] => PlanningSpeed.Run(rest),
    ["reproducing", .. var rest] => await Reproducibility.RunAsync(rest),
    ["parquet", .. var rest] => await ParquetSpeed.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("training FOLDER EPOCHS ROWS [COMMAND...] | encoder SENTENCES EPOCHS PADDED_ROWS [COMMAND...] | "
            + "classifying FOLDER EPOCHS ROWS BATCH PEER [NETWORK] | mapping [WORDS] | explaining FOLDER TEXTS [COMMAND...] | "
            + "explained FOLDER [TEXTS COMPARED [NAME...]] | preparing TEXTS | planning [STAGES...] | reproducing FOLDER RUNS | "
            + "parquet [ROWS [COLUMN...]]");
    return 2;
}
