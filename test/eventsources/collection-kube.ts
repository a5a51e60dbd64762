import type { Kube, KubeObject, ListOptions, ResourceType, WatchEvent } from '../../src/core/kube/kube.ts';
import { Collection } from './resource/source.ts';

const type: ResourceType = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };

/** As much of an API server as a resource source needs: one collection that can be listed and watched. */
export class CollectionKube extends Collection implements Pick<Kube, 'resource' | 'list' | 'watch'> {
  /** This much of a Kube is all that a resource source asks for. */
  get kube(): Kube {
    return this as unknown as Kube;
  }

  async resource(): Promise<ResourceType> {
    return type;
  }

  async list(): Promise<{ items: KubeObject[]; resourceVersion: string }> {
    return { items: [...this.objects.values()], resourceVersion: `${this.version}` };
  }

  async *watch(_type: ResourceType, { resourceVersion, signal }: ListOptions & { resourceVersion: string }): AsyncIterable<WatchEvent[]> {
    yield [];
    let from = this.history.findIndex(({ version }) => version > Number(resourceVersion));
    if (from < 0) from = this.history.length;
    while (!signal?.aborted) {
      const news = this.history.slice(from);
      from += news.length;
      if (news.length > 0) yield news.map(({ gone, object }) => ({ type: gone ? 'DELETED' : 'MODIFIED', object }) as const);
      else await this.changed(signal);
    }
  }
}
