/** FormatMessage of the system's message table, en-US, for the codes that the programs print. */
const MESSAGES: ReadonlyMap<number, string> = new Map([
  [1, 'Incorrect function.'],
  [2, 'The system cannot find the file specified.'],
  [3, 'The system cannot find the path specified.'],
  [5, 'Access is denied.'],
  [6, 'The handle is invalid.'],
  [15, 'The system cannot find the drive specified.'],
  [17, 'The system cannot move the file to a different disk drive.'],
  [19, 'The media is write protected.'],
  [21, 'The device is not ready.'],
  [31, 'A device attached to the system is not functioning.'],
  [32, 'The process cannot access the file because it is being used by another process.'],
  [50, 'The request is not supported.'],
  [53, 'The network path was not found.'],
  [55, 'The specified network resource or device is no longer available.'],
  [59, 'An unexpected network error occurred.'],
  [64, 'The specified network name is no longer available.'],
  [65, 'Network access is denied.'],
  [67, 'The network name cannot be found.'],
  [80, 'The file exists.'],
  [82, 'The directory or file cannot be created.'],
  [85, 'The local device name is already in use.'],
  [87, 'The parameter is incorrect.'],
  [112, 'There is not enough space on the disk.'],
  [121, 'The semaphore timeout period has expired.'],
  [123, 'The filename, directory name, or volume label syntax is incorrect.'],
  [145, 'The directory is not empty.'],
  [183, 'Cannot create a file when that file already exists.'],
  [193, '%1 is not a valid Win32 application.'],
  [267, 'The directory name is invalid.'],
  [433, 'A device which does not exist was specified.'],
  [577, 'Windows cannot verify the digital signature for this file.'],
  [995, 'The I/O operation has been aborted because of either a thread exit or an application request.'],
  [1051, 'A stop control has been sent to a service that other running services are dependent on.'],
  [1052, 'The requested control is not valid for this service.'],
  [1053, 'The service did not respond to the start or control request in a timely fashion.'],
  [1056, 'An instance of the service is already running.'],
  [
    1058,
    'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
  ],
  [1060, 'The specified service does not exist as an installed service.'],
  [1062, 'The service has not been started.'],
  [1117, 'The request could not be performed because of an I/O device error.'],
  [1157, 'One of the library files needed to run this application cannot be found.'],
  [1167, 'The device is not connected.'],
  [
    1219,
    'Multiple connections to a server or shared resource by the same user, using more than one user name, are not allowed. Disconnect all previous connections to the server or shared resource and try again.',
  ],
  [1275, 'This driver has been blocked from loading'],
  [1314, 'A required privilege is not held by the client.'],
  [2182, 'The requested service has already been started.'],
  [2184, 'The service has not been started.'],
  [2185, 'The service name is invalid.'],
  [2250, 'The network connection could not be found.'],
  [3521, 'The service is not started.'],
]);

/** The system's sentence for a Win32 code, without a line end. */
export function win32Message(code: number): string {
  return (
    MESSAGES.get(code) ??
    `The system cannot find message text for message number 0x${code.toString(16)} in the message file for System.`
  );
}
