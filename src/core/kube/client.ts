/**
 * The front door to an API server: `openKube(config, { tell, clock })`.
 *
 * Who calls: event sources (list, watch), triggers (get, create, apply, patch, delete), the programs. What is promised stands at `Kube`
 * in `kube.ts`. Behind it are a transport that knows no objects, discovery, and the translation of refusals into errors; nothing is
 * remembered but what discovery found.
 */
import { EngineError } from '../errors/engine-error.ts';
import type { Tell } from '../telemetry/tell.ts';
import type { Clock } from '../time/clock.ts';
import type { KubeConfig } from './config.ts';
import { Discovery } from './discovery.ts';
import {
  type Kube,
  type KubeObject,
  type ListOptions,
  nameOf,
  type ObjectName,
  type Page,
  type PageOptions,
  type PatchType,
  type RequestOptions,
  type ResourceType,
  type WatchEvent,
} from './kube.ts';
import { list } from './list.ts';
import type { RateLimit } from './rate-limit.ts';
import { Requests } from './requests.ts';
import { collectionPath, objectPath, query, unfitForPath } from './resource-path.ts';
import { defaultLimits, type Limits, Transport } from './transport.ts';
import { watchOnce } from './watch-once.ts';

export interface OpenOptions {
  readonly tell: Tell;
  readonly clock: Clock;
  readonly limits?: Partial<Limits>;
  /** None unless the user sets one: the API server has its own (priority and fairness). */
  readonly rateLimit?: RateLimit;
}

/** Connects when first used, so it cannot fail. */
export function openKube(config: KubeConfig, options: OpenOptions): Kube {
  return new Client(config, options);
}

type DeleteOptions = RequestOptions & { uid?: string; resourceVersion?: string; propagationPolicy?: string };

class Client implements Kube {
  readonly server: string;
  readonly namespace: string;
  readonly #limits: Limits;
  readonly #transport: Transport;
  readonly #requests: Requests;
  readonly #discovery: Discovery;

  constructor(config: KubeConfig, options: OpenOptions) {
    this.server = config.server;
    this.namespace = config.namespace;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#transport = new Transport(config, options.tell, this.#limits);
    this.#requests = new Requests(config.server, this.#transport, options, (type) => this.#discovery.forget(type));
    this.#discovery = new Discovery((path) => this.#requests.object({ verb: 'discover', method: 'GET', path }));
  }

  resource(group: string, version: string, resource: string): Promise<ResourceType> {
    return this.#discovery.resource(group, version, resource);
  }

  kind(apiVersion: string, kind: string): Promise<ResourceType> {
    return this.#discovery.kind(apiVersion, kind);
  }

  get(type: ResourceType, name: ObjectName, options: RequestOptions = {}): Promise<KubeObject> {
    return this.#one('get', 'GET', type, name, undefined, options);
  }

  list(type: ResourceType, options: ListOptions & PageOptions = {}): Promise<Page> {
    return list(this.#requests, type, options);
  }

  async create(type: ResourceType, object: KubeObject, options: RequestOptions = {}): Promise<KubeObject> {
    const { name = `${object.metadata.generateName ?? ''}…`, namespace } = object.metadata;
    const at = this.#place('create', type, { name, namespace });
    const path = collectionPath(type, at.namespace) + writeQuery(options);
    const { signal, impersonate } = options;
    return await this.#object({ verb: 'create', method: 'POST', path, type, name: at, body: object, signal, impersonate });
  }

  replace(type: ResourceType, object: KubeObject, options: RequestOptions = {}): Promise<KubeObject> {
    return this.#one('update', 'PUT', type, object.metadata, object, options);
  }

  patch(type: ResourceType, name: ObjectName, patch: unknown, patchType: PatchType, options: RequestOptions = {}): Promise<KubeObject> {
    return this.#one('patch', 'PATCH', type, name, patch, options, patchType);
  }

  apply(type: ResourceType, object: KubeObject, options: RequestOptions & { fieldManager: string }): Promise<KubeObject> {
    return this.#one('apply', 'PATCH', type, object.metadata, object, options, 'application/apply-patch+yaml');
  }

  async delete(type: ResourceType, name: ObjectName, options: DeleteOptions = {}): Promise<boolean> {
    const { uid, resourceVersion, propagationPolicy } = options;
    const preconditions = uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion };
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, propagationPolicy };
    try {
      await this.#one('delete', 'DELETE', type, name, body, options);
      return true;
    } catch (thrown) {
      if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') return false;
      throw thrown;
    }
  }

  watch(type: ResourceType, options: ListOptions & { resourceVersion: string }): AsyncIterable<WatchEvent[]> {
    return watchOnce(this.#requests, type, options, this.#limits);
  }

  raw(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<unknown> {
    return this.#requests.send({ verb: method.toLowerCase(), method, path, body, signal: options.signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transport[Symbol.asyncDispose]();
  }

  async #one(
    verb: string,
    method: string,
    type: ResourceType,
    name: ObjectName,
    body: unknown,
    options: RequestOptions,
    bodyType?: string,
  ): Promise<KubeObject> {
    const at = this.#place(verb, type, name);
    const path = objectPath(type, at) + writeQuery(options);
    const { signal, impersonate } = options;
    return await this.#object({ verb, method, path, type, name: at, body, ...(bodyType ? { bodyType } : {}), signal, impersonate });
  }

  #object(call: Parameters<Requests['object']>[0]): Promise<KubeObject> {
    return this.#requests.object(call) as Promise<KubeObject>;
  }

  /** The name as the URL needs it: with a namespace where there must be one, and refused where it could mean another path. */
  #place(verb: string, type: ResourceType, { name, namespace }: ObjectName): ObjectName {
    const at: ObjectName = type.namespaced ? { name, namespace: namespace ?? this.namespace } : { name };
    const reason = unfitForPath('name', name) ?? (at.namespace === undefined ? undefined : unfitForPath('namespace', at.namespace));
    if (reason !== undefined) throw new EngineError('REMOTE_KUBE_INVALID', { verb, target: nameOf(type, at), reason });
    return at;
  }
}

const writeQuery = ({ fieldManager, force, dryRun }: RequestOptions): string =>
  query({ fieldManager, force: force ? 'true' : undefined, dryRun: dryRun ? 'All' : undefined });
