import { type Answer, canonicalName, Refusal } from '../../src/core/http/call.ts';
import type { Route, Routes } from '../../src/core/http/routes.ts';

export interface MemoryRoutes extends Routes {
  /** Calls the route with this path, as a caller would; undefined while there is none. Never rejects. */
  call(
    path: string,
    request?: { method?: string; query?: string; headers?: Record<string, string>; body?: string },
  ): Promise<Answer | undefined>;
}

/** Routes without sockets: what is open can be called from the test. */
export function memoryRoutes(): MemoryRoutes {
  const open = new Set<Route>();
  return {
    async open(route) {
      open.add(route);
      return {
        port: route.port,
        async [Symbol.asyncDispose]() {
          open.delete(route);
        },
      };
    },
    async call(path, { method = 'POST', query = '', headers = {}, body = '' } = {}) {
      const route = [...open].find((one) => one.path === path);
      if (!route) return undefined;
      const canonical = Object.fromEntries(Object.entries(headers).map(([name, value]) => [canonicalName(name), [value]]));
      const bytes = Buffer.from(body);
      return route
        .answer({
          method,
          path,
          query,
          headers: canonical,
          async body(limit) {
            if (bytes.length > limit) throw new Refusal(413, `the body has ${bytes.length} bytes, and no more than ${limit} are taken`);
            return bytes;
          },
        })
        .catch((thrown) => {
          if (thrown instanceof Refusal) return thrown.answer;
          throw thrown;
        });
    },
  };
}
