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
      { "\\Many", Numbered(5000) },
      { "\\Long", new[] { new string('\u00e9', 32000), "Device", "short", "Device" } },
    };
    static readonly Dictionary<string, string> links = new Dictionary<string, string> {
      { "\\Link", "\\Device\\WinFsp.Mup+2.1{\u2028\"\\\n}" },
    };
    static readonly Dictionary<string, string> files = new Dictionary<string, string> {
      { "\\Device\\Volume\\file", "hello" }, { "\\Device\\Volume\\empty", "" }, { "\\Device\\Volume\\", null },
      { "\\Device\\Foreign\\file", "not of WinFsp" }, { "\\Device\\Hanging\\", null },
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

    public static int NtClose(IntPtr handle) { return 0; }
  }

  static class Run {
    static void Main() { Agent.Serve(new System.IO.StreamReader(Console.OpenStandardInput())); }
  }
}
