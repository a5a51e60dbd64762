import { type Listening, listen } from '../core/http/server.ts';
import type { Metrics } from '../core/telemetry/metrics.ts';

/** Serves `/healthz` (the process lives), `/readyz` (503 with what is missing until all parts work) and `/metrics`. */
export function serveHealth(options: {
  port: number;
  host: string;
  metrics: Metrics;
  missing: () => readonly string[];
}): Promise<Listening> {
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8') => ({ status, body, type });
  const answers = {
    '/healthz': () => text(200, 'ok\n'),
    '/readyz': () => {
      const missing = options.missing();
      return missing.length === 0 ? text(200, 'ready\n') : text(503, `waiting for:\n${missing.map((part) => `  ${part}\n`).join('')}`);
    },
    '/metrics': async () => text(200, await options.metrics.text(), 'text/plain; version=0.0.4; charset=utf-8'),
  };
  const routes = new Map(
    Object.entries(answers).map(([path, answer]) => [
      path,
      async (_request: unknown, response: import('node:http').ServerResponse) => {
        const { status, body, type } = await answer();
        response.writeHead(status, { 'content-type': type }).end(body);
      },
    ]),
  );
  return listen(routes, { port: options.port, host: options.host });
}
