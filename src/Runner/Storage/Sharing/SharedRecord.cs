using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Storage;

/// <summary>
/// A result as it lies in a shared cache: an <c>ActionResult</c> of Bazel's remote execution API, version 2, so that servers that know it
/// can check that it is whole. Its output files are those of the objects, its standard output is the action file, its standard error the
/// signature.
/// </summary>
internal static class SharedRecord
{
    public const int MaxBytes = 64 << 20;

    private const int OutputFiles = 2, StandardOutput = 5, StandardError = 7, Metadata = 9;
    private const int FilePath = 1, FileDigest = 2, DigestHash = 1, DigestSize = 2, Worker = 1;

    // A server that finds no worker named would write one into the record.
    private const string WorkerName = "pipelines";

    /// <param name="key">Signs it; null: it is not signed.</param>
    public static byte[] ToBytes(ActionFile file, byte[]? key)
    {
        var action = file.ToBytes();
        return ToBytes(file, action, key is null ? "" : SignatureOf(action, key));
    }

    /// <summary>Accepts nothing but what <see cref="ToBytes(ActionFile, byte[])"/> writes.</summary>
    /// <param name="key">That it has to be signed with; null: signatures are not looked at.</param>
    /// <returns>The result, or null and what is wrong with it.</returns>
    public static (ActionFile? File, string? Problem) Read(byte[] bytes, ContentHash fingerprint, StoreLayout layout, byte[]? key)
    {
        if (Parts(bytes) is not var (action, signature) || ActionFile.Parse(action, fingerprint, layout).File is not { } file
            || file.Action.Fingerprint.Hash != fingerprint || !NamesItsObjects(file)
            || !ToBytes(file, action, signature).AsSpan().SequenceEqual(bytes))
            return (null, "is damaged");
        if (key is not null && !CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(SignatureOf(action, key))))
            return (null, signature.Length == 0 ? "is not signed" : "is signed with another key");
        return (file, null);
    }

    private static string SignatureOf(byte[] action, byte[] key) =>
        $"hmac-sha256 {Convert.ToHexStringLower(HMACSHA256.HashData(key, action))}";

    private static bool NamesItsObjects(ActionFile file) =>
        file.Action.Outputs.ByPort.Values.SelectMany(port => port).Select(artifact => artifact.Id).ToHashSet()
            .SetEquals(file.Objects.Select(stored => stored.Id))
        && file.Objects.All(stored => stored.Files.All(one => one.Name != ArtifactWriter.FileName || one.Hash == stored.Id));

    private static byte[] ToBytes(ActionFile file, byte[] action, string signature) => Message(record =>
    {
        foreach (var stored in file.Objects.OrderBy(stored => stored.Id.Hex, StringComparer.Ordinal))
            foreach (var one in stored.Files)
                Write(record, OutputFiles, Message(output =>
                {
                    Write(output, FilePath, Encoding.UTF8.GetBytes($"{stored.Id.Hex}/{one.Name}"));
                    Write(output, FileDigest, Message(digest =>
                    {
                        Write(digest, DigestHash, Encoding.ASCII.GetBytes(one.Hash.Hex));
                        digest.WriteTag(DigestSize, WireFormat.WireType.Varint);
                        digest.WriteInt64(one.Bytes);
                    }));
                }));
        Write(record, StandardOutput, action);
        Write(record, StandardError, Encoding.ASCII.GetBytes(signature));
        Write(record, Metadata, Message(metadata => Write(metadata, Worker, Encoding.ASCII.GetBytes(WorkerName))));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, byte[] value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }

    private static (byte[] Action, string Signature)? Parts(byte[] bytes)
    {
        try
        {
            using CodedInputStream input = new(bytes);
            byte[]? action = null, signature = null;
            while (input.ReadTag() is not 0 and var tag)
                if (WireFormat.GetTagFieldNumber(tag) == StandardOutput)
                    action = input.ReadBytes().ToByteArray();
                else if (WireFormat.GetTagFieldNumber(tag) == StandardError)
                    signature = input.ReadBytes().ToByteArray();
                else
                    input.SkipLastField();
            return action is null || signature is null ? null : (action, Encoding.ASCII.GetString(signature));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
