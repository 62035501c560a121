using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Course.Interactive.Tests;

/// <summary>A kernel with the extension, in a copy of the course's exercises.</summary>
public sealed class NotebookSession : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly CompositeKernel _kernel = new() { DefaultKernelName = "csharp" };

    public NotebookSession()
    {
        string course = Path.Combine(AppContext.BaseDirectory, "course");
        foreach (string file in Directory.EnumerateFiles(course, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_root, Path.GetRelativePath(course, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Environment.CurrentDirectory = Path.Combine(_root, "exercises");
        _kernel.Add(new CSharpKernel());
    }

    public string Root => _root;

    public Task LoadAsync() => new CourseExtension().OnLoadAsync(_kernel);

    /// <summary>What a cell shows, as text in the type asked for, or why it fails.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string code, string type)
    {
        KernelCommandResult result = await _kernel.SendAsync(new SubmitCode(code));
        return
        [
            .. result.Events.OfType<DisplayEvent>().SelectMany(e => e.FormattedValues).Where(v => v.MimeType == type).Select(v => v.Value),
            .. result.Events.OfType<CommandFailed>().Select(f => f.Message),
        ];
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _kernel.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
