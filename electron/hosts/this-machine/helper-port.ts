/** The way from a helper process to the one that started it, whichever way it was started. */
export interface HelperPort {
  post(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A port as Electron gives it to a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** Electron's port where this process has one, else Node's channel. The process ends with its parent. */
export function helperPort(): HelperPort {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      post: message => port.postMessage(message),
      onMessage: listener => void port.on('message', ({ data }) => listener(data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    post: message => void process.send?.(message),
    onMessage: listener => void process.on('message', listener),
  };
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}
