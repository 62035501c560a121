using System.Reflection;
using System.Runtime.Loader;

namespace Course.Checks;

/// <summary>
/// The members of the course's library that an answer calls, read from its compiled code: the notebook's line and the grader ask the same
/// reader. It follows calls, functions handed on, the methods of types that are made, and, for each variable that is read, what any cell
/// assigns to it. A call that has no part in the answer, such as a comparison beside it, is none of the answer's. It cannot see what is
/// called by <c>dynamic</c> or by reflection; both are plain to whoever reads the answer.
/// </summary>
public static class LibraryCalls
{
    /// <summary>The library's members that an assembly calls, itself or through the notebook's other cells.</summary>
    /// <param name="root">The assembly that does no more than name the answer.</param>
    /// <param name="cells">The notebook's cells.</param>
    /// <returns>Each member once, the nearest first.</returns>
    public static IReadOnlyList<LibraryCall> From(CellAssembly root, IEnumerable<CellAssembly> cells)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(cells);
        return new CallWalk([root, .. cells]).From(root.Methods);
    }

    /// <summary>The library's members that an answer in this very process calls.</summary>
    internal static IReadOnlyList<LibraryCall> From(Delegate answer)
    {
        while (answer.Target is Delegate inner && answer.Method.Name == nameof(Action.Invoke))
            answer = inner;
        Assembly home = answer.Method.Module.Assembly;
        // What expression trees and emitters make has no metadata.
        if (home.IsDynamic || answer.Method.DeclaringType is null)
            return [];
        CellAssembly root = CellAssembly.Loaded(home);
        IEnumerable<Assembly> near = AssemblyLoadContext.GetLoadContext(home)?.Assemblies ?? [];
        IEnumerable<Assembly> cells = near
            .Concat(AppDomain.CurrentDomain.GetAssemblies()).Where(IsOfANotebook).Where(a => a != home).Distinct();
        var walk = new CallWalk([root, .. cells.Select(CellAssembly.Loaded)]);
        return root.Member(answer.Method.MetadataToken) is { } method ? walk.From([method.Member]) : [];
    }

    // Notebook hosts compile cells into memory.
    private static bool IsOfANotebook(Assembly assembly) => !assembly.IsDynamic && string.IsNullOrEmpty(assembly.Location);
}
