import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedAnswer } from '../../../shared/domain/recording.ts';

/**
 * Answers the Docker Engine API out of a recording. Versions in paths are passed over; lists are those of all containers,
 * narrowed to the running ones when the client asks for no more; of events, those that are asked for since a time are told,
 * and a stream without an end stays open from then on.
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
    const recorded = answers.get(`get ${path.toLowerCase()}`);
    if (path === '/events') {
      response.flushHeaders();
      const past = recorded?.ask === 'get' && 'body' in recorded.answer ? recorded.answer.body : [];
      tellEvents(response, url.searchParams, Array.isArray(past) ? past : []);
      return;
    }
    if (recorded?.ask === 'get' && 'body' in recorded.answer) {
      const { body } = recorded.answer;
      const all = ['1', 'true'].includes(url.searchParams.get('all') ?? '') || url.searchParams.has('filters');
      say(response, 200, path === '/containers/json' && !all && Array.isArray(body) ? body.filter(runs) : body);
      return;
    }
  }
  say(response, 501, { message: `a recording has no answer to ${request.method ?? ''} ${path}` });
}

/** Times are seconds since the epoch, as the engine takes them. Ground: moby, daemon/events. */
function tellEvents(response: ServerResponse, query: URLSearchParams, past: readonly unknown[]): void {
  const [since, until] = [query.get('since'), query.get('until')];
  if (since !== null) {
    const [from, to] = [Number(since), until === null ? Number.POSITIVE_INFINITY : Number(until)];
    for (const event of past) {
      const time: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'time') : undefined;
      if (typeof time === 'number' && time >= from && time <= to) response.write(`${JSON.stringify(event)}\n`);
    }
  }
  if (until !== null) response.end();
}

function runs(container: unknown): boolean {
  return typeof container === 'object' && container !== null && Reflect.get(container, 'State') === 'running';
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
