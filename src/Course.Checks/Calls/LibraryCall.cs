namespace Course.Checks;

/// <summary>A member of the course's library that an answer calls.</summary>
/// <param name="Type">The type, without what it is nested in and without the number of its type parameters.</param>
/// <param name="Member">The method, property or field; <c>new</c> for a constructor.</param>
public readonly record struct LibraryCall(string Type, string Member)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Member}";
}
