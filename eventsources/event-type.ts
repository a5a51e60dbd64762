/** Where the word in the event differs from the key in the YAML. */
const exceptions: Readonly<Record<string, string>> = { pubSub: 'pubsub', storageGrid: 'storagegrid' };

/** The CloudEvents `type` of what a kind of source sends, from its key in an EventSource's spec: Argo's words. */
export function eventTypeOf(specKey: string): string {
  return exceptions[specKey] ?? specKey;
}
