const two = (value: number): string => String(value).padStart(2, '0');

/** `214,748,364,800`. */
export function grouped(value: number): string {
  return String(Math.max(0, Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `11/22/2026` in UTC, the simulated machine's zone. */
export function shortDate(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${String(date.getUTCFullYear()).padStart(4, '0')}`;
}

/** `01:48 AM`. */
export function shortTime(ms: number): string {
  const date = new Date(ms);
  const hours = date.getUTCHours();
  return `${two(hours % 12 === 0 ? 12 : hours % 12)}:${two(date.getUTCMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** `Sun 11/22/2026`, as %DATE%. */
export function longDate(ms: number): string {
  return `${['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(ms).getUTCDay()] ?? ''} ${shortDate(ms)}`;
}

/** ` 1:48:10.07`, as %TIME%: hours padded with a blank, hundredths. */
export function longTime(ms: number): string {
  const date = new Date(ms);
  const hundredths = Math.trunc(date.getUTCMilliseconds() / 10);
  return `${String(date.getUTCHours()).padStart(2, ' ')}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}.${two(hundredths)}`;
}

/** `2026/11/22 01:48:10`, as Go's log package writes it. */
export function goTimestamp(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}`;
}

/** `1234-ABCD`. */
export function serialNumber(value: number): string {
  const hex = (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `${hex.slice(0, 4)}-${hex.slice(4)}`;
}
