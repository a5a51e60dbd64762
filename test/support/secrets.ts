import type { KubeObject } from '../../src/core/kube/kube.ts';
import { type MemoryKube, memoryKube } from './memory-kube.ts';

/** The Secret "access". */
export function accessSecret(values: Readonly<Record<string, string>>, namespace = 'playground'): KubeObject {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'access', namespace }, data };
}

/** An API server that holds it. */
export function kubeWithSecret(values: Readonly<Record<string, string>>, namespace = 'playground'): MemoryKube {
  const kube = memoryKube();
  kube.put(accessSecret(values, namespace));
  return kube;
}

/** A key of it, as rules name it. */
export const secretKey = (key: string) => ({ name: 'access', key });
