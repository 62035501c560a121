using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Checks;

namespace Course.Grading.Classroom;

/// <summary>
/// What has been graded so far, written as soon as it is known: grading that was ended in the middle, however rudely, goes on from
/// there. A line says that a notebook was begun, that its grading was stopped in good order, or what its verdicts are. Entries are found by
/// what identifies a grade, so nothing stale is ever taken.
/// </summary>
public sealed class Journal : IDisposable
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "journal.jsonl";

    private static readonly JsonSerializerOptions Layout = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Stream _file;
    private readonly Dictionary<string, IReadOnlyList<Verdict>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _begins = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <param name="file">
    /// What is read at first, and written to at its end: without a buffer, so that what cannot be written is not kept.
    /// </param>
    internal Journal(Stream file)
    {
        _file = file;
        Load();
    }

    private enum Note
    {
        Begun,
        Stopped,
    }

    private sealed record Entry(string Key, IReadOnlyList<Verdict>? Verdicts = null, Note? Note = null);

    /// <summary>Opens the journal of a folder of results, for this process alone.</summary>
    /// <exception cref="InvalidOperationException">Another process has it open.</exception>
    public static Journal Open(string folder)
    {
        FileStream file;
        try
        {
            file = new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 0, FileOptions.WriteThrough);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"'{folder}' is in use: a class is being graded into it already", e);
        }
        return new Journal(file);
    }

    /// <summary>Why something could not be written, or null: what was graded is known to this process then, and to no later one.</summary>
    public string? Problem { get; private set; }

    /// <summary>The verdicts under a key, as far as there are any; or null.</summary>
    public IReadOnlyList<Verdict>? Find(string key)
    {
        lock (_lock)
            return _entries.GetValueOrDefault(key);
    }

    /// <summary>How often the grading under a key was begun, and neither came to an end nor was stopped in good order.</summary>
    public int BeginsWithoutEnd(string key)
    {
        lock (_lock)
            return _begins.GetValueOrDefault(key);
    }

    /// <summary>Notes that the grading under a key begins. <see cref="Add"/> or <see cref="Stop"/> must follow.</summary>
    public void Begin(string key) => Write(new Entry(key, Note: Note.Begun));

    /// <summary>Notes that what was begun is stopped in good order, as if it had not been begun.</summary>
    public void Stop(string key) => Write(new Entry(key, Note: Note.Stopped));

    /// <summary>
    /// Writes verdicts down for good, where there is room for them, in place of those before: the grading under the key has ended.
    /// </summary>
    public void Add(string key, IReadOnlyList<Verdict> verdicts) => Write(new Entry(key, verdicts));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(Entry entry)
    {
        lock (_lock)
        {
            Take(entry);
            long before = _file.Position;
            try
            {
                _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, Layout) + "\n"));
            }
            catch (IOException e)
            {
                Problem ??= e.Message;
                _file.SetLength(before);
                _file.Position = before;
            }
        }
    }

    private void Take(Entry entry)
    {
        if (entry.Verdicts is { } verdicts)
        {
            _entries[entry.Key] = verdicts;
            _begins.Remove(entry.Key);
        }
        else if (entry.Note is { } note)
            _begins[entry.Key] = Math.Max(0, _begins.GetValueOrDefault(entry.Key) + (note == Note.Begun ? 1 : -1));
    }

    private void Load()
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                if (JsonSerializer.Deserialize<Entry>(line, Layout) is { } entry)
                    Take(entry);
            }
            catch (JsonException)
            {
                // The line on which an earlier run was ended: it is graded anew.
            }
        }
        _file.Seek(0, SeekOrigin.End);
        if (_file.Length == 0)
            return;
        _file.Seek(-1, SeekOrigin.End);
        if (_file.ReadByte() != '\n')
            _file.WriteByte((byte)'\n');
    }
}
