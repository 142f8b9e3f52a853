import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { answers, app, madeWindow, mainWasLoaded, onApp, onIpc, onPower, removeTask } from './electron.ts';
import { recorded } from './modelled.ts';
import type { Request } from './window-process.ts';

/** The program of the child process: loads the built main with `electron` led here, then does what the test asks. */

const standin = new URL('./electron.js', import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === 'electron' ? { url: ${JSON.stringify(standin)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

async function act(request: Request): Promise<unknown> {
  const made = madeWindow();
  switch (request.what) {
    case 'evaluate':
      return (await made?.loaded)?.evaluate(request.code);
    case 'message': {
      const { url, contentsId = made?.contents.id, nested = false } = request;
      const senderFrame = url === undefined ? null : { url, parent: nested ? {} : null, isDestroyed: () => false };
      return onIpc.emit(request.channel, { sender: { id: contentsId }, senderFrame }, ...request.frames);
    }
    case 'emit':
      return { app: onApp, power: onPower, window: made?.onWindow ?? onApp }[request.on].emit(
        request.event,
        ...request.args,
      );
    case 'close':
      return made?.window.close();
    case 'quit':
      return app.quit();
    case 'answer':
      return answers.push(request.button);
    case 'remove-task':
      return removeTask(request.args);
    case 'recorded':
      return recorded;
    case 'loads':
      return made?.loads();
    case 'reload':
      return void (await (await made?.loaded)?.reload());
  }
}

process.on('message', (message: { readonly id: number; readonly request: Request }) => {
  const { id, request } = message;
  act(request).then(
    value => process.send?.({ id, value: JSON.parse(JSON.stringify(value ?? null)) as unknown }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

const platform = process.env['STANDIN_PLATFORM'];
if (platform !== undefined) Object.defineProperty(process, 'platform', { value: platform });
// As Electron gives it from source: its own program, the main, what the user added.
const [, , main = ''] = process.argv;
process.argv.splice(1, 2, main);
await import(pathToFileURL(main).href);
mainWasLoaded();
process.send?.({ loaded: true });
