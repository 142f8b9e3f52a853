/* Stands in for WinFsp on a system without kernel drivers: as fsptool-x64.exe it answers lsdrv, ver and lsvol of a host
 * without volumes; as `service` it is a service that runs until it is stopped. Built with mingw-w64. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

static SERVICE_STATUS_HANDLE service;
static HANDLE stopped;

static void report(DWORD state) {
  SERVICE_STATUS status = {SERVICE_WIN32_OWN_PROCESS, 0, SERVICE_ACCEPT_STOP, 0, 0, 0, 0};
  status.dwCurrentState = state;
  SetServiceStatus(service, &status);
}

static DWORD WINAPI control(DWORD code, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (code == SERVICE_CONTROL_STOP) SetEvent(stopped);
  return NO_ERROR;
}

static void WINAPI serve(DWORD argc, wchar_t **argv) {
  stopped = CreateEventW(NULL, TRUE, FALSE, NULL);
  service = RegisterServiceCtrlHandlerExW(argc ? argv[0] : L"WinFsp+2.1", control, NULL);
  report(SERVICE_RUNNING);
  WaitForSingleObject(stopped, INFINITE);
  report(SERVICE_STOPPED);
}

int main(int argc, char **argv) {
  const char *command = argc > 1 ? argv[1] : "";
  wchar_t name[] = L"WinFsp+2.1";
  SERVICE_TABLE_ENTRYW table[] = {{name, serve}, {NULL, NULL}};
  if (!strcmp(command, "service")) return StartServiceCtrlDispatcherW(table) ? 0 : 1;
  if (!strcmp(command, "lsdrv")) return puts("R   WinFsp+2.1") < 0;
  if (!strcmp(command, "ver")) return puts("2.1 (SxS=2.1)") < 0;
  return strcmp(command, "lsvol") ? 87 : 0;
}
