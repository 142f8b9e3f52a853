import { assertNever } from '../base/assert-never.ts';

const BY = {
  'run-key': 'A value of your own Run key; Task Manager lists it under Startup.',
  task: 'A task of your own in Task Scheduler, with your rights and no more.',
} as const;

/** How the start of `siloscope serve` at sign-in stands, line by line. */
export function wordSignIn(
  state: 'on' | 'off' | 'switched-off-in-windows',
  by: keyof typeof BY | undefined,
): readonly string[] {
  const how = by === undefined ? [] : [BY[by]];
  switch (state) {
    case 'on':
      return [
        '"siloscope serve" starts when you sign in.',
        ...how,
        'Its small window shows the addresses, with a new token each time; the token is kept nowhere else.',
      ];
    case 'switched-off-in-windows':
      return ['It is there, and you switched it off in Task Manager; "--at-sign-in on" switches it on again.', ...how];
    case 'off':
      return ['"siloscope serve" does not start when you sign in.'];
    default:
      return assertNever(state);
  }
}
