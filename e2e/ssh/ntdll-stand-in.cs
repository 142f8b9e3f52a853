// Stands where the agent's P/Invoke declarations of ntdll stand, so that the rest of the agent, as it is sent to Windows,
// runs under Mono. A small object namespace and a few files; statuses and buffers as Microsoft's pages on
// NtQueryDirectoryObject, NtQuerySymbolicLinkObject and NtCreateFile have them.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Siloscope {
  static class Nt {
    const int NotImplemented = unchecked((int)0xC0000002), NotFound = unchecked((int)0xC0000034);
    const int AccessDenied = unchecked((int)0xC0000022), WrongType = unchecked((int)0xC0000024);
    const int BufferTooSmall = unchecked((int)0xC0000023), NoMoreEntries = unchecked((int)0x8000001A);
    const int EndOfFile = unchecked((int)0xC0000011), InvalidRequest = unchecked((int)0xC0000010);
    const int InvalidParameter = unchecked((int)0xC000000D), MoreEntries = 0x105;

    // Windows before the batch, and Wine, answer for one entry at a time only.
    static readonly bool single = Environment.GetEnvironmentVariable("STAND_IN_SINGLE") == "1";
    static readonly Dictionary<string, string[]> directories = new Dictionary<string, string[]> {
      { "\\", new[] { "Device", "Directory", "Many", "Directory", "Empty", "Directory", "Denied", "Directory", "Link", "SymbolicLink" } },
      { "\\Empty", new string[0] },
      { "\\Many", Numbered(5000) }, { "\\Full", Numbered(262144) }, { "\\TooMany", Numbered(262145) },
      { "\\Long", new[] { new string('\u00e9', 32000), "Device", "short", "Device" } },
    };
    static readonly Dictionary<string, string> links = new Dictionary<string, string> {
      { "\\Link", "\\Device\\WinFsp.Mup+2.1{\u2028\"\\\n}" },
    };
    static readonly Dictionary<string, string> files = new Dictionary<string, string> {
      { "\\Device\\Volume\\file", "hello" }, { "\\Device\\Volume\\empty", "" }, { "\\Device\\Volume\\", null },
      { "\\Device\\Foreign\\file", "not of WinFsp" }, { "\\Device\\Hanging\\", null }, { "\\Device\\Gone\\", null },
    };
    static readonly List<object[]> open = new List<object[]>();

    static string[] Numbered(int count) {
      var all = new string[count * 2];
      for (int at = 0; at < count; at++) { all[at * 2] = "object " + at; all[at * 2 + 1] = "Device"; }
      return all;
    }

    static string Path(ref ObjectAttributes attributes) {
      if (attributes.Length != 48 || attributes.Attributes != 0x40 || attributes.Root != IntPtr.Zero) throw new InvalidOperationException();
      var name = (UnicodeString)Marshal.PtrToStructure(attributes.Name, typeof(UnicodeString));
      return Marshal.PtrToStringUni(name.Buffer, name.Length / 2);
    }

    static IntPtr Handle(params object[] what) {
      open.Add(what);
      return new IntPtr(open.Count);
    }

    static object[] Of(IntPtr handle) { return open[handle.ToInt32() - 1]; }

    public static int NtOpenDirectoryObject(out IntPtr handle, uint access, ref ObjectAttributes attributes) {
      handle = IntPtr.Zero;
      string path = Path(ref attributes);
      if (access != 1) return InvalidParameter;
      if (path == "\\Denied") return AccessDenied;
      if (links.ContainsKey(path)) return WrongType;
      if (!directories.ContainsKey(path)) return NotFound;
      handle = Handle((object)directories[path]);
      return 0;
    }

    public static int NtQueryDirectoryObject(IntPtr handle, IntPtr buffer, int length, byte one, byte restart, ref uint context, out uint returned) {
      returned = 0;
      var entries = (string[])Of(handle)[0];
      if (one == 0 && single) return NotImplemented;
      if (restart != 0) context = 0;
      if (context * 2 >= entries.Length) return NoMoreEntries;
      // As many pairs of counted strings as fit, one of zeroes behind them, and the letters at the end.
      int fit = 0, letters = 0;
      for (int at = (int)context * 2; at < entries.Length && (one == 0 || fit == 0); at += 2, fit++) {
        int more = letters + (entries[at].Length + entries[at + 1].Length + 2) * 2;
        if ((fit + 2) * 32 + more > length) break;
        letters = more;
      }
      if (fit == 0) return BufferTooSmall;
      IntPtr place = new IntPtr(buffer.ToInt64()), text = new IntPtr(buffer.ToInt64() + (fit + 1) * 32);
      for (int at = 0; at < fit * 2; at++) place = Put(place, ref text, entries[context * 2 + at]);
      for (int zero = 0; zero < 32; zero++) Marshal.WriteByte(place, zero, 0);
      context += (uint)fit;
      return one == 0 && context * 2 < entries.Length ? MoreEntries : 0;
    }

    static IntPtr Put(IntPtr place, ref IntPtr text, string value) {
      var counted = new UnicodeString();
      counted.Length = (ushort)(value.Length * 2);
      counted.MaximumLength = (ushort)(value.Length * 2 + 2);
      counted.Buffer = text;
      Marshal.StructureToPtr(counted, place, false);
      Marshal.Copy(value.ToCharArray(), 0, text, value.Length);
      Marshal.WriteInt16(text, value.Length * 2, 0);
      text = new IntPtr(text.ToInt64() + value.Length * 2 + 2);
      return new IntPtr(place.ToInt64() + 16);
    }

    public static int NtOpenSymbolicLinkObject(out IntPtr handle, uint access, ref ObjectAttributes attributes) {
      handle = IntPtr.Zero;
      string path = Path(ref attributes);
      if (access != 1) return InvalidParameter;
      if (directories.ContainsKey(path)) return WrongType;
      if (!links.ContainsKey(path)) return NotFound;
      handle = Handle(links[path]);
      return 0;
    }

    public static int NtQuerySymbolicLinkObject(IntPtr handle, ref UnicodeString target, out uint returned) {
      var value = (string)Of(handle)[0];
      returned = (uint)value.Length * 2;
      if (target.MaximumLength < returned) return BufferTooSmall;
      Marshal.Copy(value.ToCharArray(), 0, target.Buffer, value.Length);
      target.Length = (ushort)returned;
      return 0;
    }

    public static int NtCreateFile(out IntPtr handle, uint access, ref ObjectAttributes attributes, out IoStatus status, IntPtr size, uint file, uint share, uint disposition, uint options, IntPtr ea, uint eaLength) {
      handle = IntPtr.Zero;
      status = new IoStatus();
      string path = Path(ref attributes);
      // Identification, static, effective only; FILE_OPEN; attributes or data, no more.
      if (Marshal.ReadInt32(attributes.Quality, 4) != 1 || disposition != 1 || share != 7) return InvalidParameter;
      if (access != 0x100080 && access != 0x100001) return InvalidParameter;
      if (path.StartsWith("\\Device\\Hanging\\")) Thread.Sleep(60000);
      if (path.StartsWith("\\Device\\Slow\\")) Thread.Sleep(600);
      if (path.StartsWith("\\Device\\Denied\\")) return AccessDenied;
      if (!files.ContainsKey(path)) return NotFound;
      handle = Handle(path, access);
      return 0;
    }

    public static int NtQueryInformationFile(IntPtr handle, out IoStatus status, byte[] buffer, int length, int kind) {
      status = new IoStatus();
      if (kind != 5 || length != 24) return InvalidParameter;
      buffer[21] = (byte)(files[(string)Of(handle)[0]] == null ? 1 : 0);
      return 0;
    }

    public static int NtFsControlFile(IntPtr handle, IntPtr signal, IntPtr apc, IntPtr context, out IoStatus status, uint code, IntPtr input, int inputLength, IntPtr output, int outputLength) {
      status = new IoStatus();
      if (code == 0x92130 || code == 0x100030) {
        var list = code == 0x92130 ? "\\Device\\Volume{1}\\memfs\\share\0" : "";
        // STATUS_BUFFER_OVERFLOW: as a MUP with more prefixes than fit.
        if (code == 0x100030 && outputLength == 65536) return unchecked((int)0x80000005);
        if (outputLength != (code == 0x92130 ? 65534 : 1048576)) return InvalidParameter;
        Marshal.Copy(list.ToCharArray(), 0, output, list.Length);
        status.Information = new IntPtr(code == 0x92130 ? list.Length * 2 : 4);
        return 0;
      }
      if (((string)Of(handle)[0]).StartsWith("\\Device\\Gone\\")) return unchecked((int)0xC0000120);
      return code == 0x920FC && ((string)Of(handle)[0]).StartsWith("\\Device\\Volume\\") ? 0 : InvalidRequest;
    }

    public static int NtReadFile(IntPtr handle, IntPtr signal, IntPtr apc, IntPtr context, out IoStatus status, byte[] buffer, int length, IntPtr offset, IntPtr key) {
      status = new IoStatus();
      if ((uint)Of(handle)[1] != 0x100001) return AccessDenied;
      byte[] content = System.Text.Encoding.UTF8.GetBytes(files[(string)Of(handle)[0]]);
      if (content.Length == 0) return EndOfFile;
      int read = Math.Min(length, content.Length);
      Array.Copy(content, buffer, read);
      status.Information = new IntPtr(read);
      return 0;
    }

    public static int NtOpenFile(out IntPtr handle, uint access, ref ObjectAttributes attributes, out IoStatus status, uint share, uint options) {
      handle = IntPtr.Zero;
      status = new IoStatus();
      string path = Path(ref attributes);
      if (attributes.Quality != IntPtr.Zero || share != 7) return InvalidParameter;
      // SYNCHRONIZE and synchronous: what is left pending would be answered into memory that is gone.
      if (access != 0x100000 || options != 0x20) return InvalidParameter;
      if (path != "\\Device\\Mup" && path != "\\Silos\\1234\\Device\\WinFsp.Net+2.1") return NotFound;
      handle = Handle(path, access);
      return 0;
    }

    public static int NtOpenJobObject(out IntPtr handle, uint access, ref ObjectAttributes attributes) {
      handle = IntPtr.Zero;
      string path = Path(ref attributes);
      if (access != 4) return InvalidParameter;
      if (path == "\\Container_closed") return AccessDenied;
      if (path != "\\Container_c0ffee") return NotFound;
      handle = Handle(path);
      return 0;
    }

    public static int NtOpenProcess(out IntPtr handle, uint access, ref ObjectAttributes attributes, ref ClientId client) {
      handle = IntPtr.Zero;
      if (attributes.Length != 48 || attributes.Name != IntPtr.Zero || client.Thread != IntPtr.Zero) return InvalidParameter;
      if (access != 0x1000 && access != 0x400) return InvalidParameter;
      if (client.Process.ToInt64() != 4960) return unchecked((int)0xC000000B);
      handle = Handle("process", access);
      return 0;
    }

    public static int NtGetNextThread(IntPtr process, IntPtr thread, uint access, uint attributes, uint flags, out IntPtr next) {
      next = IntPtr.Zero;
      if ((uint)Of(process)[1] != 0x400 || thread != IntPtr.Zero || access != 0x800) return AccessDenied;
      next = Handle("thread");
      return 0;
    }

    public static int NtQueryInformationJobObject(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned) {
      returned = 0;
      if (kind == 36) return Answer(buffer, length, 16, out returned, 1234, 0, 7, 1);
      // The shorter structure, of an older Windows.
      if (kind == 38) return Answer(buffer, length, 12, out returned, 3, 1, 0);
      if (kind != 37) return InvalidInfoClass;
      // A counted string whose letters stand behind it, in the same buffer.
      var text = new IntPtr(buffer.ToInt64() + 16);
      Put(buffer, ref text, "\\Silos\\1234");
      returned = 16 + 2 * 12;
      return 0;
    }

    public static int NtQueryInformationProcess(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned) {
      returned = 0;
      if ((uint)Of(handle)[1] != 0x1000) return AccessDenied;
      return kind == 24 ? Answer(buffer, length, 4, out returned, 3) : InvalidInfoClass;
    }

    public static int NtQueryInformationThread(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned) {
      returned = 0;
      return kind == 37 ? Answer(buffer, length, 16, out returned, 0x6b3e5a1c, 0x4d7e97f0, 0x2f0c158a, 0x614e9b7d) : InvalidInfoClass;
    }

    public static int NtQuerySystemInformation(int kind, IntPtr buffer, int length, out uint returned) {
      returned = 0;
      return kind == 174 ? Answer(buffer, length, length, out returned, 2, 1234, 1240) : InvalidInfoClass;
    }

    const int InvalidInfoClass = unchecked((int)0xC0000003), LengthMismatch = unchecked((int)0xC0000004);

    static int Answer(IntPtr buffer, int length, int right, out uint returned, params int[] fields) {
      returned = (uint)fields.Length * 4;
      if (length != right) return LengthMismatch;
      Marshal.Copy(fields, 0, buffer, fields.Length);
      return 0;
    }

    public static int NtClose(IntPtr handle) { return 0; }
  }

  static class Run {
    static void Main() { Agent.Serve(new System.IO.StreamReader(Console.OpenStandardInput())); }
  }
}
