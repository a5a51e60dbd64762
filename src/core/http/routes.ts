/**
 * The places where this process can be called: many routes on one port, one server a port. A port is opened when its first route comes
 * and closed when its last goes; each also answers `/health`. One `Routes` serves the whole process, so that rules share ports.
 */
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import type { Answering } from './call.ts';
import { pathPattern } from './path-pattern.ts';
import { type Certificate, openPort, type Port, type RouteOnPort } from './port.ts';
import { Room } from './read-body.ts';

export interface Route {
  /** 0 takes a free one, which all routes with 0 share. */
  readonly port: number;
  /** As gorilla/mux has it; see `pathPattern`. */
  readonly path: string;
  /** Whose route it is, for the error when somebody has it already. */
  readonly owner: string;
  /** With it the port speaks TLS; all routes of the port must ask for the same. */
  readonly tls?: RouteTls | undefined;
  readonly answer: Answering;
  /** Asked when no other route of the port has the path. */
  readonly isLast?: boolean;
}

export interface RouteTls {
  /** Says which certificate it is; equal texts mean the same. */
  readonly name: string;
  read(): Promise<Certificate>;
}

export interface Routes {
  /**
   * Resolves when calls are taken. Disposing of what it returns takes no more calls, and resolves when those in work are answered or
   * have taken a second. Rejects with CONFLICT_ROUTE, UNREACHABLE_PORT, CONFIG_REGEX, CONFIG_CERTIFICATE, and what reading the certificate rejects with.
   */
  open(route: Route): Promise<OpenRoute>;
}

export interface OpenRoute extends AsyncDisposable {
  /** The port that it got. */
  readonly port: number;
}

export interface RoutesOptions {
  /** The address to listen on. */
  readonly host: string;
  readonly clock: Clock;
}

interface Shared {
  readonly port: Port;
  readonly tls: RouteTls | undefined;
  readonly routes: Set<Route>;
  readonly stopRenewing: () => void;
}

const mib = 1024 * 1024;
/** Milliseconds. */
const renewEvery = 5 * 60_000;
const grace = 1000;

export function createRoutes({ host, clock }: RoutesOptions): Routes {
  const shared = new Map<number, Shared>();
  const turns = new Map<number, Promise<unknown>>();
  const room = new Room(256 * mib);

  /** Changes of one port happen one after another: it must be closed before it is opened again. */
  const inTurn = <T>(port: number, change: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(port) ?? Promise.resolve()).then(change);
    turns.set(
      port,
      turn.catch(() => {}),
    );
    return turn;
  };

  async function openShared({ port: wanted, tls }: Route): Promise<Shared> {
    let certificate = await tls?.read();
    const port = await openPort({ port: wanted, host, certificate, clock, room }).catch((thrown) => {
      throw certificate && !(thrown instanceof EngineError) ? badCertificate(tls!, thrown) : thrown;
    });
    const renew = async (): Promise<void> => {
      const next = await tls!.read();
      if (next.cert === certificate?.cert && next.key === certificate.key) return;
      port.renew(next);
      certificate = next;
    };
    return { port, tls, routes: new Set(), stopRenewing: tls ? repeat(clock, renewEvery, renew) : () => {} };
  }

  async function close(number: number, { port, stopRenewing }: Shared): Promise<void> {
    shared.delete(number);
    stopRenewing();
    await port.close();
  }

  return {
    open: (route) =>
      inTurn(route.port, async () => {
        const matches = pathPattern(route.path);
        const known = shared.get(route.port);
        if (known) refuseConflict(route, known);
        const one = known ?? (await openShared(route));
        shared.set(route.port, one);
        const onPort: RouteOnPort = { matches, answer: route.answer, isLast: route.isLast ?? false };
        one.routes.add(route);
        one.port.add(onPort);
        return {
          port: one.port.number,
          [Symbol.asyncDispose]: () =>
            inTurn(route.port, async () => {
              if (!one.routes.delete(route)) return;
              await one.port.remove(onPort, grace);
              if (one.routes.size === 0) await close(route.port, one);
            }),
        };
      }),
  };
}

function refuseConflict({ port, path, owner, tls }: Route, { routes, tls: used }: Shared): void {
  const [first] = routes;
  const same = [...routes].find((other) => other.path === path);
  const what = path.startsWith('/{') ? 'every path' : `the path ${path}`;
  if (same) throw new EngineError('CONFLICT_ROUTE', { owner, problem: `${same.owner} has ${what} of port ${port} already` });
  if (used?.name === tls?.name) return;
  const has = `${first!.owner} has opened port ${port} ${used ? `with TLS by ${used.name}` : 'without TLS'}`;
  const problem = `${has}, and this asks for ${tls ? `TLS by ${tls.name}` : 'none'}`;
  throw new EngineError('CONFLICT_ROUTE', { owner, problem });
}

const badCertificate = (tls: RouteTls, cause: unknown): EngineError =>
  new EngineError('CONFIG_CERTIFICATE', { name: tls.name, reason: reasonOf(cause) }, { cause });

/** Does something again and again; what fails is tried again in its turn. */
function repeat(clock: Clock, every: number, work: () => Promise<void>): () => void {
  let takeBack = (): void => {};
  const plan = (): void => {
    takeBack = clock.after(every, () => {
      plan();
      void work().catch(() => {});
    });
  };
  plan();
  return () => takeBack();
}
