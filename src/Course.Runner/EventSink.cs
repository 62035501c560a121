using System.Text;
using Course.Protocol;

namespace Course.Runner;

/// <summary>
/// Sends events in the order in which they happened. Text is gathered for a moment, since a cell may write it letter by
/// letter; any other event sends the gathered text first.
/// </summary>
internal sealed class EventSink : IDisposable
{
    private const int Gathered = 8192;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly MessageChannel _channel;
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private string _stream = "stdout";

    public EventSink(MessageChannel channel)
    {
        _channel = channel;
        _timer = new Timer(_ => FlushWholeCharacters());
    }

    public TextWriter Writer(string stream) => TextWriter.Synchronized(new StreamWriterOf(this, stream));

    public void Send(ChildEvent happened)
    {
        lock (_lock)
        {
            Flush();
            _channel.Send(happened);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Write(string stream, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (stream != _stream)
            {
                Flush();
                _stream = stream;
            }
            if (_text.Length == 0)
                _timer.Change(Moment, Timeout.InfiniteTimeSpan);
            while (!text.IsEmpty)
            {
                int length = Math.Min(text.Length, Gathered);
                _text.Append(text[..length]);
                text = text[length..];
                if (_text.Length >= Gathered)
                    FlushWholeCharacters();
            }
        }
    }

    /// <summary>Sends the gathered text but for the first half of a character whose second half is still to come.</summary>
    private void FlushWholeCharacters()
    {
        lock (_lock)
        {
            if (_text.Length == 0 || !char.IsHighSurrogate(_text[^1]))
            {
                Flush();
                return;
            }
            char half = _text[^1];
            _text.Length--;
            Flush();
            _text.Append(half);
        }
    }

    private void Flush()
    {
        lock (_lock)
        {
            if (_text.Length == 0)
                return;
            string text = _text.ToString();
            _text.Clear();
            _channel.Send<ChildEvent>(new Written(_stream, text));
        }
    }

    private sealed class StreamWriterOf : TextWriter
    {
        private readonly EventSink _sink;
        private readonly string _stream;

        public StreamWriterOf(EventSink sink, string stream)
        {
            (_sink, _stream) = (sink, stream);
            NewLine = "\n";
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => _sink.Write(_stream, [value]);

        public override void Write(char[] buffer, int index, int count) => _sink.Write(_stream, buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => _sink.Write(_stream, buffer);

        public override void Write(string? value) => _sink.Write(_stream, value);
    }
}
