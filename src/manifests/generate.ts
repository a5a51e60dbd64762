/**
 * Everything in the repository that follows from schemas and tables: JSON Schema for editors, CRDs, the reference.
 *
 * Pure: it answers paths and texts. `sensorium generate` writes them, and `test/generated.test.ts` compares what is committed.
 */
import { toYaml } from '../core/yaml/print.ts';
import { crds, definers } from './crds.ts';
import { editorSchemas } from './generate/editor-schemas.ts';
import { errorsPage } from './generate/errors-page.ts';
import { byCommand, type GeneratedFile } from './generate/generated-file.ts';
import { happeningsPage } from './generate/happenings-page.ts';
import { referencePages } from './generate/reference.ts';

export function generatedFromSchemas(): GeneratedFile[] {
  return [...editorSchemas(), ...crdFiles(), ...referencePages(), errorsPage(), happeningsPage()];
}

/** A folder for each system, so that none is applied by mistake. */
function crdFiles(): GeneratedFile[] {
  return definers.flatMap((system) =>
    crds([system]).map((crd) => {
      const { name } = crd['metadata'] as { name: string };
      return { path: `deploy/crds/${system}/${name}.yaml`, text: `# ${byCommand}\n${toYaml(crd)}\n` };
    }),
  );
}
