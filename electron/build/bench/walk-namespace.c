/* Walks a directory of the NT object namespace and reads the target of every link, entry by entry: what the walk
 * through koffi is measured against. Prints "<objects> <links> <milliseconds>". Built with mingw-w64. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>
#include <winternl.h>

typedef struct {
  UNICODE_STRING name, type;
} Entry;

typedef NTSTATUS(NTAPI *OpenObject)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *);
typedef NTSTATUS(NTAPI *QueryDirectory)(HANDLE, void *, ULONG, BOOLEAN, BOOLEAN, ULONG *, ULONG *);
typedef NTSTATUS(NTAPI *QueryLink)(HANDLE, UNICODE_STRING *, ULONG *);
typedef NTSTATUS(NTAPI *CloseHandleNt)(HANDLE);

static OpenObject open_directory, open_link;
static QueryDirectory query_directory;
static QueryLink query_link;
static CloseHandleNt close_object;
static unsigned objects, links;

static NTSTATUS open_named(OpenObject open, const wchar_t *path, HANDLE *handle) {
  UNICODE_STRING name;
  OBJECT_ATTRIBUTES attributes;
  name.Buffer = (wchar_t *)path;
  name.Length = name.MaximumLength = (USHORT)(wcslen(path) * sizeof(wchar_t));
  InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
  return open(handle, 1, &attributes);
}

static void read_link(const wchar_t *path) {
  static wchar_t text[32768];
  UNICODE_STRING target = {0, 65534, text};
  ULONG needed;
  HANDLE handle;
  if (open_named(open_link, path, &handle) < 0) return;
  if (query_link(handle, &target, &needed) >= 0) links++;
  close_object(handle);
}

/* The names of a directory are gathered before any of them is opened, as any careful reader does. */
static void walk(wchar_t *path, size_t length, int depth) {
  static char buffer[65536];
  wchar_t (*names)[64] = NULL;
  char *kinds = NULL;
  size_t count = 0, room = 0, index;
  ULONG context = 0, needed;
  HANDLE handle;
  if (depth > 16 || open_named(open_directory, path, &handle) < 0) return;
  while (query_directory(handle, buffer, sizeof buffer, TRUE, count == 0, &context, &needed) == 0) {
    Entry *entry = (Entry *)buffer;
    size_t bytes = entry->name.Length;
    if (count == room) {
      room = room ? room * 2 : 64;
      names = realloc(names, room * sizeof *names);
      kinds = realloc(kinds, room);
      if (!names || !kinds) exit(1);
    }
    if (bytes > sizeof names[0] - sizeof(wchar_t)) bytes = sizeof names[0] - sizeof(wchar_t);
    memcpy(names[count], entry->name.Buffer, bytes);
    names[count][bytes / sizeof(wchar_t)] = 0;
    kinds[count] = entry->type.Length == 18 && !memcmp(entry->type.Buffer, L"Directory", 18)      ? 'd'
                   : entry->type.Length == 24 && !memcmp(entry->type.Buffer, L"SymbolicLink", 24) ? 'l'
                                                                                                  : 'o';
    count++;
  }
  close_object(handle);
  objects += count;
  for (index = 0; index < count; index++) {
    if (kinds[index] == 'o' || length + wcslen(names[index]) + 2 > 1024) continue;
    path[length] = L'\\';
    wcscpy(path + length + 1, names[index]);
    if (kinds[index] == 'l') read_link(path);
    else walk(path, length + 1 + wcslen(names[index]), depth + 1);
    path[length] = 0;
  }
  free(names);
  free(kinds);
}

int main(int argc, char **argv) {
  wchar_t path[1024];
  LARGE_INTEGER start, end, frequency;
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  open_directory = (OpenObject)(void *)GetProcAddress(ntdll, "NtOpenDirectoryObject");
  open_link = (OpenObject)(void *)GetProcAddress(ntdll, "NtOpenSymbolicLinkObject");
  query_directory = (QueryDirectory)(void *)GetProcAddress(ntdll, "NtQueryDirectoryObject");
  query_link = (QueryLink)(void *)GetProcAddress(ntdll, "NtQuerySymbolicLinkObject");
  close_object = (CloseHandleNt)(void *)GetProcAddress(ntdll, "NtClose");
  if (argc != 2 || !open_directory || !open_link || !query_directory || !query_link) return 2;
  if (!MultiByteToWideChar(CP_ACP, 0, argv[1], -1, path, 512)) return 2;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&start);
  walk(path, wcslen(path), 0);
  QueryPerformanceCounter(&end);
  printf("%u %u %.3f\n", objects, links, (end.QuadPart - start.QuadPart) * 1000.0 / frequency.QuadPart);
  return 0;
}
