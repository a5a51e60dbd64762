/** The group of Tekton Triggers, in the version that is stored, and where its objects are written as well. */
export const group = 'triggers.tekton.dev';
export const version = 'triggers.tekton.dev/v1beta1';
export const older = [{ group, version: 'v1alpha1' }] as const;
