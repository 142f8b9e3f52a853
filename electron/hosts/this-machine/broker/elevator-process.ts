import { helperPort } from '../helper-port.ts';
import { loadElevationCalls } from '../nt/elevation-calls.ts';
import { type ElevatorReply, StartElevated } from './elevator-message.ts';

// The whole of a process that asks Windows to start a program as an administrator: the call returns when the user has
// answered the prompt, which may be never.
const port = helperPort();
const loading = loadElevationCalls();
port.onMessage(asked => {
  const wish = StartElevated.parse(asked);
  void loading.then(calls => {
    const reply: ElevatorReply = { error: calls.startElevated(wish) };
    port.post(reply);
  });
});
