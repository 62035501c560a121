using System.Runtime.Loader;
using Microsoft.DotNet.Interactive;
using Plotly.NET.Interactive;

namespace Course.Interactive;

/// <summary>The extension: figures as Plotly.NET charts, the library's types as pictures, <c>#!check</c>, <c>#!hint</c> and <c>#!progress</c>.</summary>
public sealed class CourseExtension : IKernelExtension
{
    // Plotly.NET 6.0.0 asks for FSharp.Core 10.1; a kernel that was built with 10.0 refuses that, and cannot load a second one. It has all that is used.
    static CourseExtension() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name is { Name: "FSharp.Core", Version: not null } ? context.LoadFromAssemblyName(new("FSharp.Core")) : null;

    /// <summary>Loads the extension from a notebook that refers to its assembly.</summary>
    public static Task LoadAsync() => new CourseExtension().OnLoadAsync(Kernel.Root);

    /// <inheritdoc/>
    public async Task OnLoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        await ShowChartsAsync(kernel);
        Shown.Register();
        Commands.AddTo(kernel);
    }

    private static Task ShowChartsAsync(Kernel kernel) => ((IKernelExtension)new FormatterKernelExtension()).OnLoadAsync(kernel);
}
