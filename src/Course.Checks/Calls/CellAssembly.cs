using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Course.Checks;

/// <summary>
/// The assembly that a notebook's cell was compiled to. It is read, never run, and may hold anything: what cannot be read is not there.
/// </summary>
public sealed class CellAssembly
{
    // The C# compiler writes no name above 1023 characters, and no cell has so many members.
    private const int LongestBlob = 4096, LongestSignature = 65_536, MostMembers = 100_000, Deepest = 32;

    private readonly MetadataReader? _reader;
    private readonly Func<MethodDefinitionHandle, byte[]?> _body;
    private readonly Dictionary<EntityHandle, MemberUse?> _members = [];
    private readonly Dictionary<EntityHandle, IReadOnlyList<TypeName>> _types = [];
    private readonly Dictionary<MemberName, MethodDefinitionHandle> _methods = [];
    private readonly Dictionary<TypeName, List<MemberName>> _overrides = [];
    private readonly Dictionary<TypeName, MemberName> _starts = [];

    private CellAssembly(Func<MetadataReader?> open, Func<MethodDefinitionHandle, byte[]?> body)
    {
        _body = body;
        _reader = Readable(open);
        Name = Readable(() => _reader is null ? null : Text(_reader.GetAssemblyDefinition().Name)) ?? "";
        foreach (MethodDefinitionHandle handle in Rows(TableIndex.MethodDef).Select(MetadataTokens.MethodDefinitionHandle))
        {
            if (Member(handle) is not { Member: var name } || !_methods.TryAdd(name, handle))
                continue;
            if (name.Name == ".cctor")
                _starts[name.Type] = name;
            if (Readable(() => IsVirtual(handle)))
                Overrides(name.Type).Add(name);
        }
        foreach (MethodImplementationHandle handle in Rows(TableIndex.MethodImpl).Select(MetadataTokens.MethodImplementationHandle))
        {
            if (Readable(() => Member(_reader!.GetMethodImplementation(handle).MethodBody)) is { Member: var name })
                Overrides(name.Type).Add(name);
        }
    }

    /// <summary>Its name, by which other cells refer to it.</summary>
    public string Name { get; }

    /// <summary>The assembly in these bytes.</summary>
    /// <param name="image">What the compiler emitted.</param>
    public static CellAssembly FromImage(ImmutableArray<byte> image)
    {
        PEReader? file = Readable(() => new PEReader(image));
        return new(
            () => file is { HasMetadata: true } ? file.GetMetadataReader() : null,
            handle => file!.GetMetadataReader().GetMethodDefinition(handle).RelativeVirtualAddress is not 0 and int address
                ? file!.GetMethodBody(address).GetILBytes()
                : null);
    }

    /// <summary>An assembly of this process.</summary>
    internal static CellAssembly Loaded(Assembly assembly) => new(
        () => Metadata(assembly),
        handle => assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle))?.GetMethodBody()?.GetILAsByteArray());

    /// <summary>Its methods.</summary>
    internal IEnumerable<MemberName> Methods => _methods.Keys;

    /// <summary>The methods of a type that may be called by the name of another: overrides, and what implements an interface.</summary>
    internal IReadOnlyList<MemberName> OverridesOf(TypeName type) => _overrides.TryGetValue(type, out List<MemberName>? found) ? found : [];

    /// <summary>The static constructor of a type, where it has one.</summary>
    internal MemberName? StartOf(TypeName type) => _starts.TryGetValue(type, out MemberName start) ? start : null;

    /// <summary>The instructions of a method; none where it has no code, or is not of this assembly.</summary>
    internal IEnumerable<Instruction> Code(MemberName method) =>
        _methods.TryGetValue(method, out MethodDefinitionHandle handle) && Readable(() => _body(handle)) is { } il
            ? Instruction.Of(il)
            : [];

    /// <summary>The method or field that a token stands for; null where it stands for neither.</summary>
    internal MemberUse? Member(int token) => Readable(() => Member(MetadataTokens.EntityHandle(token)));

    /// <summary>The types that the token of a type names.</summary>
    internal IReadOnlyList<TypeName> Types(int token) => Readable(() => Types(MetadataTokens.EntityHandle(token))) ?? [];

    /// <summary>How the token of a signature is called through a pointer.</summary>
    internal CallShape? Pointer(int token) => Readable<CallShape?>(() =>
        Signature(_reader!.GetStandaloneSignature((StandaloneSignatureHandle)MetadataTokens.EntityHandle(token)).Signature).Call);

    private static T? Readable<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is BadImageFormatException or ArgumentException or InvalidCastException or InvalidOperationException
            or IndexOutOfRangeException or OverflowException or NotSupportedException or IOException
            or TypeLoadException or MissingMemberException)
        {
            return default;
        }
    }

    private static unsafe MetadataReader? Metadata(Assembly assembly) =>
        assembly.TryGetRawMetadata(out byte* start, out int length) ? new MetadataReader(start, length) : null;

    private IEnumerable<int> Rows(TableIndex table) => Enumerable.Range(1, Math.Min(MostMembers, _reader?.GetTableRowCount(table) ?? 0));

    private List<MemberName> Overrides(TypeName type) =>
        _overrides.TryGetValue(type, out List<MemberName>? found) ? found : _overrides[type] = [];

    private bool IsVirtual(MethodDefinitionHandle handle) =>
        _reader!.GetMethodDefinition(handle).Attributes.HasFlag(MethodAttributes.Virtual);

    private MemberUse? Member(EntityHandle handle)
    {
        if (!_members.TryGetValue(handle, out MemberUse? member))
            _members[handle] = member = Readable(() => Read(handle));
        return member;
    }

    private MemberUse? Read(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition method = _reader!.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Method(method.Name, method.Signature, [NameOf(method.GetDeclaringType())]);
            case HandleKind.FieldDefinition:
                FieldDefinition field = _reader!.GetFieldDefinition((FieldDefinitionHandle)handle);
                return Field(field.Name, [NameOf(field.GetDeclaringType())]);
            case HandleKind.MemberReference:
                MemberReference reference = _reader!.GetMemberReference((MemberReferenceHandle)handle);
                return reference.GetKind() == MemberReferenceKind.Field
                    ? Field(reference.Name, Types(reference.Parent))
                    : Method(reference.Name, reference.Signature, Types(reference.Parent));
            case HandleKind.MethodSpecification:
                MethodSpecification instance = _reader!.GetMethodSpecification((MethodSpecificationHandle)handle);
                var arguments = new SignatureText(this);
                arguments.ReadArguments(instance.Signature);
                return Member(instance.Method) is { } generic
                    ? generic with { TypeArguments = [.. generic.TypeArguments, .. arguments.Types] }
                    : null;
            default:
                return null;
        }
    }

    private MemberUse Method(StringHandle name, BlobHandle signature, IReadOnlyList<TypeName> parent)
    {
        (string text, CallShape call) = Signature(signature);
        return new(new(Declaring(parent), Text(name), text), call, [.. parent.Skip(1)]);
    }

    private MemberUse Field(StringHandle name, IReadOnlyList<TypeName> parent) =>
        new(new(Declaring(parent), Text(name), ""), null, [.. parent.Skip(1)]);

    // A method of an array's own is declared by no type.
    private static TypeName Declaring(IReadOnlyList<TypeName> parent) => parent.Count > 0 ? parent[0] : new("", "");

    private (string Text, CallShape Call) Signature(BlobHandle blob)
    {
        var signature = new SignatureText(this);
        CallShape call = signature.ReadMethod(blob);
        return (signature.ToString(), call);
    }

    private IReadOnlyList<TypeName> Types(EntityHandle handle)
    {
        if (!_types.TryGetValue(handle, out IReadOnlyList<TypeName>? types))
            _types[handle] = types = Readable(() => ReadTypes(handle)) ?? [];
        return types;
    }

    private IReadOnlyList<TypeName> ReadTypes(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                return [NameOf(handle)];
            case HandleKind.TypeSpecification:
                var signature = new SignatureText(this);
                signature.ReadType(_reader!.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                return signature.Types;
            default:
                return [];
        }
    }

    private TypeName NameOf(EntityHandle handle)
    {
        string name = "";
        for (int depth = 0; depth < Deepest; depth++)
        {
            (StringHandle space, StringHandle own, EntityHandle outer) = handle.Kind == HandleKind.TypeDefinition
                ? Parts(_reader!.GetTypeDefinition((TypeDefinitionHandle)handle))
                : Parts(_reader!.GetTypeReference((TypeReferenceHandle)handle));
            name = name.Length == 0 ? Text(own) : $"{Text(own)}+{name}";
            handle = outer;
            if (!outer.IsNil && outer.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference)
                continue;
            return new(
                !outer.IsNil && outer.Kind == HandleKind.AssemblyReference
                    ? Text(_reader!.GetAssemblyReference((AssemblyReferenceHandle)outer).Name)
                    : Name,
                space.IsNil ? name : $"{Text(space)}.{name}");
        }
        throw new BadImageFormatException();
    }

    private static (StringHandle Space, StringHandle Own, EntityHandle Outer) Parts(TypeDefinition type) =>
        (type.Namespace, type.Name, type.GetDeclaringType());

    private static (StringHandle Space, StringHandle Own, EntityHandle Outer) Parts(TypeReference type) =>
        (type.Namespace, type.Name, type.ResolutionScope);

    private string Text(StringHandle handle) =>
        _reader!.GetBlobReader(handle).Length <= LongestBlob ? _reader.GetString(handle) : throw new BadImageFormatException();

    /// <summary>A signature as text that means the same in each assembly, and the types that it names (ECMA-335, II.23.2).</summary>
    private sealed class SignatureText(CellAssembly cell)
    {
        private readonly StringBuilder _text = new();
        private readonly List<TypeName> _types = [];

        public IReadOnlyList<TypeName> Types => _types;

        public override string ToString() => _text.ToString();

        public CallShape ReadMethod(BlobHandle handle)
        {
            BlobReader blob = Open(handle);
            SignatureHeader header = blob.ReadSignatureHeader();
            int generic = header.IsGeneric ? blob.ReadCompressedInteger() : 0, parameters = blob.ReadCompressedInteger();
            _text.Append(generic).Append(' ').Append(parameters);
            bool isVoid = Read(ref blob, 0) == SignatureTypeCode.Void;
            for (int i = 0; i < parameters; i++)
                Read(ref blob, 0);
            return new(parameters, header.IsInstance, !isVoid);
        }

        public void ReadType(BlobHandle handle)
        {
            BlobReader blob = Open(handle);
            Read(ref blob, 0);
        }

        public void ReadArguments(BlobHandle handle)
        {
            BlobReader blob = Open(handle);
            blob.ReadSignatureHeader();
            for (int i = blob.ReadCompressedInteger(); i > 0; i--)
                Read(ref blob, 0);
        }

        private BlobReader Open(BlobHandle handle)
        {
            BlobReader blob = cell._reader!.GetBlobReader(handle);
            return blob.Length <= LongestBlob ? blob : throw new BadImageFormatException();
        }

        private SignatureTypeCode Read(ref BlobReader blob, int depth)
        {
            if (depth > Deepest || _text.Length > LongestSignature)
                throw new BadImageFormatException();
            SignatureTypeCode code = blob.ReadSignatureTypeCode();
            _text.Append(' ').Append((int)code);
            switch (code)
            {
                case SignatureTypeCode.TypeHandle:
                    EntityHandle type = blob.ReadTypeHandle();
                    if (type.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference)
                    {
                        TypeName name = cell.NameOf(type);
                        _types.Add(name);
                        _text.Append(name.Name);
                    }
                    break;
                case SignatureTypeCode.OptionalModifier or SignatureTypeCode.RequiredModifier:
                    blob.ReadTypeHandle();
                    return Read(ref blob, depth + 1);
                case SignatureTypeCode.SZArray or SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.Pinned:
                    Read(ref blob, depth + 1);
                    break;
                case SignatureTypeCode.GenericTypeInstance:
                    Read(ref blob, depth + 1);
                    for (int i = blob.ReadCompressedInteger(); i > 0; i--)
                        Read(ref blob, depth + 1);
                    break;
                case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                    _text.Append(blob.ReadCompressedInteger());
                    break;
                case SignatureTypeCode.Array:
                    Read(ref blob, depth + 1);
                    _text.Append('r').Append(blob.ReadCompressedInteger());
                    for (int i = blob.ReadCompressedInteger(); i > 0; i--)
                        blob.ReadCompressedInteger();
                    for (int i = blob.ReadCompressedInteger(); i > 0; i--)
                        blob.ReadCompressedSignedInteger();
                    break;
                case SignatureTypeCode.FunctionPointer:
                    blob.ReadSignatureHeader();
                    for (int i = blob.ReadCompressedInteger(); i >= 0; i--)
                        Read(ref blob, depth + 1);
                    break;
                case SignatureTypeCode.Invalid:
                    throw new BadImageFormatException();
            }
            return code;
        }
    }
}
