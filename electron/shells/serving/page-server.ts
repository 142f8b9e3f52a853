import { readBuiltPage } from './static-page.ts';
import { startWebServer, type WebServer, type WebServerOptions } from './web-server.ts';

/** A web server with the page that comes along, if it was built. */
export async function startPageServer(options: WebServerOptions): Promise<WebServer> {
  const page = await readBuiltPage();
  return startWebServer(page === undefined ? options : { ...options, page });
}
