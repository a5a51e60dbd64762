/** A trigger as far as it has a name. */
interface Named {
  readonly template: { readonly name: string };
}

/** It is told apart from the sensor's triggers, whose names it may share. */
export const dlqName = (behind: string, { template }: Named): string => `${behind}/${template.name}`;

/** The names of a trigger that was accepted and of the dlqTriggers behind it, which stand there as they were written. */
export function namesOf(trigger: Named & { readonly dlqTrigger?: unknown }, name = trigger.template.name): string[] {
  const dlq = trigger.dlqTrigger as Parameters<typeof namesOf>[0] | undefined;
  return dlq ? [name, ...namesOf(dlq, dlqName(name, dlq))] : [name];
}
