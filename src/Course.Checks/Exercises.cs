namespace Course.Checks;

/// <summary>All exercises of the course.</summary>
public static class Exercises
{
    /// <summary>All exercises, in the course's order.</summary>
    public static IReadOnlyList<Exercise> All { get; } =
    [
        new Chapter00.Surprise(),
        new Chapter00.WhoIsWho(),
        new Chapter00.FromCounts(),
        new Chapter00.WhatABeliefHasCost(),
        new Chapter01.TextEntropy(),
        new Chapter01.WrongCode(),
        new Chapter01.PossibleLengths(),
        new Chapter01.HuffmanAverage(),
        new Chapter01.LimitedWords(),
        new Chapter02.DivergenceByHand(),
        new Chapter02.ChainRuleInBits(),
        new Chapter02.Supports(),
        new Chapter02.TriangleCounterexample(),
        new Chapter02.InformationProjection(),
        new Chapter03.LossFromLogits(),
        new Chapter03.TorchReduction(),
        new Chapter03.TrainingDirection(),
        new Chapter03.SmoothedTargets(),
        new Chapter03.BestTemperature(),
        new Chapter04.MomentMatching(),
        new Chapter04.WholeLine(),
        new Chapter04.Labels(),
        new Chapter04.TippingPoint(),
        new Chapter04.LowestReverseFit(),
        new Chapter05.JensenShannonByHand(),
        new Chapter05.BestTest(),
        new Chapter05.ImperfectCritic(),
        new Chapter05.OppositeOrder(),
        new Chapter05.RenyiOfEveryOrder(),
        new Chapter06.OneDimension(),
        new Chapter06.BatchReduction(),
        new Chapter06.ChangeOfUnits(),
        new Chapter06.ManyDimensions(),
        new Chapter06.Stretch(),
        new Chapter07.StalePenalty(),
        new Chapter07.WhichGradient(),
        new Chapter07.CorrectedEntropy(),
        new Chapter07.SmallestBatch(),
        new Chapter07.NeighbourDivergence(),
        new Chapter08.BoundAndGap(),
        new Chapter08.WeightOfTheRate(),
        new Chapter08.ReadingACurve(),
        new Chapter08.FreeBitsLoss(),
        new Chapter08.MeanFieldOfUnits(),
        new Chapter09.SoftTargetGradient(),
        new Chapter09.SnippetByHand(),
        new Chapter09.WhichLoss(),
        new Chapter09.SureTeacher(),
        new Chapter09.LinearStudent(),
        new Chapter10.PolicyGradientByHand(),
        new Chapter10.NaturalStep(),
        new Chapter10.WhichDirection(),
        new Chapter10.ClipSlope(),
        new Chapter10.BudgetOfNats(),
    ];

    /// <summary>The exercise with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Exercise Find(string id) => All.FirstOrDefault(e => e.Id == id)
        ?? throw new ArgumentException($"There is no exercise '{id}'. There are: {string.Join(", ", All.Select(e => e.Id))}.", nameof(id));
}
