import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

interface Told {
  readonly ran: boolean;
  readonly broken: readonly string[];
}

/** Does what an injection would do, and tells what came of it. */
function inject(kind: 'inline' | 'markup' | 'eval' | 'style' | 'foreign'): Promise<Told> {
  const told = { ran: false, broken: [] as string[] };
  Object.assign(window, { stolen: () => Object.assign(told, { ran: true }) });
  document.addEventListener('securitypolicyviolation', event => told.broken.push(event.effectiveDirective));
  const attempts = {
    inline: () => {
      const script = document.createElement('script');
      script.append('window.stolen()');
      document.body.append(script);
    },
    markup: () => {
      document.body.insertAdjacentHTML('beforeend', '<img src="/no-such-image" onerror="window.stolen()">');
    },
    eval: () => {
      Reflect.apply(window.setTimeout, window, ['window.stolen()', 0]);
    },
    style: () => {
      const style = document.createElement('style');
      style.textContent = 'body { --stolen: 1 }';
      document.head.append(style);
      told.ran = getComputedStyle(document.body).getPropertyValue('--stolen') !== '';
    },
    foreign: () => {
      fetch('http://127.0.0.1:9/').then(
        () => Object.assign(told, { ran: true }),
        () => undefined,
      );
    },
  };
  try {
    attempts[kind]();
  } catch {
    // Trusted Types throw; the policy tells why.
  }
  return new Promise(resolve => {
    setTimeout(() => resolve(told), 300);
  });
}

test.describe('the content security policy', () => {
  for (const [kind, what, directive] of [
    ['inline', 'an inline script', 'require-trusted-types-for'],
    ['markup', 'text that becomes markup', 'require-trusted-types-for'],
    ['eval', 'text that becomes code', 'require-trusted-types-for'],
    ['style', 'an inline style', 'style-src'],
    ['foreign', 'a word to another server', 'connect-src'],
  ] as const) {
    test(`stops ${what}`, async ({ page, server }) => {
      await page.goto(server.pageUrl);
      const { ran, broken } = await page.evaluate(inject, kind);
      expect({ ran, broken: broken.join() }).toEqual({ ran: false, broken: expect.stringContaining(directive) });
    });
  }
});

test('a script that somebody wrote into the page itself does not run', async ({ page, server }) => {
  const broken: string[] = [];
  page.on('console', message => broken.push(message.text()));
  await page.route(/\/$/, async route => {
    // The page's own questions whether the server is there are left alone.
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    const body = (await answer.text()).replace('</body>', '<script>window.stolen = 1</script></body>');
    const { 'content-length': _, ...headers } = answer.headers();
    await route.fulfill({ status: 200, headers, body });
  });
  await page.goto(server.pageUrl);
  await expect.poll(() => broken.join('\n')).toContain('Executing inline script violates');
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
});

test('a page of another site cannot connect, though it knows address and token', async ({ page, server }) => {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>(resolve => void site.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const { origin, hash } = new URL(server.pageUrl);
  const told = await page.evaluate(
    ([url, token]) =>
      new Promise(resolve => {
        const socket = new WebSocket(url, ['siloscope', `token.${token}`]);
        socket.addEventListener('open', () => resolve('opened'));
        socket.addEventListener('close', () => resolve('refused'));
      }),
    [origin.replace('http', 'ws'), hash.slice(1)] as const,
  );
  expect(told).toBe('refused');
  const embedded = await page.evaluate(
    url =>
      new Promise(resolve => {
        const image = document.createElement('img');
        image.addEventListener('load', () => resolve('loaded'));
        image.addEventListener('error', () => resolve('refused'));
        image.src = url;
        document.body.append(image);
      }),
    `${origin}/assets/icon.svg`,
  );
  expect(embedded).toBe('refused');
  await new Promise<void>(resolve => void site.close(() => resolve()));
});

test('a name that was re-pointed at the loopback address gets nothing', async ({ playwright, launchOptions }) => {
  const server = await startServer('default');
  const rules = '--host-resolver-rules=MAP rebound.example 127.0.0.1';
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), rules],
  });
  try {
    const page = await browser.newPage();
    const response = await page.goto(`http://rebound.example:${server.port}/`);
    expect(response?.status()).toBe(421);
    expect(await page.title()).not.toBe('Siloscope');
  } finally {
    await browser.close();
    await server.kill();
  }
});

test('the token leaves the address bar at once, and a reload still works', async ({ siloscope, server, page }) => {
  const token = new URL(server.pageUrl).hash.slice(1);
  expect(page.url()).not.toContain(token);
  await page.reload();
  await expect(siloscope.host).toContainText('answers');
});

test('without its token the page says what is missing', async ({ page, server }) => {
  await page.goto(new URL('/', server.pageUrl).href);
  await expect(page.getByRole('heading', { name: 'This page needs its key' })).toBeVisible();
});
