using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Pipelines.TestKit;

/// <summary>What each method of an assembly calls; methods are named with the types of their parameters.</summary>
public static class MethodCalls
{
    private const int TwoBytes = 0xFE;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        // Methods that differ in what they return, or in their type parameters, have one name here, and the calls of all.
        Dictionary<string, HashSet<string>> calls = new(StringComparer.Ordinal);
        foreach (var handle in metadata.MethodDefinitions)
            if (metadata.GetMethodDefinition(handle).RelativeVirtualAddress is var address and not 0)
            {
                var name = Name(metadata, handle)!;
                if (!calls.TryGetValue(name, out var called))
                    calls.Add(name, called = new(StringComparer.Ordinal));
                called.UnionWith(Called(file.GetMethodBody(address).GetILBytes()!)
                    .Select(token => Name(metadata, MetadataTokens.EntityHandle(token))).OfType<string>());
            }
        return calls.ToDictionary(method => method.Key, IReadOnlySet<string> (method) => method.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<int> Called(byte[] instructions)
    {
        for (var at = 0; at < instructions.Length;)
        {
            int code = instructions[at++];
            if (code == TwoBytes)
                code = (code << 8) | instructions[at++];
            var operand = Codes[code].OperandType;
            if (operand == OperandType.InlineMethod)
                yield return BitConverter.ToInt32(instructions, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, at)),
                _ => 4,
            };
        }
    }

    private static string? Name(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Name(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                var type = TypeNames.Of(metadata, method.GetDeclaringType());
                return Named(type, metadata.GetString(method.Name), method.DecodeSignature(TypeNames.Provider, null));
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return member.GetKind() == MemberReferenceKind.Method ? Named(
                    TypeNames.Of(metadata, member.Parent), metadata.GetString(member.Name),
                    member.DecodeMethodSignature(TypeNames.Provider, null)) : null;
            default:
                return null;
        }
    }

    private static string Named(string type, string name, MethodSignature<string> signature) =>
        $"{type}.{name}({string.Join(", ", signature.ParameterTypes)})";
}

/// <summary>Names of types as they stand in an assembly.</summary>
file sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    public static TypeNames Provider { get; } = new();

    public static string Of(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => Provider.GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => Provider.GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => Provider.GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)handle, 0),
        _ => $"{handle.Kind}",
    };

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return Joined(reader, outer.IsNil ? type.Namespace : default, outer.IsNil ? null : Of(reader, outer), type.Name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var isInner = type.ResolutionScope.Kind == HandleKind.TypeReference;
        return Joined(reader, type.Namespace, isInner ? Of(reader, type.ResolutionScope) : null, type.Name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"{typeCode}";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    private static string Joined(MetadataReader reader, StringHandle space, string? outer, StringHandle name) =>
        outer is not null ? $"{outer}.{reader.GetString(name)}"
        : space.IsNil ? reader.GetString(name)
        : $"{reader.GetString(space)}.{reader.GetString(name)}";
}
