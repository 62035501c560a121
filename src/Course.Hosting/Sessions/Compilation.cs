using Course.Protocol;

namespace Course.Hosting;

/// <summary>What came of compiling a cell.</summary>
/// <param name="Cell">The compiled cell, or null.</param>
/// <param name="Problem">Why there is none, or null.</param>
internal readonly record struct Compilation(Compiled? Cell, Failed? Problem);
