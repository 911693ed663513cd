using System.Reflection;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Tests.Stages.Models;

public sealed class PredictorTests
{
    [Fact]
    public void Every_architecture_is_found_by_its_name()
    {
        var predictors = typeof(Predictor).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Predictor)) && !type.IsAbstract).ToList();
        Assert.All(predictors, type => Assert.Equal(type, Predictor.Find(type.GetCustomAttribute<ArchitectureAttribute>()!.Name)));
        Assert.NotEmpty(predictors);
    }

    [Theory]
    [InlineData("resnet")]
    [InlineData("class")]
    [InlineData("Classifier")]
    [InlineData("../x")]
    [InlineData("")]
    public void What_is_no_architecture_is_not_found(string name) => Assert.Null(Predictor.Find(name));
}
