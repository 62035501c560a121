using System.Text;
using Course.Checks;
using Course.Grading.Classroom;
using Course.Grading.Results;

namespace Course.Grading.Tests;

/// <summary>In which order a class is graded, what is tried again, and what becomes of a class whose grader dies.</summary>
public sealed class ClassRunTests
{
    [Theory]
    [InlineData(Outcome.Correct)]
    [InlineData(Outcome.TimedOut)]
    [InlineData(Outcome.NotGraded)]
    [InlineData(Outcome.Stalled)]
    public async Task What_stalls_is_tried_again_once_alone_after_all_others(Outcome then)
    {
        using var made = new StubbedClass("alice", "bob", "carol", "dave")
        {
            Outcomes = (student, id, nth) =>
                (student, id) is not (("alice", "02.2") or ("carol", "02.1")) ? Outcome.Correct : nth == 1 ? Outcome.Stalled : then,
        };
        var steps = new List<GradingStep>();
        ClassResult result = await made.GradeAsync(journal: null, progress: new Immediate(steps));
        Assert.Equal(["alice 02.2 *", "carol 02.1 *"], made.Graded.Skip(4));
        Assert.Equal([Outcome.Correct, then], StubbedClass.OutcomesOf(result, "alice"));
        Assert.Equal([then, Outcome.Correct], StubbedClass.OutcomesOf(result, "carol"));

        // All that is told adds up, and a notebook is done when its last exercise is.
        Assert.Equal(made.Read().Exercises, steps.Sum(s => s.Exercises));
        Assert.Equal(4, steps.Count(s => s.IsLast));
        Assert.Equal(["alice.ipynb", "carol.ipynb"], steps.Where(s => s.IsLast).Select(s => s.File).TakeLast(2));
    }

    [Fact]
    public async Task A_notebook_at_which_a_run_died_is_graded_after_all_others_and_alone()
    {
        using var made = new StubbedClass("alice", "bob", "carol", "dave")
        {
            Outcomes = (student, id, nth) =>
                (student, id, nth) is ("bob", "02.1", 1) or ("alice", "02.2", 1) ? Outcome.Stalled : Outcome.Correct,
        };
        using var journal = new Journal(Growing(await DeadAsync(made, "alice")));
        await made.GradeAsync(journal);
        Assert.Equal(["bob 02.1 *", "alice 02.1 02.2 *", "alice 02.2 *"], made.Graded.TakeLast(3));
        Assert.Equal(6, made.Graded.Count);
    }

    [Fact]
    public async Task A_notebook_at_which_two_runs_died_is_left_out_and_named_until_it_is_graded_again()
    {
        using var made = new StubbedClass("alice", "bob smith", "carol");
        byte[] once = await DeadAsync(made, "bob smith");
        byte[] twice = await DeadAsync(made, "bob smith", once);
        using var journal = new Journal(Growing(twice));
        ClassResult result = await made.GradeAsync(journal);
        Assert.DoesNotContain(made.Graded, g => g.StartsWith("bob", StringComparison.Ordinal));
        StudentResult bob = result.Students[1];
        Assert.Equal([Outcome.LeftOut, Outcome.LeftOut], bob.Exercises.Select(e => e.Verdict.Outcome));
        Assert.Equal(
            "02.1, 02.2 left out: Grading ended twice while this was being graded. To try again: course grade CLASS --again \"bob smith\"",
            Assert.Single(bob.LooksNeeded));
        Assert.Null(bob.Points);
        Assert.Null(bob.Notebooks.Single().Grade);
        Assert.Equal([false, true, false], result.Students.Select(s => s.NeedsALook));

        // It stays left out; what is graded again is alone, and done for good.
        Assert.Equal(StubbedClass.Files(result), StubbedClass.Files(await made.GradeAsync(journal)));
        result = await made.GradeAsync(journal, again: ["bob smith"]);
        Assert.Equal(["bob smith 02.1 02.2 *"], made.Graded);
        Assert.Equal([Outcome.Correct, Outcome.Correct], StubbedClass.OutcomesOf(result, "bob smith"));
        await made.GradeAsync(journal);
        Assert.Empty(made.Graded);
    }

    [Fact]
    public async Task A_run_that_is_stopped_in_good_order_holds_nothing_against_anyone()
    {
        using var made = new StubbedClass("alice", "bob");
        byte[] file = [];
        for (int run = 0; run < 3; run++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            made.Meanwhile = async (_, cancellation) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellation);
            };
            MemoryStream stream = Growing(file);
            using (var journal = new Journal(stream))
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made.GradeAsync(journal, stop: stop));
            file = stream.ToArray();
        }
        Assert.InRange(Lines(file, "Begun"), 3, 6);
        Assert.Equal(Lines(file, "Begun"), Lines(file, "Stopped"));
        made.Meanwhile = (_, _) => Task.CompletedTask;
        using var last = new Journal(Growing(file));
        ClassResult result = await made.GradeAsync(last);
        Assert.All(result.Students.SelectMany(s => s.Exercises), e => Assert.Equal(Outcome.Correct, e.Verdict.Outcome));
    }

    /// <summary>A stop in good order takes back its own begin and no earlier one.</summary>
    [Fact]
    public void A_stop_takes_back_one_begin_and_verdicts_take_back_all()
    {
        using var file = new MemoryStream();
        using (var journal = new Journal(file))
        {
            journal.Begin("a");
            journal.Begin("a");
            journal.Stop("a");
            journal.Begin("b");
            journal.Begin("b");
            journal.Add("b", []);
            journal.Begin("c");
            Check(journal);
        }
        using var later = new Journal(Growing(file.ToArray()));
        Check(later);

        static void Check(Journal journal) =>
            Assert.Equal([1, 0, 1, 0], new[] { "a", "b", "c", "d" }.Select(journal.BeginsWithoutEnd));
    }

    [Fact]
    public void A_journal_of_before_the_notes_is_read()
    {
        const string Line =
            """{"Key":"k","Verdicts":[{"Exercise":"02.1","Outcome":"Wrong","Message":"no","Mistake":"sign","OutcomeText":"wrong"}]}""";
        using var journal = new Journal(
            Growing(Encoding.UTF8.GetBytes($"{Line}\n{{\"Key\":\"x\",\"Note\":\"Other\"}}\n{{\"Key\":\"y\"}}\n")));
        Assert.Equal([new Verdict("02.1", Outcome.Wrong, "no", "sign")], journal.Find("k"));
        Assert.Equal([0, 0, 0], new[] { "k", "x", "y" }.Select(journal.BeginsWithoutEnd));
    }

    [Theory]
    [InlineData("alice", "alice 02.1 02.2")]
    [InlineData("2.1", "alice 02.1, bob 02.1, 02.2 02.1")]
    [InlineData("02.1", "alice 02.1, bob 02.1, 02.2 02.1")]
    [InlineData("bob/2.2", "bob 02.2")]
    [InlineData("bob/02.02", "bob 02.2")]
    [InlineData("02.2", "02.2 02.1 02.2")]
    [InlineData("2.2", "alice 02.2, bob 02.2, 02.2 02.2")]
    [InlineData("02.2/02.1", "02.2 02.1")]
    [InlineData("alice bob/02.1 bob/02.1 2.1", "alice 02.1 02.2, bob 02.1, 02.2 02.1")]
    public async Task What_is_named_is_graded_anew_and_the_rest_is_known(string named, string graded)
    {
        using var made = new StubbedClass("alice", "bob", "02.2");
        using var file = new MemoryStream();
        using var journal = new Journal(file);
        ClassResult first = await made.GradeAsync(journal);
        made.Outcomes = (_, _, _) => Outcome.Wrong;
        ClassResult second = await made.GradeAsync(journal, again: named.Split(' '), atOnce: 1);
        string[] expected = graded.Split(", ");
        Assert.Equal(expected.Order(StringComparer.Ordinal), made.Graded.Select(g => g[..^2]).Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Sum(e => e.Split(' ').Length - 1),
            second.Students.SelectMany(s => s.Exercises).Count(e => e.Verdict.Outcome == Outcome.Wrong));

        // What was found anew is what the journal knows from then on, in this process and the next.
        using var later = new Journal(Growing(file.ToArray()));
        Assert.Equal(StubbedClass.Files(second), StubbedClass.Files(await made.GradeAsync(later)));
        Assert.Empty(made.Graded);
        Assert.NotEqual(StubbedClass.Files(first), StubbedClass.Files(second));
    }

    [Theory]
    [InlineData("alcie", "'alcie' cannot be graded again: there is no student 'alcie'. Did you mean 'alice'? Name")]
    [InlineData(
        "someone", "'someone' cannot be graded again: there is no student 'someone'. "
            + "There are: 02.2, alice, bob, s0, s1, s2, s3, s4, s5, s6 and 2 more. Name")]
    [InlineData("02.7", "there is no exercise '02.7' among those graded: 02.1, 02.2.")]
    [InlineData("2.7", "there is no exercise '02.7'")]
    [InlineData("alice/02.7", "there is no exercise '02.7'")]
    [InlineData("alice/", "there is no exercise ''")]
    [InlineData("zoe/02.1", "there is no student 'zoe'")]
    [InlineData("/02.1", "there is no student ''")]
    [InlineData("", "there is no student ''")]
    [InlineData("a/b/02.1", "there is no student 'a/b'")]
    public void What_does_not_exist_is_named_with_what_does(string named, string said)
    {
        using var made = new StubbedClass(["alice", "bob", "02.2", .. Enumerable.Range(0, 9).Select(i => $"s{i}")]);
        string message = Assert.Throws<ArgumentException>(() => Again.Read([named], made.Read())).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.EndsWith("Name a student, an exercise or both, as in alice/02.5", message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A grader that dies leaves a journal that ends somewhere, within a line even. Whenever that is, and wherever the next run dies, the
    /// run after them has the results of one that was never disturbed; what is left out has them once it is graded again.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Results_have_the_same_bytes_undisturbed_and_killed_twice_at_random(int seed)
    {
        var random = new Random(seed);
        string[] students = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => $"{(char)('a' + i)}{i}")];
        var outcomes = new Dictionary<(string, string), Outcome>();
        foreach (string student in students)
        {
            foreach (SheetExercise exercise in StubbedClass.Sheet.Exercises)
                outcomes.Add((student, exercise.Id), (Outcome)random.Next((int)Outcome.LeftOut));
        }
        using var made = new StubbedClass(students) { Outcomes = (student, id, _) => outcomes[(student, id)] };
        IEnumerable<string> undisturbed = StubbedClass.Files(await made.GradeAsync(journal: null));

        byte[] file = [];
        for (int death = 0; death < 2; death++)
        {
            int before = file.Length;
            using MemoryStream stream = Growing(file);
            using (var journal = new Journal(stream))
                await made.GradeAsync(journal);
            file = stream.ToArray();
            file = file[..random.Next(before, file.Length + 1)];
        }
        using var last = new Journal(Growing(file));
        ClassResult result = await made.GradeAsync(last);
        string[] leftOut =
            [.. result.Students.Where(s => s.Exercises.Any(e => e.Verdict.Outcome == Outcome.LeftOut)).Select(s => s.Student)];
        Assert.InRange(leftOut.Length, 0, 1);
        if (leftOut.Length > 0)
            result = await made.GradeAsync(last, again: leftOut);
        Assert.Equal(undisturbed, StubbedClass.Files(result));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    /// <summary>The journal as it is when the grader dies at a student's notebook.</summary>
    private static async Task<byte[]> DeadAsync(StubbedClass made, string student, byte[]? before = null)
    {
        MemoryStream stream = Growing(before ?? []);
        using var journal = new Journal(stream);
        byte[]? dead = null;
        made.Meanwhile = (of, _) =>
        {
            if (of == student)
                dead ??= stream.ToArray();
            return Task.CompletedTask;
        };
        await made.GradeAsync(journal, atOnce: 1);
        made.Meanwhile = (_, _) => Task.CompletedTask;
        return dead!;
    }

    private static int Lines(byte[] file, string note) =>
        Encoding.UTF8.GetString(file).Split('\n').Count(line => line.Contains(note, StringComparison.Ordinal));

    private static MemoryStream Growing(byte[] content)
    {
        var stream = new MemoryStream();
        stream.Write(content);
        stream.Position = 0;
        return stream;
    }

    private sealed class Immediate(List<GradingStep> steps) : IProgress<GradingStep>
    {
        public void Report(GradingStep value)
        {
            lock (steps)
                steps.Add(value);
        }
    }
}
