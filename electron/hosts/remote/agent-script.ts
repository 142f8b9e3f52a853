import { MOST_ENTRIES } from '../../../shared/domain/most-entries.ts';
import { GONE } from '../nt-status.ts';
import { UNLESS_LOCKED_DOWN } from './encoded-command.ts';

/** The first line of what is sent on the command line; the agent itself follows over standard input. */
export const AGENT_MARKER = '# siloscope: agent';

/** Short enough for any command line: reads the agent as one line of base64 from standard input and runs it. */
export const AGENT_BOOTSTRAP = `${AGENT_MARKER}
$ErrorActionPreference = 'Stop'
${UNLESS_LOCKED_DOWN}
$reader = New-Object System.IO.StreamReader([Console]::OpenStandardInput())
$source = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($reader.ReadLine()))
Add-Type -TypeDefinition $source -IgnoreWarnings
[Siloscope.Agent]::Serve($reader)
`;

/**
 * The agent, in C# 5 as Windows PowerShell 5.1 compiles it. Lists object directories (in batches, one by one where those
 * are not to be had), reads links by their own handles, and opens files for their attributes only, as identification, on
 * a thread that it leaves behind when time is up; asks the kernel what kernel-calls.ts puts into words. Ground: Microsoft's pages on NtQueryDirectoryObject and its kin;
 * winfsp src/sys/fsctl.c for FSP_FSCTL_QUERY_WINFSP (0x920FC).
 */
export const AGENT_SOURCE = `
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace Siloscope {
  [StructLayout(LayoutKind.Sequential)]
  struct UnicodeString { public ushort Length; public ushort MaximumLength; public IntPtr Buffer; }

  [StructLayout(LayoutKind.Sequential)]
  struct ObjectAttributes {
    public int Length; public IntPtr Root; public IntPtr Name; public uint Attributes;
    public IntPtr Descriptor; public IntPtr Quality;
  }

  [StructLayout(LayoutKind.Sequential)]
  struct IoStatus { public IntPtr Status; public IntPtr Information; }

  static class Nt {
    [DllImport("ntdll.dll")]
    public static extern int NtOpenDirectoryObject(out IntPtr handle, uint access, ref ObjectAttributes attributes);
    [DllImport("ntdll.dll")]
    public static extern int NtQueryDirectoryObject(IntPtr handle, IntPtr buffer, int length, byte single, byte restart, ref uint context, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtOpenSymbolicLinkObject(out IntPtr handle, uint access, ref ObjectAttributes attributes);
    [DllImport("ntdll.dll")]
    public static extern int NtQuerySymbolicLinkObject(IntPtr handle, ref UnicodeString target, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtCreateFile(out IntPtr handle, uint access, ref ObjectAttributes attributes, out IoStatus status, IntPtr size, uint file, uint share, uint disposition, uint options, IntPtr ea, uint eaLength);
    [DllImport("ntdll.dll")]
    public static extern int NtQueryInformationFile(IntPtr handle, out IoStatus status, byte[] buffer, int length, int kind);
    [DllImport("ntdll.dll")]
    public static extern int NtFsControlFile(IntPtr handle, IntPtr signal, IntPtr apc, IntPtr context, out IoStatus status, uint code, IntPtr input, int inputLength, IntPtr output, int outputLength);
    [DllImport("ntdll.dll")]
    public static extern int NtReadFile(IntPtr handle, IntPtr signal, IntPtr apc, IntPtr context, out IoStatus status, byte[] buffer, int length, IntPtr offset, IntPtr key);
    [DllImport("ntdll.dll")]
    public static extern int NtOpenFile(out IntPtr handle, uint access, ref ObjectAttributes attributes, out IoStatus status, uint share, uint options);
    [DllImport("ntdll.dll")]
    public static extern int NtOpenJobObject(out IntPtr handle, uint access, ref ObjectAttributes attributes);
    [DllImport("ntdll.dll")]
    public static extern int NtOpenProcess(out IntPtr handle, uint access, ref ObjectAttributes attributes, ref ClientId client);
    [DllImport("ntdll.dll")]
    public static extern int NtGetNextThread(IntPtr process, IntPtr thread, uint access, uint attributes, uint flags, out IntPtr next);
    [DllImport("ntdll.dll")]
    public static extern int NtQueryInformationJobObject(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtQueryInformationProcess(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtQueryInformationThread(IntPtr handle, int kind, IntPtr buffer, int length, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtQuerySystemInformation(int kind, IntPtr buffer, int length, out uint returned);
    [DllImport("ntdll.dll")]
    public static extern int NtClose(IntPtr handle);
  }

  [StructLayout(LayoutKind.Sequential)]
  struct ClientId { public IntPtr Process; public IntPtr Thread; }

  sealed class Refused : Exception {
    public readonly uint Status;
    public Refused(int status) { Status = unchecked((uint)status); }
  }

  /** An object's name as the kernel wants it, for as long as the call lasts. */
  sealed class Name : IDisposable {
    public ObjectAttributes Attributes;
    readonly IntPtr text, name, quality;

    public Name(string path, bool identify) {
      if (path.Length > 32000 || path.IndexOf('\\0') >= 0) throw new Refused(unchecked((int)0xC0000033));
      text = Marshal.StringToHGlobalUni(path);
      name = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(UnicodeString)));
      UnicodeString counted = new UnicodeString();
      counted.Length = (ushort)(path.Length * 2);
      counted.MaximumLength = (ushort)(path.Length * 2 + 2);
      counted.Buffer = text;
      Marshal.StructureToPtr(counted, name, false);
      if (identify) {
        // SECURITY_QUALITY_OF_SERVICE: 12 bytes, SecurityIdentification, static tracking, effective only.
        quality = Marshal.AllocHGlobal(12);
        Marshal.WriteInt32(quality, 0, 12);
        Marshal.WriteInt32(quality, 4, 1);
        Marshal.WriteInt32(quality, 8, 0x100);
      }
      Attributes.Length = Marshal.SizeOf(typeof(ObjectAttributes));
      Attributes.Name = name;
      Attributes.Attributes = 0x40;
      Attributes.Quality = quality;
    }

    public void Dispose() {
      Marshal.FreeHGlobal(text);
      Marshal.FreeHGlobal(name);
      if (quality != IntPtr.Zero) Marshal.FreeHGlobal(quality);
    }
  }

  public static class Agent {
    const int MoreEntries = 0x105, BufferTooSmall = unchecked((int)0xC0000023), NotImplemented = unchecked((int)0xC0000002);
    // As on this machine: what holds more is refused with STATUS_NOT_SUPPORTED, never cut short.
    const int MostEntries = ${MOST_ENTRIES}, NotSupported = unchecked((int)0xC00000BB);
    // As on this machine: whoever served an open file is gone.
    static readonly uint[] Gone = { ${GONE.map(status => `0x${status.toString(16)}`).join(', ')} };
    static readonly object door = new object();
    static TextWriter answers;
    // Threads that were left behind in a file system, and are there still.
    static int hanging;

    public static void Serve(TextReader requests) {
      answers = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
      Tell("{\\"ready\\":1}");
      for (string line = requests.ReadLine(); line != null; line = requests.ReadLine()) Handle(line.Split('\\t'));
      // Threads that hang in a file system must not keep the process.
      Environment.Exit(0);
    }

    static void Handle(string[] fields) {
      if (fields.Length < 3) return;
      string id = "{\\"id\\":" + int.Parse(fields[0]);
      if (fields[1] == "probe") {
        int limit = int.Parse(fields[4]);
        int bytes = int.Parse(fields[5]);
        string path = Text(fields[2]);
        Thread watch = new Thread(delegate() {
          string answer = null;
          // Whoever of both is first says so; the one that comes late to its own end was counted as hanging.
          int over = 0;
          Thread work = new Thread(delegate() {
            answer = Answer(id, delegate() { return Probe(path, bytes); });
            if (Interlocked.Exchange(ref over, 1) == 1) Interlocked.Decrement(ref hanging);
          });
          work.IsBackground = true;
          work.Start();
          if (work.Join(limit) || Interlocked.Exchange(ref over, 1) == 1) { work.Join(); Tell(answer); return; }
          Tell(id + ",\\"timedOut\\":1,\\"hanging\\":" + Interlocked.Increment(ref hanging) + "}");
        });
        watch.IsBackground = true;
        watch.Start();
        return;
      }
      string place = Text(fields[2]);
      if (fields[1] == "list") Tell(Answer(id, delegate() { return List(place); }));
      if (fields[1] == "link") Tell(Answer(id, delegate() { return Link(place); }));
      if (fields[1] == "kernel") Tell(Answer(id, delegate() { return new Question(fields[3], place, uint.Parse(fields[4]), int.Parse(fields[5])).Ask(); }));
    }

    static string Answer(string id, Func<string> ask) {
      try { return id + "," + ask() + "}"; }
      catch (Refused refused) { return id + ",\\"status\\":" + refused.Status + "}"; }
      catch (Exception) { return id + ",\\"status\\":" + 0xC0000001 + "}"; }
    }

    static string List(string path) {
      IntPtr handle;
      using (Name name = new Name(path, false)) Check(Nt.NtOpenDirectoryObject(out handle, 1, ref name.Attributes));
      StringBuilder found = new StringBuilder("\\"entries\\":[");
      int length = 1 << 16, count = 0;
      IntPtr buffer = Marshal.AllocHGlobal(length);
      byte single = 0, restart = 1;
      uint context = 0, returned;
      try {
        for (;;) {
          int status = Nt.NtQueryDirectoryObject(handle, buffer, length, single, restart, ref context, out returned);
          if (status == NotImplemented && single == 0) { single = 1; context = 0; restart = 1; continue; }
          int read = status >= 0 ? Entries(buffer, single == 1, found, count) : 0;
          if (status == BufferTooSmall || (status == MoreEntries && read == 0)) {
            if (length > 1 << 24) Check(status == MoreEntries ? BufferTooSmall : status);
            Marshal.FreeHGlobal(buffer);
            length *= 2;
            buffer = Marshal.AllocHGlobal(length);
            continue;
          }
          // STATUS_NO_MORE_ENTRIES, also of an empty directory.
          if (status == unchecked((int)0x8000001A)) break;
          Check(status);
          count += read;
          if (count > MostEntries) throw new Refused(NotSupported);
          restart = 0;
          if (single == 0 && status == 0) break;
        }
      } finally {
        Marshal.FreeHGlobal(buffer);
        Nt.NtClose(handle);
      }
      return found.Append(']').ToString();
    }

    static int Entries(IntPtr buffer, bool single, StringBuilder found, int before) {
      int size = Marshal.SizeOf(typeof(UnicodeString));
      int count = 0;
      for (;;) {
        IntPtr at = new IntPtr(buffer.ToInt64() + (long)count * 2 * size);
        string name = Counted(at);
        string type = Counted(new IntPtr(at.ToInt64() + size));
        if (name == null || type == null) break;
        if (before + count > 0) found.Append(',');
        found.Append('[').Append(Quote(name)).Append(',').Append(Quote(type)).Append(']');
        count++;
        if (single) break;
      }
      return count;
    }

    static string Counted(IntPtr at) {
      UnicodeString text = (UnicodeString)Marshal.PtrToStructure(at, typeof(UnicodeString));
      return text.Buffer == IntPtr.Zero ? null : Marshal.PtrToStringUni(text.Buffer, text.Length / 2);
    }

    static string Link(string path) {
      IntPtr handle;
      using (Name name = new Name(path, false)) Check(Nt.NtOpenSymbolicLinkObject(out handle, 1, ref name.Attributes));
      UnicodeString target = new UnicodeString();
      target.MaximumLength = 65534;
      target.Buffer = Marshal.AllocHGlobal(65536);
      try {
        uint returned;
        Check(Nt.NtQuerySymbolicLinkObject(handle, ref target, out returned));
        return "\\"target\\":" + Quote(Marshal.PtrToStringUni(target.Buffer, target.Length / 2));
      } finally {
        Marshal.FreeHGlobal(target.Buffer);
        Nt.NtClose(handle);
      }
    }

    /** One question to the kernel: what it is about is opened to be queried, asked once and closed. */
    sealed class Question {
      readonly string by, about;
      readonly uint code;
      readonly int length;

      public Question(string by, string about, uint code, int length) {
        this.by = by;
        this.about = about;
        this.code = code;
        this.length = Math.Min(length, 1 << 21);
      }

      public string Ask() {
        IntPtr handle = IntPtr.Zero;
        int opened = by == "system" ? 0 : OpenIt(out handle);
        if (opened < 0) return Said("open", opened, IntPtr.Zero, 0);
        IntPtr buffer = Marshal.AllocHGlobal(length);
        Marshal.Copy(new byte[length], 0, buffer, length);
        try {
          uint returned;
          int status = Query(handle, buffer, out returned);
          return Said("query", status, buffer, status < 0 ? 0 : (int)Math.Min(returned, (uint)length));
        } finally {
          Marshal.FreeHGlobal(buffer);
          if (handle != IntPtr.Zero) Nt.NtClose(handle);
        }
      }

      int OpenIt(out IntPtr handle) {
        IoStatus status;
        if (by == "process" || by == "thread") return OpenProcess(out handle);
        using (Name name = new Name(about, false)) {
          // JOB_OBJECT_QUERY; or SYNCHRONIZE and synchronous, as CreateFileW opens a control device: nothing is left pending.
          if (by == "job") return Nt.NtOpenJobObject(out handle, 4, ref name.Attributes);
          return Nt.NtOpenFile(out handle, 0x100000, ref name.Attributes, out status, 7, 0x20);
        }
      }

      int OpenProcess(out IntPtr handle) {
        ObjectAttributes nameless = new ObjectAttributes();
        nameless.Length = Marshal.SizeOf(typeof(ObjectAttributes));
        ClientId client = new ClientId();
        client.Process = new IntPtr(int.Parse(about));
        // PROCESS_QUERY_LIMITED_INFORMATION; to find a thread, PROCESS_QUERY_INFORMATION.
        int opened = Nt.NtOpenProcess(out handle, by == "process" ? 0x1000u : 0x400u, ref nameless, ref client);
        if (opened < 0 || by == "process") return opened;
        IntPtr process = handle;
        // THREAD_QUERY_LIMITED_INFORMATION of its first thread.
        opened = Nt.NtGetNextThread(process, IntPtr.Zero, 0x800, 0, 0, out handle);
        Nt.NtClose(process);
        return opened;
      }

      int Query(IntPtr handle, IntPtr buffer, out uint returned) {
        returned = 0;
        if (by == "system") return Nt.NtQuerySystemInformation((int)code, buffer, length, out returned);
        if (by == "job") return Nt.NtQueryInformationJobObject(handle, (int)code, buffer, length, out returned);
        if (by == "process") return Nt.NtQueryInformationProcess(handle, (int)code, buffer, length, out returned);
        if (by == "thread") return Nt.NtQueryInformationThread(handle, (int)code, buffer, length, out returned);
        IoStatus status;
        int result = Nt.NtFsControlFile(handle, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, out status, code, IntPtr.Zero, 0, buffer, length);
        returned = (uint)status.Information.ToInt64();
        return result;
      }

      static string Said(string step, int status, IntPtr buffer, int length) {
        byte[] bytes = new byte[length];
        if (length > 0) Marshal.Copy(buffer, bytes, 0, length);
        return "\\"step\\":\\"" + step + "\\",\\"ntStatus\\":" + unchecked((uint)status) + ",\\"at\\":\\"" + buffer.ToInt64() + "\\",\\"bytes\\":\\"" + Convert.ToBase64String(bytes) + "\\"";
      }
    }

    static string Probe(string path, int bytes) {
      // FILE_READ_ATTRIBUTES and SYNCHRONIZE; open for backup, synchronous, the reparse point itself.
      IntPtr handle = Open(path, 0x100080, 0x204020);
      bool directory, winfsp;
      try {
        IoStatus status;
        byte[] standard = new byte[24];
        Check(Nt.NtQueryInformationFile(handle, out status, standard, standard.Length, 5));
        directory = standard[21] != 0;
        int asked = Nt.NtFsControlFile(handle, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, out status, 0x920FC, IntPtr.Zero, 0, IntPtr.Zero, 0);
        // Of one that went meanwhile nobody can say any more that it was not WinFsp's.
        if (Array.IndexOf(Gone, unchecked((uint)asked)) >= 0) throw new Refused(asked);
        winfsp = asked >= 0;
      } finally { Nt.NtClose(handle); }
      string answer = "\\"winfsp\\":" + (winfsp ? "true" : "false") + ",\\"directory\\":" + (directory ? "true" : "false");
      return directory || bytes <= 0 ? answer : answer + ",\\"content\\":\\"" + Read(path, bytes) + "\\"";
    }

    static string Read(string path, int bytes) {
      // FILE_READ_DATA and SYNCHRONIZE; no directory.
      IntPtr handle = Open(path, 0x100001, 0x200060);
      try {
        byte[] content = new byte[Math.Min(bytes, 1 << 20)];
        IoStatus status;
        int result = Nt.NtReadFile(handle, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, out status, content, content.Length, IntPtr.Zero, IntPtr.Zero);
        // STATUS_END_OF_FILE: an empty file.
        if (result == unchecked((int)0xC0000011)) return "";
        Check(result);
        return Convert.ToBase64String(content, 0, (int)status.Information.ToInt64());
      } finally { Nt.NtClose(handle); }
    }

    static IntPtr Open(string path, uint access, uint options) {
      IntPtr handle;
      IoStatus status;
      using (Name name = new Name(path, true))
        Check(Nt.NtCreateFile(out handle, access, ref name.Attributes, out status, IntPtr.Zero, 0, 7, 1, options, IntPtr.Zero, 0));
      return handle;
    }

    static void Check(int status) { if (status < 0) throw new Refused(status); }

    static string Text(string field) { return Encoding.Unicode.GetString(Convert.FromBase64String(field)); }

    static string Quote(string text) {
      StringBuilder quoted = new StringBuilder("\\"");
      foreach (char one in text) {
        if (one < ' ' || one > '~' || one == '"' || one == '\\\\') quoted.Append("\\\\u").Append(((int)one).ToString("x4"));
        else quoted.Append(one);
      }
      return quoted.Append('"').ToString();
    }

    static void Tell(string line) {
      lock (door) { answers.Write(line + "\\n"); answers.Flush(); }
    }
  }
}
`;

/** The line that follows the bootstrap. */
export const AGENT_LINE = `${Buffer.from(AGENT_SOURCE, 'utf8').toString('base64')}\n`;
