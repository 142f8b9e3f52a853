import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';

/**
 * Answers the Docker Engine API out of a recording. Versions in paths are passed over; lists are those of all containers,
 * narrowed to the running ones when the client asks for no more; an event stream stays open and silent.
 */
export function answerGet(
  answers: ReadonlyMap<string, RecordedAnswer>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://engine');
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (path === '/_ping') {
      response.setHeader('Content-Type', 'text/plain').end('OK');
      return;
    }
    if (path === '/events') {
      response.flushHeaders();
      return;
    }
    const recorded = answers.get(`get ${path.toLowerCase()}`);
    if (recorded?.ask === 'get' && 'body' in recorded.answer) {
      const { body } = recorded.answer;
      const all = ['1', 'true'].includes(url.searchParams.get('all') ?? '') || url.searchParams.has('filters');
      say(response, 200, path === '/containers/json' && !all && Array.isArray(body) ? body.filter(runs) : body);
      return;
    }
  }
  say(response, 501, { message: `a recording has no answer to ${request.method ?? ''} ${path}` });
}

function runs(container: unknown): boolean {
  return typeof container === 'object' && container !== null && Reflect.get(container, 'State') === 'running';
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
