import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import { readStaticPage } from '../../shells/serving/static-page.ts';
import { startWebServer } from '../../shells/serving/web-server.ts';
import { ROOT } from './serving.ts';

/** The least that React can be, served as our page is. It shows what it is sent. */
export interface EmptyPage {
  readonly url: string;
  send(text: string): void;
  close(): Promise<void>;
}

export async function serveEmptyPage(folder: string): Promise<EmptyPage> {
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'electron', 'build', 'bench', 'empty-page'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  const page = await readStaticPage(folder);
  if (page === undefined) throw new Error('bench: the empty page was not built');
  const channels = new Set<Channel>();
  const server = await startWebServer({
    serve: channel => {
      channels.add(channel);
      return { dispose: () => undefined };
    },
    clock: systemClock,
    page,
  });
  return {
    url: server.pageUrl ?? '',
    send: text => {
      for (const channel of channels) channel.send(text);
    },
    close: () => server.close(),
  };
}
