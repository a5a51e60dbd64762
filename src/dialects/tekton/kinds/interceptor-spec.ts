import { z } from 'zod';

const ref = z
  .strictObject({
    name: z.string().optional().describe('The name: `cel`, `github`, `gitlab`, `bitbucket`, `slack`, or one of your own.'),
    kind: z
      .enum(['ClusterInterceptor', 'NamespacedInterceptor'])
      .default('ClusterInterceptor')
      .describe('Its kind: `ClusterInterceptor`, or `NamespacedInterceptor` for an Interceptor in the namespace of the EventListener.'),
    apiVersion: z.string().optional().describe('The version of its kind; not needed.'),
  })
  .describe('The interceptor that is asked.');

const webhook = z
  .strictObject({
    objectRef: z
      .strictObject({
        kind: z.string().optional().describe('Always `Service`.'),
        apiVersion: z.string().optional().describe('Always `v1`.'),
        name: z.string().optional().describe('The name of the Service.'),
        namespace: z.string().optional().describe('Its namespace; that of the trigger when left out.'),
      })
      .optional()
      .describe('The Service that is called.'),
    url: z.string().optional().describe('The address that is called.'),
    header: z
      .array(
        z.strictObject({
          name: z.string().describe('The name of the header, in the form `X-My-Header`.'),
          value: z.union([z.string(), z.array(z.string())]).describe('Its value, or several.'),
        }),
      )
      .optional()
      .describe('Headers that are sent beside those of the event.'),
  })
  .describe('The older form: a Service that is sent the event and answers with the one to go on with.');

/** A step that an event passes before a trigger acts on it. */
export const interceptorEntry = z
  .strictObject({
    name: z.string().optional().describe('A name for people.'),
    ref: ref.optional(),
    params: z
      .array(
        z.strictObject({
          name: z.string().describe('The name of the setting, e.g. `filter`.'),
          value: z.unknown().describe('Its value, of any form.'),
        }),
      )
      .optional()
      .describe('Settings of the interceptor.'),
    webhook: webhook.optional(),
  })
  .describe('A step that an event passes: it stops the event, or adds to it.');

export type InterceptorEntry = z.output<typeof interceptorEntry>;
